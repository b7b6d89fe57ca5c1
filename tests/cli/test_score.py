"""``aila score``: its format and what it does with files that are not what they should be."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from scoring.library import SHIPPED_RUBRICS
from scoring.loading import MAX_TRANSCRIPT_BYTES

CRITERIA = """teamwork communication problem_solving adaptability ownership learning conflict_resolution
leadership planning customer_focus""".split()
ANSWER = (
    "Last spring a colleague fell behind with the release. I sat down with her — for two evenings 🙂 — "
    "and wrote the checklist with her, and in the end she shipped on time."
)
Write = Callable[..., Path]


def transcript(session_id: str = "s1", **changes: Any) -> dict[str, Any]:
    question = {
        "id": "t1",
        "speaker": "aila",
        "kind": "question",
        "question_id": "q1",
        "criteria": ["teamwork"],
    }
    answer = {"id": "t2", "speaker": "candidate", "kind": "answer", "question_id": "q1", "text": ANSWER}
    return {
        "schema": "aila.transcript/1",
        "session_id": session_id,
        "bank": {"id": "behavioural", "version": "1.0.0"},
        "locale": "en",
        "turns": [
            question | {"text": "Tell me about helping somebody.", "start": 0.0, "end": 4.0},
            answer | {"start": 5.0, "end": 65.0},
        ],
    } | changes


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a transcript, or any text, as a file of the name given."""

    def write_file(name: str, content: dict[str, Any] | str | bytes) -> Path:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content, indent=1)
            path.write_text(text, encoding="utf-8")
        return path

    return write_file


def score(*arguments: object, data: Path) -> Any:
    return CliRunner().invoke(app, ["score", *map(str, arguments), "--data", str(data)])


def test_one_object_a_line_in_the_order_of_the_files(write: Write, tmp_path: Path) -> None:
    paths = [write(f"{name}.json", transcript(f"session-{name}")) for name in ("c", "a", "b", "a")]
    result = score("--json", *paths, data=tmp_path)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    scored = [json.loads(line) for line in lines]
    assert [one["session_id"] for one in scored] == ["session-c", "session-a", "session-b", "session-a"]
    assert lines[1] == lines[3]
    for one in scored:
        assert one["schema"] == "aila.scores/1"
        assert one["calibrated"] is False
        assert one["rubric"]["id"] == "behavioural"
        assert one["provenance"].startswith("sha256:")
        assert [criterion["id"] for criterion in one["criteria"]] == CRITERIA
        for criterion in one["criteria"]:
            assert_as_agreed(criterion)


def assert_as_agreed(criterion: dict[str, Any]) -> None:
    if criterion["abstained"]:
        assert criterion["score"] is None and criterion["interval"] is None and criterion["reason"]
    else:
        low, high = criterion["interval"]
        assert 0 <= low <= criterion["score"] <= high <= 3
    for indicator in criterion["indicators"]:
        assert indicator["value"] in ("no", "yes", "medium", "high")
        for evidence in indicator["evidence"]:
            assert evidence["turn"] == "t2"
            assert evidence["quote"] == ANSWER[evidence["start"] : evidence["end"]] != ""


SAME_NAME = transcript(turns=transcript()["turns"][1:] * 2)
BAD = {
    "nothing": ("", "1:1: not valid JSON; expected an aila.transcript/1 object"),
    "cut": ('{"schema": "aila.transcript/1",\n "turns": [', "not valid JSON"),
    "list": ("[]", '1: expected an object with "schema": "aila.transcript/1"'),
    "other_schema": (transcript(schema="aila.transcript/2"), 'expected an object with "schema"'),
    "no_turns": ({k: v for k, v in transcript().items() if k != "turns"}, "turns: Field required"),
    "unknown_field": (transcript(mood="good"), "mood: Extra inputs are not permitted"),
    "not_text": (b"\xff\xfe{\0}\0", "the file is not UTF-8 text"),
    "deep": ("[" * 200_000, "not valid JSON: nested too deeply"),
    "half_a_character": (transcript("\ud83d"), "session_id: Value error, holds half of a character"),
    "same_name": (SAME_NAME, "turn ids must be unique, repeated: t2"),
    "too_large": (b" " * (MAX_TRANSCRIPT_BYTES + 1), f"larger than {MAX_TRANSCRIPT_BYTES} bytes"),
}


def test_bad_files_are_named_and_the_others_are_still_scored(write: Write, tmp_path: Path) -> None:
    bad = {write(f"{fault}.json", content): said for fault, (content, said) in BAD.items()}
    bad |= {
        tmp_path / "none.json": " the file cannot be read: No such file or directory",
        tmp_path: " the file cannot be read: Is a directory",
    }
    first, last = write("first.json", transcript("one")), write("last.json", transcript("two"))
    result = score("--json", first, *bad, last, data=tmp_path)
    assert result.exit_code == 2
    assert [json.loads(line)["session_id"] for line in result.stdout.splitlines()] == ["one", "two"]
    messages = result.stderr.splitlines()
    assert len(messages) == len(bad)
    for message, (path, said) in zip(messages, bad.items(), strict=True):
        assert message.startswith(f"aila score: {path}:")
        assert said in message


TURN_FAULTS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"kind": "sermon"}, "turns.1.kind: Input should be 'greeting', 'guideline'"),
    ({"speaker": "narrator"}, "turns.1.speaker: Input should be 'aila' or 'candidate'"),
    ({"start": -1}, "turns.1.start: Input should be greater than or equal to 0"),
    ({"start": "soon"}, "turns.1.start: Input should be a valid number"),
    ({"end": float("nan")}, "turns.1.end: Input should be a finite number"),
    ({"text": None}, "turns.1.text: Input should be a valid string"),
    ({"colour": "red"}, "turns.1.colour: Extra inputs are not permitted"),
    (
        {"words": [{"text": "a", "start": 0, "end": 1, "probability": 1.5}]},
        "turns.1.words.0.probability: Input should be less than or equal to 1",
    ),
)


def test_a_fault_in_a_turn_is_named_with_the_line_of_the_turn(write: Write, tmp_path: Path) -> None:
    expected = []
    for number, (changes, said) in enumerate(TURN_FAULTS):
        content = transcript()
        content["turns"][1] |= changes
        path = write(f"{number}.json", content)
        lines = path.read_text().splitlines()
        line = len(lines) - lines[::-1].index("  {")
        expected.append((path, f"aila score: {path}:{line}: {said}"))
    result = score("--json", *(path for path, _ in expected), data=tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    for message, (_, begins) in zip(result.stderr.splitlines(), expected, strict=True):
        assert message.startswith(begins)


def test_an_interview_without_answers_is_scored_and_abstains(write: Write, tmp_path: Path) -> None:
    empty, silent = transcript(turns=[]), transcript(turns=transcript()["turns"][:1])
    result = score("--json", write("empty.json", empty), write("silent.json", silent), data=tmp_path)
    assert result.exit_code == 0
    for line in result.stdout.splitlines():
        criteria = json.loads(line)["criteria"]
        assert [criterion["id"] for criterion in criteria] == CRITERIA
        for criterion in criteria:
            assert criterion["abstained"] is True
            assert_as_agreed(criterion)


def test_without_json_people_can_read_it(write: Write, tmp_path: Path) -> None:
    path = write("one.json", transcript("s-42"))
    result = score(path, data=tmp_path)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{path}: session s-42, rubric behavioural ")
    assert "uncalibrated" in result.stdout
    assert "leadership           not scored: " in result.stdout


def test_rubrics_of_ones_own_are_found_and_unknown_ones_refused(write: Write, tmp_path: Path) -> None:
    (tmp_path / "rubrics").mkdir()
    own = (SHIPPED_RUBRICS / "behavioural-1.0.0.yaml").read_text(encoding="utf-8")
    (tmp_path / "rubrics" / "ours.yaml").write_text(
        own.replace("id: behavioural", "id: ours", 1), encoding="utf-8"
    )
    path = write("one.json", transcript())
    result = score("--json", "--rubric", "ours@1.0.0", path, data=tmp_path)
    assert json.loads(result.stdout)["rubric"] == {"id": "ours", "version": "1.0.0"}
    result = score("--json", "--rubric", "ours@2.0.0", path, data=tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no rubric 'ours' 2.0.0; known: behavioural 1.0.0" in result.stderr


def test_the_installed_command_reads_standard_input_and_writes_utf_8(tmp_path: Path) -> None:
    content = transcript("Zoë")
    command = [str(Path(sys.executable).with_name("aila")), "score", "--json", "/dev/stdin"]
    environment = os.environ | {"AILA_DATA": str(tmp_path), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        command, input=json.dumps(content).encode(), env=environment, capture_output=True, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["session_id"] == "Zoë"
    assert done.stdout.endswith(b"}\n") and done.stdout.count(b"\n") == 1
    assert not list(tmp_path.iterdir())


def test_no_file_at_all_is_a_mistake(tmp_path: Path) -> None:
    result = score("--json", data=tmp_path)
    assert result.exit_code == 2
    assert "Missing argument" in result.stderr
