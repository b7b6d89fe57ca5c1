"""The vectors of a rubric's examples and counter-examples.

Those of the shipped rubrics are shipped too: loading is quick, and every machine compares with the same
numbers.
An installation's own rubric is encoded when it is loaded.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from language.parsing import parsed_together
from language.sentence_vectors import DIMENSIONS, Vectors, encoder
from scoring.rubric import Rubric, Similarity
from scoring.statements import without_nouns

SHIPPED_VECTORS = Path(__file__).parent / "rubrics" / "example-vectors.npz"


def example_vectors(texts: Sequence[str]) -> Vectors:
    """Return one unit vector an example, shape (texts, 384)."""
    return _known_or(texts, key_of, encoder().encode)


def bare_vectors(acts: Sequence[str]) -> Vectors:
    """Return one unit vector an act, without its nouns; shape (acts, 384)."""
    return _known_or(acts, bare_key_of, bare_encoded)


def shipped_coefficients(name: str) -> NDArray[np.float64] | None:
    """Return the shipped coefficients of that :func:`coefficients_name`, None if there are none."""
    return _shipped().coefficients.get(name)


def coefficients_name(acts: Sequence[str], of_criterion: Sequence[int]) -> str:
    """Return the name under which the coefficients of a regression of the criteria on ``acts`` are shipped.

    ``of_criterion`` is the place of each act's criterion, -1 of one that shows nothing.
    """
    return f"coefficients-{key_of(json.dumps([list(acts), list(of_criterion)]))}"


def bare_encoded(acts: Sequence[str]) -> Vectors:
    """Return the vectors of ``acts`` without their nouns, worked out anew."""
    return encoder().encode([without_nouns(doc) for doc in parsed_together(acts)])


def key_of(text: str) -> int:
    """Return the number under which the vector of ``text`` is shipped."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def bare_key_of(act: str) -> int:
    """Return the number under which the vector of ``act`` without its nouns is shipped."""
    return key_of(f"bare {act}")


def _known_or(
    texts: Sequence[str], key: Callable[[str], int], encoded: Callable[[Sequence[str]], Vectors]
) -> Vectors:
    shipped = _shipped()
    keys = [key(text) for text in texts]
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    known = [place for place, name in enumerate(keys) if name in shipped.places]
    new = [place for place, name in enumerate(keys) if name not in shipped.places]
    vectors[known] = shipped.vectors[[shipped.places[keys[place]] for place in known]]
    if new:
        vectors[new] = encoded([texts[place] for place in new])
    return vectors


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
    """Return all acts that statements are compared with.

    First those that show nothing (background, vague acts), then each behaviour's examples.
    """
    behaviours = examples_by_behaviour(rubric)
    if not behaviours:
        return []
    return [*rubric.background, *rubric.vague, *(text for own in behaviours.values() for text in own)]


def compared_texts(rubric: Rubric) -> list[str]:
    """Return all texts that scoring with ``rubric`` compares with as they are, but for counter-examples."""
    texts = [*compared_acts(rubric), *opposite_acts(rubric)]
    if rubric.story is not None:
        texts += [*rubric.story.results, *rubric.story.lessons, *rubric.story.no_results]
    return texts


def compared_bare(rubric: Rubric) -> list[str]:
    """Return all acts that scoring with ``rubric`` compares with without their nouns."""
    fair, poor = fair_and_poor_acts(rubric)
    return [*compared_acts(rubric), *fair, *poor]


@dataclass(frozen=True)
class _Shipped:
    """What is shipped beside the rubrics."""

    places: Mapping[int, int]
    """Rows of ``vectors`` by key."""
    vectors: Vectors
    coefficients: Mapping[str, NDArray[np.float64]]


@cache
def _shipped() -> _Shipped:
    if not SHIPPED_VECTORS.exists():
        return _Shipped({}, np.zeros((0, DIMENSIONS), dtype=np.float32), {})
    with np.load(SHIPPED_VECTORS, allow_pickle=False) as file:
        places = {int(key): place for place, key in enumerate(file["keys"])}
        coefficients = {name: file[name] for name in file.files if name.startswith("coefficients-")}
        return _Shipped(places, file["vectors"].astype(np.float32), coefficients)
