"""Fit of a score to a required level: said only when the whole interval clears it."""

from typing import Literal

Fit = Literal["below", "fit", "exceeds", "uncertain"]
EXCEEDS_MARGIN = 0.75
"""A score this far above the required level exceeds it."""


def fit(interval: tuple[float, float], required: float, margin: float = EXCEEDS_MARGIN) -> Fit:
    """Return how a score with ``interval`` stands to ``required``; both on the 0–3 scale.

    "exceeds" is a plus and never a fault; "uncertain" when the interval does not settle it.
    """
    low, high = interval
    if low >= required + margin:
        return "exceeds"
    if low >= required:
        return "fit"
    if high < required:
        return "below"
    return "uncertain"
