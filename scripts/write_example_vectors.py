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
    compared_acts,
    example_lists,
    fair_and_poor_acts,
    key_of,
)
from scoring.library import SHIPPED_RUBRICS, RubricLibrary
from scoring.material import content_of
from scoring.prepared import PREPARED, prepare
from scoring.rubric import Rubric


def prepared() -> str:
    """Return the text of prepared.json for the shipped rubrics."""
    files = [(path.read_text(encoding="utf-8"), path) for path in sorted(SHIPPED_RUBRICS.glob("*.yaml"))]
    rubrics = [(content, parse_model(content, path, Rubric, RubricError)) for content, path in files]
    return prepare(rubrics, content_of)


def main() -> int:
    """Write or check the files; return the exit status."""
    rubrics = RubricLibrary().list()
    lists = {key_of(texts): texts for rubric in rubrics for texts in example_lists(rubric)}
    bare = {
        bare_key_of(acts): acts for rubric in rubrics if all(f := fair_and_poor_acts(rubric)) for acts in f
    }
    bare |= {bare_key_of(acts): acts for rubric in rubrics if (acts := compared_acts(rubric))}
    # A counter-example is said or not said, by a similarity: its vector is not made shorter.
    exact = {key_of(texts): texts for rubric in rubrics if (texts := CounterExamples(rubric).texts)}
    if "--check" in sys.argv:
        with np.load(SHIPPED_VECTORS, allow_pickle=False) as file:
            current = set(file.files) == set(lists) | set(exact) | set(bare)
        current = current and PREPARED.read_text(encoding="utf-8") == prepared()
        if not current:
            print("the files beside the shipped rubrics are not current: run `make docs`", file=sys.stderr)
        return 0 if current else 1
    PREPARED.write_text(prepared(), encoding="utf-8")
    encoded = {name: encoder().encode(texts) for name, texts in exact.items()}
    encoded |= {name: encoder().encode(texts).astype(np.float16) for name, texts in lists.items()}
    encoded |= {name: bare_encoded(acts).astype(np.float16) for name, acts in bare.items()}
    np.savez(SHIPPED_VECTORS, allow_pickle=False, **encoded)
    return 0


if __name__ == "__main__":
    sys.exit(main())
