"""The human raters' sheet: the same rubric, one row a behaviour, as XLSX."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from scoring.rubric import Rubric

COLUMNS = (
    ("criterion", 18),
    ("behaviour", 26),
    ("statement", 48),
    ("low", 40),
    ("medium", 40),
    ("high", 40),
    ("not this", 40),
    ("rating", 12),
    ("quote", 50),
)
RATINGS = ("no", "yes", "medium", "high")


def write_sheet(rubric: Rubric, out: Path) -> None:
    """Write the rating sheet of ``rubric`` to ``out``; raises OSError if that is not possible."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        sheet = book.create_sheet()
    sheet.title = f"{rubric.id} {rubric.version}"[:31]
    sheet.append([name for name, _ in COLUMNS])
    for criterion in rubric.criteria:
        for behaviour in criterion.behaviours:
            anchors = behaviour.anchors
            sheet.append(
                [
                    criterion.id,
                    behaviour.id,
                    behaviour.statement,
                    anchors.low,
                    anchors.medium,
                    anchors.high,
                    "\n".join(behaviour.counter_examples),
                    None,
                    None,
                ]
            )
    _lay_out(sheet)
    unfinished = out.with_name(f".{out.name}.unfinished")
    try:
        book.save(unfinished)
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


def _lay_out(sheet: Worksheet) -> None:
    for column, (_, width) in zip("ABCDEFGHI", COLUMNS, strict=True):
        sheet.column_dimensions[column].width = width
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8E4DC")
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"
    choice = DataValidation(type="list", formula1='"' + ",".join(RATINGS) + '"', allow_blank=True)
    choice.error = f"Choose one of: {', '.join(RATINGS)}"
    sheet.add_data_validation(choice)
    choice.add(f"H2:H{sheet.max_row}")
