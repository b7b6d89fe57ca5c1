"""Scores as stored: never changed, the newest of a session counts."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.tables import ScoresRow


def store(session: Session, session_id: str, scores: dict[str, Any]) -> None:
    """Store an ``aila.scores/1`` object; the same scores stored again change nothing."""
    known = session.scalar(
        select(ScoresRow.id).where(
            ScoresRow.session_id == session_id, ScoresRow.provenance == scores["provenance"]
        )
    )
    if known is not None:
        return
    session.add(
        ScoresRow(
            session_id=session_id,
            rubric_id=scores["rubric"]["id"],
            rubric_version=scores["rubric"]["version"],
            provenance=scores["provenance"],
            payload=scores,
        )
    )


def newest(session: Session, session_id: str) -> dict[str, Any] | None:
    """Return the session's ``aila.scores/1`` object, None if it has not been scored."""
    return session.scalar(
        select(ScoresRow.payload)
        .where(ScoresRow.session_id == session_id)
        .order_by(ScoresRow.id.desc())
        .limit(1)
    )
