"""The database's tables (SQLAlchemy 2); changed only together with a migration."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime, on databases that keep no zone too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class PlainString(TypeDecorator[str]):
    """Text that every database takes, stored or looked for: NUL and half characters are replaced."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        if value is None:
            return None
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


class PlainText(PlainString):
    """The same, of any length."""

    impl = Text
    cache_ok = True


class Base(DeclarativeBase):
    pass


def now() -> datetime:
    return datetime.now(UTC)


class User(Base):
    __tablename__ = "users"
    id: Mapped[str] = mapped_column(PlainString(32), primary_key=True)
    username: Mapped[str] = mapped_column(PlainString(64), unique=True)
    role: Mapped[str] = mapped_column(PlainString(16))
    password_hash: Mapped[str] = mapped_column(PlainText)
    disabled: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class LoginSession(Base):
    __tablename__ = "login_sessions"
    token_hash: Mapped[str] = mapped_column(PlainString(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    csrf_token: Mapped[str] = mapped_column(PlainString(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Position(Base):
    __tablename__ = "positions"
    id: Mapped[str] = mapped_column(PlainString(64), primary_key=True)
    title: Mapped[str] = mapped_column(PlainString(120))
    company: Mapped[str] = mapped_column(PlainString(120))
    bank_id: Mapped[str] = mapped_column(PlainString(64))
    bank_version: Mapped[str] = mapped_column(PlainString(32))
    rubric_id: Mapped[str] = mapped_column(PlainString(64))
    rubric_version: Mapped[str] = mapped_column(PlainString(32))
    levels: Mapped[dict[str, Any]] = mapped_column(JSON)
    shows_progress: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether candidates are told that a recruiter has read their interview, and has decided."""
    shows_strengths: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether candidates are shown what of theirs was found, in their own words; never scores."""
    allows_camera: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether candidates may film themselves, for recruiters' eyes only."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Invitation(Base):
    __tablename__ = "invitations"
    id: Mapped[str] = mapped_column(PlainString(32), primary_key=True)
    position_id: Mapped[str] = mapped_column(ForeignKey("positions.id"), index=True)
    candidate_name: Mapped[str] = mapped_column(PlainString(120))
    bank_id: Mapped[str | None] = mapped_column(PlainString(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked: Mapped[bool] = mapped_column(Boolean, default=False)


class InterviewSession(Base):
    __tablename__ = "sessions"
    id: Mapped[str] = mapped_column(PlainString(32), primary_key=True)
    invitation_id: Mapped[str] = mapped_column(ForeignKey("invitations.id"), unique=True)
    position_id: Mapped[str] = mapped_column(ForeignKey("positions.id"), index=True)
    mode: Mapped[str] = mapped_column(PlainString(8))
    status: Mapped[str] = mapped_column(PlainString(16), index=True)
    failure: Mapped[str | None] = mapped_column(PlainText)
    bank_id: Mapped[str] = mapped_column(PlainString(64))
    bank_version: Mapped[str] = mapped_column(PlainString(32))
    bank_hash: Mapped[str] = mapped_column(PlainString(80))
    rubric_id: Mapped[str] = mapped_column(PlainString(64))
    rubric_version: Mapped[str] = mapped_column(PlainString(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delete_after: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(Integer, default=0)
    """How often the candidate amended the answers; scores and recording of an earlier one are not shown."""
    first_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a recruiter first opened the finished interview."""

    @property
    def room_name(self) -> str:
        return f"aila-{self.id}"


class EventRow(Base):
    __tablename__ = "events"
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    type: Mapped[str] = mapped_column(PlainString(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Consent(Base):
    __tablename__ = "consents"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), index=True)
    consent_id: Mapped[str] = mapped_column(PlainString(32))
    granted: Mapped[bool] = mapped_column(Boolean)
    text_version: Mapped[str] = mapped_column(PlainString(32))
    text_language: Mapped[str] = mapped_column(PlainString(16), default="en")
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class MediaFile(Base):
    """A finished file of a session: its recording, or the CV that a recruiter put beside it."""

    __tablename__ = "media_files"
    id: Mapped[str] = mapped_column(PlainString(32), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"))
    kind: Mapped[str] = mapped_column(PlainString(16))
    path: Mapped[str] = mapped_column(PlainText)
    """Relative to the media folder."""
    file_name: Mapped[str] = mapped_column(PlainString(200))
    content_type: Mapped[str] = mapped_column(PlainString(120))
    size_bytes: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(PlainString(64))
    duration_s: Mapped[float | None] = mapped_column(Float)
    revision: Mapped[int] = mapped_column(Integer, default=0)
    """The session's revision for which a recording was joined."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    __table_args__ = (Index("ix_media_files_session_kind", "session_id", "kind"),)


class CameraTake(Base):
    """One stretch that a candidate's camera was on; its file grows chunk by chunk."""

    __tablename__ = "camera_takes"
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    take: Mapped[str] = mapped_column(PlainString(32), primary_key=True)
    """Chosen by the browser that recorded it."""
    content_type: Mapped[str] = mapped_column(PlainString(40))
    chunks: Mapped[int] = mapped_column(Integer)
    """How many are stored: the number of the next one."""
    size_bytes: Mapped[int] = mapped_column(Integer)
    start_s: Mapped[float] = mapped_column(Float)
    """Seconds of the session, and so of the sound recording, at which it begins."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class ScoresRow(Base):
    __tablename__ = "scores"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), index=True)
    rubric_id: Mapped[str] = mapped_column(PlainString(64))
    rubric_version: Mapped[str] = mapped_column(PlainString(32))
    provenance: Mapped[str] = mapped_column(PlainString(80))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    revision: Mapped[int] = mapped_column(Integer, default=0)
    """The session's revision that was scored."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    __table_args__ = (UniqueConstraint("session_id", "provenance", name="uq_scores_session_provenance"),)


class Decision(Base):
    __tablename__ = "decisions"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), index=True)
    decision: Mapped[str] = mapped_column(PlainString(32))
    note: Mapped[str] = mapped_column(PlainText)
    decided_by: Mapped[str] = mapped_column(PlainString(64))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class HumanReview(Base):
    """A candidate's wish that a person looks at their interview; one a session."""

    __tablename__ = "human_reviews"
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    note: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class InterviewFeedback(Base):
    """How the interview felt to a candidate; read in aggregates only, and erased with the interview."""

    __tablename__ = "interview_feedback"
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    ratings: Mapped[dict[str, int]] = mapped_column(JSON)
    """Statement → 1 (not at all) to 5 (fully); what was not rated is left out."""
    comment: Mapped[str] = mapped_column(PlainText)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Erasure(Base):
    """That an interview was erased, and nothing of what was in it."""

    __tablename__ = "erasures"
    receipt: Mapped[str] = mapped_column(String(32), primary_key=True)
    invitation_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the invitation's id: whoever holds the link finds the receipt again."""
    asked_by: Mapped[str] = mapped_column(String(16))
    erased: Mapped[dict[str, int]] = mapped_column(JSON)
    """How many of what: files, and rows of each table that a session has."""
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    __table_args__ = (UniqueConstraint("invitation_hash", name="uq_erasures_invitation_hash"),)
