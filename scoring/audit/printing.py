"""An audit's report for readers: as text, and as a workbook or CSV."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from scoring.audit.report_format import AuditReport, Figure, GroupRow, GroupTable
from scoring.panel.sheet_writing import harmless

_KINDS = {
    "sex": "By sex",
    "race_ethnicity": "By race/ethnicity",
    "sex_and_race_ethnicity": "By sex and race/ethnicity",
}
PROPERTIES = (
    "property",
    "serious level",
    "figure",
    "value",
    "95 % low",
    "95 % high",
    "reached",
    "of",
    "missing",
)
GROUPS = (
    "group",
    "assessed",
    "scoring rate",
    "impact ratio",
    "95 % low",
    "95 % high",
    "Fisher's p",
    "below 4/5",
    "note",
)
_WIDTHS = (30, 28, 48, 12, 12, 12, 12, 60, 60)
Cell = str | float | None


def as_text(report: AuditReport) -> str:
    """Return the report as lines for a terminal."""
    data = report.data
    lines = [
        f"Audit of {data.source}: {data.interviews} scored interviews, {data.transcripts} transcripts, "
        f"{data.ratings} ratings by people, "
        f"{'few' if data.with_group is None else data.with_group} with self-reported groups",
        f"Rubrics: {', '.join(data.rubrics) or 'none'}",
    ]
    for row in report.rows:
        lines += ["", f"{row.property}  [serious level: {row.level}]"]
        lines += [f"  {_line(figure)}" for figure in row.figures]
    if report.selection:
        median = report.sample_median or 0.0
        lines += ["", f"NYC Local Law 144, share above the sample median of {median:.2f}"]
    for table in report.selection:
        lines += ["", *_group_lines(table)]
    lines += [""] * bool(report.notes) + [f"Note: {note}" for note in report.notes]
    return "\n".join(lines)


def write_table(report: AuditReport, out: Path) -> None:
    """Write the report to ``out``: a workbook for ``.xlsx``, else CSV; raises OSError if that fails."""
    if out.suffix.lower() == ".xlsx":
        _write_workbook(report, out)
        return
    with out.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        for _, header, rows in _sheets(report):
            writer.writerow(header)
            writer.writerows([_plain(cell) for cell in row] for row in rows)
            writer.writerow([])
        writer.writerows([note] for note in report.notes)


def _write_workbook(report: AuditReport, out: Path) -> None:
    from openpyxl import Workbook  # slow to load, and only workbooks need it
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    for name in book.sheetnames:
        del book[name]
    for title, header, rows in _sheets(report):
        sheet = book.create_sheet(title)
        sheet.append(list(header))
        for row in rows:
            sheet.append([_plain(cell) for cell in row])
        for number, (column, width) in enumerate(zip(sheet.columns, _WIDTHS, strict=False), start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
            for cell in column:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
    book.save(out)


def _sheets(report: AuditReport) -> Iterator[tuple[str, tuple[str, ...], Iterable[tuple[Cell, ...]]]]:
    yield "Properties", PROPERTIES, _property_rows(report)
    for table in report.selection:
        yield _KINDS[table.kind].replace("/", " or "), GROUPS, _group_rows(table)


def _property_rows(report: AuditReport) -> Iterator[tuple[Cell, ...]]:
    for row in report.rows:
        for figure in row.figures:
            low, high = figure.interval or (None, None)
            reached = "" if figure.reached is None else "yes" if figure.reached else "no"
            yield (
                row.property,
                row.level,
                figure.name,
                figure.value,
                low,
                high,
                reached,
                figure.of,
                figure.missing,
            )


def _group_rows(table: GroupTable) -> Iterator[tuple[Cell, ...]]:
    for row in table.rows:
        low, high = row.impact_interval or (None, None)
        below = "" if row.below_four_fifths is None else "yes" if row.below_four_fifths else "no"
        name = _category(row)
        rate, ratio = row.scoring_rate, row.impact_ratio
        yield (name, row.assessed, rate, ratio, low, high, row.fisher_p, below, row.note)
    yield ("unknown", table.unknown, None, None, None, None, None, "", _unknown_note(table))


def _unknown_note(table: GroupTable) -> str | None:
    return "too few to be shown" if table.unknown is None else None


def _plain(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell


def _line(figure: Figure) -> str:
    if figure.value is None:
        return f"–  {figure.name}: missing. {_sentence(figure.missing or '')}"
    sign = {None: " ", True: "✓", False: "✗"}[figure.reached]
    between = f" ({figure.interval[0]:.3f} to {figure.interval[1]:.3f})" if figure.interval else ""
    return f"{sign}  {figure.name}: {figure.value:.3f}{between}" + (f"  [{figure.of}]" if figure.of else "")


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _group_lines(table: GroupTable) -> list[str]:
    lines = [
        f"{_KINDS[table.kind]:<58}{'n':>6}{'rate':>8}{'ratio':>8}   {'95 % interval':<15}{'Fisher p':>9}"
    ]
    for row in table.rows:
        if row.assessed is None:
            lines.append(f"  {_category(row):<56}{'–':>6}  {row.note}")
            continue
        ratio = "–" if row.impact_ratio is None else f"{row.impact_ratio:.3f}"
        between = "–"
        if row.impact_interval:
            between = f"{row.impact_interval[0]:.2f} to {row.impact_interval[1]:.2f}"
        p = "–" if row.fisher_p is None else f"{row.fisher_p:.3f}"
        rate = "–" if row.scoring_rate is None else f"{row.scoring_rate:.1%}"
        end = "  below four fifths" if row.below_four_fifths else f"  {row.note}" if row.note else ""
        lines.append(f"  {_category(row):<56}{row.assessed:>6}{rate:>8}{ratio:>8}   {between:<15}{p:>9}{end}")
    unknown = "too few to be shown" if table.unknown is None else str(table.unknown)
    return [*lines, f"  {'unknown':<56}{unknown:>6}"]


def _category(row: GroupRow) -> str:
    return " · ".join(part.replace("_", " ") for part in row.category)
