"""A rater's sheet, as XLSX and as CSV."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scoring.panel.levels import CANNOT_JUDGE, choices
from scoring.panel.rating_tasks import WHOLE, Block, RatingTask

COLUMNS = (
    ("round", 10),
    ("rater", 12),
    ("rubric", 18),
    ("interview", 12),
    ("criterion", 18),
    ("behaviour", 26),
    ("what to look for", 44),
    ("low", 34),
    ("medium", 34),
    ("high", 34),
    ("not this", 34),
    ("responses", 90),
    ("rating", 14),
    ("note", 40),
)
NAMES = tuple(name for name, _ in COLUMNS)
MAX_CELL = 30_000
"""Characters: a cell of a spreadsheet holds 32,767."""
INSTRUCTIONS = (
    "How to rate",
    "Read the responses of an interview, then rate each behaviour, then the criterion as a whole.",
    "A behaviour: no, yes (it is there, weakly), medium, high; the anchors say what each sounds like.",
    "A criterion as a whole: 0 none, 1 low, 2 medium, 3 high. It need not be the mean of its behaviours.",
    f"“{CANNOT_JUDGE}”: where the responses give no ground either way; empty: not rated yet.",
    "Rate what was done and said, not how it is worded: grammar, accent and length do not count.",
    "Do not talk about an interview with other raters before both of you have handed in the sheet.",
    "Candidates may ask for everything that is stored about them: your ratings and notes, without your name.",
    "Keep the columns and the order of the rows; what you add in further columns is not read.",
)
LINE_HEIGHT, MAX_HEIGHT = 15.0, 409.0
"""In points; the second is what a spreadsheet program allows."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class SheetIdentity:
    """Whose sheet it is; stands in each row, so that a file is known whatever it is called."""

    round_id: str
    rater: str
    rubric: str
    """ID@VERSION."""


def write_csv(identity: SheetIdentity, blocks: Sequence[Block], out: Path) -> None:
    """Write a sheet as CSV (UTF-8 with a mark, which spreadsheet programs need); raises OSError."""
    with _Replacing(out) as unfinished, unfinished.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(NAMES)
        for block in blocks:
            writer.writerows([harmless(cell) for cell in row] for row in _rows(identity, block))


def write_xlsx(identity: SheetIdentity, blocks: Sequence[Block], out: Path) -> None:
    """Write a sheet as XLSX with choices in its cells; raises OSError."""
    from openpyxl import Workbook  # slow to load, and only sheets need it

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Ratings"
    sheet.append(NAMES)
    ranges: dict[bool, list[str]] = {True: [], False: []}
    for block in blocks:
        first = sheet.max_row + 1
        for row in _rows(identity, block):
            sheet.append([harmless(cell) for cell in row])
        last = sheet.max_row
        ranges[False].append(f"M{first}:M{last - 1}")
        ranges[True].append(f"M{last}")
        if len(block.responses) <= MAX_CELL:
            sheet.merge_cells(f"L{first}:L{last}")
        for number, points in enumerate(_heights(block), start=first):
            sheet.row_dimensions[number].height = points
    _lay_out(sheet)
    for whole, cells in ranges.items():
        _offer(sheet, choices(None if whole else ""), cells)
    notes: Any = book.create_sheet("How to rate")
    notes.column_dimensions["A"].width = 120
    for line in INSTRUCTIONS:
        notes.append([line])
    with _Replacing(out) as unfinished:
        book.save(unfinished)


def harmless(text: str) -> str:
    """Return ``text`` such that no spreadsheet program takes it for a formula or refuses it.

    What begins like a formula gets an apostrophe in front (OWASP, CSV injection).
    """
    text = _UNPRINTABLE.sub("\ufffd", text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _rows(identity: SheetIdentity, block: Block) -> Iterator[list[str]]:
    """Yield the rows of a block; responses too long for one cell go on in the next rows."""
    pieces = _pieces(block.responses, len(block.tasks))
    for task, piece in zip(block.tasks, pieces, strict=True):
        yield [identity.round_id, identity.rater, identity.rubric, *_task_cells(task), piece, "", ""]


def _task_cells(task: RatingTask) -> Iterable[str]:
    yield from (task.interview, task.criterion, task.behaviour, task.statement)
    yield from (task.low, task.medium, task.high, task.not_this)


def _pieces(text: str, count: int) -> list[str]:
    pieces = [text[i * MAX_CELL : (i + 1) * MAX_CELL] for i in range(count)]
    if len(text) > count * MAX_CELL:
        pieces[-1] += " [cut off here]"
    return pieces


def _heights(block: Block) -> list[float]:
    """Return the rows' heights in points, such that anchors and (merged) responses can be read.

    Spreadsheet programs fit rows to their cells by themselves, but not to merged ones.
    """
    widths = dict(COLUMNS)
    rows = [
        max(_lines(text, widths[name]) for name, text in zip(NAMES[3:11], _task_cells(task), strict=True))
        for task in block.tasks
    ]
    missing = max(0, _lines(block.responses, widths["responses"]) - sum(rows))
    return [min(MAX_HEIGHT, LINE_HEIGHT * (lines + missing / len(rows))) for lines in rows]


def _lines(text: str, width: int) -> int:
    """Return about how many lines ``text`` takes in a column of ``width`` characters."""
    return sum(1 + len(paragraph) // width for paragraph in text.split("\n"))


def _offer(sheet: Any, words: Sequence[str], cells: list[str]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1='"' + ",".join(words) + '"', allow_blank=True)
    choice.errorTitle, choice.error = "Rating", f"Choose one of: {', '.join(words)}"
    choice.showErrorMessage = True
    for cell in cells:
        choice.add(cell)
    sheet.add_data_validation(choice)


def _lay_out(sheet: Any) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    head, tint = PatternFill("solid", fgColor="E8E4DC"), PatternFill("solid", fgColor="FFF8E1")
    wrapped = Alignment(wrap_text=True, vertical="top")
    for index, (_, width) in enumerate(COLUMNS, start=1):
        column = sheet.cell(1, index).column_letter
        sheet.column_dimensions[column].width = width
        sheet.column_dimensions[column].hidden = index <= 3
        sheet.cell(1, index).font, sheet.cell(1, index).fill = Font(bold=True), head
    bold = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        whole = row[5].value == WHOLE
        for cell in row:
            cell.alignment = wrapped
            if whole and cell.column != 12:
                cell.font = bold
        row[12].fill = row[13].fill = tint
    sheet.freeze_panes = "G2"


class _Replacing:
    """Yield a file beside ``out`` that takes its place once it is whole."""

    def __init__(self, out: Path) -> None:
        self._out, self._unfinished = out, out.with_name(f".{out.name}.unfinished")

    def __enter__(self) -> Path:
        return self._unfinished

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._unfinished.replace(self._out)
        self._unfinished.unlink(missing_ok=True)
