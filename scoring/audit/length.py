"""Whether length buys score: the correlation of score and number of words, given what was found."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.panel.estimate import CONFIDENCE, Estimate, NotEnough, Statistic, Undefined

MIN_RESULTS = 30


@dataclass(frozen=True, slots=True)
class LengthPoint:
    """One scored criterion of one interview."""

    score: float
    words: int
    """That the candidate answered to the questions that target it."""
    behaviours: int
    """How many of the criterion's behaviours were found."""


def partial_length_correlation(points: Sequence[LengthPoint]) -> Statistic:
    """Return the partial correlation of score and log words, given how many behaviours were found.

    The interval is Fisher's, with one degree of freedom less for what is held constant. Criteria of one
    interview share its length, so that it is narrower than it should be.
    """
    n = len(points)
    if n < MIN_RESULTS:
        because = "below thirty the interval of r is wider than what it is to tell"
        return NotEnough(n, MIN_RESULTS, "scored criteria with a transcript", because)
    score = np.array([point.score for point in points])
    words = np.log([max(1, point.words) for point in points])
    given = np.array([float(point.behaviours) for point in points])
    one, other = _rest(score, given), _rest(words, given)
    if one.std() < 1e-9 or other.std() < 1e-9:
        return Undefined("scores or lengths do not vary once the behaviours found are held constant")
    from scipy.stats import norm  # slow to load, and only audits need it

    r = float(np.corrcoef(one, other)[0, 1])
    z, margin = np.arctanh(np.clip(r, -0.999999, 0.999999)), norm.ppf((1 + CONFIDENCE) / 2) / np.sqrt(n - 4)
    return Estimate(r, float(np.tanh(z - margin)), float(np.tanh(z + margin)))


def _rest(values: NDArray[np.float64], given: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what a linear regression on ``given`` leaves of ``values``."""
    design = np.column_stack([np.ones(len(values)), given])
    fitted, *_ = np.linalg.lstsq(design, values, rcond=None)
    return values - design @ fitted
