"""Scores as stored: never changed, the newest of a session's present revision counts."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.tables import InterviewSession, ScoresRow


def store(session: Session, session_id: str, scores: dict[str, Any], revision: int = 0) -> None:
    """Store an ``aila.scores/1`` object of the answers at ``revision``.

    The same scores stored again are not stored twice; they count for the newer revision.
    """
    known = session.scalar(
        select(ScoresRow).where(
            ScoresRow.session_id == session_id, ScoresRow.provenance == scores["provenance"]
        )
    )
    if known is not None:
        known.revision = max(known.revision, revision)
        return
    session.add(
        ScoresRow(
            session_id=session_id,
            rubric_id=scores["rubric"]["id"],
            rubric_version=scores["rubric"]["version"],
            provenance=scores["provenance"],
            payload=scores,
            revision=revision,
        )
    )


def newest(session: Session, session_id: str) -> dict[str, Any] | None:
    """Return the session's ``aila.scores/1`` object, None if its present answers have not been scored."""
    return session.scalar(
        select(ScoresRow.payload)
        .join(InterviewSession, InterviewSession.id == ScoresRow.session_id)
        .where(ScoresRow.session_id == session_id, ScoresRow.revision == InterviewSession.revision)
        .order_by(ScoresRow.id.desc())
        .limit(1)
    )
