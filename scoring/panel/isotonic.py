"""A rising line through noisy points, and how far a new point may lie from it."""

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Knots = tuple[Values, Values]


def centred_isotonic(x: Values, y: Values) -> Knots:
    """Return the knots of a rising, piecewise linear fit of ``y`` on ``x``.

    Isotonic regression, whose flat steps are each put at their mean x and joined by straight lines: so two
    different raw scores seldom become the same. Oron & Flournoy (2017), doi:10.1080/19466315.2017.1286256.

    Examples
    --------
    >>> import numpy as np
    >>> at, level = centred_isotonic(np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 2.0, 1.0, 3.0]))
    >>> at.tolist(), level.tolist()
    ([0.0, 1.5, 3.0], [0.0, 1.5, 3.0])
    """
    from scipy.optimize import isotonic_regression  # slow to load, and only calibrating needs it

    places, inverse, weights = np.unique(x, return_inverse=True, return_counts=True)
    means = np.bincount(inverse, weights=y) / weights
    fit = isotonic_regression(means, weights=weights.astype(float))
    starts = fit.blocks[:-1]
    totals = np.add.reduceat(weights, starts)
    return np.add.reduceat(places * weights, starts) / totals, fit.x[starts]


def predict(knots: Knots, x: Values) -> Values:
    """Return the line at ``x``, level beyond its ends."""
    return np.interp(x, *knots)


def jackknife_plus(x: Values, y: Values, at: Values, confidence: float) -> tuple[Values, Values]:
    """Return for each of ``at`` an interval that holds a new point's y.

    Jackknife+ (Barber, Candès, Ramdas & Tibshirani 2021, doi:10.1214/20-AOS1965): each point is left out
    once, and the new one must be as near to those fits as the left-out ones are. Its coverage is at least
    2 x confidence - 1 whatever the distribution, and about ``confidence`` in practice.

    Raises
    ------
    ValueError
        With fewer points than (1 / (1 - confidence)) - 1: then no finite interval has the coverage.
    """
    n = len(x)
    rank = int(np.ceil(confidence * (n + 1) - 1e-9))
    if rank > n:
        raise ValueError(f"{n} points are too few for an interval of {confidence:.0%}")
    keep = ~np.eye(n, dtype=bool)
    fits = [centred_isotonic(x[rows], y[rows]) for rows in keep]
    lines = np.stack([predict(knots, at) for knots in fits])
    away = np.array([abs(y[i] - predict(knots, x[i : i + 1])[0]) for i, knots in enumerate(fits)])[:, None]
    lows = np.sort(lines - away, axis=0)
    highs = np.sort(lines + away, axis=0)
    return lows[n - rank], highs[rank - 1]
