"""Interview sessions: one per invitation, from joining to scores."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from records.errors import NotFound
from records.tables import EventRow, InterviewSession, Invitation, now

SessionStatus = Literal["created", "active", "ended", "processing", "scored", "failed"]
OPEN_STATUSES: tuple[SessionStatus, ...] = ("created", "active")


@dataclass(frozen=True, slots=True)
class Pins:
    """The exact bank and rubric versions of a session."""

    bank_id: str
    bank_version: str
    bank_hash: str
    rubric_id: str
    rubric_version: str


def get(session: Session, session_id: str) -> InterviewSession:
    """Raises NotFound if there is no such session."""
    found = session.get(InterviewSession, session_id)
    if found is None:
        raise NotFound(f"there is no interview session {session_id!r}")
    return found


def of_invitation(session: Session, invitation_id: str) -> InterviewSession | None:
    return session.scalar(select(InterviewSession).where(InterviewSession.invitation_id == invitation_id))


def create_or_get(
    session: Session, invitation: Invitation, mode: Literal["voice", "text"], pins: Pins
) -> tuple[InterviewSession, bool]:
    """Return the invitation's session and whether it was there before; two tabs get the same one."""
    existing = of_invitation(session, invitation.id)
    if existing is not None:
        return existing, True
    created = InterviewSession(
        id=secrets.token_hex(8),
        invitation_id=invitation.id,
        position_id=invitation.position_id,
        mode=mode,
        status="created",
        bank_id=pins.bank_id,
        bank_version=pins.bank_version,
        bank_hash=pins.bank_hash,
        rubric_id=pins.rubric_id,
        rubric_version=pins.rubric_version,
    )
    try:
        with session.begin_nested():
            session.add(created)
    except IntegrityError:
        raced = of_invitation(session, invitation.id)
        if raced is None:
            raise
        return raced, True
    return created, False


def mark_active(session: Session, session_id: str) -> None:
    """Note the first start; a session that is under way or over stays as it is."""
    found = get(session, session_id)
    if found.status == "created":
        found.status = "active"
    if found.started_at is None:
        found.started_at = now()


def mark_ended(session: Session, session_id: str, retention: timedelta) -> None:
    """Note that the interview is over: from now on it waits for processing."""
    found = get(session, session_id)
    if found.status in OPEN_STATUSES:
        found.status = "ended"
        found.ended_at = now()
        found.delete_after = now() + retention


def revise(session: Session, session_id: str) -> None:
    """Note that the answers were amended: what was made of them is not shown, and is made again."""
    found = get(session, session_id)
    found.revision += 1
    found.status, found.failure = "ended", None


def mark_processing(session: Session, session_id: str) -> int:
    """Note that processing begins; return the revision that is processed."""
    found = get(session, session_id)
    found.status = "processing"
    return found.revision


def mark_scored(session: Session, session_id: str, revision: int = 0) -> None:
    """Note that ``revision`` is scored; one that has been amended since stays as it is."""
    found = get(session, session_id)
    if found.revision == revision:
        found.status, found.failure = "scored", None


def mark_failed(session: Session, session_id: str, reason: str, revision: int = 0) -> None:
    """Note why ``revision`` could not be processed; one amended since stays as it is."""
    found = get(session, session_id)
    if found.revision == revision:
        found.status, found.failure = "failed", reason


def note_read(session: Session, session_id: str) -> None:
    """Note that a recruiter has opened the interview; the first time counts."""
    found = get(session, session_id)
    if found.first_read_at is None:
        found.first_read_at = now()


def set_mode(session: Session, session_id: str, mode: Literal["voice", "text"]) -> None:
    get(session, session_id).mode = mode


def of_position(session: Session, position_id: str) -> list[tuple[InterviewSession, Invitation]]:
    """Return a position's sessions with their invitations, oldest first."""
    rows = session.execute(
        select(InterviewSession, Invitation)
        .join(Invitation, InterviewSession.invitation_id == Invitation.id)
        .where(InterviewSession.position_id == position_id)
        .order_by(InterviewSession.created_at)
    )
    return [(row.InterviewSession, row.Invitation) for row in rows]


def of_bank(session: Session, bank_id: str, bank_version: str) -> list[InterviewSession]:
    return list(
        session.scalars(
            select(InterviewSession).where(
                InterviewSession.bank_id == bank_id, InterviewSession.bank_version == bank_version
            )
        )
    )


def pending_processing(session: Session) -> list[InterviewSession]:
    """Return sessions that are over and not yet processed to the end; the failed may be tried again."""
    unfinished = ("ended", "processing", "failed")
    return list(session.scalars(select(InterviewSession).where(InterviewSession.status.in_(unfinished))))


def active_voice_sessions(session: Session) -> list[InterviewSession]:
    return list(
        session.scalars(
            select(InterviewSession).where(
                InterviewSession.mode == "voice", InterviewSession.status.in_(OPEN_STATUSES)
            )
        )
    )


def idle_since(session: Session, before: datetime) -> list[InterviewSession]:
    """Return open sessions that were begun and whose last event was stored before ``before``."""
    newest = func.max(EventRow.recorded_at)
    rows = session.execute(
        select(InterviewSession, newest)
        .join(EventRow, EventRow.session_id == InterviewSession.id)
        .where(InterviewSession.status.in_(OPEN_STATUSES))
        .group_by(InterviewSession.id)
        .having(newest < before)
    )
    return [row.InterviewSession for row in rows]


def ended_in_record(session: Session) -> list[InterviewSession]:
    """Return open sessions whose record says that they ended: the process that ended them died just then."""
    return list(
        session.scalars(
            select(InterviewSession).where(
                InterviewSession.status.in_(OPEN_STATUSES),
                InterviewSession.id.in_(
                    select(EventRow.session_id).where(EventRow.type == "interview_ended")
                ),
            )
        )
    )
