"""Raters' sheets: blind and harmless going out; lenient and exact coming in."""

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from records.transcript import Transcript
from scoring.errors import SheetError
from scoring.library import RubricLibrary
from scoring.panel import cells
from scoring.panel.rating_tasks import NAME, WHOLE, blocks, without_name
from scoring.panel.sheet_reading import MAX_FAULTS, check_sheet, read_sheet
from scoring.panel.sheet_writing import MAX_CELL, NAMES, SheetIdentity, harmless, write_csv, write_xlsx

RUBRIC = RubricLibrary().load("behavioural")
TEAMWORK = next(criterion for criterion in RUBRIC.criteria if criterion.id == "teamwork")
IDENTITY = SheetIdentity("r1", "Kim", f"{RUBRIC.id}@{RUBRIC.version}")
RATING, NOTE = NAMES.index("rating"), NAMES.index("note")
Rows = list[list[Any]]


def transcript(*answers: str) -> Transcript:
    """Return an interview with a question about teamwork, a follow-up, and a question about learning."""
    turns: list[dict[str, Any]] = [
        {"id": "g", "speaker": "aila", "kind": "greeting", "text": "Hello, Ada Lind."},
        {
            "id": "q1",
            "speaker": "aila",
            "kind": "question",
            "text": "Who did you help?",
            "question_id": "one",
        },
        {"id": "f1", "speaker": "aila", "kind": "follow_up", "text": "And then?", "question_id": "one"},
        {
            "id": "q2",
            "speaker": "aila",
            "kind": "question",
            "text": "What did you learn?",
            "question_id": "two",
        },
    ]
    turns[1]["criteria"], turns[3]["criteria"] = ["teamwork"], ["learning"]
    turns += [
        {"id": f"c{i}", "speaker": "candidate", "kind": "answer", "text": text, "question_id": "one"}
        for i, text in enumerate(answers)
    ]
    turns.append(
        {"id": "x", "speaker": "candidate", "kind": "control", "text": "Repeat.", "question_id": "one"}
    )
    content = [turn | {"start": float(i)} for i, turn in enumerate(turns)]
    return Transcript.model_validate(
        {"session_id": "s-secret", "bank": {"id": "b", "version": "1.0.0"}, "turns": content}
    )


def sheet_blocks(*answers: str):
    return blocks("i00001", transcript(*(answers or ("I helped a colleague.",))), RUBRIC, "Ada Lind")


def rows_of(path: Path) -> Rows:
    """Return what a spreadsheet program shows."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [list(row) for row in csv.reader(file)]
    book = openpyxl.load_workbook(path)
    return [
        ["" if cell is None else cell for cell in row]
        for row in book.worksheets[0].iter_rows(values_only=True)
    ]


def save(path: Path, rows: Rows) -> Path:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        return path
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Tabelle1")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture(params=["xlsx", "csv"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Callable[[Rows], Rows | None]], Path]:
    """Write a sheet, have its rows changed as a rater would, and return the file."""

    def fill(change: Callable[[Rows], Rows | None]) -> Path:
        path = tmp_path / f"kim.{request.param}"
        {"xlsx": write_xlsx, "csv": write_csv}[request.param](IDENTITY, sheet_blocks(), path)
        rows = rows_of(path)
        changed = change(rows)
        return save(path, rows if changed is None else changed)

    return fill


def rate_all(rows: Rows) -> None:
    for row in rows[1:]:
        row[RATING] = "2" if row[NAMES.index("behaviour")] == WHOLE else "medium"


def test_a_sheet_holds_the_asked_criteria_with_what_was_said_and_nothing_that_names(tmp_path: Path):
    said = "I am Ada Lind. I helped, said ada  lind to Lind's team, and adapted."
    for write, path in ((write_xlsx, tmp_path / "a.xlsx"), (write_csv, tmp_path / "a.csv")):
        write(IDENTITY, sheet_blocks(said, "She finished in time."), path)
        rows = rows_of(path)
        assert tuple(rows[0]) == NAMES
        assert {row[NAMES.index("criterion")] for row in rows[1:]} == {"teamwork", "learning"}
        teamwork = [row for row in rows if row[NAMES.index("criterion")] == "teamwork"]
        assert [row[NAMES.index("behaviour")] for row in teamwork] == [
            *(behaviour.id for behaviour in TEAMWORK.behaviours),
            WHOLE,
        ]
        assert teamwork[0][NAMES.index("responses")] == (
            "Q: Who did you help?\nQ: And then?\n"
            f"A: I am {NAME}. I helped, said {NAME} to {NAME}'s team, and adapted.\nA: She finished in time."
        )
        everything = "\n".join(str(cell) for row in rows for cell in row)
        assert "Lind" not in everything and "s-secret" not in everything
        assert all(row[RATING] == "" for row in rows[1:])


def test_a_name_that_is_a_word_is_replaced_only_as_it_is_written():
    assert (
        without_name("Will said he will, and WILL MAY did.", "Will May")
        == f"{NAME} said he will, and {NAME} did."
    )
    assert without_name("Nothing to hide.", "") == "Nothing to hide."


def test_cells_offer_what_may_be_written(tmp_path: Path):
    write_xlsx(IDENTITY, sheet_blocks(), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    offered = {
        row: one.formula1
        for one in sheet.data_validations.dataValidation
        for found in one.sqref.ranges
        for row in range(found.min_row, found.max_row + 1)
    }
    for row in range(2, sheet.max_row + 1):
        whole = sheet.cell(row, NAMES.index("behaviour") + 1).value == WHOLE
        assert offered[row] == ('"0,1,2,3,cannot judge"' if whole else '"no,yes,medium,high,cannot judge"')


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\tx", "\rx"])
def test_no_text_becomes_a_formula(text: str, tmp_path: Path):
    assert harmless(text).startswith("'")
    identity = SheetIdentity("r1", text.strip() or "x", "=rubric")
    write_xlsx(identity, sheet_blocks(), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert "f" not in {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}
    write_csv(identity, sheet_blocks(), tmp_path / "a.csv")
    assert not any(
        cell.startswith(("=", "+", "-", "@")) for row in rows_of(tmp_path / "a.csv") for cell in row
    )


def test_control_characters_and_very_long_answers_fit_into_cells(tmp_path: Path):
    answer = "I helped.\x00\x1b[2J\ufffe " + "word " * 15_000
    for write, path in ((write_xlsx, tmp_path / "a.xlsx"), (write_csv, tmp_path / "a.csv")):
        write(IDENTITY, sheet_blocks(answer), path)
        pieces = [
            row[NAMES.index("responses")]
            for row in rows_of(path)
            if row[NAMES.index("criterion")] == "teamwork"
        ]
        assert max(len(piece) for piece in pieces) <= MAX_CELL
        assert "".join(pieces).count("word") == 15_000
        assert "\x1b" not in "".join(pieces)


def test_a_filled_in_sheet_comes_back_as_it_was_rated(filled):
    def rate(rows: Rows) -> None:
        rate_all(rows)
        rows[1][RATING], rows[1][NOTE] = "high", "She says - twice - “we”."
        rows[2][RATING] = "cannot judge"
        rows[3][RATING] = ""

    path = filled(rate)
    found = read_sheet(path)
    assert found.identity == IDENTITY
    by_behaviour = {(r.criterion, r.behaviour): r for r in found.ratings}
    first, second, third = (behaviour.id for behaviour in TEAMWORK.behaviours[:3])
    assert (by_behaviour["teamwork", first].level, by_behaviour["teamwork", first].note) == (
        3,
        "She says - twice - “we”.",
    )
    assert by_behaviour["teamwork", second].level is None
    assert ("teamwork", third) not in by_behaviour
    assert by_behaviour["teamwork", None].level == by_behaviour["learning", None].level == 2
    behaviours = {c.id: [b.id for b in c.behaviours] for c in RUBRIC.criteria}
    check_sheet(path, found, frozenset({"i00001"}), behaviours)


def test_what_people_do_to_sheets_is_borne(filled):
    def rate(rows: Rows) -> Rows:
        rate_all(rows)
        for row in rows[1:]:
            row[RATING] = f"  {row[RATING].upper()} "
            row[NAMES.index("criterion")] = row[NAMES.index("criterion")].title()
        rows[0] = [name.upper() for name in rows[0]]
        mixed = [[*reversed(row), "mine", 7] for row in rows]  # other order, more columns
        blank = [""] * len(mixed[0])
        return [["Ratings of Kim"], [], *mixed[:3], blank, *mixed[3:], mixed[3], blank]

    found = read_sheet(filled(rate))
    assert len(found.ratings) == sum(
        len(c.behaviours) + 1 for c in RUBRIC.criteria if c.id in ("teamwork", "learning")
    )
    assert {r.criterion for r in found.ratings} == {"teamwork", "learning"}


def test_numbers_and_another_name_of_the_sheet_are_borne(tmp_path: Path):
    path = tmp_path / "kim.xlsx"
    write_xlsx(IDENTITY, sheet_blocks(), path)
    rows = rows_of(path)
    rate_all(rows)
    for row in rows[1:]:
        if row[NAMES.index("behaviour")] == WHOLE:
            row[RATING] = 3.0
    book = openpyxl.Workbook()
    book.active.append(["Read me"])  # type: ignore[union-attr]
    book.create_sheet("Chart data")
    other = book.create_sheet("kopie von Ratings (2)")
    for row in rows:
        other.append(row)
    book.save(path)
    assert {r.level for r in read_sheet(path).ratings if r.behaviour is None} == {3}


def test_a_csv_of_a_spreadsheet_program_on_windows_is_read(tmp_path: Path):
    write_csv(IDENTITY, sheet_blocks(), tmp_path / "a.csv")
    rows = rows_of(tmp_path / "a.csv")
    rate_all(rows)
    rows[1][NOTE] = "Überzeugend"
    path = tmp_path / "b.csv"
    with path.open("w", encoding="cp1252", newline="", errors="replace") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    assert read_sheet(path).ratings[0].note == "Überzeugend"


def faults_of(path: Path) -> list[str]:
    with pytest.raises(SheetError) as caught:
        read_sheet(path)
    return list(caught.value.faults)


def test_every_fault_is_told_with_its_file_row_and_column(filled):
    def rate(rows: Rows) -> None:
        rate_all(rows)
        rows[1][RATING] = "very high"
        rows[2][RATING] = "=1+1"
        rows[3][NAMES.index("interview")] = ""
        rows[4][NAMES.index("rater")] = "Lee"
        rows[5][NOTE] = "x" * 5000

    path = filled(rate)
    faults = faults_of(path)
    assert all(fault.startswith(f"{path}: row ") for fault in faults)
    told = "\n".join(faults)
    assert (
        "row 2, column M (rating): expected one of no, yes, medium, high, cannot judge; got 'very high'"
        in told
    )
    assert "row 3, column M (rating): holds a formula; type the value itself" in told
    assert "row 4, column D (interview): is empty" in told
    assert "row 5, column B (rater): expected 'Kim' as in row 2; got 'Lee'" in told
    assert "row 6, column N (note): at most 4000 characters; got 5000" in told
    assert len(faults) == 5


def test_the_same_row_rated_twice_differently_is_a_fault(filled):
    def rate(rows: Rows) -> Rows:
        rate_all(rows)
        again = list(rows[1])
        again[RATING] = "no"
        return [*rows, again]

    [fault] = faults_of(filled(rate))
    assert fault.endswith("rated differently in row 2")


def test_an_empty_sheet_is_no_rating_and_notes_alone_are_listed(filled):
    assert "nothing to import" in faults_of(filled(lambda rows: None))[0]

    def note_only(rows: Rows) -> None:
        rate_all(rows)
        rows[1][RATING], rows[1][NOTE] = "", "Later."

    assert read_sheet(filled(note_only)).notes_without_rating == (2,)


def test_what_was_not_given_to_the_rater_is_a_fault(filled):
    def rate(rows: Rows) -> None:
        rate_all(rows)
        rows[1][NAMES.index("interview")] = "i99999"
        rows[2][NAMES.index("behaviour")] = "flattered"
        rows[3][NAMES.index("criterion")] = "charm"

    path = filled(rate)
    behaviours = {c.id: [b.id for b in c.behaviours] for c in RUBRIC.criteria}
    with pytest.raises(SheetError) as caught:
        check_sheet(path, read_sheet(path), frozenset({"i00001"}), behaviours)
    first, second, third = caught.value.faults
    assert "row 2, column interview: 'i99999' is not among the interviews given" in first
    assert second.endswith("the criterion teamwork has no behaviour 'flattered'")
    assert third.endswith("there is no criterion 'charm' in the rubric")


def test_five_thousand_rows_are_read_and_faults_are_counted(tmp_path: Path):
    head = list(NAMES)
    behaviours = [behaviour.id for behaviour in TEAMWORK.behaviours]
    rows: Rows = [
        ["r1", "Kim", "b@1.0.0", f"i{n // len(behaviours):05d}", "teamwork", behaviours[n % len(behaviours)]]
        + [""] * 6
        + ["yes", ""]
        for n in range(5000)
    ]
    assert len(read_sheet(save(tmp_path / "a.xlsx", [head, *rows])).ratings) == 5000
    for row in rows:
        row[RATING] = "maybe"
    faults = faults_of(save(tmp_path / "b.csv", [head, *rows]))
    assert len(faults) == MAX_FAULTS + 1 and faults[-1].endswith("and 4975 more")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xlsx", b"PK\x03\x04 not really", "no readable workbook"),
        ("a.xlsx", b'{"a": 1}', "is named .xlsx but holds no workbook"),
        ("a.xlsx", b"PK\x05\x06" + bytes(18), "no readable workbook: save it"),
        ("a.pdf", b"%PDF", "expected an .xlsx or .csv file"),
        ("a.csv", b"", "missing: round, rater, rubric"),
        ("a.csv", b"interview,rating\ni1,yes\n", "missing: round, rater, rubric, criterion, behaviour"),
        ("a.csv", b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, content: bytes, message: str):
    path = tmp_path / name
    path.write_bytes(content)
    [fault] = faults_of(path)
    assert fault.startswith(f"{path}: ") and message in fault


def test_a_missing_file_and_a_bomb_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert "cannot be read" in faults_of(tmp_path / "none.csv")[0]
    monkeypatch.setattr(cells, "MAX_UNPACKED_BYTES", 10_000)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000)
    assert "too large unpacked" in faults_of(tmp_path / "bomb.xlsx")[0]
