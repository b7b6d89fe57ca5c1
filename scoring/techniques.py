"""Techniques: each looks for one behaviour among credited statements and says how plainly it is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from language.sentence_vectors import Vectors, encoder
from scoring.conduct import ConductIndex, Leads
from scoring.example_vectors import (
    bare_vectors,
    coefficients_name,
    compared_acts,
    example_vectors,
    examples_by_behaviour,
    shipped_coefficients,
)
from scoring.rubric import Behaviour, ClausePattern, Concept, Rubric, Similarity
from scoring.statements import Statement

Strengths = NDArray[np.float64]
ActVectors = tuple[Vectors, Vectors]
"""Of acts as they are told, and without their nouns."""
COEFFICIENT_DECIMALS = 5
DECIMALS = 3
"""Similarities and strengths are rounded: the last bits of a matrix product differ between processors."""
LEAST = 0.02
"""A strength below is nothing found."""
_NEAREST_OF_BEHAVIOUR, _NEAREST_OF_CRITERION = 3, 5
"""How many nearest examples a lead is the mean of: one alone is chance."""
_UNRELATED = 0.25
"""The cosine similarity that stands for the background in a rubric without one."""
_BACKGROUND, _VAGUE = -1, -2
"""In the place of a behaviour: acts that show none."""
_KERNEL, _RIDGE = 4.0, 1.0
"""Of the classifier: similarities s are compared as exp(4 × (s − 1))."""
CRITERION, ANY_BEHAVIOUR, BEHAVIOUR_LEAD, CRITERION_LEAD, THRESHOLD = 5.7, 3.4, 5.8, 5.5, 2.6
CONDUCT, CONDUCT_FROM, MISHAP, ANOTHER = 40.0, -0.015, 6.0, 2.1
"""Weights in the strength's logit."""
BARE_SHARE = 0.35
"""Of a similarity: that of the words that are no nouns, which are the same in every trade."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Statement ``index`` of the response shows the behaviour, says a technique of this kind."""

    kind: str
    index: int
    strength: float
    """In (0, 1]."""


class SimilarityIndex:
    """The vectors of a rubric's examples, and what tells its criteria apart by them, computed once.

    The strength with which a statement says what a behaviour's examples say is the logistic function of ::

        5.7 × (share of the criterion) + 3.4 × (share of any criterion)
        + 5.8 × (lead of the behaviour) + 5.5 × (lead of the criterion) − 2.6
        − 2.1 × max(0, largest share of another criterion − share of the criterion)
        − 40 × max(0, lead of poor conduct + 0.015) − 6 × (tells a mishap)

    Two texts are compared as they are (0.65) and without their nouns (0.35), so that what was done counts
    beside what it was about. A *share* is the prediction of a kernel ridge regression of the criterion on the
    examples of all criteria, on the background (acts that show no behaviour) and on vague acts, which name
    behaviour and tell nothing that was done: so "I dealt with it professionally" counts less. A *lead* is the
    mean similarity to the three (of the criterion: five) nearest examples less that to as many of the
    background; that of poor conduct is of :class:`scoring.conduct.ConductIndex`. Only the mishap is a step:
    else a little more similarity is a little more strength.
    """

    def __init__(self, rubric: Rubric) -> None:
        examples = examples_by_behaviour(rubric)
        self.behaviours = list(examples)
        """Ids, in the order of the columns of :meth:`strengths`."""
        criterion = {b.id: place for place, c in enumerate(rubric.criteria) for b in c.behaviours}
        self._criterion_of = np.array([criterion[b] for b in self.behaviours], dtype=int)
        owners = [place for place, own in enumerate(examples.values()) for _ in own]
        nothing = [_BACKGROUND] * len(rubric.background) + [_VAGUE] * len(rubric.vague)
        self._owner = np.array(nothing + owners, dtype=int)
        self.conduct = ConductIndex(rubric)
        acts = compared_acts(rubric)
        self._vectors = (example_vectors(acts), bare_vectors(acts)) if acts else None
        self._act_of_criterion = np.where(self._owner < 0, -1, self._criterion_of[self._owner])
        self._wanted = (self._act_of_criterion[:, None] == np.arange(len(rubric.criteria))).astype(np.float64)
        self._base_rates = self._wanted.mean(axis=0) if acts else np.zeros(len(rubric.criteria))
        self.coefficients_name = coefficients_name(acts, self._act_of_criterion.tolist())
        shipped = shipped_coefficients(self.coefficients_name)
        self._coefficients = self.fitted() if shipped is None else shipped

    def fitted(self) -> Strengths:
        """Return the coefficients of the kernel ridge regression, worked out anew: shape (acts, criteria).

        They are rounded, for a solution's last digits differ between processors.
        """
        if self._vectors is None:
            return np.zeros_like(self._wanted)
        kernel = np.exp(_KERNEL * (_similarities(self._vectors, self._vectors) - 1.0))
        kernel += _RIDGE * np.eye(len(kernel))
        return np.linalg.solve(kernel, self._wanted - self._base_rates).round(COEFFICIENT_DECIMALS)

    def strengths(self, statements: Sequence[Statement], leads: Leads | None = None) -> Strengths:
        """Return how plainly each statement says what the behaviours' examples say, in [0, 1].

        ``leads`` are those of :attr:`conduct`, if they are known.

        Shape (statements, behaviours with examples), in the rubric's order; one without text says nothing.
        """
        found = np.zeros((len(statements), len(self.behaviours)))
        told = [place for place, statement in enumerate(statements) if statement.text]
        if self._vectors is not None and told:
            leads = self.conduct.leads(statements) if leads is None else leads
            against = CONDUCT * np.maximum(0.0, leads[told] - CONDUCT_FROM)
            against += [MISHAP * (statements[place].clause.conduct == "mishap") for place in told]
            whole = encoder().encode([statements[place].text for place in told])
            bare = encoder().encode([statements[place].bare for place in told])
            found[told] = self._strengths((whole, bare), against)
        return found

    def column(self, behaviour_id: str) -> int | None:
        """Return the behaviour's column of :meth:`strengths`, None if it has no examples."""
        return self.behaviours.index(behaviour_id) if behaviour_id in self.behaviours else None

    def _strengths(self, acts: ActVectors, against: Strengths) -> Strengths:
        assert self._vectors is not None  # noqa: S101
        similar = _similarities(acts, self._vectors).round(DECIMALS)
        shares = np.exp(_KERNEL * (similar - 1.0)) @ self._coefficients + self._base_rates
        background = similar[:, self._owner == _BACKGROUND]
        logits = np.empty((len(similar), len(self.behaviours)))
        few, more = (_reference(background, n) for n in (_NEAREST_OF_BEHAVIOUR, _NEAREST_OF_CRITERION))
        of_all = {
            criterion: _mean_of_nearest(
                similar[:, self._act_of_criterion == criterion], _NEAREST_OF_CRITERION
            )
            for criterion in set(self._criterion_of.tolist())
        }
        for column, criterion in enumerate(self._criterion_of.tolist()):
            another = np.delete(shares, criterion, axis=1).max(axis=1, initial=0.0)
            own = _mean_of_nearest(similar[:, self._owner == column], _NEAREST_OF_BEHAVIOUR)
            logits[:, column] = (
                BEHAVIOUR_LEAD * (own - few)
                + CRITERION_LEAD * (of_all[criterion] - more)
                + CRITERION * shares[:, criterion]
                - ANOTHER * np.maximum(0.0, another - shares[:, criterion])
            )
        logits += ANY_BEHAVIOUR * shares.sum(axis=1)[:, None] - THRESHOLD
        logits -= against[:, None]
        return np.round(1.0 / (1.0 + np.exp(-logits)), DECIMALS)


def _similarities(these: ActVectors, those: ActVectors) -> Strengths:
    """Return the similarity of each of ``these`` acts to each of ``those``."""
    whole, bare = ((one @ other.T).astype(np.float64) for one, other in zip(these, those, strict=True))
    return (1.0 - BARE_SHARE) * whole + BARE_SHARE * bare


def _reference(background: Strengths, nearest: int) -> Strengths | float:
    return _mean_of_nearest(background, nearest) if background.shape[1] else _UNRELATED


def _mean_of_nearest(similar: Strengths, nearest: int) -> Strengths:
    kept = min(nearest, similar.shape[1])
    return np.partition(similar, similar.shape[1] - kept, axis=1)[:, similar.shape[1] - kept :].mean(axis=1)


def look(
    behaviour: Behaviour, statements: Sequence[Statement], index: SimilarityIndex, strengths: Strengths
) -> list[Hit]:
    """Return what the behaviour's techniques find among ``statements``, whose ``strengths`` are the index's.

    Where a behaviour has examples, a pattern or a concept counts only beside some similarity.
    """
    column = index.column(behaviour.id)
    similar = None if column is None else strengths[:, column].tolist()
    looked_at = [
        (place, statement)
        for place, statement in enumerate(statements)
        if similar is None or similar[place] >= LEAST
    ]
    hits: list[Hit] = []
    for technique in behaviour.techniques:
        for place, statement in looked_at:
            match technique:
                case ClausePattern():
                    strength = float(_fits(technique, statement))
                case Concept():
                    strength = float(_names(technique.terms, statement.lemmas))
                case Similarity():
                    strength = 0.0 if similar is None else similar[place]
                case _:
                    assert_never(technique)
            if strength > 0:
                hits.append(Hit(technique.kind, place, strength))
    return hits


def _fits(pattern: ClausePattern, statement: Statement) -> bool:
    verb = statement.clause.verb
    if statement.clause.conduct == "mishap":
        return False  # "sent the wrong invoice" is what "sent", "wrong" and "invoice" are to mend.
    if verb not in pattern.verbs and verb.split()[0] not in pattern.verbs:
        return False
    return not pattern.about or _names(pattern.about, statement.lemmas)


def _names(terms: tuple[str, ...], line: str) -> bool:
    return any(f" {term} " in line for term in terms)
