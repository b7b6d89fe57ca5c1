"""Reads what an audit is given as files: scores, and groups as CSV."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from records.group_categories import PREFER_NOT_TO_SAY, RaceEthnicity, Sex
from scoring.errors import AuditFileError
from scoring.result import Scores

MAX_BYTES = 500 * 1024 * 1024
_UNKNOWN = ("", PREFER_NOT_TO_SAY, "unknown")
GROUP_COLUMNS = ("session_id", "sex", "race_ethnicity")
_ALLOWED: dict[str, tuple[str, ...]] = {"sex": get_args(Sex), "race_ethnicity": get_args(RaceEthnicity)}


@dataclass(frozen=True, slots=True)
class Groups:
    """Session id → group, of those who gave one."""

    sex: dict[str, str]
    race_ethnicity: dict[str, str]


def load_scores(paths: Sequence[Path]) -> dict[str, Scores]:
    """Return session id → scores of files as ``aila score --json`` prints them, one object a line.

    Raises
    ------
    AuditFileError
        With file and line of what is no ``aila.scores/1``, or of an interview that is there twice.
    """
    found: dict[str, Scores] = {}
    for path in paths:
        for number, line in enumerate(_text(path).splitlines(), start=1):
            if not line.strip():
                continue
            scores = _scores(line, path, number)
            if scores.session_id in found:
                raise AuditFileError(f"session {scores.session_id!r} is there twice", path, number)
            found[scores.session_id] = scores
    return found


def load_groups(path: Path) -> Groups:
    """Return the groups in a CSV file with the columns session_id, sex and race_ethnicity.

    An empty cell, ``unknown`` and ``prefer_not_to_say`` are unknown.

    Raises
    ------
    AuditFileError
        With file and line of a missing column, an unknown category, or a session that is there twice.
    """
    rows = csv.DictReader(_text(path).splitlines())
    missing = [name for name in GROUP_COLUMNS if name not in (rows.fieldnames or [])]
    if missing:
        raise AuditFileError(
            f"the column {missing[0]!r} is missing; expected session_id, sex, race_ethnicity", path, 1
        )
    groups, seen = Groups({}, {}), set()
    try:
        for row in rows:
            session_id = (row["session_id"] or "").strip()
            if not session_id or session_id in seen:
                problem = f"session {session_id!r} is there twice" if session_id else "session_id is empty"
                raise AuditFileError(problem, path, rows.line_num)
            seen.add(session_id)
            for name, answers in (("sex", groups.sex), ("race_ethnicity", groups.race_ethnicity)):
                value = (row[name] or "").strip().lower()
                if value in _UNKNOWN:
                    continue
                if value not in _ALLOWED[name]:
                    expected = ", ".join(_ALLOWED[name])
                    raise AuditFileError(
                        f"{name} {value[:40]!r} is unknown; expected one of {expected}", path, rows.line_num
                    )
                answers[session_id] = value
    except csv.Error as error:
        raise AuditFileError(f"not valid CSV: {error}", path, rows.line_num) from error
    return groups


def _scores(line: str, path: Path, number: int) -> Scores:
    try:
        content = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise AuditFileError(
            "not valid JSON; expected one aila.scores/1 object a line", path, number
        ) from error
    if not isinstance(content, dict) or content.get("schema") != "aila.scores/1":
        raise AuditFileError('expected an object with "schema": "aila.scores/1"', path, number)
    try:
        return Scores.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise AuditFileError(f"{where}: {first['msg']}", path, number) from error


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise AuditFileError(f"the file is larger than {MAX_BYTES} bytes", path)
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise AuditFileError("the file is not UTF-8 text", path) from error
    except OSError as error:
        raise AuditFileError(f"the file cannot be read: {error.strerror}", path) from error
