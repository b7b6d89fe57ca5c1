"""Quadratic weighted kappa: of two raters, and of scores with the panel's mean."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from scoring.panel.estimate import Estimate, NotEnough, Statistic, Undefined
from scoring.panel.levels import HIGHEST
from scoring.panel.ratings import Rating

MIN_COMMON = 2 * (HIGHEST + 1) ** 2
"""Twice the square of the number of levels: Cicchetti (1981), doi:10.1177/014662168100500114."""
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two raters on the criteria that both rated."""

    raters: tuple[str, str]
    kappa: Statistic
    common: int
    """Ratings of the same criterion of the same interview."""
    same: float | None
    """The share of them that are equal, 0–1; None without any."""


def pairs(ratings: list[Rating]) -> list[PairAgreement]:
    """Return each pair of raters that have something in common."""
    levels: dict[str, dict[tuple[str, str], int]] = {}
    for rating in ratings:
        if rating.behaviour is None and rating.level is not None:
            levels.setdefault(rating.rater, {})[rating.interview, rating.criterion] = rating.level
    found = []
    for one, other in combinations(sorted(levels), 2):
        common = sorted(levels[one].keys() & levels[other].keys())
        if common:
            first = np.array([levels[one][key] for key in common])
            second = np.array([levels[other][key] for key in common])
            kappa = weighted_kappa(first, second)
            found.append(PairAgreement((one, other), kappa, len(common), float((first == second).mean())))
    return found


def weighted_kappa(first: NDArray[np.int_], second: NDArray[np.int_]) -> Statistic:
    """Return the quadratic weighted kappa of two raters' levels (0–3), with its asymptotic interval."""
    if len(first) < MIN_COMMON:
        because = "its standard error holds from twice the square of the number of levels (Cicchetti 1981)"
        return NotEnough(len(first), MIN_COMMON, "ratings that both made", because)
    if len({*first.tolist(), *second.tolist()}) == 1:
        return Undefined("both raters gave one and the same level throughout")
    from statsmodels.stats.inter_rater import cohens_kappa  # slow to load, and only reports need it

    table = np.zeros((HIGHEST + 1, HIGHEST + 1))
    np.add.at(table, (first, second), 1)
    result = cohens_kappa(table, wt="quadratic")
    return Estimate(float(result.kappa), float(result.kappa_low), float(result.kappa_upp))


def quadratic_kappa(first: Values, second: Values) -> float:
    """Return quadratic weighted kappa of values that need not be whole; NaN if all are equal.

    1 - mean (x_i - y_i)^2 / mean over all i, j of (x_i - y_j)^2. On whole levels this is Cohen's kappa
    with quadratic weights; on others it is Lin's (1989) concordance, doi:10.2307/2532051, so that nothing
    has to be rounded first.

    Examples
    --------
    >>> import numpy as np
    >>> quadratic_kappa(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 2.0]))
    1.0
    """
    by_chance = float(first.var() + second.var() + (first.mean() - second.mean()) ** 2)
    if by_chance == 0:
        return float("nan")
    return 1 - float(((first - second) ** 2).mean()) / by_chance
