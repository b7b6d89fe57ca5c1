"""The lines of a spreadsheet file under their column names, whichever of the two formats it has."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scoring.errors import SheetError

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 200
HEAD_WITHIN = 10
"""Rows in which the column names are looked for: people put titles above them."""
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    """Without surrounding blanks."""
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    row: int
    """As the spreadsheet program counts, from 1."""
    cells: dict[str, Cell]
    """By column name, in small letters."""


def lines_of(path: Path, needed: Sequence[str]) -> tuple[dict[str, str], list[Line]]:
    """Return column name → letter, and the lines below the names that are not empty.

    Of a workbook the first sheet is read that has the ``needed`` columns, whatever it is called.

    Raises
    ------
    SheetError
        If the file is unreadable, too large, of another format, or has no such sheet.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _fault(path, f"the file is larger than {MAX_BYTES} bytes")
        content = path.read_bytes()
    except OSError as error:
        raise _fault(path, f"the file cannot be read: {error.strerror}") from error
    if content.startswith(b"PK"):
        sheets = _workbook(path, content)
    elif path.suffix.casefold() in (".csv", ".txt"):
        sheets = iter([_csv(path, content)])
    elif path.suffix.casefold() == ".xlsx":
        raise _fault(
            path, "the file is named .xlsx but holds no workbook: save it as .xlsx or .csv once more"
        )
    else:
        raise _fault(path, "expected an .xlsx or .csv file")
    nearest: list[str] = list(needed)
    for rows in sheets:
        found, missing = _table(path, rows, needed)
        if found is not None:
            return found
        nearest = min(nearest, missing, key=len)
    raise _fault(path, f"no sheet has the columns needed; missing: {', '.join(nearest)}")


def _table(
    path: Path, rows: Iterable[Sequence[Cell]], needed: Sequence[str]
) -> tuple[tuple[dict[str, str], list[Line]] | None, list[str]]:
    """Return the table under the first line that has all ``needed`` names, else what was missing."""
    names: dict[str, int] | None = None
    missing = list(needed)
    lines: list[Line] = []
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise _fault(path, f"the sheet has more than {MAX_ROWS} rows")
        if names is not None:
            cells = {name: row[i] if i < len(row) else Cell("") for name, i in names.items()}
            if any(cell.text for cell in cells.values()):
                lines.append(Line(number, cells))
            continue
        if number > HEAD_WITHIN:
            return None, missing
        here = [cell.text.casefold() for cell in row[:MAX_COLUMNS]]
        absent = [name for name in needed if name not in here]
        missing = min(missing, absent, key=len)
        if not absent:
            names = {name: here.index(name) for name in here if name}
            twice = [name for name in needed if here.count(name) > 1]
            if twice:
                raise _fault(path, f"row {number}: the column {twice[0]} is there twice")
    if names is None:
        return None, missing
    return ({name: _letter(i) for name, i in names.items()}, lines), []


def _workbook(path: Path, content: bytes) -> Iterator[Iterable[Sequence[Cell]]]:
    from openpyxl import load_workbook  # slow to load, and only sheets need it

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise _fault(path, "the workbook is too large unpacked")
        # data_only False: a formula is seen as such, instead of the value that a program last stored.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what the file says of its size need not be true
            yield [[_cell(cell) for cell in row[:MAX_COLUMNS]] for row in _some(sheet.iter_rows())]
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises whatever the broken part leads to
        raise _fault(path, "the file is no readable workbook: save it as .xlsx or .csv once more") from error


def _some(rows: Iterable[Any]) -> Iterator[Any]:
    for number, row in enumerate(rows):
        if number > MAX_ROWS:
            return
        yield row


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return Cell("")
    if cell.data_type == "f":
        return Cell(str(value).strip() or "=", is_formula=True)
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    return _plain(str(value))


def _csv(path: Path, content: bytes) -> list[list[Cell]]:
    text = _decoded(path, content)
    head = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",;\t", key=head.count)
    previous = csv.field_size_limit(MAX_BYTES)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [[_csv_cell(value) for value in row] for row in _some(rows)]
    except csv.Error as error:
        raise _fault(path, f"the file is no readable CSV: {error}") from error
    finally:
        csv.field_size_limit(previous)


def _decoded(path: Path, content: bytes) -> str:
    # The last is what spreadsheet programs on Windows write.
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _fault(path, "the file is not UTF-8 text")


def _csv_cell(value: str) -> Cell:
    return Cell(value.strip(), is_formula=True) if value.startswith("=") else _plain(value)


def _plain(value: str) -> Cell:
    """Return a cell without the apostrophe that the writer put before what looks like a formula."""
    text = value.strip()
    return Cell(text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text)


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _fault(path: Path, message: str) -> SheetError:
    return SheetError((f"{path}: {message}",))
