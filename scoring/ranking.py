"""Ranks candidates for a position: ties where intervals overlap, nobody dropped, no decision taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from scoring.fit import Fit, fit
from scoring.result import Scores


class Level(Protocol):
    """A required level (0–3) and its importance (1–3)."""

    @property
    def required(self) -> float: ...

    @property
    def importance(self) -> int: ...


@dataclass(frozen=True, slots=True)
class CriterionStanding:
    criterion: str
    required: float
    score: float | None
    interval: tuple[float, float] | None
    abstained: bool
    reason: str | None
    fit: Fit | None
    """None when the criterion was abstained."""


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    session_id: str
    rank: int | None
    """From 1; equal ranks are ties. None if no required criterion could be scored."""
    tied: bool
    overall: float | None
    """Importance-weighted mean of the required criteria's scores, 0–3."""
    interval: tuple[float, float] | None
    standings: tuple[CriterionStanding, ...]


def rank(levels: Mapping[str, Level], scored: Mapping[str, Scores]) -> list[RankedCandidate]:
    """Return all candidates of ``scored`` (session id → scores), best first, the unscored last.

    A candidate's rank is 1 plus the number of candidates whose whole interval lies above theirs, so that
    overlapping intervals share a rank. Without levels, every scored criterion counts the same.
    """
    drafts = [_standing(levels, session_id, scores) for session_id, scores in scored.items()]
    ranked = []
    for draft in drafts:
        if draft.interval is None:
            ranked.append(draft)
            continue
        others = [other.interval for other in drafts if other is not draft and other.interval is not None]
        above = sum(other[0] > draft.interval[1] for other in others)
        overlapping = any(other[0] <= draft.interval[1] and draft.interval[0] <= other[1] for other in others)
        ranked.append(
            RankedCandidate(
                draft.session_id, above + 1, overlapping, draft.overall, draft.interval, draft.standings
            )
        )
    return sorted(ranked, key=lambda c: (c.rank is None, c.rank or 0, -(c.overall or 0.0), c.session_id))


def _standing(levels: Mapping[str, Level], session_id: str, scores: Scores) -> RankedCandidate:
    standings, weighted = [], []
    for result in scores.criteria:
        level = levels.get(result.id)
        if level is None and levels:
            continue
        required, importance = (level.required, level.importance) if level else (0.0, 1)
        stands = fit(result.interval, required) if result.interval is not None and level else None
        standings.append(
            CriterionStanding(
                result.id, required, result.score, result.interval, result.abstained, result.reason, stands
            )
        )
        if result.score is not None and result.interval is not None:
            weighted.append((importance, result.score, result.interval))
    total = sum(importance for importance, _, _ in weighted)
    if not total:
        return RankedCandidate(session_id, None, False, None, None, tuple(standings))
    overall = sum(importance * score for importance, score, _ in weighted) / total
    low = sum(importance * interval[0] for importance, _, interval in weighted) / total
    high = sum(importance * interval[1] for importance, _, interval in weighted) / total
    return RankedCandidate(
        session_id, None, False, round(overall, 2), (round(low, 2), round(high, 2)), tuple(standings)
    )
