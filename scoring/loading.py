"""Reads rubric and transcript files and says where they are wrong."""

import json
from pathlib import Path

from pydantic import ValidationError

from question_bank.yaml_file import parse_model, read_text
from records.transcript import Transcript
from scoring.errors import RubricError, TranscriptError
from scoring.rubric import Rubric

MAX_TRANSCRIPT_BYTES = 20 * 1024 * 1024


def load_rubric_file(path: Path) -> Rubric:
    """Return the rubric in ``path``; raises RubricError with file, line and column."""
    return parse_model(read_text(path, RubricError), path, Rubric, RubricError)


def load_transcript_file(path: Path) -> Transcript:
    """Return the transcript in ``path``.

    Raises
    ------
    TranscriptError
        If the file is unreadable, no JSON, or no ``aila.transcript/1``; says where.
    """
    try:
        if path.stat().st_size > MAX_TRANSCRIPT_BYTES:
            raise TranscriptError(f"the file is larger than {MAX_TRANSCRIPT_BYTES} bytes", path)
        content = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TranscriptError("the file is not UTF-8 text", path) from error
    except OSError as error:
        raise TranscriptError(f"the file cannot be read: {error.strerror}", path) from error
    try:
        tree = json.loads(content)
    except ValueError as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        raise TranscriptError(
            "not valid JSON; expected an aila.transcript/1 object", path, line, column
        ) from error
    except RecursionError as error:
        raise TranscriptError("not valid JSON: nested too deeply", path) from error
    if not isinstance(tree, dict) or tree.get("schema") != "aila.transcript/1":
        raise TranscriptError('expected an object with "schema": "aila.transcript/1"', path, 1)
    try:
        return Transcript.model_validate(tree)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the transcript"
        line = _line_of(content, first["loc"])
        more = f"; and {error.error_count() - 1} more" if error.error_count() > 1 else ""
        raise TranscriptError(f"{where}: {first['msg']}{more}", path, line) from error


def _line_of(content: str, location: tuple[int | str, ...]) -> int | None:
    """Return the line of the named place: the n-th turn, by the n-th "speaker" or id in the text."""
    if len(location) < 2 or location[0] != "turns" or not isinstance(location[1], int):
        return None
    decoder, position = json.JSONDecoder(), content.find("[", content.find('"turns"'))
    for _ in range(location[1] + 1):
        position = content.find("{", position + 1)
        if position < 0:
            return None
        start = position
        _, position = decoder.raw_decode(content, position)
    return content.count("\n", 0, start) + 1
