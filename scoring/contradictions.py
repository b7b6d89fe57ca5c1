"""What contradicts a behaviour: an own act denied, the opposite told, the fault put on others.

It is shown beside the evidence and lets the interval reach further down; it takes nothing from the score,
which counts only what was done.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from spacy.tokens import Doc, Token

from language.clauses import Clause, clauses_of
from language.parsing import parsed_together
from language.sentence_vectors import Vectors, encoder
from scoring.example_vectors import example_vectors
from scoring.rubric import Rubric
from scoring.statements import Statement, denied_statement, quoted, statement

DENIED = 0.55
"""Strength, by similarity, from which a denied act is one that would have shown the behaviour."""
OPPOSITE = 0.6
"""Cosine similarity to a counter-example from which a statement says it."""
MAX_CONTRARY = 60
"""Of one answer."""
_BLAME = re.compile(
    r"(?:\bnot|n't) (?:\w+ )?my (?:fault|mistake)\b"
    r"|\b(?:his|her|their|your|\w+'s) (?:own )?(?:fault|mistake)\b"
    r"|\bblamed?\b(?! (?:me|us|myself|ourselves)\b)"
    r"|\b(?:somebody|someone|everybody|everyone) else\b.{0,30}\b(?:fault|mistake|wrong)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Contrary:
    """A statement that may contradict a behaviour."""

    statement: Statement
    denies: bool
    """Whether it denies an own act; else it may say a counter-example."""
    blames: bool = False
    """Whether it puts the fault on others."""
    poor: bool = False
    """Whether its words tell poor conduct of the speaker."""


def contrary_statements(doc: Doc, all_clauses: Sequence[Clause]) -> list[Contrary]:
    """Return the clauses of ``doc`` that may contradict a behaviour."""
    found = []
    text = doc.text  # Put together anew each time that it is asked for.
    for clause in all_clauses:
        if clause.speech_act != "narrated" or not (clause.past or clause.negated):
            continue
        own = clause.actor in ("i", "we")
        left_undone = clause.modality == "obligation" and _should_have(doc[clause.head])
        not_done = clause.negated or left_undone  # Who "had to call" called, mostly.
        blames = False
        if not own and clause.finite:
            start, end = quoted(doc, clause)
            blames = _BLAME.search(text[start:end]) is not None or (clause.actor == "other" and left_undone)
        if clause.credited and clause.conduct not in (None, "mishap"):
            blames = clause.conduct == "blame"
            found.append(
                Contrary(statement(doc, clause, frozenset()), denies=False, blames=blames, poor=True)
            )
        elif own and not_done and clause.past and clause.verb != "be":
            found.append(Contrary(denied_statement(doc, clause), denies=True))
        elif not own and (blames or (not_done and clause.verb != "be")):
            found.append(Contrary(denied_statement(doc, clause), denies=False, blames=blames))
    return found[:MAX_CONTRARY]


def _should_have(head: Token) -> bool:
    auxiliaries = {child.lower_ for child in head.children if child.dep_ == "aux"}
    return "should" in auxiliaries and bool(auxiliaries & {"have", "'ve", "of"})


class CounterExamples:
    """The rubric's counter-examples that tell something that happened, by behaviour."""

    def __init__(self, rubric: Rubric) -> None:
        examples = [
            (behaviour.id, example)
            for criterion in rubric.criteria
            for behaviour in criterion.behaviours
            for example in behaviour.counter_examples
        ]
        parses = parsed_together([example for _, example in examples])
        self._examples = [
            (behaviour, example)
            for (behaviour, example), doc in zip(examples, parses, strict=True)
            if _happened(doc, example)
        ]
        self.blaming = {behaviour for behaviour, example in self._examples if _BLAME.search(example)}
        """The behaviours that putting the fault on others contradicts."""

    @cached_property
    def _vectors(self) -> Vectors:
        return example_vectors(self.texts)

    @property
    def texts(self) -> list[str]:
        """The counter-examples that statements are compared with."""
        return [example for _, example in self._examples]

    def said_by(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Return for each text which behaviours' counter-examples it says, with the similarity."""
        if not texts or not self._examples:
            return [{} for _ in texts]
        similar = np.round(encoder().encode(texts) @ self._vectors.T, 3)
        return [
            {
                self._examples[place][0]: float(row[place])
                for place in np.argsort(row, kind="stable")
                if row[place] >= OPPOSITE
            }
            for row in similar
        ]


def _happened(doc: Doc, example: str) -> bool:
    return any(c.past and c.modality in ("realised", "obligation") for c in clauses_of(doc, example))
