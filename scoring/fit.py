"""Fit of a score to a required level: said only when the whole interval clears it."""

from typing import Literal

Fit = Literal["below", "fit", "exceeds", "uncertain"]
EXCEEDS_MARGIN = 0.75
"""How far above the required level a score exceeds it, where a position says nothing else."""


def fit(interval: tuple[float, float], required: float, margin: float = EXCEEDS_MARGIN) -> Fit:
    """Return how a score with ``interval`` stands to ``required``; both on the 0–3 scale.

    "exceeds" is a plus and never a fault; "uncertain" when the interval does not settle it. Where
    ``required + margin`` is above 3, nobody can exceed, and the best is "fit".

    >>> fit((1.6, 2.1), 1.5), fit((1.2, 1.9), 1.5), fit((0.3, 1.4), 1.5), fit((2.3, 2.8), 1.5)
    ('fit', 'uncertain', 'below', 'exceeds')
    """
    low, high = interval
    if low >= required + margin:
        return "exceeds"
    if low >= required:
        return "fit"
    if high < required:
        return "below"
    return "uncertain"
