"""Techniques: each looks for one behaviour among credited statements and says how plainly it is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

import numpy as np

from language.sentence_vectors import Vectors, encoder
from scoring.example_vectors import compared_acts, example_vectors, examples_by_behaviour
from scoring.rubric import Behaviour, ClausePattern, Concept, Rubric, Similarity, Technique
from scoring.statements import Statement

ABSOLUTE = (0.22, 0.36)
"""Cosine similarities to an example between which a statement begins to count and fully does."""
LEAD = (-0.11, 0.11)
"""The same for its lead: by how much it is nearer to an example than to any act that shows no behaviour.

The lead tells answers on a criterion from others far better than the similarity itself (area under the curve
.95 against .86 on the development cases of docs/scoring-evaluation.md)."""
DECIMALS = 3
"""Similarities are rounded: the last bits of a matrix product differ between processors."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Statement ``index`` of the response shows the behaviour, says a technique of this kind."""

    kind: str
    index: int
    strength: float
    """In (0, 1]."""


class SimilarityIndex:
    """The vectors of a rubric's examples, computed once."""

    def __init__(self, rubric: Rubric) -> None:
        self._slices: dict[str, slice] = {}
        self._background = slice(0, len(rubric.background))
        end = self._background.stop
        for behaviour_id, examples in examples_by_behaviour(rubric).items():
            self._slices[behaviour_id] = slice(end, end + len(examples))
            end += len(examples)
        acts = compared_acts(rubric)
        self._vectors = example_vectors(acts) if acts else None

    def similarities(self, statements: Sequence[Statement]) -> Vectors | None:
        """Return the cosine similarities (statements, examples), None if the rubric has no examples."""
        if self._vectors is None or not statements:
            return None
        vectors = np.zeros((len(statements), self._vectors.shape[1]), dtype=np.float32)
        told = [place for place, statement in enumerate(statements) if statement.text]
        vectors[told] = encoder().encode([statements[place].text for place in told])
        return np.round(vectors @ self._vectors.T, DECIMALS)

    def strengths(self, behaviour_id: str, similarities: Vectors) -> list[float]:
        """Return for each statement how plainly it says what the behaviour's examples say, in [0, 1].

        A statement without a text of its own is similar to nothing.
        """
        nearest = similarities[:, self._slices[behaviour_id]].max(axis=1)
        background = similarities[:, self._background]
        lead = nearest - background.max(axis=1) if background.shape[1] else np.ones_like(nearest)
        return np.round(_ramp(nearest, ABSOLUTE) * _ramp(lead, LEAD), DECIMALS).tolist()


def _ramp(values: Vectors, bounds: tuple[float, float]) -> Vectors:
    low, high = bounds
    return np.clip((values - low) / (high - low), 0.0, 1.0)


def look(
    behaviour: Behaviour,
    statements: Sequence[Statement],
    index: SimilarityIndex,
    similarities: Vectors | None,
) -> list[Hit]:
    """Return what the behaviour's techniques find among ``statements``."""
    hits: list[Hit] = []
    for technique in behaviour.techniques:
        for place, strength in enumerate(_strengths(technique, behaviour, statements, index, similarities)):
            if strength > 0:
                hits.append(Hit(technique.kind, place, strength))
    return hits


def _strengths(
    technique: Technique,
    behaviour: Behaviour,
    statements: Sequence[Statement],
    index: SimilarityIndex,
    similarities: Vectors | None,
) -> list[float]:
    match technique:
        case ClausePattern():
            return [float(_fits(technique, statement)) for statement in statements]
        case Concept():
            return [float(_names(technique.terms, statement.lemmas)) for statement in statements]
        case Similarity():
            if similarities is None or not statements:
                return []
            return index.strengths(behaviour.id, similarities)
        case _:
            assert_never(technique)


def _fits(pattern: ClausePattern, statement: Statement) -> bool:
    verb = statement.clause.verb
    if verb not in pattern.verbs and verb.split()[0] not in pattern.verbs:
        return False
    return not pattern.about or _names(pattern.about, statement.lemmas)


def _names(terms: tuple[str, ...], line: str) -> bool:
    return any(f" {term} " in line for term in terms)
