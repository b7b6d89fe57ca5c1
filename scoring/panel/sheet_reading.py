"""Reads raters' sheets back: lenient where the meaning is plain, and exact about what is wrong elsewhere."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scoring.errors import SheetError
from scoring.panel.cells import Cell, Line, lines_of
from scoring.panel.levels import level_of
from scoring.panel.rating_tasks import WHOLE
from scoring.panel.sheet_writing import SheetIdentity

IDENTITY = ("round", "rater", "rubric")
NEEDED = (*IDENTITY, "interview", "criterion", "behaviour", "rating")
MAX_NOTE = 4_000
MAX_FAULTS = 25
MAX_SHOWN = 60
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class SheetRating:
    """A filled-in row."""

    row: int
    interview: str
    """The code of the round."""
    criterion: str
    behaviour: str | None
    level: int | None
    note: str


@dataclass(frozen=True, slots=True)
class RatedSheet:
    """What a file holds."""

    identity: SheetIdentity
    ratings: tuple[SheetRating, ...]
    notes_without_rating: tuple[int, ...]
    """Rows whose note is not taken in, because they hold no rating."""


def read_sheet(path: Path) -> RatedSheet:
    """Return the ratings in ``path`` (.xlsx or .csv).

    Columns may stand in any order, more may be there, names and ratings in any case; rows without a rating
    are skipped. The same row twice counts once if it says the same.

    Raises
    ------
    SheetError
        With every fault that was found (25 at most): file, row, column, what is expected.
    """
    head, lines = lines_of(path, NEEDED)
    faults = _Faults(path, head)
    identity = _identity(lines, faults)
    ratings: dict[tuple[str, str, str | None], SheetRating] = {}
    loose: list[int] = []
    for line in lines:
        rating = _rating(line, faults, loose)
        if rating is None:
            continue
        key = rating.interview, rating.criterion, rating.behaviour
        first = ratings.setdefault(key, rating)
        if (first.level, first.note) != (rating.level, rating.note):
            faults.add(line.row, "rating", f"rated differently in row {first.row}")
    if not ratings and not any(line.cells["rating"].text for line in lines):
        faults.add(None, None, "no rating is filled in: there is nothing to import")
    faults.raise_if_any()
    return RatedSheet(identity, tuple(ratings.values()), tuple(loose))


def check_sheet(
    path: Path, sheet: RatedSheet, assigned: frozenset[str], behaviours: Mapping[str, Sequence[str]]
) -> None:
    """Check the ratings against what the rater was given.

    Parameters
    ----------
    assigned
        The codes of the rater's interviews.
    behaviours
        Criterion → its behaviours.

    Raises
    ------
    SheetError
        If an interview, criterion or behaviour is not the sheet's; names each row, of an interview the first.
    """
    faults = _Faults(path, {})
    foreign: dict[str, list[int]] = {}
    for rating in sheet.ratings:
        if rating.interview not in assigned:
            foreign.setdefault(rating.interview, []).append(rating.row)
    for interview, rows in foreign.items():
        reason = "is not among the interviews given to this rater (or was erased: then delete its rows)"
        more = f"; {len(rows)} rows, down to row {rows[-1]}" if len(rows) > 1 else ""
        faults.add(rows[0], "interview", f"{shown(interview)} {reason}{more}")
    for rating in sheet.ratings:
        if rating.criterion not in behaviours:
            faults.add(
                rating.row, "criterion", f"there is no criterion {shown(rating.criterion)} in the rubric"
            )
        elif rating.behaviour is not None and rating.behaviour not in behaviours[rating.criterion]:
            reason = f"the criterion {rating.criterion} has no behaviour {shown(rating.behaviour)}"
            faults.add(rating.row, "behaviour", reason)
    faults.raise_if_any()


def shown(text: str) -> str:
    """Return what somebody wrote as a message may repeat it: quoted, and not at any length."""
    return repr(text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…")


class _Faults:
    """Faults of a file, each with its place."""

    def __init__(self, path: Path, head: Mapping[str, str]) -> None:
        self._path, self._head = path, head
        self._found: list[str] = []

    def add(self, row: int | None, column: str | None, message: str) -> None:
        letter = self._head.get(column or "")
        place = [f"row {row}"] if row is not None else []
        if column is not None:
            place.append(f"column {letter} ({column})" if letter else f"column {column}")
        self._found.append(": ".join([str(self._path), *([", ".join(place)] if place else []), message]))

    def raise_if_any(self) -> None:
        if not self._found:
            return
        more = len(self._found) - MAX_FAULTS
        shown = self._found[:MAX_FAULTS] + ([f"{self._path}: and {more} more"] if more > 0 else [])
        raise SheetError(tuple(shown))


def _identity(lines: Sequence[Line], faults: _Faults) -> SheetIdentity:
    values = []
    for column in IDENTITY:
        stated = [(line.row, line.cells[column]) for line in lines if line.cells[column].text]
        if not stated:
            faults.add(None, column, "is empty in all rows; it says whose sheet this is")
            values.append("")
            continue
        first_row, first = stated[0]
        for row, cell in stated[1:]:
            if cell.text != first.text:
                faults.add(
                    row, column, f"expected {shown(first.text)} as in row {first_row}; got {shown(cell.text)}"
                )
        values.append(first.text)
    return SheetIdentity(*values)


def _rating(line: Line, faults: _Faults, loose: list[int]) -> SheetRating | None:
    """Return the row's rating, None if it has none or is at fault."""
    rating, note = line.cells["rating"], line.cells.get("note", Cell(""))
    if not rating.text:
        if note.text:
            loose.append(line.row)
        return None
    formulas = [name for name, cell in line.cells.items() if cell.is_formula]
    for name in formulas:
        faults.add(line.row, name, "holds a formula; type the value itself")
    empty = [name for name in ("interview", "criterion", "behaviour") if not line.cells[name].text]
    for name in empty:
        faults.add(line.row, name, "is empty, so that the rating cannot be placed")
    if len(note.text) > MAX_NOTE:
        faults.add(line.row, "note", f"at most {MAX_NOTE} characters; got {len(note.text)}")
    if formulas or empty:
        return None
    interview, criterion, behaviour = (
        line.cells[name].text.casefold() for name in ("interview", "criterion", "behaviour")
    )
    part = None if behaviour == WHOLE else behaviour
    try:
        level = level_of(rating.text, part)
    except ValueError as error:
        faults.add(line.row, "rating", str(error))
        return None
    return SheetRating(line.row, interview, criterion, part, level, _CONTROL.sub("\ufffd", note.text))
