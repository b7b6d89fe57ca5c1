"""Krippendorff's alpha for ordinal ratings: any number of raters, gaps allowed."""

import numpy as np
from numpy.typing import NDArray

from scoring.panel.estimate import CONFIDENCE, Estimate, NotEnough, Statistic, Undefined
from scoring.panel.ratings import Table

MIN_UNITS = 10
RESAMPLES = 1000
_SEED = 20240601
Counts = NDArray[np.float64]


def alpha(units: dict[str, Table]) -> Statistic:
    """Return ordinal alpha with a bootstrap interval over interviews.

    Parameters
    ----------
    units
        Interview → units x raters, levels 0–3, NaN for gaps. What is drawn again are whole interviews: one
        rater's levels for different criteria of an interview are not independent.
    """
    matrices = {name: coincidences(table) for name, table in units.items()}
    paired = [matrix for matrix in matrices.values() if matrix.sum() > 0]
    if len(paired) < MIN_UNITS:
        return NotEnough(
            len(paired),
            MIN_UNITS,
            "interviews rated by two or more",
            "its interval is drawn from interviews, and fewer than ten do not show how they differ",
        )
    stacked = np.stack(paired)
    value = float(_alpha(stacked.sum(axis=0)[None])[0])
    if np.isnan(value):
        return Undefined("all ratings are the same level, so that agreement cannot be told from a habit")
    draws = np.random.default_rng(_SEED).multinomial(
        len(paired), np.full(len(paired), 1 / len(paired)), RESAMPLES
    )
    resampled = _alpha(np.tensordot(draws.astype(float), stacked, axes=1))
    tail = (1 - CONFIDENCE) / 2
    low, high = np.nanquantile(resampled, [tail, 1 - tail])
    return Estimate(value, float(low), float(high))


def ordinal_alpha(levels: Table) -> float:
    """Return alpha of one table, units in rows and raters in columns; NaN if all ratings are equal.

    alpha = 1 - (n - 1) sum(o_ck d_ck) / sum(n_c n_k d_ck), with the coincidences o, their margins n_c, and
    the ordinal difference d_ck = (n_c/2 + n_(c+1) + … + n_k/2)^2. Krippendorff (2011), Computing
    Krippendorff's Alpha-Reliability, section D.

    Examples
    --------
    >>> import numpy as np
    >>> float(ordinal_alpha(np.array([[0.0, 0.0], [1.0, 1.0], [3.0, 3.0]])))
    1.0
    """
    return float(_alpha(coincidences(levels)[None])[0])


def coincidences(levels: Table) -> Counts:
    """Return the matrix of coincidences of the levels 0, 1, …; each unit weighs as many as it has ratings."""
    highest = 3 if np.isnan(levels).all() else max(3, int(np.nanmax(levels)))
    counts = np.stack([(levels == level).sum(axis=1) for level in range(highest + 1)], axis=1).astype(float)
    counts = counts[counts.sum(axis=1) >= 2]
    pairs = counts[:, :, None] * counts[:, None, :]
    pairs[:, range(highest + 1), range(highest + 1)] -= counts
    return (pairs / (counts.sum(axis=1) - 1)[:, None, None]).sum(axis=0)


def _alpha(matrices: Counts) -> NDArray[np.float64]:
    """Return alpha of each matrix of coincidences."""
    margins = matrices.sum(axis=2)
    below = np.cumsum(margins, axis=1) - margins / 2  # up to the middle of each level
    difference = (below[:, :, None] - below[:, None, :]) ** 2
    observed = (matrices * difference).sum(axis=(1, 2))
    expected = (margins[:, :, None] * margins[:, None, :] * difference).sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - (margins.sum(axis=1) - 1) * observed / expected, np.nan)
