"""Differential item functioning: among equally good people, is a behaviour found more often in one group?

For each behaviour, logistic regressions of "found or not" on the rest of the criterion's score, without and
with the group and its product with the score; the difference of their Nagelkerke R² is the effect (Zumbo
1999). Up to .035 it is negligible, up to .070 moderate (Jodoin & Gierl 2001,
doi:10.1207/S15324818AME1404_2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.panel.estimate import Estimate, NotEnough, Statistic, Undefined

NEGLIGIBLE = 0.035
MIN_EACH = 100
"""People of each of the two groups: below, logistic regression finds differences where there are none
(Zumbo 1999 asks for 200 a group; 100 is the least that simulations defend)."""
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ItemEffect:
    """One behaviour, one group beside the reference group."""

    behaviour: str
    group: str
    reference: str
    change_of_r2: Statistic
    """Nagelkerke's, with group and product minus without; 0–1."""

    @property
    def fair(self) -> bool | None:
        value = self.change_of_r2
        return value.value < NEGLIGIBLE if isinstance(value, Estimate) else None


def item_effects(
    found: Mapping[str, Mapping[str, bool]], score: Mapping[str, float], group: Mapping[str, str]
) -> list[ItemEffect]:
    """Return each behaviour's effect for each group beside the largest one.

    Parameters
    ----------
    found
        Person → behaviour → whether it was found.
    score
        Person → the score that people are matched by.
    group
        Person → group; people without one are left out.
    """
    people = sorted(person for person in found if person in score and person in group)
    sizes: dict[str, int] = {}
    for person in people:
        sizes[group[person]] = sizes.get(group[person], 0) + 1
    if len(sizes) < 2:
        return []
    reference = max(sorted(sizes), key=lambda name: sizes[name])
    behaviours = sorted({behaviour for person in people for behaviour in found[person]})
    return [
        ItemEffect(
            behaviour, other, reference, _effect(people, behaviour, (reference, other), found, score, group)
        )
        for other in sorted(sizes)
        if other != reference
        for behaviour in behaviours
    ]


def _effect(
    people: Sequence[str],
    behaviour: str,
    groups: tuple[str, str],
    found: Mapping[str, Mapping[str, bool]],
    score: Mapping[str, float],
    group: Mapping[str, str],
) -> Statistic:
    both = [p for p in people if group[p] in groups and behaviour in found[p]]
    fewest = min(sum(group[p] == name for p in both) for name in groups)
    if fewest < MIN_EACH:
        because = "a smaller group's effect cannot be told from chance"
        return NotEnough(fewest, MIN_EACH, f"people of each group with an answer to {behaviour}", because)
    return change_of_r2(
        np.array([float(found[p][behaviour]) for p in both]),
        np.array([score[p] for p in both]),
        np.array([float(group[p] == groups[1]) for p in both]),
    )


def change_of_r2(found: Values, score: Values, member: Values) -> Statistic:
    """Return by how much group membership (0 or 1) and its product with ``score`` raise Nagelkerke's R²."""
    if found.min() == found.max():
        return Undefined("the behaviour was found in everybody or in nobody")
    if score.min() == score.max():
        return Undefined("everybody has the same score")
    spread = (score - score.mean()) / score.std()
    try:
        without = _nagelkerke(found, [spread])
        with_group = _nagelkerke(found, [spread, member, spread * member])
    except _Separated:
        return Undefined("score and group together tell the behaviour exactly: no likelihood is the largest")
    return Estimate(max(0.0, with_group - without))


class _Separated(Exception):
    """A logistic regression has no finite solution."""


def _nagelkerke(outcome: Values, predictors: Sequence[Values]) -> float:
    """Return Nagelkerke's (1991) R², doi:10.1093/biomet/78.3.691, of a logistic regression."""
    import warnings

    from statsmodels.discrete.discrete_model import Logit  # slow to load, and only audits need it
    from statsmodels.tools.sm_exceptions import (
        ConvergenceWarning,
        PerfectSeparationError,
        PerfectSeparationWarning,
    )

    design = np.column_stack([np.ones(len(outcome)), *predictors])
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        warnings.simplefilter("error", PerfectSeparationWarning)
        try:
            fitted = Logit(outcome, design).fit(disp=False, maxiter=200)
        except (
            ConvergenceWarning,
            PerfectSeparationError,
            PerfectSeparationWarning,
            np.linalg.LinAlgError,
        ) as error:
            raise _Separated from error
    n = len(outcome)
    cox_snell = 1 - np.exp(2 / n * (fitted.llnull - fitted.llf))
    return float(cox_snell / (1 - np.exp(2 / n * fitted.llnull)))
