"""Writes scoring/rubrics/example-vectors.npz: the sentence vectors of the shipped rubrics' examples.

With --check it only compares: exit 1 if a shipped rubric's examples are not in the file.
"""

import sys

import numpy as np

from language.sentence_vectors import encoder
from scoring.example_vectors import SHIPPED_VECTORS, example_lists, key_of
from scoring.library import RubricLibrary


def main() -> int:
    """Write or check the file; return the exit status."""
    lists = {key_of(texts): texts for rubric in RubricLibrary().list() for texts in example_lists(rubric)}
    if "--check" in sys.argv:
        with np.load(SHIPPED_VECTORS, allow_pickle=False) as file:
            current = set(file.files) == set(lists)
        if not current:
            print(f"{SHIPPED_VECTORS.name} is not current: run `make docs`", file=sys.stderr)
        return 0 if current else 1
    encoded = {name: encoder().encode(texts).astype(np.float16) for name, texts in lists.items()}
    np.savez(SHIPPED_VECTORS, allow_pickle=False, **encoded)
    return 0


if __name__ == "__main__":
    sys.exit(main())
