"""``aila audit``: files and installations, as text, JSON and tables; what cannot be read is said."""

import json
from pathlib import Path

import pytest
from jsonschema import validate
from typer.testing import CliRunner

from cli.main import app
from records.group_data import GroupData
from records.installation import Installation
from records.settings import RecordsSettings
from scoring.result import CriterionResult, RubricReference, Scores
from tests.cli.panel_installation import PanelInstallation
from tests.cli.test_panel import answer, create, rate_by_scores
from tests.cli.test_score import transcript

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "schemas" / "audit.json"


def scores_file(folder: Path, n: int) -> Path:
    path = folder / "scores.jsonl"
    lines = []
    for i in range(n):
        level = round((i * 37 % 60) / 20, 2)
        result = CriterionResult(
            id="teamwork", score=level, interval=(level, level), abstained=False, reason=None
        )
        reference = RubricReference(id="behavioural", version="2.0.0")
        one = Scores(
            session_id=f"s{i}",
            rubric=reference,
            calibrated=False,
            provenance="sha256:0",
            criteria=(result,),
        )
        lines.append(one.model_dump_json(by_alias=True))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def groups_file(folder: Path, n: int) -> Path:
    path = folder / "groups.csv"
    rows = [f"s{i},{'female' if i % 2 else 'male'},{'asian' if i % 3 else 'white'}" for i in range(n)]
    path.write_text("session_id,sex,race_ethnicity\n" + "\n".join(rows), encoding="utf-8")
    return path


def run(*arguments: str | Path):
    return CliRunner().invoke(app, ["audit", *map(str, arguments)])


def test_files_are_audited_and_the_report_follows_its_schema(tmp_path: Path):
    done = run(
        scores_file(tmp_path, 60),
        "--groups",
        groups_file(tmp_path, 60),
        "--json",
        "--out",
        tmp_path / "a.xlsx",
    )
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    validate(report, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert report["data"]["with_group"] == 60
    assert [table["kind"] for table in report["selection"]] == [
        "sex",
        "race_ethnicity",
        "sex_and_race_ethnicity",
    ]
    assert "s17" not in done.stdout, "no interview is named"
    assert (tmp_path / "a.xlsx").stat().st_size > 1000


def test_a_rubric_that_is_not_here_keeps_the_answers_from_being_tried(tmp_path: Path):
    path = scores_file(tmp_path, 3)
    path.write_text(path.read_text(encoding="utf-8").replace('"behavioural"', '"gone"'), encoding="utf-8")
    (tmp_path / "talk.json").write_text(json.dumps(transcript("s1")), encoding="utf-8")
    done = run(path, "--transcripts", tmp_path / "talk.json")
    assert done.exit_code == 0, done.output
    assert "Not tried: there is no rubric 'gone'" in done.stdout


def test_an_installation_without_ratings_says_what_is_missing(tmp_path: Path):
    Installation.open(tmp_path / "data")
    done = run("--data", tmp_path / "data", "--try-answers", "0")
    assert done.exit_code == 0, done.output
    assert "0 scored interviews" in done.stdout
    assert "two raters and 10 interviews" in done.stdout
    assert "Not tried: --try-answers is 0" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--data", "{}/nowhere"], "holds no installation"),
        (["{}/none.jsonl"], "cannot be read"),
        (["--groups", "{}/groups.csv"], "go with files of scores"),
        (["{}/scores.jsonl", "--position", "demo"], "leave the files"),
        (["{}/scores.jsonl", "--groups", "{}/other.csv"], "names no session"),
        (["{}/empty.jsonl"], "hold no scores"),
        (["{}/scores.jsonl", "--try-answers", "0", "--out", "{}/no/such/folder.csv"], "No such file"),
        (["{}/scores.jsonl", "--transcripts", "{}/groups.csv"], "not valid JSON"),
        (["{}/scores.jsonl", "--transcripts", "{}/talk.json"], "no transcript is of an interview"),
    ],
)
def test_what_cannot_be_audited_is_said_with_status_two(tmp_path: Path, arguments: list[str], said: str):
    scores_file(tmp_path, 3)
    groups_file(tmp_path, 3)
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "talk.json").write_text(json.dumps(transcript("other")), encoding="utf-8")
    (tmp_path / "other.csv").write_text("session_id,sex,race_ethnicity\nx,male,white\n", encoding="utf-8")
    done = run(*(argument.format(tmp_path) for argument in arguments))
    assert done.exit_code == 2, done.output
    assert said in done.stderr
    assert done.stdout == ""


def test_an_installations_ratings_and_group_answers_are_joined_by_the_audit_alone(
    tmp_path: Path, monkeypatch
):
    monkeypatch.setenv("AILA_DATA", str(tmp_path / "data"))
    installed = PanelInstallation(tmp_path / "data")
    ids = installed.add(60)
    round_id, _ = create(tmp_path / "sheets", "--per-interview", "2", "--shared", "20")
    rate_by_scores(installed, round_id)
    calibration = answer("calibrate")["calibration"]
    answer("activate", calibration["id"])
    store = GroupData(installed.installation, RecordsSettings(group_data=True))
    for i, session_id in enumerate(ids):
        store.record(session_id, "female" if i % 2 else "male", "asian" if i < 57 else "white", "v1")
    store.close()
    installed.database.close()

    done = run("--position", "demo", "--try-answers", "0", "--json")
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert (report["data"]["interviews"], report["data"]["with_group"]) == (60, 60)
    assert report["data"]["ratings"] > 60
    figures = {figure["name"]: figure for row in report["rows"] for figure in row["figures"]}
    assert figures["ICC(2,k)"]["reached"] is True
    assert figures["quadratic weighted kappa"]["value"] > 0.5
    assert any(name.startswith("coverage of teamwork") for name in figures)
    assert figures["standard error of measurement, in levels"]["value"] is not None
    assert [row["assessed"] for row in report["selection"][0]["rows"]] == [30, 30]
    assert [row["assessed"] for row in report["selection"][1]["rows"]] == [None, None], "three are too few"
    assert not any(session_id in done.stdout for session_id in ids)
