"""Forgetting an interview when its time is over: every row and every file of it."""

import shutil
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from records import sessions
from records.installation import Installation
from records.media import session_dir
from records.tables import Consent, Decision, EventRow, InterviewSession, Invitation, MediaFile, ScoresRow


def due(session: Session, at: datetime) -> list[str]:
    """Return the ids of sessions that were to be kept until before ``at``."""
    return list(
        session.scalars(
            select(InterviewSession.id)
            .where(InterviewSession.delete_after < at)
            .order_by(InterviewSession.delete_after)
        )
    )


def erase(session: Session, installation: Installation, session_id: str) -> None:
    """Delete the session's files and rows, its invitation included; half done, it can be done again.

    Raises
    ------
    NotFound
        If there is no such session.
    """
    found = sessions.get(session, session_id)
    folder = session_dir(installation, session_id)
    if folder.exists():
        shutil.rmtree(folder)
    for table in (EventRow, Consent, MediaFile, ScoresRow, Decision):
        session.execute(delete(table).where(table.session_id == session_id))
    session.delete(found)
    session.flush()
    session.execute(delete(Invitation).where(Invitation.id == found.invitation_id))
