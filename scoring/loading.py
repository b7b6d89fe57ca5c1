"""Reads rubric and transcript files and says where they are wrong."""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from question_bank.fault_wording import explained, place, printable, worst
from question_bank.text_file import read_utf8
from question_bank.yaml_file import parse_model, read_text
from records.transcript import Transcript
from scoring.errors import RubricError, TranscriptError
from scoring.json_places import line_and_column, offset_of, repeated_name
from scoring.prepared import tree_of
from scoring.rubric import Rubric
from scoring.transcript_faults import Remark, doubts, fault

MAX_TRANSCRIPT_BYTES = 20 * 1024 * 1024
FORMAT = "aila.transcript/1"


def load_rubric_file(path: Path) -> Rubric:
    """Return the rubric in ``path``; raises RubricError with file, line and column."""
    content = read_text(path, RubricError)
    tree = tree_of(content)
    return parse_model(content, path, Rubric, RubricError) if tree is None else Rubric.model_validate(tree)


def load_transcript_file(path: Path, rubric: Rubric | None = None) -> tuple[Transcript, list[str]]:
    """Return the transcript in ``path``, and what is doubtful in it without being wrong.

    A doubt is one line that begins with file and line: times that contradict each other (no score depends on
    them), or, with a ``rubric``, a criterion that it does not have.

    Raises
    ------
    TranscriptError
        If the file is unreadable, no JSON, no ``aila.transcript/1``, contradicts itself or is too long; says
        where.
    """
    content = read_utf8(path, TranscriptError, MAX_TRANSCRIPT_BYTES)
    tree = _tree(content, path)
    if not isinstance(tree, dict):
        raise TranscriptError(f'expected an object with "schema": "{FORMAT}"', path, *_at(content, ()))
    if tree.get("schema") != FORMAT:
        got = f" (got {json.dumps(tree['schema'])[:60]})" if "schema" in tree else ""
        raise TranscriptError(
            f'expected an object with "schema": "{FORMAT}"{got}', path, *_at(content, ("schema",))
        )
    try:
        transcript = Transcript.model_validate(tree)
    except ValidationError as error:
        first = worst(error.errors(include_url=False))
        location = first["loc"]
        if first["type"] == "repeated_turn_id":
            location = ("turns", first["ctx"]["place"], "id")
        where = place(location, "the transcript")
        more = f"; and {error.error_count() - 1} more" if error.error_count() > 1 else ""
        raise TranscriptError(
            f"{where}: {explained(first, Transcript)}{more}", path, *_at(content, location)
        ) from error
    wrong = fault(transcript)
    if wrong is not None:
        raise TranscriptError(wrong.message, path, *_at(content, wrong.location))
    return transcript, [_line(doubt, content, path) for doubt in doubts(transcript, rubric)]


def _tree(content: str, path: Path) -> Any:
    if not content.strip():
        raise TranscriptError("the file is empty", path, 1)
    try:
        tree = json.loads(content, object_pairs_hook=_object)
    except _Repeated:
        name, offset = repeated_name(content) or ("", 0)
        message = f"the field {printable(name)} is given twice"
        raise TranscriptError(message, path, *line_and_column(content, offset)) from None
    except json.JSONDecodeError as error:
        reason = error.msg[:1].lower() + error.msg[1:].removesuffix(" at").removesuffix(" starting")
        message = f"not valid JSON: {reason}; expected an {FORMAT} object"
        raise TranscriptError(message, path, error.lineno, error.colno) from error
    except ValueError as error:
        raise TranscriptError("not valid JSON: a number has too many digits", path) from error
    except RecursionError as error:
        raise TranscriptError("not valid JSON: nested too deeply", path) from error
    return tree


class _Repeated(Exception):
    """An object has a name twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _Repeated
    return made


def _at(content: str, location: tuple[int | str, ...]) -> tuple[int, int]:
    return line_and_column(content, offset_of(content, location))


def _line(doubt: Remark, content: str, path: Path) -> str:
    line, column = _at(content, doubt.location)
    return f"{path}:{line}:{column}: {doubt.message}"
