"""What lists of many sessions need, in a few queries whatever their length."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from records.tables import Decision, InterviewSession, MediaFile, ScoresRow


@dataclass(frozen=True, slots=True)
class PositionCounts:
    """How many interviews a position has, and how many of them are scored."""

    candidates: int
    scored: int


def count_by_status(session: Session) -> dict[str, int]:
    """Return status → number of sessions."""
    rows = session.execute(
        select(InterviewSession.status, func.count()).group_by(InterviewSession.status)
    ).all()
    return {row[0]: row[1] for row in rows}


def count_by_position(session: Session) -> dict[str, PositionCounts]:
    """Return position id → counts; a position without sessions is left out."""
    scored = func.sum(case((InterviewSession.status == "scored", 1), else_=0))
    rows = session.execute(
        select(InterviewSession.position_id, func.count(), scored).group_by(InterviewSession.position_id)
    ).all()
    return {position_id: PositionCounts(count, int(done)) for position_id, count, done in rows}


def newest_scores(session: Session, session_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return session id → newest ``aila.scores/1`` object of its present answers; without one, left out."""
    rows = session.execute(
        select(ScoresRow.session_id, ScoresRow.payload)
        .join(InterviewSession, InterviewSession.id == ScoresRow.session_id)
        .where(ScoresRow.session_id.in_(session_ids), ScoresRow.revision == InterviewSession.revision)
        .order_by(ScoresRow.id)
    ).all()
    return {row[0]: row[1] for row in rows}


def newest_decisions(session: Session, session_ids: Sequence[str]) -> dict[str, Decision]:
    """Return session id → its newest decision; the undecided are left out."""
    rows = session.scalars(select(Decision).where(Decision.session_id.in_(session_ids)).order_by(Decision.id))
    return {row.session_id: row for row in rows}


def media_kinds(session: Session, session_ids: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return session id → the kinds of media that it has; those without any are left out."""
    rows = session.execute(
        select(MediaFile.session_id, MediaFile.kind).where(MediaFile.session_id.in_(session_ids))
    ).all()
    kinds: dict[str, set[str]] = {}
    for session_id, kind in rows:
        kinds.setdefault(session_id, set()).add(kind)
    return {session_id: frozenset(found) for session_id, found in kinds.items()}
