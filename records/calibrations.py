"""Calibrations as made, and which of them is in force; nothing is ever overwritten."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.errors import NotFound
from records.panel_tables import CalibrationRow, CalibrationSwitch


def store(session: Session, calibration: dict[str, Any]) -> bool:
    """Store an ``aila.calibration/1`` object; return false if it is there already."""
    if session.get(CalibrationRow, calibration["id"]) is not None:
        return False
    session.add(
        CalibrationRow(
            id=calibration["id"],
            rubric_id=calibration["rubric"]["id"],
            rubric_version=calibration["rubric"]["version"],
            payload=calibration,
        )
    )
    session.flush()
    return True


def get(session: Session, calibration_id: str) -> CalibrationRow:
    """Raises NotFound if there is no such calibration."""
    found = session.get(CalibrationRow, calibration_id)
    if found is None:
        known = ", ".join(row.id for row in list_all(session)) or "none"
        raise NotFound(f"there is no calibration {calibration_id!r}; the calibrations are: {known}")
    return found


def list_all(session: Session) -> list[CalibrationRow]:
    """Return all calibrations, oldest first."""
    return list(session.scalars(select(CalibrationRow).order_by(CalibrationRow.made_at, CalibrationRow.id)))


def activate(session: Session, calibration_id: str) -> CalibrationRow:
    """Put a calibration in force for its rubric's version, in the place of any other."""
    found = get(session, calibration_id)
    _switch(session, found.rubric_id, found.rubric_version, found.id)
    return found


def deactivate(session: Session, rubric_id: str, rubric_version: str) -> str | None:
    """Take the calibration of a rubric's version out of force; return which it was, None if none was."""
    before = _in_force(session, rubric_id, rubric_version)
    if before is not None:
        _switch(session, rubric_id, rubric_version, None)
    return before


def active(session: Session) -> dict[tuple[str, str], dict[str, Any]]:
    """Return (rubric id, version) → the calibration in force, as an ``aila.calibration/1`` object."""
    newest: dict[tuple[str, str], str | None] = {}
    for switch in session.scalars(select(CalibrationSwitch).order_by(CalibrationSwitch.id)):
        newest[switch.rubric_id, switch.rubric_version] = switch.calibration_id
    return {key: get(session, name).payload for key, name in newest.items() if name is not None}


def history(session: Session) -> list[CalibrationSwitch]:
    """Return what was put in and out of force, oldest first."""
    return list(session.scalars(select(CalibrationSwitch).order_by(CalibrationSwitch.id)))


def _in_force(session: Session, rubric_id: str, rubric_version: str) -> str | None:
    return session.scalar(
        select(CalibrationSwitch.calibration_id)
        .where(CalibrationSwitch.rubric_id == rubric_id, CalibrationSwitch.rubric_version == rubric_version)
        .order_by(CalibrationSwitch.id.desc())
        .limit(1)
    )


def _switch(session: Session, rubric_id: str, rubric_version: str, calibration_id: str | None) -> None:
    if _in_force(session, rubric_id, rubric_version) == calibration_id:
        return
    session.add(
        CalibrationSwitch(rubric_id=rubric_id, rubric_version=rubric_version, calibration_id=calibration_id)
    )
    session.flush()
