"""``aila score``: its format and what it does with files that are not what they should be."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from scoring.library import SHIPPED_RUBRICS
from scoring.loading import MAX_TRANSCRIPT_BYTES
from scoring.panel.calibration import GRID
from scoring.transcript_faults import MAX_TURN_WORDS

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
    "nothing": (" \n", "1: the file is empty"),
    "cut": ('{"schema": "aila.transcript/1",\n "turns": [', "not valid JSON"),
    "list": ("[]", '1:1: expected an object with "schema": "aila.transcript/1"'),
    "other_schema": (
        transcript(schema="aila.transcript/2"),
        ':2:12: expected an object with "schema": "aila.transcript/1" (got "aila.transcript/2")',
    ),
    "no_turns": (
        {k: v for k, v in transcript().items() if k != "turns"},
        "1:1: turns: this field is missing",
    ),
    "unknown_field": (transcript(mood="good"), "mood: unknown field; expected one of schema, session_id,"),
    "not_text": (b'{\n"schema": "caf\xe9"}', ":2: the file is not UTF-8 text"),
    "utf_16": (json.dumps(transcript()).encode("utf-16"), ":1: the file is UTF-16 text; save it as UTF-8"),
    "control_character": ('{"schema":\n "a\x01"}', ":2:4: not valid JSON: invalid control character"),
    "twice": ('{"turns": [],\n"turns": [{"id": 1}]}', ":2:1: the field turns is given twice"),
    "digits": ('{"turns": ' + "9" * 5000 + "}", "a number has too many digits"),
    "steering": ('{"schema": "aila.transcript/1", "\\u001b[2J": 1}', ": \\x1b[2J: unknown field"),
    "deep": ("[" * 200_000, "not valid JSON: nested too deeply"),
    "half_a_character": (transcript("\ud83d"), "session_id: holds half of a character"),
    "same_name": (SAME_NAME, "turn ids must be unique, repeated: t2"),
    "too_large": (b" " * (MAX_TRANSCRIPT_BYTES + 1), "too large: at most 20 MiB are read"),
}


def test_bad_files_are_named_and_the_others_are_still_scored(write: Write, tmp_path: Path) -> None:
    bad = {write(f"{fault}.json", content): said for fault, (content, said) in BAD.items()}
    bad |= {
        tmp_path / "none.json": " the file cannot be read: No such file or directory",
        tmp_path: " this is a folder; name the files in it",
        tmp_path / "pipe": " this is a named pipe; write to a file first, or give /dev/stdin",
        Path("/dev/zero"): " this is a device or a socket, not a file",
    }
    os.mkfifo(tmp_path / "pipe")
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
    ({"kind": "sermon"}, "turns.1.kind: expected 'greeting', 'guideline'"),
    ({"speaker": "narrator"}, "turns.1.speaker: expected 'aila' or 'candidate' (got 'narrator')"),
    ({"start": -1}, "turns.1.start: expected at least 0 (got -1)"),
    ({"start": "soon"}, "turns.1.start: expected a number (got 'soon')"),
    ({"end": float("nan")}, "turns.1.end: expected a finite number (got nan)"),
    ({"text": None}, "turns.1.text: expected text (got null)"),
    ({"colour": "red"}, "turns.1.colour: unknown field; expected one of id, speaker"),
    (
        {"words": [{"text": "a", "start": 0, "end": 1, "probability": 1.5}]},
        "turns.1.words.0.probability: expected at most 1 (got 1.5)",
    ),
    ({"id": "t1"}, "turns.1.id: turn ids must be unique, repeated: t1"),
    ({"kind": "greeting"}, "no turn of the candidate's has the kind greeting"),
    ({"question_id": "q9"}, 'no turn of Aila\'s has the question_id that this answer names ("q9")'),
    ({"end": 4.0}, "the turn ends at 4 s, before it starts"),
    ({"words": [{"text": "a", "start": 6, "end": 5}]}, "the word ends at 5 s, before it starts"),
    ({"text": "word " * (MAX_TURN_WORDS + 1)}, "the turn has 20,001 words; at most 20,000 are scored"),
    ({"text": "w" * 200_001}, "the turn has 200,001 characters; at most 200,000 are scored"),
)


def line_of_last(path: Path, field: str) -> int:
    lines = path.read_text().splitlines()
    return max(number for number, line in enumerate(lines, 1) if line.strip().startswith(f'"{field}"'))


def test_a_fault_in_a_turn_is_named_with_its_line(write: Write, tmp_path: Path) -> None:
    expected = []
    for number, (changes, said) in enumerate(TURN_FAULTS):
        content = transcript()
        content["turns"][1] |= changes
        path = write(f"{number}.json", content)
        [field] = changes
        line = line_of_last(
            path, {"words": "probability" if "probability" in said else "end"}.get(field, field)
        )
        expected.append((f"aila score: {path}:{line}:", said))
    result = score("--json", *(begins.split(":")[1].strip() for begins, _ in expected), data=tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    for message, (begins, said) in zip(result.stderr.splitlines(), expected, strict=True):
        assert message.startswith(begins)
        assert said in message


DOUBTS: tuple[tuple[dict[str, Any], dict[str, Any], str], ...] = (
    ({"criteria": ["teamwork", "curiosity"]}, {}, 'does not have this criterion ("curiosity")'),
    ({}, {"question_id": None}, "the answer names no question_id: it counts for no question"),
    ({}, {"words": [{"text": "a", "start": 1, "end": 2}]}, "1 of the turn's 1 words lie outside its times"),
    ({"speaker": "candidate", "kind": "control"}, {"start": 2, "question_id": None}, "starts at 2 s, before"),
)


def test_what_is_doubtful_is_said_and_does_not_touch_the_scores(write: Write, tmp_path: Path) -> None:
    for number, (of_question, of_answer, said) in enumerate(DOUBTS):
        content = transcript()
        content["turns"][0] |= of_question
        content["turns"][1] |= of_answer
        path = write(f"{number}.json", content)
        result = score("--json", path, data=tmp_path)
        assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
        assert result.stderr.startswith(f"aila score: warning: {path}:")
        assert said in result.stderr


def test_a_calibration_file_brings_scores_onto_its_scale_and_keeps_the_raw_ones(
    write: Write, tmp_path: Path
) -> None:
    path = write("a.json", transcript())
    raw = json.loads(score("--json", path, data=tmp_path).stdout)
    calibration = halving_calibration(raw["rubric"], raw["scorer_version"])
    scale = write("calibration.json", calibration)
    result = score("--json", path, "--calibration", scale, data=tmp_path)
    found = json.loads(result.stdout)
    for before, after in zip(raw["criteria"], found["criteria"], strict=True):
        if before["abstained"]:
            assert after == before
            continue
        assert after["score"] == pytest.approx(before["score"] / 2, abs=0.0051)
        assert after["raw"] == {"score": before["score"], "interval": before["interval"]}
        assert after["indicators"] == before["indicators"]
    assert (found["calibrated"], raw["calibrated"]) == (True, False)
    assert found["calibration"] == {"id": calibration["id"], "raw_provenance": raw["provenance"]}
    assert score(path, "--calibration", scale, data=tmp_path).stdout.count(f"{calibration['id']}\n") == 1
    other = write("other.json", calibration | {"scorer_version": "0.0.1"})
    refused = score("--json", path, "--calibration", other, data=tmp_path)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"{path}: calibration {calibration['id']} was made for version 0.0.1" in refused.stderr
    bad = score("--json", path, "--calibration", path, data=tmp_path)
    assert (bad.exit_code, bad.stdout) == (2, "") and f"aila score: {path}: " in bad.stderr


def halving_calibration(rubric: dict[str, str], scorer_version: str) -> dict[str, Any]:
    """Return a calibration of all criteria to half of their raw scores."""
    half = [round(raw / 2, 3) for raw in GRID]
    table = {
        "interviews": 60,
        "raters": 3,
        "score": half,
        "low": [0.0] * len(GRID),
        "high": [3.0] * len(GRID),
        "typical_half_width": 3.0,
        "coverage": {"nominal": 0.9, "measured": 0.9, "interval": [0.8, 0.96], "interviews": 60},
        "error_raw": 1.0,
        "error_calibrated": 0.5,
    }
    return {
        "schema": "aila.calibration/1",
        "id": "cal-0123456789ab",
        "rubric": rubric,
        "scorer_version": scorer_version,
        "made_at": "2026-01-02T00:00:00Z",
        "data_hash": "sha256:" + "0" * 64,
        "interviews": 60,
        "raters": 3,
        "ratings": 120,
        "panel_alpha": 0.8,
        "method": "written for a test",
        "criteria": dict.fromkeys(CRITERIA, table),
    }


def test_ones_own_question_ids_and_a_byte_order_mark_are_welcome(write: Write, tmp_path: Path) -> None:
    content = transcript()
    for turn in content["turns"]:
        turn["question_id"] = "own-17"
    plain = score("--json", write("plain.json", transcript()), data=tmp_path)
    own = score("--json", write("own.json", "\ufeff" + json.dumps(content)), data=tmp_path)
    assert (own.exit_code, own.stderr) == (0, "")
    assert json.loads(own.stdout)["criteria"] == json.loads(plain.stdout)["criteria"]


def test_several_processes_print_the_same_bytes_in_the_same_order(write: Write, tmp_path: Path) -> None:
    paths = [write(f"{n}.json", transcript(f"session-{n}") if n != 1 else "{") for n in range(4)]
    alone = score("--json", *paths, data=tmp_path)
    together = score("--json", "--workers", 2, *paths, data=tmp_path)
    assert (together.exit_code, together.stdout, together.stderr) == (2, alone.stdout, alone.stderr)
    assert alone.stdout.count("\n") == 3


def test_ctrl_c_leaves_whole_lines_and_says_how_many_files_are_left(write: Write, tmp_path: Path) -> None:
    path = write("one.json", transcript())
    command = [sys.executable, "-m", "cli.main", "score", "--json", "--workers", "2", *[str(path)] * 1000]
    environment = os.environ | {"AILA_DATA": str(tmp_path)}
    # Without a buffer: communicate() would not see what readline() has read ahead.
    with subprocess.Popen(
        command,
        bufsize=0,
        stdout=PIPE,
        stderr=PIPE,
        env=environment,
        start_new_session=True,
        # What was started in the background would ignore it.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as scoring:
        assert scoring.stdout is not None
        first = scoring.stdout.readline()
        os.killpg(scoring.pid, signal.SIGINT)  # As a terminal does it: to every process.
        printed, said = scoring.communicate(timeout=120)
    lines = [first, *printed.splitlines(keepends=True)]
    assert (scoring.returncode, set(lines)) == (130, {first})
    assert json.loads(first)["session_id"] == "s1"
    left = 1000 - len(lines)
    assert left > 0
    assert said.decode() == f"aila score: stopped; the last {left} of the 1000 files were not scored\n"


def test_what_a_candidate_said_cannot_steer_the_terminal(write: Write, tmp_path: Path) -> None:
    content = transcript("s\x1b[2J")
    content["turns"][1]["text"] = ANSWER.replace("release", "release\x1b[31m")
    result = score(write("one.json", content), data=tmp_path)
    assert result.exit_code == 0 and "\x1b" not in result.stdout
    assert "session s\\x1b[2J" in result.stdout


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
