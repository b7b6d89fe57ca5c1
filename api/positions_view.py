"""Positions as recruiters see them."""

from sqlalchemy.orm import Session

from api.schemas_recruiter import Level, PositionRow, VersionReference
from records import overview, positions
from records.overview import PositionCounts
from records.tables import Position

_NONE = PositionCounts(candidates=0, scored=0)


def position_rows(session: Session, found: list[Position]) -> list[PositionRow]:
    """Return each position with the numbers of its interviews."""
    counts = overview.count_by_position(session)
    return [position_row(position, counts.get(position.id, _NONE)) for position in found]


def position_row(position: Position, counts: PositionCounts) -> PositionRow:
    return PositionRow(
        id=position.id,
        title=position.title,
        bank=VersionReference(id=position.bank_id, version=position.bank_version),
        rubric=VersionReference(id=position.rubric_id, version=position.rubric_version),
        candidates=counts.candidates,
        scored=counts.scored,
    )


def levels_view(position: Position) -> dict[str, Level]:
    """Return the position's required levels by criterion."""
    return {
        criterion: Level(required=level.required, importance=level.importance)
        for criterion, level in positions.levels_of(position).items()
    }
