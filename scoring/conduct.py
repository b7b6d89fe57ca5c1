"""Poor conduct told as a deed: how near an act is to acts against people or the task, in whatever trade.

The words of an act say its topic louder than its worth: "I sent him away without his money" and "I sent him
his money" are near each other. So acts are compared without their nouns, with the acts that show a behaviour
on one side and with those that go against one on the other.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from language.sentence_vectors import encoder
from scoring.example_vectors import (
    bare_vectors,
    example_vectors,
    fair_and_poor_acts,
    opposite_acts,
    opposites_by_behaviour,
)
from scoring.rubric import Rubric
from scoring.statements import Statement

NEAREST = 4
"""How many nearest acts on either side a lead is the mean of."""
DECIMALS = 3
POOR = 0.055
"""Lead from which an act is shown against a behaviour."""
CONTEXT = 0.08
"""What an answer of nothing but poor acts adds to the leads of its acts."""
UNDONE = 0.5
"""Similarity to an act against a behaviour from which a poor act goes against it."""

Leads = NDArray[np.float64]


class ConductIndex:
    """The vectors of a rubric's fair and poor acts, computed once."""

    def __init__(self, rubric: Rubric) -> None:
        behaviours = {b.id: c.id for c in rubric.criteria for b in c.behaviours}
        self._opposite_of = [b for b, own in opposites_by_behaviour(rubric).items() for _ in own]
        self._criterion_of = [behaviours[b] for b in self._opposite_of]
        self._opposites = example_vectors(opposite_acts(rubric)) if self._opposite_of else None
        fair, poor = fair_and_poor_acts(rubric)
        self._bare = (bare_vectors(fair), bare_vectors(poor)) if fair and poor else None

    def leads(self, statements: Sequence[Statement]) -> Leads:
        """Return how much nearer each statement is to poor acts than to fair ones, in [-1, 1].

        -1 where it has no text, or the rubric no poor acts.
        """
        found = np.full(len(statements), -1.0)
        told = [place for place, statement in enumerate(statements) if statement.text]
        if self._bare is not None and told:
            vectors = encoder().encode([statements[place].bare for place in told])
            fair, poor = (_mean_of_nearest(vectors @ acts.T) for acts in self._bare)
            found[told] = np.round((poor - fair).astype(np.float64), DECIMALS)
        return found

    def undone_by(self, statements: Sequence[Statement]) -> list[set[str]]:
        """Return for each statement the behaviours that it goes against: of a criterion the nearest."""
        if self._opposites is None or self._bare is None or not statements:
            return [set() for _ in statements]
        opposites = self._bare[1][: len(self._opposite_of)]
        whole = encoder().encode([s.text for s in statements]) @ self._opposites.T
        bare = encoder().encode([s.bare for s in statements]) @ opposites.T
        similar = np.round((whole + bare) / 2.0, DECIMALS)
        found: list[set[str]] = []
        for row in similar.tolist():
            nearest: dict[str, tuple[float, str]] = {}
            for similarity, criterion, behaviour in zip(
                row, self._criterion_of, self._opposite_of, strict=True
            ):
                if similarity >= UNDONE:
                    nearest[criterion] = max(nearest.get(criterion, (0.0, "")), (similarity, behaviour))
            found.append({behaviour for _, behaviour in nearest.values()})
        return found


def in_context(leads: Leads, answers: Sequence[tuple[int, int]]) -> Leads:
    """Return ``leads`` as the answers make them: what is doubtful alone is poor among poor acts.

    ``answers`` says for each, in the order of ``leads``, how many acts it has there and how many poor ones,
    known by their words, beside them. The share of these among all is added, times 0.08.
    """
    counts = [acts for acts, _ in answers]
    shares = [poor / max(1, acts + poor) for acts, poor in answers]
    return leads + CONTEXT * np.repeat(shares, counts)


def _mean_of_nearest(similar: NDArray[np.float32]) -> NDArray[np.float32]:
    kept = min(NEAREST, similar.shape[1])
    nearest: NDArray[np.float32] = np.partition(similar, similar.shape[1] - kept, axis=1)[:, -kept:]
    return nearest.mean(axis=1)
