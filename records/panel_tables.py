"""The panel's tables: who rates what, what they wrote, and the calibrations made of it.

Kept apart from :mod:`records.tables` for its length only; whoever opens the database knows both.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, PlainString, PlainText, UtcDateTime, now


class PanelRound(Base):
    """One time that raters are asked to rate interviews, with one version of a rubric."""

    __tablename__ = "panel_rounds"
    id: Mapped[str] = mapped_column(PlainString(16), primary_key=True)
    rubric_id: Mapped[str] = mapped_column(PlainString(64))
    rubric_version: Mapped[str] = mapped_column(PlainString(32))
    per_interview: Mapped[int] = mapped_column(Integer)
    seed: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class PanelRater(Base):
    __tablename__ = "panel_raters"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("panel_rounds.id"))
    name: Mapped[str] = mapped_column(PlainString(64))
    synthetic: Mapped[bool] = mapped_column(Boolean)
    """Simulated: written once, and nothing changes it."""
    __table_args__ = (UniqueConstraint("round_id", "name", name="uq_panel_raters_round_name"),)


class PanelInterview(Base):
    """An interview in a round, under a code that tells raters nothing."""

    __tablename__ = "panel_interviews"
    round_id: Mapped[str] = mapped_column(ForeignKey("panel_rounds.id"), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), primary_key=True, index=True)
    code: Mapped[str] = mapped_column(PlainString(16))
    shared: Mapped[bool] = mapped_column(Boolean)
    """Rated by everybody."""
    transcript_hash: Mapped[str] = mapped_column(PlainString(80))
    """Of what the raters read: ratings do not count for an interview that was amended since."""
    __table_args__ = (UniqueConstraint("round_id", "code", name="uq_panel_interviews_round_code"),)


class PanelAssignment(Base):
    __tablename__ = "panel_assignments"
    rater_id: Mapped[int] = mapped_column(ForeignKey("panel_raters.id"), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(Integer)
    """Place in the rater's own order, from 1."""


class PanelSheet(Base):
    """A version of a rater's sheet, as it was handed in; the newest counts, the older are kept."""

    __tablename__ = "panel_sheets"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    rater_id: Mapped[int] = mapped_column(ForeignKey("panel_raters.id"))
    version: Mapped[int] = mapped_column(Integer)
    content_hash: Mapped[str] = mapped_column(PlainString(80))
    file_name: Mapped[str] = mapped_column(PlainString(200))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    __table_args__ = (UniqueConstraint("rater_id", "version", name="uq_panel_sheets_rater_version"),)


class PanelRating(Base):
    __tablename__ = "panel_ratings"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("panel_sheets.id"))
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), index=True)
    criterion: Mapped[str] = mapped_column(PlainString(64))
    behaviour: Mapped[str | None] = mapped_column(PlainString(64))
    """None: the criterion as a whole."""
    level: Mapped[int | None] = mapped_column(Integer)
    """0–3; None: could not be judged."""
    note: Mapped[str] = mapped_column(PlainText)
    __table_args__ = (Index("ix_panel_ratings_sheet", "sheet_id"),)


class CalibrationRow(Base):
    """A calibration as made (``aila.calibration/1``); it holds nothing of a single interview."""

    __tablename__ = "calibrations"
    id: Mapped[str] = mapped_column(PlainString(16), primary_key=True)
    rubric_id: Mapped[str] = mapped_column(PlainString(64))
    rubric_version: Mapped[str] = mapped_column(PlainString(32))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class CalibrationSwitch(Base):
    """That a calibration was put in force, or (None) that none is; the newest of a rubric counts."""

    __tablename__ = "calibration_switches"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    rubric_id: Mapped[str] = mapped_column(PlainString(64))
    rubric_version: Mapped[str] = mapped_column(PlainString(32))
    calibration_id: Mapped[str | None] = mapped_column(ForeignKey("calibrations.id"))
    switched_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
