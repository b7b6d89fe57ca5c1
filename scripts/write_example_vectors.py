"""Writes what loading a shipped rubric needs: its examples' sentence vectors, its content and its words.

These are scoring/rubrics/example-vectors.npz and prepared.json. With --check it only compares: exit 1 if they
are not those of the shipped rubrics.
"""

import sys

import numpy as np

from language.sentence_vectors import encoder
from question_bank.yaml_file import parse_model
from scoring.contradictions import CounterExamples
from scoring.errors import RubricError
from scoring.example_vectors import (
    SHIPPED_VECTORS,
    bare_encoded,
    bare_key_of,
    compared_bare,
    compared_texts,
    key_of,
)
from scoring.library import SHIPPED_RUBRICS, RubricLibrary
from scoring.material import content_of
from scoring.prepared import PREPARED, prepare
from scoring.rubric import Rubric
from scoring.techniques import SimilarityIndex


def prepared() -> str:
    """Return the text of prepared.json for the shipped rubrics."""
    files = [(path.read_text(encoding="utf-8"), path) for path in sorted(SHIPPED_RUBRICS.glob("*.yaml"))]
    rubrics = [(content, parse_model(content, path, Rubric, RubricError)) for content, path in files]
    return prepare(rubrics, content_of)


def shipped_texts() -> tuple[list[str], list[str]]:
    """Return the texts whose vectors are shipped, and the acts whose vectors without nouns are, each once."""
    rubrics = RubricLibrary().list()
    texts = [text for r in rubrics for text in (*compared_texts(r), *CounterExamples(r).texts)]
    bare = [act for rubric in rubrics for act in compared_bare(rubric)]
    return list(dict.fromkeys(texts)), list(dict.fromkeys(bare))


def main() -> int:
    """Write or check the files; return the exit status."""
    texts, bare = shipped_texts()
    keys = [key_of(text) for text in texts] + [bare_key_of(act) for act in bare]
    if "--check" in sys.argv:
        with np.load(SHIPPED_VECTORS, allow_pickle=False) as file:
            current = file["keys"].tolist() == keys
        current = current and PREPARED.read_text(encoding="utf-8") == prepared()
        if not current:
            print("the files beside the shipped rubrics are not current: run `make docs`", file=sys.stderr)
        return 0 if current else 1
    SHIPPED_VECTORS.unlink(missing_ok=True)  # Else the regressions would be fitted on what it holds.
    PREPARED.write_text(prepared(), encoding="utf-8")
    vectors = np.concatenate([encoder().encode(texts), bare_encoded(bare)])
    # Vectors are in steps of 1/2048, which half precision holds exactly.
    half, numbers = vectors.astype(np.float16), np.array(keys, dtype=np.uint64)
    indices = [SimilarityIndex(rubric) for rubric in RubricLibrary().list()]
    coefficients = {index.coefficients_name: index.fitted() for index in indices if index.behaviours}
    np.savez_compressed(SHIPPED_VECTORS, allow_pickle=False, keys=numbers, vectors=half, **coefficients)
    return 0


if __name__ == "__main__":
    sys.exit(main())
