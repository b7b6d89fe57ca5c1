"""Each rater's severity, and how it drifts: an additive model with a jackknife over interviews."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.panel.estimate import CONFIDENCE, Estimate, NotEnough, Statistic, Undefined
from scoring.panel.ratings import Rating

MIN_INTERVIEWS = 10
PER_INTERVIEWS = 10
"""Drift is given in levels per this many interviews."""
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RaterProfile:
    """One rater beside the others."""

    rater: str
    interviews: int
    ratings: int
    """Levels of criteria; "cannot judge" not counted."""
    cannot_judge: int
    levels: dict[str, int]
    """How often each level was given, "0" to "3"."""
    severity: Statistic
    """Levels below (positive) or above (negative) the panel, on the same interviews."""
    drift: Statistic
    """Change of severity in levels per ten interviews of the rater's own order."""
    remark: str | None
    """What is conspicuous: one level throughout."""


def profiles(ratings: Sequence[Rating]) -> list[RaterProfile]:
    """Return all raters by name."""
    of_criteria = [r for r in ratings if r.behaviour is None]
    names = sorted({r.rater for r in of_criteria})
    severity, drift = _effects(of_criteria, names)
    return [_profile(name, of_criteria, severity[name], drift[name]) for name in names]


def _profile(name: str, ratings: Sequence[Rating], severity: Statistic, drift: Statistic) -> RaterProfile:
    own = [r for r in ratings if r.rater == name]
    levels = Counter(str(r.level) for r in own if r.level is not None)
    judged = levels.total()
    remark = None
    if judged >= MIN_INTERVIEWS and len(levels) == 1:
        remark = (
            f"rated {next(iter(levels))} in all of {judged} ratings: these tell interviews apart in nothing"
        )
    return RaterProfile(
        rater=name,
        interviews=len({r.interview for r in own}),
        ratings=judged,
        cannot_judge=len(own) - judged,
        levels={str(level): levels[str(level)] for level in range(4)},
        severity=severity,
        drift=drift,
        remark=remark,
    )


def _effects(
    ratings: Sequence[Rating], names: list[str]
) -> tuple[dict[str, Statistic], dict[str, Statistic]]:
    """Return severity and drift by rater.

    Each rating is modelled as rated thing (a criterion of an interview) + rater + slope x place in the
    rater's order. Least squares after taking each rated thing's mean away, so that only raters of the same
    thing are compared. The intervals are normal ones with the jackknife's standard error over interviews
    (Efron & Tibshirani 1993, chapter 11): ratings of one interview hang together.
    """
    raters_of: dict[tuple[str, str], set[str]] = {}
    for rating in ratings:
        if rating.level is not None:
            raters_of.setdefault((rating.interview, rating.criterion), set()).add(rating.rater)
    shared = [r for r in ratings if r.level is not None and len(raters_of[r.interview, r.criterion]) >= 2]
    alone = "severity is seen only where others rated the same interview"
    interviews = {name: len({r.interview for r in shared if r.rater == name}) for name in names}
    absent: dict[str, Statistic] = {
        name: NotEnough(count, MIN_INTERVIEWS, "interviews that others rated too", alone)
        for name, count in interviews.items()
        if count < MIN_INTERVIEWS
    }
    estimable = [name for name in names if name not in absent]
    if len(estimable) < 2:
        missing: dict[str, Statistic] = {
            name: NotEnough(len(estimable), 2, "raters with enough in common", alone) for name in estimable
        }
        return absent | missing, absent | missing
    severity, drift = _fit([r for r in shared if r.rater in estimable], estimable)
    return absent | severity, absent | drift


def _fit(ratings: Sequence[Rating], names: list[str]) -> tuple[dict[str, Statistic], dict[str, Statistic]]:
    cells = _normal_equations(ratings, names)
    gram = np.sum([cell[0] for cell in cells], axis=0)
    moment = np.sum([cell[1] for cell in cells], axis=0)
    count = len(names)
    if _components(gram[:count, :count]) > 1:
        apart: dict[str, Statistic] = {
            name: Undefined("the raters fall into groups that have no interview in common") for name in names
        }
        return apart, apart
    # One direction is free: severities are given as deviations from their mean.
    with_slopes = np.linalg.matrix_rank(gram, tol=1e-8) == 2 * count - 1
    size = 2 * count if with_slopes else count
    solve = lambda g, m: np.linalg.pinv(g[:size, :size], rcond=1e-10) @ m[:size]  # noqa: E731
    value = solve(gram, moment)
    left_out = np.stack([solve(gram - g, moment - m) for g, m in cells])
    n = len(cells)
    error = np.sqrt((n - 1) / n * ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0))
    severity: dict[str, Statistic] = {name: _severe(value[j], error[j]) for j, name in enumerate(names)}
    if not with_slopes:
        unclear = Undefined(
            "the raters rated in one and the same order, so that drift is not told from interviews"
        )
        return severity, dict.fromkeys(names, unclear)
    drift: dict[str, Statistic] = {
        name: _severe(value[count + j] * PER_INTERVIEWS, error[count + j] * PER_INTERVIEWS)
        for j, name in enumerate(names)
    }
    return severity, drift


def _severe(effect: float, error: float) -> Estimate:
    """Return the estimate with its sign turned: who rates low is severe."""
    from scipy.stats import norm  # slow to load, and only reports need it

    half = float(norm.ppf((1 + CONFIDENCE) / 2)) * float(error)
    return Estimate(-float(effect), -float(effect) - half, -float(effect) + half)


def _normal_equations(
    ratings: Sequence[Rating], names: list[str]
) -> list[tuple[NDArray[np.float64], Vector]]:
    """Return X'X and X'y of each interview, rows centred within each rated thing."""
    column = {name: j for j, name in enumerate(names)}
    places: dict[str, list[int]] = {name: [] for name in names}
    for rating in ratings:
        places[rating.rater].append(rating.position)
    middle = {name: float(np.mean(found)) if found else 0.0 for name, found in places.items()}
    things: dict[str, dict[str, list[Rating]]] = {}
    for rating in ratings:
        things.setdefault(rating.interview, {}).setdefault(rating.criterion, []).append(rating)
    cells = []
    for by_criterion in things.values():
        gram, moment = np.zeros((2 * len(names), 2 * len(names))), np.zeros(2 * len(names))
        for rated in by_criterion.values():
            design = np.zeros((len(rated), 2 * len(names)))
            for i, rating in enumerate(rated):
                design[i, column[rating.rater]] = 1
                design[i, len(names) + column[rating.rater]] = rating.position - middle[rating.rater]
            design -= design.mean(axis=0)
            level = np.array([rating.level for rating in rated], dtype=float)
            gram += design.T @ design
            moment += design.T @ (level - level.mean())
        cells.append((gram, moment))
    return cells


def _components(gram: NDArray[np.float64]) -> int:
    """Return into how many groups without anything in common the raters fall."""
    from scipy.sparse.csgraph import connected_components  # slow to load, and only reports need it

    return int(connected_components(gram != 0, directed=False)[0])
