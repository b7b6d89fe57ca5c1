"""Positions: what is asked, by which rubric it is scored, and which levels the job needs."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from records.errors import NotFound
from records.tables import Position


class RequiredLevel(BaseModel):
    """What a position asks of one criterion."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    required: Annotated[float, Field(ge=0, le=3)] | None
    """None where no level is required, and the criterion only counts in the order."""
    importance: Annotated[int, Field(ge=1, le=3)] = 2
    """1 useful, 2 important, 3 essential: the weight in the ranking."""
    exceeds_margin: Annotated[float, Field(ge=0.25, le=3)] = 0.75
    """How far above the required level a score exceeds it."""


Levels = dict[str, RequiredLevel]


def create(
    session: Session,
    position_id: str,
    title: str,
    company: str,
    bank: tuple[str, str],
    rubric: tuple[str, str],
    levels: Levels,
) -> Position:
    """Add a position pinned to ``bank`` and ``rubric``, each ``(id, version)``."""
    position = Position(
        id=position_id,
        title=title,
        company=company,
        bank_id=bank[0],
        bank_version=bank[1],
        rubric_id=rubric[0],
        rubric_version=rubric[1],
        levels=_dump(levels),
    )
    session.add(position)
    session.flush()
    return position


def get(session: Session, position_id: str) -> Position:
    """Raises NotFound if there is no such position."""
    position = session.get(Position, position_id)
    if position is None:
        raise NotFound(f"there is no position {position_id!r}")
    return position


def list_all(session: Session) -> list[Position]:
    return list(session.scalars(select(Position).order_by(Position.title)))


def levels_of(position: Position) -> Levels:
    return {name: RequiredLevel.model_validate(level) for name, level in position.levels.items()}


def set_levels(session: Session, position_id: str, levels: Levels) -> None:
    get(session, position_id).levels = _dump(levels)


def show_candidates(session: Session, position_id: str, *, progress: bool, strengths: bool) -> None:
    """Set what the position shows its candidates afterwards."""
    position = get(session, position_id)
    position.shows_progress, position.shows_strengths = progress, strengths


def _dump(levels: Levels) -> dict[str, dict[str, float | int | None]]:
    return {name: level.model_dump() for name, level in levels.items()}
