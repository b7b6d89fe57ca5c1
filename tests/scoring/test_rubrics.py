"""Rubrics: shipped ones are lint-clean, wrong ones are refused with file and line, examples have their vectors."""

from pathlib import Path

import numpy as np
import pytest

from language.sentence_vectors import encoder
from question_bank.yaml_file import parse_model
from scoring.errors import RubricError
from scoring.example_vectors import (
    SHIPPED_VECTORS,
    bare_encoded,
    bare_key_of,
    compared_acts,
    key_of,
    shipped_coefficients,
)
from scoring.library import SHIPPED_RUBRICS, RubricLibrary
from scoring.lint import lint
from scoring.loading import load_rubric_file
from scoring.material import content_of
from scoring.prepared import anchor_texts, content_lemmas_of, sheet_texts, tree_of
from scoring.rubric import Rubric
from scoring.techniques import SimilarityIndex
from scripts.write_example_vectors import shipped_texts

SHIPPED = sorted(SHIPPED_RUBRICS.glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_shipped_rubrics_have_no_errors(path: Path) -> None:
    assert [finding for finding in lint(load_rubric_file(path)) if finding.level == "error"] == []


def test_the_newest_rubric_names_a_source_and_several_techniques() -> None:
    rubric = RubricLibrary().load("behavioural")
    assert rubric.version == "2.0.0"
    assert len(rubric.criteria) == 10
    for criterion in rubric.criteria:
        assert criterion.source
        assert 5 <= len(criterion.behaviours) <= 8
        for behaviour in criterion.behaviours:
            assert {technique.kind for technique in behaviour.techniques} == {"clause_pattern", "similarity"}


def test_the_shipped_vectors_are_those_of_the_encoder() -> None:
    texts, bare = shipped_texts()
    keys = [key_of(text) for text in texts] + [bare_key_of(act) for act in bare]
    with np.load(SHIPPED_VECTORS, allow_pickle=False) as file:
        assert file["keys"].tolist() == keys
        stored = file["vectors"].astype(np.float32)
    assert np.array_equal(encoder().encode(texts[::100]), stored[: len(texts) : 100])
    assert np.array_equal(bare_encoded(bare[::100]), stored[len(texts) :: 100])


def test_the_shipped_coefficients_are_those_of_the_regression() -> None:
    index = SimilarityIndex(RubricLibrary().load("behavioural"))
    shipped = shipped_coefficients(index.coefficients_name)
    assert shipped is not None
    assert shipped.shape == (len(compared_acts(RubricLibrary().load("behavioural"))), 10)
    assert np.allclose(index.fitted(), shipped, atol=2e-5)


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_what_is_prepared_for_loading_is_what_the_file_says(path: Path) -> None:
    content = path.read_text(encoding="utf-8")
    rubric = parse_model(content, path, Rubric, RubricError)
    assert Rubric.model_validate(tree_of(content)) == rubric
    for texts in (sheet_texts(rubric), anchor_texts(rubric)):
        assert (content_lemmas_of(texts) or ())[::10] == content_of(texts[::10])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("kind: similarity", "kind: guess"), "kind"),
        (("version: 2.0.0", "version: two"), "version"),
        (("statement:", "statment:"), "statment"),
    ],
)
def test_a_wrong_rubric_is_refused_with_its_line(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    text = (SHIPPED_RUBRICS / "behavioural-2.0.0.yaml").read_text(encoding="utf-8")
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(RubricError, match=message) as caught:
        load_rubric_file(path)
    assert f"{path}:" in str(caught.value) or path.name in str(caught.value)
