"""Intraclass correlation ICC(2,1) and ICC(2,k): two-way random effects, absolute agreement."""

from dataclasses import dataclass

import numpy as np

from scoring.panel.estimate import CONFIDENCE, Estimate, NotEnough, Statistic, Undefined
from scoring.panel.ratings import RatingTable, Table

MIN_INTERVIEWS = 10


@dataclass(frozen=True, slots=True)
class Intraclass:
    """The two coefficients, and the block of complete ratings that they stand on."""

    single: Statistic
    """ICC(2,1): of one rater."""
    mean: Statistic
    """ICC(2,k): of the mean of ``raters`` raters."""
    interviews: int
    raters: int


def intraclass(rated: RatingTable) -> Intraclass:
    """Return both coefficients of ``rated``'s largest complete block."""
    block = rated.complete_block()
    n, k = len(block.interviews), len(block.raters)
    missing: NotEnough | Undefined | None = None
    if len(rated.raters) < 2:
        missing = NotEnough(len(rated.raters), 2, "raters", "agreement needs somebody to agree with")
    elif n < MIN_INTERVIEWS:
        missing = NotEnough(
            n,
            MIN_INTERVIEWS,
            "interviews rated by the same raters",
            "with fewer its 95 % interval leaves more than half of 0 to 1 open; firm from 30 (Koo & Li 2016)",
        )
    if missing is None:
        try:
            single, mean = icc2(block.levels)
        except ValueError as error:
            missing = Undefined(str(error))
        else:
            return Intraclass(single, mean, n, k)
    return Intraclass(missing, missing, n, k)


def icc2(levels: Table, confidence: float = CONFIDENCE) -> tuple[Estimate, Estimate]:
    r"""Return ICC(2,1) and ICC(2,k) with confidence intervals.

    Parameters
    ----------
    levels
        Targets in rows, raters in columns, without gaps; at least 2 x 2.
    confidence
        Between 0 and 1.

    Raises
    ------
    ValueError
        If the table is too small or has gaps, or all ratings are equal: then nothing varies, and the
        coefficient does not exist.

    Notes
    -----
    With the mean squares of rows (MSR), columns (MSC) and error (MSE),

    .. math:: ICC(2,1) = \frac{MSR - MSE}{MSR + (k-1) MSE + k (MSC - MSE) / n}

    and ICC(2,k) by Spearman-Brown. The interval is that of Shrout & Fleiss (1979),
    doi:10.1037/0033-2909.86.2.420, with the degrees of freedom of Satterthwaite; as in McGraw & Wong (1996),
    table 7. A negative coefficient is given as it is.

    Examples
    --------
    >>> import numpy as np
    >>> single, mean = icc2(np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8],
    ...                               [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float))
    >>> round(single.value, 2), round(mean.value, 2)
    (0.29, 0.62)
    """
    n, k = levels.shape
    if n < 2 or k < 2 or np.isnan(levels).any():
        raise ValueError(f"expected at least two targets and two raters without gaps, got {n} x {k}")
    rows, columns, grand = levels.mean(axis=1), levels.mean(axis=0), levels.mean()
    msr = k * float(((rows - grand) ** 2).sum()) / (n - 1)
    msc = n * float(((columns - grand) ** 2).sum()) / (k - 1)
    residual = levels - rows[:, None] - columns[None, :] + grand
    mse = float((residual**2).sum()) / ((n - 1) * (k - 1))
    mse = 0.0 if mse < 1e-12 else mse  # what floating point leaves of a perfect fit
    total = msr + (k - 1) * mse + k * (msc - mse) / n
    if msr < 1e-12:
        raise ValueError("every interview has the same mean rating, so that there is nothing to tell apart")
    icc = (msr - mse) / total
    low, high = _interval(icc, msr, msc, mse, n, k, confidence)
    return Estimate(icc, low, high), Estimate(*(spearman_brown(x, k) for x in (icc, low, high)))


def _interval(
    icc: float, msr: float, msc: float, mse: float, n: int, k: int, confidence: float
) -> tuple[float, float]:
    from scipy.stats import f  # slow to load, and only reports need it

    # Shrout & Fleiss divide by MSE; multiplied out, perfect agreement needs no special case.
    error = mse * (n * (1 + (k - 1) * icc) - k * icc)
    numerator = (k - 1) * (n - 1) * (k * icc * msc + error) ** 2
    denominator = (n - 1) * (k * icc * msc) ** 2 + error**2
    if denominator == 0:
        return icc, icc
    freedom = numerator / denominator
    upper_f = float(f.ppf((1 + confidence) / 2, n - 1, freedom))
    lower_f = float(f.ppf((1 + confidence) / 2, freedom, n - 1))
    rest = k * msc + (k * n - k - n) * mse
    low = n * (msr - upper_f * mse) / (upper_f * rest + n * msr)
    high = n * (lower_f * msr - mse) / (rest + n * lower_f * msr)
    return low, high


def spearman_brown(icc: float, k: float) -> float:
    """Return the reliability of the mean of ``k`` raters, each of reliability ``icc``."""
    return k * icc / (1 + (k - 1) * icc)
