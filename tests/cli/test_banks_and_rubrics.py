"""``aila bank`` and ``aila rubric``: exit statuses, messages, and what programs read."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from cli.main import app
from question_bank.library import SHIPPED_BANKS
from scoring.library import SHIPPED_RUBRICS, RubricLibrary

BANK = SHIPPED_BANKS / "demo-1.0.0.yaml"
RUBRIC = SHIPPED_RUBRICS / "behavioural-1.0.0.yaml"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a later version of the demo bank."""
    (tmp_path / "data" / "banks").mkdir(parents=True)
    text = BANK.read_text(encoding="utf-8").replace("version: 1.0.0", "version: 1.2.0", 1)
    later = text.replace("Hello, and welcome.", "Grüezi, and welcome.", 1)
    (tmp_path / "data" / "banks" / "later.yaml").write_text(later, encoding="utf-8")
    monkeypatch.setenv("AILA_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def aila(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_file_without_findings_passes() -> None:
    result = aila("bank", "lint", BANK)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"{BANK}: ") and "nothing to report" in result.stdout
    read = json.loads(aila("bank", "lint", "--json", BANK).stdout)
    assert (read["file"], read["version"], read["findings"]) == (str(BANK), "1.0.0", [])


def test_findings_of_a_bank_exit_with_1(tmp_path: Path) -> None:
    path = tmp_path / "poor.yaml"
    text = BANK.read_text(encoding="utf-8").replace(
        "Tell me about a time when you helped", "Have you helped", 1
    )
    path.write_text(text, encoding="utf-8")
    result = aila("bank", "lint", path)
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith(f"{path}: error: questions.helped_colleague: not specific")
    read = aila("bank", "lint", "--json", path)
    [finding] = json.loads(read.stdout)["findings"]
    assert (read.exit_code, finding["severity"], finding["where"]) == (
        1,
        "error",
        "questions.helped_colleague",
    )


def test_findings_of_a_rubric_exit_with_1(tmp_path: Path) -> None:
    path = tmp_path / "poor.yaml"
    statement = "The candidate helped a colleague or team mate with their work."
    text = RUBRIC.read_text(encoding="utf-8")
    assert statement in text
    path.write_text(
        text.replace(statement, "The candidate helped well and then taught a colleague."), encoding="utf-8"
    )
    result = aila("rubric", "lint", path)
    assert (result.exit_code, result.stderr) == (1, "")
    line = text[: text.index(statement)].count("\n") + 1
    assert f"{path}:{line}:20: error: teamwork.helped_colleague: the statement asks for two" in result.stdout
    [first, *_] = json.loads(aila("rubric", "lint", "--json", path).stdout)["findings"]
    assert (first["level"], first["where"], first["line"]) == ("error", "teamwork.helped_colleague", line)


def test_the_newest_rubric_has_no_errors_and_its_warnings_are_those_that_are_explained() -> None:
    result = aila("rubric", "lint", "--json", SHIPPED_RUBRICS / "behavioural-2.0.0.yaml")
    findings = json.loads(result.stdout)["findings"]
    assert (result.exit_code, {finding["level"] for finding in findings}) == (0, {"warning"})
    explained = (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8")
    for finding in findings:
        assert finding["where"].split(".")[1] in explained, finding


def test_behaviours_found_always_or_never_in_real_answers_are_named(tmp_path: Path) -> None:
    answers = tmp_path / "answers.csv"
    story = (
        "A colleague was ill last spring, so I helped her with the report for two evenings, and it was ready."
    )
    rows = ["question,answer,criteria", *(f'What did you do?,"{story} ({n})",teamwork' for n in range(30))]
    answers.write_text("\n".join(rows), encoding="utf-8")
    result = aila("rubric", "lint", RUBRIC, "--answers", answers)
    assert result.exit_code == 0
    assert "warning: teamwork.helped_colleague: found in 100.0% of the answers" in result.stdout
    assert "warning: planning.set_priorities: none of the answers is to a question" in result.stdout
    for content, said in (
        ("text\nx\n", f"{answers}:1: expected a column"),
        ("answer\n" + "x\n" * 29, "29 answers are too few"),
        ("answer,criteria\nx,curiosity\n", f"{answers}:2: the rubric has no criterion curiosity"),
    ):
        answers.write_text(content, encoding="utf-8")
        refused = aila("rubric", "lint", RUBRIC, "--answers", answers)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert said in refused.stderr


@pytest.mark.parametrize("room", ["bank", "rubric"])
@pytest.mark.parametrize("as_json", [[], ["--json"]])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "1: expected a mapping of fields"),
        ("id: x\n\tversion: 1.0.0\n", "2:1: not valid YAML"),
        ("schema: other/1\n", "1:"),
        ("id: &a x\ntitle: *a\n", "2:8: aliases (*name) are not allowed"),
        ("a: " + "[" * 5000, "1:19: nested more than 16 deep"),
    ],
)
def test_a_file_that_is_none_exits_with_2_and_its_line(
    tmp_path: Path, room: str, as_json: list[str], content: str, said: str
) -> None:
    path = tmp_path / "none.yaml"
    path.write_text(content, encoding="utf-8")
    result = aila(room, "lint", *as_json, path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"aila {room}: {path}:{said}")
    gone = aila(room, "lint", *as_json, tmp_path / "gone.yaml")
    assert (gone.exit_code, gone.stdout) == (2, "")
    assert "gone.yaml: the file cannot be read: No such file or directory" in gone.stderr


def test_banks_are_listed_with_ones_own(data: Path) -> None:
    printed = aila("bank", "list").stdout.splitlines()
    assert [line.split()[0] for line in printed] == ["behavioural@1.0.0", "demo@1.2.0", "demo@1.0.0"]
    rows = json.loads(aila("bank", "list", "--json").stdout)["banks"]
    assert [(row["id"], row["version"]) for row in rows] == [
        ("behavioural", "1.0.0"),
        ("demo", "1.2.0"),
        ("demo", "1.0.0"),
    ]
    assert all(row["content_hash"].startswith("sha256:") for row in rows)
    elsewhere = aila("bank", "list", "--data", data.parent).stdout
    assert "demo@1.2.0" not in elsewhere


def test_a_bank_is_shown_by_version_or_its_newest() -> None:
    assert "demo 1.2.0, 5 minutes" in aila("bank", "show", "demo").stdout
    shown = aila("bank", "show", "demo@1.0.0").stdout
    assert "demo 1.0.0, 5 minutes" in shown
    assert "1. Tell me about a time when you helped a colleague" in shown
    assert "   result? How did it end for your colleague?" in shown
    read = json.loads(aila("bank", "show", "demo", "--json").stdout)
    assert (read["schema"], read["version"], len(read["questions"])) == ("aila.bank/1", "1.2.0", 3)
    assert read["greeting"].startswith("Grüezi")


def test_two_versions_are_compared() -> None:
    result = aila("bank", "diff", "demo@1.0.0", "demo@1.2.0")
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first == "~ version: '1.0.0' → '1.2.0'"
    assert second.startswith("~ greeting: 'Hello")
    read = json.loads(aila("bank", "diff", "--json", "demo@1.0.0", "demo@1.2.0").stdout)
    assert read == {"old": "demo@1.0.0", "new": "demo@1.2.0", "changes": [first, second]}
    same = aila("bank", "diff", "demo@1.2.0", "demo")
    assert (same.exit_code, same.stdout) == (0, "no difference\n")
    assert json.loads(aila("bank", "diff", "--json", "demo", "demo").stdout)["changes"] == []


@pytest.mark.parametrize(
    "arguments",
    [("show", "riddles"), ("show", "demo@9.9.9"), ("diff", "demo@1.0.0", "riddles@1.0.0"), ("show", "@")],
)
def test_an_unknown_bank_exits_with_2_and_the_known_ones(arguments: tuple[str, ...]) -> None:
    result = aila("bank", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("aila bank: there is no bank ")
    assert "known: behavioural 1.0.0, demo 1.0.0, demo 1.2.0" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("bank", "list"), ("bank", "show", "demo"), ("rubric", "list"), ("rubric", "list", "--json")],
)
def test_a_broken_file_of_ones_own_is_named(data: Path, arguments: tuple[str, ...]) -> None:
    folder = data / f"{arguments[0]}s"
    folder.mkdir(exist_ok=True)
    (folder / "broken.yaml").write_text("id: [\n", encoding="utf-8")
    result = aila(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"aila {arguments[0]}: {folder}/broken.yaml:2:1: not valid YAML")


def test_simulated_candidates_are_asked_from_the_same_banks() -> None:
    read = json.loads(aila("simulate", "--candidates", 1, "--bank", "demo", "--json").stdout)
    assert read["bank"] == {"id": "demo", "version": "1.2.0"}


def test_rubrics_are_listed_and_printed_as_a_sheet(tmp_path: Path) -> None:
    rows = json.loads(aila("rubric", "list", "--json").stdout)["rubrics"]
    assert ("behavioural", "1.0.0") in {(row["id"], row["version"]) for row in rows}
    assert "behavioural@1.0.0  " in aila("rubric", "list").stdout
    out = tmp_path / "sheet.xlsx"
    assert aila("rubric", "sheet", "behavioural@1.0.0", "--out", out).exit_code == 0
    printed = [row[1].value for row in openpyxl.load_workbook(out).active.iter_rows(min_row=2)]
    rubric = RubricLibrary().load("behavioural", "1.0.0")
    behaviours = [behaviour.id for criterion in rubric.criteria for behaviour in criterion.behaviours]
    assert [name for name in printed if name in behaviours] == behaviours


def test_a_sheet_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    for rubric, out, said in (
        ("behavioural@1.0.0", tmp_path / "no" / "sheet.xlsx", "No such file or directory"),
        ("riddles", tmp_path / "sheet.xlsx", "there is no rubric 'riddles'"),
    ):
        result = aila("rubric", "sheet", rubric, "--out", out)
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr
        assert not out.exists()
