"""Ranks candidates for a position: ties where intervals overlap, nobody dropped, no decision taken.

The order follows one formula, over the criteria that the position counts and that were scored::

    overall = sum(importance * score) / sum(importance)

The overall interval is the same mean of the lower and of the upper bounds, as if all errors pointed the
same way: no narrower than it is known to be. Required levels do not enter the order; they give the fit of
each criterion. What was abstained neither helps nor hurts, and how many criteria counted is said.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from scoring.fit import Fit, fit
from scoring.result import CriterionResult, Scores


class Level(Protocol):
    """What a position asks of one criterion."""

    @property
    def required(self) -> float | None:
        """0–3; None where no level is required and the criterion only counts in the order."""

    @property
    def importance(self) -> int:
        """1 useful, 2 important, 3 essential."""

    @property
    def exceeds_margin(self) -> float:
        """How far above the required level a score exceeds it."""


@dataclass(frozen=True, slots=True)
class CriterionStanding:
    criterion: str
    required: float | None
    importance: int
    score: float | None
    interval: tuple[float, float] | None
    abstained: bool
    reason: str | None
    fit: Fit | None
    """None when the criterion was abstained, or no level is required."""


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    session_id: str
    rank: int | None
    """From 1; equal ranks are ties. None if no required criterion could be scored."""
    tied: bool
    overall: float | None
    """Importance-weighted mean of the counted criteria's scores, 0–3, to two decimals."""
    interval: tuple[float, float] | None
    standings: tuple[CriterionStanding, ...]

    @property
    def counted(self) -> tuple[CriterionStanding, ...]:
        """The criteria that enter the overall score."""
        return tuple(one for one in self.standings if one.score is not None and one.interval is not None)


def rank(levels: Mapping[str, Level], scored: Mapping[str, Scores]) -> list[RankedCandidate]:
    """Return all candidates of ``scored`` (session id → scores), best first, the unscored last.

    A candidate's rank is 1 plus the number of candidates whose whole interval lies above theirs, so that
    overlapping intervals share a rank. Without levels, every scored criterion counts the same.
    """
    drafts = [_standing(levels, session_id, scores) for session_id, scores in scored.items()]
    lows = sorted(draft.interval[0] for draft in drafts if draft.interval is not None)
    highs = sorted(draft.interval[1] for draft in drafts if draft.interval is not None)
    ranked = []
    for draft in drafts:
        if draft.interval is None:
            ranked.append(draft)
            continue
        above = len(lows) - bisect_right(lows, draft.interval[1])
        below = bisect_left(highs, draft.interval[0])
        overlapping = len(lows) - above - below - 1
        ranked.append(replace(draft, rank=above + 1, tied=overlapping > 0))
    return sorted(ranked, key=lambda c: (c.rank is None, c.rank or 0, -(c.overall or 0.0), c.session_id))


def overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Return whether two intervals touch: the scores then do not tell the candidates apart."""
    return one[0] <= other[1] and other[0] <= one[1]


def weighted_mean(values: Mapping[str, float], importance: Mapping[str, int]) -> float | None:
    """Return the mean of ``values`` weighted by ``importance``, to two decimals; None where nothing counts.

    >>> weighted_mean({"teamwork": 2.0, "planning": 1.0}, {"teamwork": 3, "planning": 1})
    1.75
    """
    total = sum(importance[name] for name in values)
    if not total:
        return None
    return round(sum(importance[name] * value for name, value in values.items()) / total, 2)


def _standing(levels: Mapping[str, Level], session_id: str, scores: Scores) -> RankedCandidate:
    standings = tuple(
        _criterion(result, levels.get(result.id))
        for result in scores.criteria
        if not levels or result.id in levels
    )
    draft = RankedCandidate(session_id, None, False, None, None, standings)
    importance = {one.criterion: one.importance for one in draft.counted}
    overall = weighted_mean({one.criterion: one.score or 0.0 for one in draft.counted}, importance)
    low, high = (
        weighted_mean({one.criterion: one.interval[end] for one in draft.counted if one.interval}, importance)
        for end in (0, 1)
    )
    if overall is None or low is None or high is None:
        return draft
    return replace(draft, overall=overall, interval=(low, high))


def _criterion(result: CriterionResult, level: Level | None) -> CriterionStanding:
    required = level.required if level else None
    stands = None
    if level is not None and required is not None and result.interval is not None:
        stands = fit(result.interval, required, level.exceeds_margin)
    return CriterionStanding(
        criterion=result.id,
        required=required,
        importance=level.importance if level else 1,
        score=result.score,
        interval=result.interval,
        abstained=result.abstained,
        reason=result.reason,
        fit=stands,
    )
