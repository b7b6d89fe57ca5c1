"""Writes docs/schemas: JSON Schemas of the formats that other programs read and write, from the models."""

import argparse
import json
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from agent.cues import AilaMessage, ControlMessage
from question_bank.bank import Bank
from records.events import event_adapter
from records.transcript import Transcript
from scoring.audit.report_format import AuditReport
from scoring.explanation_format import Explanation
from scoring.panel.calibration import Calibration
from scoring.result import Scores
from scoring.rubric import Rubric

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
Direction = Literal["read", "written"]
"""``read``: a file that people or programs give to Aila, in which an unknown field is an error;
``written``: what Aila gives out, which may gain fields within a version."""
FORMATS: dict[str, tuple[str, str, Direction, TypeAdapter[Any]]] = {
    "transcript": (
        "aila.transcript/1",
        "An interview, as scored. Times are seconds from the start of the recording.",
        "read",
        TypeAdapter(Transcript),
    ),
    "bank": ("aila.bank/1", "A question bank, as JSON or YAML.", "read", TypeAdapter(Bank)),
    "rubric": ("aila.rubric/1", "A rubric, as JSON or YAML.", "read", TypeAdapter(Rubric)),
    "calibration": (
        "aila.calibration/1",
        "From raw scores to a panel's scale; `aila panel export` writes it, `aila score` reads it.",
        "read",
        TypeAdapter(Calibration),
    ),
    "controls": (
        "aila.control",
        "What the candidate's buttons send on the LiveKit data topic aila.control.",
        "read",
        TypeAdapter(ControlMessage),
    ),
    "scores": (
        "aila.scores/1",
        "The scores of one transcript; one object a line in what `aila score --json` prints.",
        "written",
        TypeAdapter(Scores),
    ),
    "explanation": (
        "aila.explanation/1",
        "How one criterion's score comes about, as `aila score --explain CRITERION --json` prints it.",
        "written",
        TypeAdapter(Explanation),
    ),
    "audit": (
        "aila.audit/1",
        "What a serious system reports about its scores, as `aila audit --json` prints it.",
        "written",
        TypeAdapter(AuditReport),
    ),
    "cues": (
        "aila.cue",
        "What Aila sends on the LiveKit data topic aila.cue.",
        "written",
        TypeAdapter(AilaMessage),
    ),
    "events": (
        "aila.event/1",
        "One event of an interview's record. Times are seconds since the session's first start.",
        "written",
        event_adapter,
    ),
}
TAGS = ("schema", "type")
"""Fields that say what an object is: always there, although the models have a default for them."""


class _Untitled(GenerateJsonSchema):
    """Without a title for each field that only repeats its name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema_text(name: str) -> str:
    """Return the schema of the format ``name`` as it is committed."""
    title, description, direction, adapter = FORMATS[name]
    mode: Literal["validation", "serialization"] = "validation" if direction == "read" else "serialization"
    schema = adapter.json_schema(by_alias=True, mode=mode, schema_generator=_Untitled)
    schema = _finished(schema, may_grow=direction == "written")
    schema = {"$schema": DIALECT} | schema | {"title": title, "description": description}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _finished(schema: Any, *, may_grow: bool) -> Any:
    """Return ``schema`` with its tags required and, if it ``may_grow``, with room for fields to come."""
    if isinstance(schema, list):
        return [_finished(part, may_grow=may_grow) for part in schema]
    if not isinstance(schema, dict):
        return schema
    finished = {key: _finished(part, may_grow=may_grow) for key, part in schema.items()}
    if may_grow and finished.get("additionalProperties") is False:
        del finished["additionalProperties"]
    properties = finished.get("properties", {})
    tags = [tag for tag in TAGS if isinstance(properties.get(tag), dict) and "const" in properties[tag]]
    if tags:
        finished["required"] = [*tags, *(name for name in finished.get("required", []) if name not in tags)]
    return finished


def main() -> None:
    """Write the schemas, or with ``--check`` fail if a committed one is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a file is stale")
    check = parser.parse_args().check
    for name in FORMATS:
        path, text = FOLDER / f"{name}.json", schema_text(name)
        if not check:
            FOLDER.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise SystemExit(f"docs/schemas/{path.name} is stale: run make docs")


if __name__ == "__main__":
    main()
