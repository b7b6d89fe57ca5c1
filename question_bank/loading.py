"""Reads a bank file, safely, and says where it is wrong."""

import hashlib
import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent

from question_bank.bank import Bank
from question_bank.errors import BankError

MAX_FILE_BYTES = 512 * 1024


def load_bank_file(path: Path) -> Bank:
    """Return the bank in ``path``.

    Raises
    ------
    BankError
        With file, line and column of the first fault, and what is expected there.
    """
    return parse_bank(_read(path), path)


def parse_bank(content: str, path: Path) -> Bank:
    """Return the bank written in ``content``; ``path`` is only named in errors."""
    tree = _parse_yaml(content, path)
    if not isinstance(tree, dict):
        raise BankError("expected a mapping with schema, id, version, questions …", path, 1)
    try:
        return Bank.model_validate(tree)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        line, column = _position(tree, first["loc"])
        where = ".".join(str(part) for part in first["loc"]) or "the bank"
        got = "" if first["type"] == "missing" else f" (got {_short(first['input'])})"
        more = f"; and {error.error_count() - 1} more" if error.error_count() > 1 else ""
        raise BankError(f"{where}: {first['msg']}{got}{more}", path, line, column) from error


def content_hash(bank: Bank) -> str:
    """Return ``sha256:…`` over the bank's content in canonical JSON: layout and comments do not count."""
    canonical = json.dumps(bank.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False)
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def _read(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise BankError(f"the file has {size} bytes; a bank has at most {MAX_FILE_BYTES}", path)
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BankError("the file is not UTF-8 text; save it as UTF-8", path) from error
    except OSError as error:
        raise BankError(f"the file cannot be read: {error.strerror}", path) from error


def _parse_yaml(content: str, path: Path) -> Any:
    try:
        # Aliases are refused before anything is built: they let a small file grow without bound.
        for event in YAML(typ="rt", pure=True).parse(content):
            if isinstance(event, AliasEvent):
                raise BankError(
                    "aliases (*name) are not allowed; write the text out",
                    path,
                    event.start_mark.line + 1,
                    event.start_mark.column + 1,
                )
        return YAML(typ="rt", pure=True).load(content)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise BankError(f"not valid YAML: {error.problem or error.context}", path, line, column) from error
    except (YAMLError, RecursionError, ValueError) as error:
        raise BankError(f"not valid YAML: {type(error).__name__}", path) from error


def _position(tree: Any, location: tuple[int | str, ...]) -> tuple[int | None, int | None]:
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
