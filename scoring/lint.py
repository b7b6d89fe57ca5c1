"""Looks at a rubric for what makes raters disagree, or behaviours indistinguishable."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Literal

import numpy as np

from language.parsing import parse
from language.sentence_vectors import Vectors, encoder
from scoring.example_vectors import compared_acts, example_vectors, examples_by_behaviour
from scoring.rubric import Behaviour, Rubric

Level = Literal["error", "warning"]
Location = tuple[int | str, ...]
OVERLAP = 0.6
"""Share of common verbs and terms from which two behaviours look for the same thing."""
SAME_STATEMENT = 0.85
"""Cosine similarity of two statements from which they say nearly the same."""
NEARER = 0.6
"""Share of a behaviour's examples that lie nearer to another behaviour's than to its own others."""
MAX_STATEMENT_WORDS = 22
_DOUBLE = re.compile(r"\band (?:also|then)\b|;|\bas well as\b", re.I)
_JUDGING = re.compile(
    r"\b(?:good|bad|well|properly|excellent|appropriate(?:ly)?|effective(?:ly)?|strong|weak)\b", re.I
)
_COMPLEMENTS = frozenset({"dobj", "prep", "ccomp", "xcomp", "attr", "prt"})


@dataclass(frozen=True, slots=True)
class Finding:
    """``where`` is "criterion.behaviour", ``location`` the place in the file, by names and indices.

    An error makes ratings of the behaviour unreliable; a warning is for a person to weigh.
    """

    level: Level
    where: str
    message: str
    location: Location


def lint(rubric: Rubric) -> list[Finding]:
    """Return what should be mended or weighed in ``rubric``, in the order of the file."""
    vectors = _Vectors(rubric)
    found: list[Finding] = []
    for behaviour, where, location in behaviours_of(rubric):
        found.extend(
            Finding(level, where, message, (*location, field))
            for field, checks in (("statement", _statement), ("anchors", _anchors))
            for level, message in checks(behaviour)
        )
    for (one, where, location), (other, where_other, _) in combinations(behaviours_of(rubric), 2):
        found.extend(
            Finding("warning", where, message, location)
            for message in _overlap(one, other, where.split(".")[0] == where_other.split(".")[0], vectors)
        )
    return sorted(found, key=lambda finding: [str(part).zfill(6) for part in finding.location])


def behaviours_of(rubric: Rubric) -> list[tuple[Behaviour, str, Location]]:
    """Return each behaviour with its name and its place."""
    return [
        (behaviour, f"{criterion.id}.{behaviour.id}", ("criteria", at, "behaviours", place))
        for at, criterion in enumerate(rubric.criteria)
        for place, behaviour in enumerate(criterion.behaviours)
    ]


def _statement(behaviour: Behaviour) -> Iterator[tuple[Level, str]]:
    statement = behaviour.statement
    if len(statement.split()) > MAX_STATEMENT_WORDS:
        yield "error", f"the statement has more than {MAX_STATEMENT_WORDS} words: split the behaviour"
    if _DOUBLE.search(statement):
        yield "error", "the statement asks for two things: split the behaviour"
    elif two := _two_acts(statement):
        yield (
            "warning",
            f'the statement may ask for two things ("{two[0]}" and "{two[1]}"): can one be there alone?',
        )
    if _JUDGING.search(statement):
        yield "error", "the statement judges instead of describing: say what can be heard"


def _two_acts(statement: str) -> tuple[str, str] | None:
    """Return two acts of which each has something of its own: "made a decision and stood by it"."""
    for token in parse(statement):
        if token.dep_ != "conj" or token.pos_ != "VERB" or token.head.pos_ != "VERB":
            continue
        joined = any(child.dep_ == "cc" and child.lower_ == "and" for child in token.head.children)
        if joined and all(any(c.dep_ in _COMPLEMENTS for c in verb.children) for verb in (token, token.head)):
            return token.head.text, token.text
    return None


def _anchors(behaviour: Behaviour) -> Iterator[tuple[Level, str]]:
    texts = list(behaviour.anchors.model_dump().values())
    if len({text.lower() for text in texts}) < len(texts):
        yield "error", "two anchors are the same: write one for each level"
    if {text.lower() for text in texts} & {text.lower() for text in behaviour.counter_examples}:
        yield "error", "an anchor is also a counter-example"


class _Vectors:
    """What the behaviours' statements and examples say, as vectors, by behaviour."""

    def __init__(self, rubric: Rubric) -> None:
        every = [behaviour for criterion in rubric.criteria for behaviour in criterion.behaviours]
        encoded = encoder().encode([behaviour.statement for behaviour in every])
        self.statements = dict(zip((behaviour.id for behaviour in every), encoded, strict=True))
        acts = compared_acts(rubric)
        rest = iter(example_vectors(acts)[len(rubric.background) + len(rubric.vague) :] if acts else ())
        self.examples = {
            behaviour: np.array(list(islice(rest, len(texts))))
            for behaviour, texts in examples_by_behaviour(rubric).items()
        }


def _overlap(one: Behaviour, other: Behaviour, same_criterion: bool, vectors: _Vectors) -> Iterator[str]:
    shared = _shared_vocabulary(one, other) if same_criterion else 0.0
    if shared >= OVERLAP:
        yield f"{shared:.0%} of its verbs and terms are those of {other.id}: merge them, or tell them apart"
    alike = float(vectors.statements[one.id] @ vectors.statements[other.id])
    if alike >= SAME_STATEMENT:
        yield f"its statement says nearly what that of {other.id} says (similarity {alike:.2f})"
    if one.id in vectors.examples and other.id in vectors.examples:
        for a, b in ((one, other), (other, one)):
            nearer = _nearer(vectors.examples[a.id], vectors.examples[b.id])
            if nearer >= NEARER:
                yield f"{nearer:.0%} of the examples of {a.id} are nearer to those of {b.id} than to each other"


def _nearer(own: Vectors, others: Vectors) -> float:
    """Return the share of ``own`` vectors that are nearer to one of ``others`` than to another of their own."""
    among = own @ own.T
    np.fill_diagonal(among, -1.0)
    return float(((own @ others.T).max(axis=1) > among.max(axis=1)).mean())


def _shared_vocabulary(one: Behaviour, other: Behaviour) -> float:
    mine, theirs = _vocabulary(one), _vocabulary(other)
    return len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else 0.0


def _vocabulary(behaviour: Behaviour) -> set[str]:
    words: set[str] = set()
    for technique in behaviour.techniques:
        if technique.kind == "clause_pattern":
            words.update(technique.verbs)
        elif technique.kind == "concept":
            words.update(technique.terms)
    return words
