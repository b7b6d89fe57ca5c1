"""The vectors of a rubric's examples and counter-examples.

Those of the shipped rubrics are shipped too: loading is quick, and every machine compares with the same
numbers.
An installation's own rubric is encoded when it is loaded.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from language.parsing import parsed_together
from language.sentence_vectors import Vectors, encoder
from scoring.rubric import Rubric, Similarity
from scoring.statements import without_nouns

SHIPPED_VECTORS = Path(__file__).parent / "rubrics" / "example-vectors.npz"


def example_vectors(texts: Sequence[str]) -> Vectors:
    """Return one unit vector an example of a rubric's list ``texts``, shape (texts, 384)."""
    shipped = _shipped().get(key_of(texts))
    return encoder().encode(texts) if shipped is None else shipped


def bare_vectors(acts: Sequence[str]) -> Vectors:
    """Return one unit vector an act of a rubric's list ``acts``, without its nouns; shape (acts, 384)."""
    shipped = _shipped().get(bare_key_of(acts))
    return bare_encoded(acts) if shipped is None else shipped


def bare_encoded(acts: Sequence[str]) -> Vectors:
    """Return the vectors of ``acts`` without their nouns, worked out anew."""
    return encoder().encode([without_nouns(doc) for doc in parsed_together(acts)])


def bare_key_of(acts: Sequence[str]) -> str:
    """Return the name under which the vectors of ``acts`` without their nouns are shipped."""
    return f"bare-{key_of(acts)}"


def key_of(texts: Sequence[str]) -> str:
    """Return the name under which the vectors of ``texts`` are shipped."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:32]


def examples_by_behaviour(rubric: Rubric) -> dict[str, list[str]]:
    """Return what a behaviour's statements are compared with; behaviours without similarity are left out."""
    found: dict[str, list[str]] = {}
    for criterion in rubric.criteria:
        for behaviour in criterion.behaviours:
            examples = [e for t in behaviour.techniques if isinstance(t, Similarity) for e in t.examples]
            if examples:
                found[behaviour.id] = [*examples, behaviour.anchors.low, behaviour.anchors.medium]
    return found


def opposites_by_behaviour(rubric: Rubric) -> dict[str, list[str]]:
    """Return the acts that go against each behaviour; behaviours without any are left out."""
    found = {
        behaviour.id: [o for t in behaviour.techniques if isinstance(t, Similarity) for o in t.opposites]
        for criterion in rubric.criteria
        for behaviour in criterion.behaviours
    }
    return {behaviour: opposites for behaviour, opposites in found.items() if opposites}


def opposite_acts(rubric: Rubric) -> list[str]:
    """Return all acts that go against a behaviour, in the order of :func:`opposites_by_behaviour`."""
    return [text for own in opposites_by_behaviour(rubric).values() for text in own]


def fair_and_poor_acts(rubric: Rubric) -> tuple[list[str], list[str]]:
    """Return the acts by which fair conduct is told from poor conduct."""
    fair = [text for own in examples_by_behaviour(rubric).values() for text in own]
    return [*fair, *rubric.conduct.fair], [*opposite_acts(rubric), *rubric.conduct.poor]


def compared_acts(rubric: Rubric) -> list[str]:
    """Return all acts that statements are compared with: the background, then each behaviour's examples."""
    behaviours = examples_by_behaviour(rubric)
    return [*rubric.background, *(text for own in behaviours.values() for text in own)] if behaviours else []


def example_lists(rubric: Rubric) -> list[list[str]]:
    """Return the lists of examples that scoring with ``rubric`` encodes."""
    acts = compared_acts(rubric)
    lists = [texts for texts in (acts, opposite_acts(rubric)) if texts]
    if rubric.story is not None:
        lists += [list(rubric.story.results), list(rubric.story.lessons)]
        lists += [list(rubric.story.descriptions), rubric.story.no_results]
    return lists


@cache
def _shipped() -> dict[str, Vectors]:
    if not SHIPPED_VECTORS.exists():
        return {}
    with np.load(SHIPPED_VECTORS, allow_pickle=False) as file:
        return {name: file[name].astype(np.float32) for name in file.files}
