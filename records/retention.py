"""Forgetting an interview: every row and every file of it, for a receipt that holds nothing of it."""

import hashlib
import secrets
import shutil
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from records import group_data_erasure, sessions
from records.installation import Installation
from records.media import session_dir
from records.panel_tables import PanelAssignment, PanelInterview, PanelRating
from records.tables import (
    CameraTake,
    Consent,
    Decision,
    Erasure,
    EventRow,
    HumanReview,
    InterviewFeedback,
    InterviewSession,
    Invitation,
    MediaFile,
    ScoresRow,
)

AskedBy = Literal["candidate", "retention"]
_TABLES = (
    EventRow,
    Consent,
    MediaFile,
    CameraTake,
    ScoresRow,
    Decision,
    HumanReview,
    InterviewFeedback,
    PanelRating,
    PanelAssignment,
    PanelInterview,
)


def due(session: Session, at: datetime) -> list[str]:
    """Return the ids of sessions that were to be kept until before ``at``."""
    return list(
        session.scalars(
            select(InterviewSession.id)
            .where(InterviewSession.delete_after < at)
            .order_by(InterviewSession.delete_after)
        )
    )


def erase(
    session: Session, installation: Installation, session_id: str, asked_by: AskedBy = "retention"
) -> Erasure:
    """Delete the session's files and rows, its invitation included; half done, it can be done again.

    Returns the receipt, which is stored. Once the transaction is over, call
    :meth:`records.database.Database.forget_deleted`, so that the deleted bytes leave the files too.

    Raises
    ------
    NotFound
        If there is no such session.
    """
    found = sessions.get(session, session_id)
    folder = session_dir(installation, session_id)
    erased = {"files": sum(path.is_file() for path in folder.rglob("*")) if folder.exists() else 0}
    if folder.exists():
        shutil.rmtree(folder)
    for table in _TABLES:
        here = table.session_id == session_id
        erased[table.__tablename__] = session.scalar(select(func.count()).select_from(table).where(here)) or 0
        session.execute(delete(table).where(here))
    group_data_erasure.forget(session, installation, session_id)
    session.delete(found)
    session.flush()
    session.execute(delete(Invitation).where(Invitation.id == found.invitation_id))
    receipt = Erasure(
        receipt=secrets.token_hex(8),
        invitation_hash=_hash(found.invitation_id),
        asked_by=asked_by,
        erased=erased,
    )
    session.add(receipt)
    session.flush()
    return receipt


def erasure_of(session: Session, invitation_id: str) -> Erasure | None:
    """Return the receipt of the interview that an invitation led to, None if it was not erased."""
    return session.scalar(select(Erasure).where(Erasure.invitation_hash == _hash(invitation_id)))


def _hash(invitation_id: str) -> str:
    return hashlib.sha256(invitation_id.encode()).hexdigest()
