"""Reads YAML that people write: without aliases or tags, without surprises, with the place of every fault."""

import hashlib
import json
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    ScalarEvent,
)
from ruamel.yaml.reader import ReaderError

from question_bank.errors import FileFault

MAX_FILE_BYTES = 1024 * 1024
MAX_DEPTH = 16
"""Twice of what banks and rubrics need."""
Model = TypeVar("Model", bound=BaseModel)


def read_text(path: Path, fault: type[FileFault]) -> str:
    """Return the UTF-8 text of a file of reasonable size; raises ``fault``."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise fault(f"the file has {size} bytes; at most {MAX_FILE_BYTES} are read", path)
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise fault("the file is not UTF-8 text; save it as UTF-8", path) from error
    except OSError as error:
        raise fault(f"the file cannot be read: {error.strerror}", path) from error


def parse_model(content: str, path: Path, model: type[Model], fault: type[FileFault]) -> Model:
    """Return ``model`` filled from YAML; ``path`` is only named in faults.

    Raises
    ------
    FileFault
        Of the given kind, with line and column of the first fault and what is expected there.
    """
    tree = _parse(content, path, fault)
    if not isinstance(tree, dict):
        raise fault("expected a mapping of fields (schema, id, version, ...)", path, 1)
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        # A misspelt field is also a missing one: what is there and wrong is more use than what is not.
        first = min(error.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden")
        line, column = _position(tree, first["loc"])
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        more = f"; and {error.error_count() - 1} more" if error.error_count() > 1 else ""
        raise fault(f"{where}: {_explained(first, model)}{more}", path, line, column) from error


def canonical_hash(model: BaseModel) -> str:
    """Return ``sha256:…`` over the content in canonical JSON: layout and comments do not count."""
    canonical = json.dumps(model.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False)
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def version_order(version: str) -> tuple[int, ...]:
    """Return a key that sorts semantic versions."""
    return tuple(int(part) for part in version.split("."))


def _parse(content: str, path: Path, fault: type[FileFault]) -> Any:
    try:
        _check_events(content, path, fault)
        return YAML(typ="rt", pure=True).load(content)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise fault(f"not valid YAML: {error.problem or error.context}", path, line, column) from error
    except ReaderError as error:
        line = content.count("\n", 0, error.position) + 1
        raise fault(
            f"not valid YAML: the character {error.character:#06x} is not text", path, line
        ) from error
    except (YAMLError, RecursionError, ValueError) as error:
        raise fault(f"not valid YAML: {error or type(error).__name__}", path) from error


def _check_events(content: str, path: Path, fault: type[FileFault]) -> None:
    """Refuse, before anything is built, what lets a small file grow or run without bound."""
    depth = 0
    for event in YAML(typ="rt", pure=True).parse(content):
        refused = None
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                refused = f"nested more than {MAX_DEPTH} deep"
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        elif isinstance(event, AliasEvent):
            refused = "aliases (*name) are not allowed; write it out"
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
            refused = f"tags ({event.tag}) are not allowed; write the value alone"
        if refused is not None:
            raise fault(refused, path, event.start_mark.line + 1, event.start_mark.column + 1)


def _explained(error: ErrorDetails, model: type[BaseModel]) -> str:
    """Return what is wrong, and what is expected instead."""
    got = f" (got {_short(error['input'])})"
    match error["type"]:
        case "missing":
            return "this field is missing"
        case "extra_forbidden":
            known = _fields_at(model, error["loc"][:-1])
            return f"unknown field; expected one of {', '.join(known)}" if known else "unknown field"
        case "tuple_type":
            return f"expected a list{got}"
        case "model_type" | "model_attributes_type":
            return f"expected a mapping of fields{got}"
    return error["msg"] + got


def _fields_at(annotation: Any, location: tuple[int | str, ...]) -> list[str]:
    """Return the fields of the model that ``location`` leads to; none if it cannot be told."""
    for part in location:
        models = _models_in(annotation)
        if isinstance(part, int):
            continue  # a place in a list: its annotation names the same model
        fields = [model.model_fields[part] for model in models if part in model.model_fields]
        if not fields:
            return []
        annotation = fields[0].annotation
    found = _models_in(annotation)
    return [field.alias or name for name, field in found[0].model_fields.items()] if len(found) == 1 else []


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models_in(argument)]


def _position(tree: Any, location: tuple[int | str, ...]) -> tuple[int, int]:
    """Return line and column (from 1) of the deepest part of ``location`` that is in the file."""
    node, line, column = tree, 1, 1
    for part in location:
        try:
            key = (
                next((k for k in node if part in (str(k), repr(k))), part) if isinstance(part, str) else part
            )
            mark = node.lc.value(key) if isinstance(part, str) else node.lc.item(key)
            node = node[key]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
        line, column = mark[0] + 1, mark[1] + 1
    return line, column


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"
