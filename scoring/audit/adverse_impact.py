"""Adverse impact: how often each group is above the sample median, beside the group that is most often.

The table of New York City's Local Law 144 (6 RCNY § 5-301, for tools that give a score), with what the
Uniform Guidelines on Employee Selection Procedures (29 CFR 1607.4 D) look at: the four-fifths ratio, and
whether the difference could be chance.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

FOUR_FIFTHS = 0.8
SMALLEST_SHARE = 0.02
"""Of all whose group is known. A smaller group may be left out of the comparison (§ 5-301); it is listed."""
CONFIDENCE = 0.95
_FAR = 30.0
"""Of a logarithm: beyond any ratio of two counts."""
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Group:
    """How many of a group were assessed, and how many of these had the outcome."""

    assessed: int
    reached: int

    @property
    def rate(self) -> float:
        return self.reached / self.assessed


@dataclass(frozen=True, slots=True)
class Comparison:
    """One group beside the one with the highest rate."""

    group: Group
    compared: bool
    """False where the group is smaller than 2 % of the sample."""
    impact_ratio: float | None
    """The group's rate by the highest rate; None where not compared, or nobody reached anything."""
    interval: tuple[float, float] | None
    """Of the ratio, 95 %, by the score test; None for the highest group, and where there is none."""
    p: float | None
    """Fisher's exact test against the highest group, two-sided; None where not compared."""

    @property
    def below_four_fifths(self) -> bool | None:
        return None if self.impact_ratio is None else self.impact_ratio < FOUR_FIFTHS


def above_median(scores: Sequence[float]) -> list[bool]:
    """Return of each score whether it is above the median of all; a score at the median is not.

    >>> above_median([1.0, 2.0, 2.0, 3.0])
    [False, False, False, True]
    """
    if not scores:
        return []
    middle = median(scores)
    return [score > middle for score in scores]


def tally(outcomes: Iterable[tuple[Key, bool]]) -> dict[Key, Group]:
    """Return group → counts of ``(group, outcome)`` pairs."""
    counts: dict[Key, tuple[int, int]] = {}
    for group, reached in outcomes:
        assessed, so_far = counts.get(group, (0, 0))
        counts[group] = (assessed + 1, so_far + reached)
    return {group: Group(*found) for group, found in counts.items()}


def compare(groups: Mapping[Key, Group], sample: int | None = None) -> dict[Key, Comparison]:
    """Return each group beside the one with the highest rate among those that are compared.

    Parameters
    ----------
    groups
        All groups of one kind, without those whose group is unknown. Empty ones are left out.
    sample
        How many people the 2 % are of; None: all of ``groups``.

    Notes
    -----
    The interval is Miettinen & Nurminen's (1985), doi:10.1002/sim.4780040211, by inverting the score test: it
    exists where a group has no or only successes, unlike that of the logarithm. That the comparison is with
    the highest of several groups is not corrected for: the law asks for the plain figures.

    Examples
    --------
    >>> found = compare({"white": Group(80, 48), "black": Group(40, 12)})
    >>> found["black"].impact_ratio, found["black"].below_four_fifths
    (0.5, True)
    """
    present = {key: group for key, group in groups.items() if group.assessed}
    everybody = sum(group.assessed for group in present.values()) if sample is None else sample
    large = {key: g for key, g in present.items() if g.assessed >= SMALLEST_SHARE * everybody}
    # Of several with the same rate the largest is compared with: it says most.
    top = max(large, key=lambda key: (large[key].rate, large[key].assessed), default=None)
    found = {}
    for key, group in present.items():
        if key not in large or top is None:
            found[key] = Comparison(group, False, None, None, None)
        elif key == top:
            found[key] = Comparison(group, True, 1.0 if group.reached else None, None, None)
        else:
            found[key] = _beside(group, large[top])
    return found


def _beside(group: Group, highest: Group) -> Comparison:
    from scipy.stats import fisher_exact  # slow to load, and only audits need it

    table = [[g.reached, g.assessed - g.reached] for g in (group, highest)]
    p = float(fisher_exact(table).pvalue)
    if highest.reached == 0:
        return Comparison(group, True, None, None, p)
    return Comparison(group, True, group.rate / highest.rate, ratio_interval(group, highest), p)


def ratio_interval(group: Group, other: Group, confidence: float = CONFIDENCE) -> tuple[float, float] | None:
    """Return the score interval of ``group``'s rate by ``other``'s; None where it has no upper bound."""
    if not group.reached and not other.reached:
        return None
    from scipy.optimize import brentq
    from scipy.stats import chi2

    limit = float(chi2.ppf(confidence, 1))

    def outside(log_ratio: float) -> float:
        return _score_statistic(group, other, math.exp(log_ratio)) - limit

    # Where one of the rates is 0 the ratio is at an end of its range, and so is one bound.
    middle = math.log(group.rate / other.rate) if group.reached and other.reached else None
    low, high = 0.0, math.inf
    if group.reached:
        low = math.exp(brentq(outside, -_FAR, middle if middle is not None else _FAR))
    if other.reached:
        high = math.exp(brentq(outside, middle if middle is not None else -_FAR, _FAR))
    return (low, high) if math.isfinite(high) else None


def _score_statistic(group: Group, other: Group, ratio: float) -> float:
    """Return z² of the counts under rates whose ratio is ``ratio``."""
    x, n, y, m = group.reached, group.assessed, other.reached, other.assessed
    everybody = n + m
    linear = ratio * (n + y) + x + m
    root = math.sqrt(max(0.0, linear**2 - 4 * ratio * everybody * (x + y)))
    # The likeliest rates of that ratio; written so that nothing cancels where the ratio is far from 1.
    second = min(2 * (x + y) / (linear + root), 1.0, 1 / ratio)
    first = ratio * second
    variance = first * (1 - first) / n + ratio**2 * second * (1 - second) / m
    variance *= everybody / (everybody - 1)
    distance = group.rate - ratio * other.rate
    if variance <= 0:
        return 0.0 if abs(distance) < 1e-12 else math.inf
    return distance**2 / variance
