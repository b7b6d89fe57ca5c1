"""Reads YAML that people write: without aliases or tags, without surprises, with the place of every fault."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
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
from question_bank.fault_wording import explained, place, worst
from question_bank.text_file import read_utf8

MAX_FILE_BYTES = 1024 * 1024
MAX_DEPTH = 16
"""Twice of what banks and rubrics need."""
MAX_VALUES = 30_000
"""Seven times of what the largest shipped rubric has."""
Model = TypeVar("Model", bound=BaseModel)
Location = tuple[int | str, ...]


def read_text(path: Path, fault: type[FileFault]) -> str:
    """Return the UTF-8 text of a file of reasonable size; raises ``fault``."""
    return read_utf8(path, fault, MAX_FILE_BYTES)


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
        first = worst(error.errors(include_url=False))
        line, column = _position(tree, first["loc"])
        where = place(first["loc"], "the file")
        more = f"; and {error.error_count() - 1} more" if error.error_count() > 1 else ""
        raise fault(f"{where}: {explained(first, model)}{more}", path, line, column) from error


def places(content: str, path: Path, fault: type[FileFault]) -> Callable[[Location], tuple[int, int]]:
    """Return what finds line and column (from 1) of a place in YAML, by names and indices."""
    tree = _parse(content, path, fault)
    return lambda location: _position(tree, location)


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
    for values, event in enumerate(YAML(typ="rt", pure=True).parse(content)):
        refused = None
        if values > MAX_VALUES:
            refused = f"more than {MAX_VALUES:,} names and values"
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
