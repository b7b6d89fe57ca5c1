"""Positions as recruiters see them."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from api.context import Context
from api.problems import Unprocessable
from api.schemas import FieldProblem
from api.schemas_recruiter import (
    Criterion,
    Level,
    LevelRequest,
    PositionRow,
    PositionView,
    VersionReference,
)
from records import overview, positions
from records.overview import PositionCounts
from records.tables import Position
from scoring.rubric import Rubric

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
        criterion: Level(
            required=level.required, importance=level.importance, exceeds_margin=level.exceeds_margin
        )
        for criterion, level in positions.levels_of(position).items()
    }


def position_view(context: Context, position_id: str) -> PositionView:
    """Return a position with its required levels and its rubric's criteria.

    Raises
    ------
    NotFound
        If there is no such position.
    """
    with context.database.reading() as session:
        position = positions.get(session, position_id)
        [row] = position_rows(session, [position])
    rubric = context.rubrics.load(position.rubric_id, position.rubric_version)
    return PositionView(
        **row.model_dump(),
        levels=levels_view(position),
        criteria=tuple(Criterion(id=criterion.id, name=criterion.name) for criterion in rubric.criteria),
    )


def checked_levels(rubric: Rubric, levels: Mapping[str, LevelRequest]) -> positions.Levels:
    """Return what a recruiter asks of each criterion, as it is stored.

    Raises
    ------
    Unprocessable
        Naming each criterion that ``rubric`` does not have.
    """
    known = {criterion.id for criterion in rubric.criteria}
    unknown = sorted(set(levels) - known)
    if unknown:
        raise Unprocessable(
            "Some criteria are not in the position's rubric.",
            errors=[
                FieldProblem(
                    field=f"levels.{name[:64]}",
                    message="The rubric has no such criterion.",
                    expected=f"one of {', '.join(sorted(known))}",
                )
                for name in unknown
            ],
        )
    return {
        name: positions.RequiredLevel(
            required=level.required, importance=level.importance, exceeds_margin=level.exceeds_margin
        )
        for name, level in levels.items()
    }
