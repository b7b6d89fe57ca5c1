"""Reads YAML that people write: without aliases, without surprises, with the place of every fault."""

import hashlib
import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent

from question_bank.errors import FileFault

MAX_FILE_BYTES = 1024 * 1024
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
        first = error.errors(include_url=False)[0]
        line, column = _position(tree, first["loc"])
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        got = "" if first["type"] == "missing" else f" (got {_short(first['input'])})"
        more = f"; and {error.error_count() - 1} more" if error.error_count() > 1 else ""
        raise fault(f"{where}: {first['msg']}{got}{more}", path, line, column) from error


def canonical_hash(model: BaseModel) -> str:
    """Return ``sha256:…`` over the content in canonical JSON: layout and comments do not count."""
    canonical = json.dumps(model.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False)
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def version_order(version: str) -> tuple[int, ...]:
    """Return a key that sorts semantic versions."""
    return tuple(int(part) for part in version.split("."))


def _parse(content: str, path: Path, fault: type[FileFault]) -> Any:
    try:
        # Aliases are refused before anything is built: they let a small file grow without bound.
        for event in YAML(typ="rt", pure=True).parse(content):
            if isinstance(event, AliasEvent):
                mark = event.start_mark
                raise fault(
                    "aliases (*name) are not allowed; write it out", path, mark.line + 1, mark.column + 1
                )
        return YAML(typ="rt", pure=True).load(content)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise fault(f"not valid YAML: {error.problem or error.context}", path, line, column) from error
    except (YAMLError, RecursionError, ValueError) as error:
        raise fault(f"not valid YAML: {type(error).__name__}", path) from error


def _position(tree: Any, location: tuple[int | str, ...]) -> tuple[int, int]:
    """Return line and column (from 1) of the deepest part of ``location`` that is in the file."""
    node, line, column = tree, 1, 1
    for part in location:
        try:
            mark = node.lc.value(part) if isinstance(part, str) else node.lc.item(part)
            node = node[part]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
        line, column = mark[0] + 1, mark[1] + 1
    return line, column


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"
