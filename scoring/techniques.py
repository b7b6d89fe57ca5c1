"""Techniques: each looks for one behaviour among credited statements and says how plainly it is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

import numpy as np

from language.sentence_vectors import Vectors, encoder
from scoring.rubric import Behaviour, ClausePattern, Concept, Rubric, Similarity, Technique
from scoring.statements import Statement

SIMILAR, SAME = 0.42, 0.60
"""Cosine similarities at which a statement begins to count as a paraphrase of an example, and fully does."""
BACKGROUND_LEAD = 0.0
"""By how much it must be nearer to the example than to any act that shows no behaviour."""
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
        texts = list(rubric.background)
        self._background = slice(0, len(texts))
        for criterion in rubric.criteria:
            for behaviour in criterion.behaviours:
                own = _examples(behaviour)
                if own:
                    self._slices[behaviour.id] = slice(len(texts), len(texts) + len(own))
                    texts.extend(own)
        self._vectors = encoder().encode(texts) if self._slices else None

    def similarities(self, statements: Sequence[Statement]) -> Vectors | None:
        """Return the cosine similarities (statements, examples), None if the rubric has no examples."""
        if self._vectors is None or not statements:
            return None
        vectors = np.zeros((len(statements), self._vectors.shape[1]), dtype=np.float32)
        told = [place for place, statement in enumerate(statements) if statement.text]
        vectors[told] = encoder().encode([statements[place].text for place in told])
        return np.round(vectors @ self._vectors.T, DECIMALS)

    def strengths(self, behaviour_id: str, similarities: Vectors) -> list[float]:
        """Return for each statement how plainly it says what the behaviour's examples say, in [0, 1]."""
        nearest = similarities[:, self._slices[behaviour_id]].max(axis=1)
        background = similarities[:, self._background]
        floor = background.max(axis=1) + BACKGROUND_LEAD if background.shape[1] else np.zeros(len(nearest))
        strengths = np.clip((nearest - SIMILAR) / (SAME - SIMILAR), 0.0, 1.0)
        return [float(s) if n > f else 0.0 for s, n, f in zip(strengths, nearest, floor, strict=True)]


def look(
    behaviour: Behaviour, statements: Sequence[Statement], index: SimilarityIndex, similarities: Vectors | None
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
            return [] if similarities is None else index.strengths(behaviour.id, similarities)
        case _:
            assert_never(technique)


def _fits(pattern: ClausePattern, statement: Statement) -> bool:
    verb = statement.clause.verb
    if verb not in pattern.verbs and verb.split()[0] not in pattern.verbs:
        return False
    return not pattern.about or _names(pattern.about, statement.lemmas)


def _names(terms: tuple[str, ...], line: str) -> bool:
    return any(f" {term} " in line for term in terms)


def _examples(behaviour: Behaviour) -> list[str]:
    examples = [e for t in behaviour.techniques if isinstance(t, Similarity) for e in t.examples]
    return [*examples, behaviour.anchors.low, behaviour.anchors.medium] if examples else []
