"""Rubrics: shipped ones are lint-clean, wrong ones are refused with file and line, examples have their vectors."""

from pathlib import Path

import numpy as np
import pytest

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
from scoring.lint import lint
from scoring.loading import load_rubric_file
from scoring.material import content_of
from scoring.prepared import anchor_texts, content_lemmas_of, sheet_texts, tree_of
from scoring.rubric import Rubric

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
    rubrics = RubricLibrary().list()
    lists = [texts for rubric in rubrics for texts in example_lists(rubric)]
    lists += [CounterExamples(rubric).texts for rubric in rubrics]
    bare = [
        acts for rubric in rubrics if all(fair_and_poor_acts(rubric)) for acts in fair_and_poor_acts(rubric)
    ]
    bare += [acts for rubric in rubrics if (acts := compared_acts(rubric))]
    with np.load(SHIPPED_VECTORS, allow_pickle=False) as file:
        assert {key_of(texts) for texts in lists} | {bare_key_of(acts) for acts in bare} == set(file.files)
        for acts in bare:
            stored = file[bare_key_of(acts)][::300].astype(np.float32)
            assert np.allclose(bare_encoded(acts[::300]), stored, atol=2e-3)
        for texts in lists:
            some = texts[:: max(1, len(texts) // 5)]
            stored = file[key_of(texts)][:: max(1, len(texts) // 5)].astype(np.float32)
            assert np.allclose(encoder().encode(some), stored, atol=2e-3)


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
