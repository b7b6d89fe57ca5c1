"""What the calibration meeting talks about: where raters are furthest apart."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from scoring.panel.ratings import Rating

APART = 2
"""Levels between the lowest and the highest rating that are worth a talk."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One criterion of one interview."""

    interview: str
    criterion: str
    levels: dict[str, int]
    """Rater → level."""
    spread: int
    """Levels between the lowest and the highest."""
    behaviours: dict[str, dict[str, int]]
    """The behaviours on which they are two levels apart or more: rater → level."""
    notes: dict[str, str]
    """What raters wrote beside their ratings; the empty ones left out."""


def disagreements(ratings: Sequence[Rating], limit: int) -> list[Disagreement]:
    """Return the criteria on which raters differ, the widest apart first, ``limit`` at most.

    All that are two levels apart come before those that are one level apart; equal ratings are left out.
    """
    levels: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    behaviours: dict[tuple[str, str], dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    notes: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for rating in ratings:
        key = rating.interview, rating.criterion
        if rating.note:
            notes[key][rating.rater] = "\n".join(filter(None, (notes[key].get(rating.rater), rating.note)))
        if rating.level is None:
            continue
        if rating.behaviour is None:
            levels[key][rating.rater] = rating.level
        else:
            behaviours[key][rating.behaviour][rating.rater] = rating.level
    found = [
        Disagreement(
            interview=key[0],
            criterion=key[1],
            levels=dict(sorted(given.items())),
            spread=_spread(given),
            behaviours={
                behaviour: dict(sorted(by_rater.items()))
                for behaviour, by_rater in behaviours[key].items()
                if _spread(by_rater) >= APART
            },
            notes=dict(sorted(notes[key].items())),
        )
        for key, given in levels.items()
        if _spread(given) > 0
    ]
    found.sort(key=lambda one: (-one.spread, -_variance(one.levels), one.interview, one.criterion))
    return found[:limit]


def _spread(levels: dict[str, int]) -> int:
    return max(levels.values()) - min(levels.values())


def _variance(levels: dict[str, int]) -> float:
    mean = sum(levels.values()) / len(levels)
    return sum((level - mean) ** 2 for level in levels.values()) / len(levels)
