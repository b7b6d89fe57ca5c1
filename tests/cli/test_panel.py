"""``aila panel``: from blind sheets to a calibration in force, on a real database."""

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from records import panel_ratings, panel_rounds, retention
from records.event_log import EventLog
from records.events import AnswerWithdrawn, CandidateSpoke
from records.panel_ratings import NewRating
from scoring.panel.rating_tasks import WHOLE
from tests.cli.panel_installation import PanelInstallation, asked_criteria

RATERS = ("Kim", "Lee", "Max")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PanelInstallation:
    monkeypatch.setenv("AILA_DATA", str(tmp_path / "data"))
    return PanelInstallation(tmp_path / "data")


def aila(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["panel", *(str(argument) for argument in arguments)])


def answer(*arguments: object, status: int = 0) -> Any:
    result = aila(*arguments, "--json")
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)


def create(folder: Path, *options: object) -> tuple[str, dict[str, Path]]:
    """Make a round of the demo position and return its id, and the CSV of each rater."""
    named = [option for name in RATERS for option in ("--rater", name)]
    made = answer("create", "--position", "demo", *named, "--out", folder, "--format", "csv", *options)
    return made["round"], dict(zip(RATERS, map(Path, made["files"]), strict=True))


def fill(path: Path, whole: str, part: str, note: str = "") -> None:
    """Fill in all cells of a CSV sheet alike."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["rating"], row["note"] = (whole if row["behaviour"] == WHOLE else part), note
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def rate_by_scores(installed: PanelInstallation, round_id: str) -> None:
    """Hand in for each rater what their interviews' scores say, the raters a little apart."""
    with installed.database.transaction() as session:
        for number, rater in enumerate(panel_rounds.raters(session, round_id)):
            ratings = []
            for session_id in panel_rounds.order_of(session, rater.id):
                for name, score in installed.drawn[session_id].items():
                    level = min(3, max(0, round(score + 0.2 * (number - 1))))
                    ratings.append(NewRating(session_id, name, None, level, ""))
            panel_ratings.store(session, rater, ratings, "kim.xlsx")


def test_sheets_go_out_blind_and_come_back_once(installed: PanelInstallation, tmp_path: Path) -> None:
    ids = installed.add(5)
    round_id, files = create(tmp_path / "sheets", "--per-interview", "2", "--shared", "1")
    for path in files.values():
        text = path.read_text(encoding="utf-8-sig")
        assert "Lind" not in text and not any(session_id in text for session_id in ids)
    fill(files["Kim"], "2", "medium", "Clear.")
    first = answer("import", files["Kim"])["imported"][0]
    assert (first["rater"], first["round_id"], first["stored"]["version"]) == ("Kim", round_id, 1)
    assert first["ratings"] == first["stored"]["added"] > 0
    again = aila("import", files["Kim"])
    assert again.exit_code == 0 and "nothing changed: this is version 1 of the sheet" in again.stdout
    fill(files["Kim"], "3", "medium", "Clear.")
    changed = answer("import", files["Kim"])["imported"][0]["stored"]
    [listed] = answer("rounds")["rounds"]
    criteria = len(asked_criteria()) * listed["raters"][0]["interviews"]
    assert (changed["version"], changed["added"], changed["changed"]) == (2, 0, criteria)
    assert [(one["rater"], one["versions"]) for one in listed["raters"]] == [
        ("Kim", 2),
        ("Lee", 0),
        ("Max", 0),
    ]
    assert (listed["interviews"], listed["shared"]) == (5, 1)


def test_sheets_are_written_again_as_workbooks(installed: PanelInstallation, tmp_path: Path) -> None:
    installed.add(2)
    round_id, _ = create(tmp_path / "sheets")
    made = answer("sheets", round_id, "--out", tmp_path / "again", "--format", "xlsx")
    book = openpyxl.load_workbook(made["files"][0])
    assert book.sheetnames == ["Ratings", "How to rate"]
    assert {row[1].value for row in book["Ratings"].iter_rows(min_row=2)} == {"Kim"}
    assert aila("sheets", "r0", "--out", tmp_path).exit_code == 2


def test_one_bad_sheet_and_none_is_taken_in(installed: PanelInstallation, tmp_path: Path) -> None:
    installed.add(3)
    _, files = create(tmp_path / "sheets")
    fill(files["Kim"], "2", "medium")
    fill(files["Lee"], "5", "medium")
    result = aila("import", files["Kim"], files["Lee"])
    assert result.exit_code == 2 and result.stdout == ""
    assert (
        f"aila panel: {files['Lee']}: row 7, column M (rating): expected one of 0, 1, 2, 3" in result.stderr
    )
    [listed] = answer("rounds")["rounds"]
    assert {one["versions"] for one in listed["raters"]} == {0}
    fill(files["Max"], "1", "yes")
    copy = files["Max"].with_name("copy.csv")
    copy.write_bytes(files["Max"].read_bytes())
    twice = aila("import", files["Max"], copy)
    assert twice.exit_code == 2 and "is a sheet of Max too" in twice.stderr
    assert {one["versions"] for one in answer("rounds")["rounds"][0]["raters"]} == {0}


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("rubric", "behavioural@1.0.0", "is rated with behavioural@2.0.0; got 'behavioural@1.0.0'"),
        ("rater", "Eve", "'Eve' does not rate in round"),
        ("round", "r00000000", "there is no panel round 'r00000000'"),
        ("interview", "i1", "'i1' is not among the interviews given to this rater"),
    ],
)
def test_a_sheet_of_another_round_rater_or_rubric_is_refused(
    installed: PanelInstallation, tmp_path: Path, column: str, value: str, message: str
) -> None:
    installed.add(1)
    _, files = create(tmp_path / "sheets")
    fill(files["Kim"], "2", "medium")
    rows = list(csv.DictReader(files["Kim"].open(encoding="utf-8", newline="")))
    with files["Kim"].open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(row | {column: value} for row in rows)
    result = aila("import", files["Kim"])
    assert result.exit_code == 2 and message in result.stderr


def test_rounds_that_cannot_be_are_refused(installed: PanelInstallation, tmp_path: Path) -> None:
    out = ("--out", tmp_path / "sheets")
    assert "no scored interviews" in aila("create", "--position", "demo", "--rater", "Kim", *out).stderr
    installed.add(2)
    for options, message in (
        (["--rater", "Kim"], "say which interviews"),
        (["--position", "nowhere", "--rater", "Kim"], "nowhere"),
        (["--session", "nobody", "--rater", "Kim", "--per-interview", 1], "nobody"),
        (["--position", "demo", "--rater", "Kim", "--rater", "kim"], "repeated: Kim, kim"),
        (["--position", "demo", "--rater", " ", "--rater", "Lee"], "1 to 64 printable characters; got ''"),
        (["--position", "demo", "--rater", "Kim"], "raters per interview: 1 to 1"),
        (["--position", "demo", "--rater", "Kim", "--per-interview", 1, "--shared", 9], "got 9"),
    ):
        result = aila("create", *options, *out)
        assert result.exit_code == 2 and message in result.stderr, options
    assert answer("rounds") == {"rounds": []}
    assert "there is no round that people rate" in aila("report").stderr


def test_a_report_of_few_ratings_says_what_is_missing(installed: PanelInstallation, tmp_path: Path) -> None:
    installed.add(3)
    _, files = create(tmp_path / "sheets")
    for name, whole in zip(RATERS, "031", strict=True):
        fill(files[name], whole, "no", "=2+2")
    for path in files.values():
        rows = path.read_text(encoding="utf-8").replace("=2+2", "Why?")
        path.write_text(rows, encoding="utf-8")
    answer("import", *files.values())
    found = answer("report")
    assert (found["synthetic"], found["interviews"], len(found["raters"])) == (False, 3, 3)
    teamwork = found["criteria"]["teamwork"]
    assert teamwork["intraclass"]["single"]["have"] == 3 and teamwork["intraclass"]["single"]["need"] == 10
    assert teamwork["scores"]["quadratic_kappa"]["missing"].startswith(
        "not enough ratings (scored interviews rated by two or more): have 3"
    )
    assert "not enough ratings" in aila("report").stdout
    out = tmp_path / "talk.csv"
    points = answer("disagreements", "--limit", 4, "--out", out)["disagreements"]
    assert len(points) == 4
    assert (points[0]["spread"], points[0]["levels"]) == (3, {"Kim": 0, "Lee": 3, "Max": 1})
    assert points[0]["notes"]["Kim"].startswith("Why?")
    assert points[0]["responses"].startswith("Q: ") and "Lind" not in points[0]["responses"]
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig", newline="")))
    assert [row["apart"] for row in rows] == ["3"] * 4
    uncalibrated = answer("calibrate", status=1)
    assert uncalibrated["calibration"] is None and "60 scored interviews" in uncalibrated["needs"]
    assert "need 60" in uncalibrated["criteria"]["teamwork"]


def test_simulated_raters_are_marked_everywhere_and_calibrate_nothing(
    installed: PanelInstallation, tmp_path: Path
) -> None:
    installed.add(12)
    made = answer("simulate-raters", "--position", "demo", "--raters", 3)
    assert made["synthetic"] is True
    create(tmp_path / "sheets")
    found = answer("report", made["round"])
    assert found["synthetic"] is True and found["interviews"] == 12
    assert "SYNTHETIC RATERS" in aila("report", made["round"]).stdout
    assert "SYNTHETIC RATERS" in aila("disagreements", made["round"]).stdout
    of_people, simulated = sorted(answer("rounds")["rounds"], key=lambda one: one["id"] == made["round"])
    assert all(one["synthetic"] for one in simulated["raters"])
    refused = aila("calibrate", made["round"])
    assert refused.exit_code == 2 and "simulated raters never enter a calibration" in refused.stderr
    mixed = aila("report", made["round"], of_people["id"])
    assert mixed.exit_code == 2 and "are not put together" in mixed.stderr
    assert answer("report")["interviews"] == 0  # the simulated round is not chosen by itself


def test_an_interview_that_was_erased_or_amended_no_longer_counts(
    installed: PanelInstallation, tmp_path: Path
) -> None:
    erased, amended, kept = installed.add(3)
    _, files = create(tmp_path / "sheets", "--shared", "3")
    fill(files["Kim"], "2", "medium")
    answer("import", files["Kim"])
    with installed.database.transaction() as session:
        retention.erase(session, installed.installation, erased)
    spoken = CandidateSpoke(90.0, 95.0, "c9", "And I told them.", "answer", "helped_colleague")
    EventLog(installed.database, amended).append(spoken)
    found = answer("report")
    assert found["interviews"] == 1 and len(found["amended"]) == 1
    assert f"amended since they were rated: {found['amended'][0]}" in aila("report").stdout
    said = f"left out, because amended since they were rated: {found['amended'][0]}"
    assert said in aila("disagreements").stdout and said in aila("calibrate").stderr
    fill(files["Kim"], "3", "medium")
    result = aila("import", files["Kim"])
    assert result.exit_code == 2 and result.stderr.count("or was erased: then delete its rows") == 1
    assert kept in installed.drawn


def test_what_cannot_count_is_named_when_it_is_given_out_or_taken_in(
    installed: PanelInstallation, tmp_path: Path
) -> None:
    [amended, silent] = installed.add(2)
    events = EventLog(installed.database, silent).events()
    said = [one.turn_id for one in events if isinstance(one, CandidateSpoke)]
    EventLog(installed.database, silent).append_all(
        [AnswerWithdrawn(95.0, turn, f"w{number}") for number, turn in enumerate(said)]
    )
    named = [option for name in RATERS for option in ("--rater", name)]
    made = aila("create", "--position", "demo", *named, "--out", tmp_path / "s", "--format", "csv")
    assert f"nothing was answered in them: {silent}" in made.stderr
    assert "1 interview, 1 of them" in made.stdout
    [sheet] = (tmp_path / "s").glob("*Kim.csv")
    fill(sheet, "2", "medium")
    spoken = CandidateSpoke(90.0, 95.0, "c9", "And I told them.", "answer", "helped_colleague")
    EventLog(installed.database, amended).append(spoken)
    assert "does not count, because amended since the round: i" in aila("import", sheet).stdout
    assert "there are no ratings to compare" in aila("disagreements").stdout


def test_a_calibration_is_made_put_in_force_and_taken_out(
    installed: PanelInstallation, tmp_path: Path
) -> None:
    installed.add(60)
    round_id, _ = create(tmp_path / "sheets", "--shared", "10")
    rate_by_scores(installed, round_id)
    out = tmp_path / "calibration.json"
    made = answer("calibrate", "--out", out)
    name = made["calibration"]["id"]
    assert made["new"] is True and set(made["calibration"]["criteria"]) == set(asked_criteria())
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == name
    repeated = answer("calibrate")
    assert (repeated["new"], repeated["calibration"]) == (False, made["calibration"])
    assert [one["active"] for one in answer("calibrations")["calibrations"]] == [False]
    assert answer("activate", name)["rubric"] == {"id": "behavioural", "version": "2.0.0"}
    assert [one["active"] for one in answer("calibrations")["calibrations"]] == [True]
    assert answer("export", name, "--out", tmp_path / "again.json")["calibration"] == name
    assert (tmp_path / "again.json").read_bytes() == out.read_bytes()
    assert answer("deactivate", "behavioural@2.0.0")["deactivated"] == name
    assert [one["calibration"] for one in answer("calibrations")["history"]] == [name, None]
    for arguments in (
        ["activate", "cal-0"],
        ["deactivate", "behavioural"],
        ["export", "cal-0", "--out", out],
    ):
        assert aila(*arguments).exit_code == 2
