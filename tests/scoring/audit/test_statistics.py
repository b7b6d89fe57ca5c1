"""Differential item functioning, the multitrait matrix, and the partial correlation with length."""

import math
from random import Random

import numpy as np
import pytest

from scoring.audit.item_functioning import MIN_EACH, NEGLIGIBLE, _nagelkerke, change_of_r2, item_effects
from scoring.audit.length import LengthPoint, partial_length_correlation
from scoring.audit.multitrait import multitrait
from scoring.panel.estimate import Estimate, NotEnough, Undefined


def sample(n: int, gap: float, seed: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return found, score and membership; with ``gap`` the second group shows the behaviour more rarely."""
    draw = np.random.default_rng(seed)
    member = np.repeat([0.0, 1.0], n)
    score = draw.normal(0, 1, 2 * n)
    odds = 1.2 * score - gap * member
    return (draw.random(2 * n) < 1 / (1 + np.exp(-odds))).astype(float), score, member


def test_nagelkerkes_r2_by_hand():
    """Of a two-by-two table, 30 of 50 against 10 of 50: both likelihoods can be written down."""
    found = np.array([1.0] * 30 + [0.0] * 20 + [1.0] * 10 + [0.0] * 40)
    member = np.repeat([1.0, 0.0], 50)
    null = 40 * math.log(0.4) + 60 * math.log(0.6)
    full = 30 * math.log(0.6) + 20 * math.log(0.4) + 10 * math.log(0.2) + 40 * math.log(0.8)
    expected = (1 - math.exp(2 / 100 * (null - full))) / (1 - math.exp(2 / 100 * null))
    assert _nagelkerke(found, [member]) == pytest.approx(expected, abs=1e-6)


def test_a_behaviour_that_works_alike_is_fair_and_one_that_does_not_is_found():
    alike, unlike = change_of_r2(*sample(400, 0.0)), change_of_r2(*sample(400, 1.5))
    assert isinstance(alike, Estimate)
    assert isinstance(unlike, Estimate)
    assert alike.value < NEGLIGIBLE < unlike.value


def test_groups_that_differ_in_the_score_alone_are_no_unfair_behaviour():
    draw = np.random.default_rng(5)
    member = np.repeat([0.0, 1.0], 500)
    score = draw.normal(0, 1, 1000) - member
    found = (draw.random(1000) < 1 / (1 + np.exp(-1.2 * score))).astype(float)
    value = change_of_r2(found, score, member)
    assert isinstance(value, Estimate)
    assert value.value < NEGLIGIBLE


def test_what_has_no_solution_is_said_to_have_none():
    n = 120
    member = np.repeat([0.0, 1.0], n)
    score = np.tile(np.linspace(-1, 1, n), 2)
    assert isinstance(change_of_r2(np.ones(2 * n), score, member), Undefined)
    assert isinstance(change_of_r2(member, np.zeros(2 * n), member), Undefined)
    assert isinstance(change_of_r2(member, score, member), Undefined)


def test_too_few_people_of_a_group_are_said():
    found, score, member = sample(MIN_EACH - 1, 0.0)
    names = [f"p{i}" for i in range(len(found))]
    effects = item_effects(
        {name: {"asked": bool(f)} for name, f in zip(names, found, strict=True)},
        dict(zip(names, score, strict=True)),
        {name: "b" if m else "a" for name, m in zip(names, member, strict=True)},
    )
    assert [(one.behaviour, one.group, one.reference, one.fair) for one in effects] == [
        ("asked", "b", "a", None)
    ]
    missing = effects[0].change_of_r2
    assert isinstance(missing, NotEnough)
    assert (missing.have, missing.need) == (99, 100)
    assert item_effects({"p": {"asked": True}}, {"p": 1.0}, {"p": "a"}) == []


def cells(n: int, noise: float, seed: int) -> dict[tuple[str, str], float]:
    traits = {
        (f"i{i}", c): Random(f"{i} {c}").gauss(1.5, 0.6) for i in range(n) for c in ("teamwork", "planning")
    }
    random = Random(seed)
    return {key: value + random.gauss(0, noise) for key, value in traits.items()}


def test_the_same_criterion_agrees_more_than_different_ones():
    found = multitrait(cells(60, 0.2, 1), cells(60, 0.2, 2))
    assert isinstance(found.convergent, Estimate)
    assert isinstance(found.discriminant, Estimate)
    assert found.convergent.value > 0.7
    assert abs(found.discriminant.value) < 0.3


def test_without_ratings_only_scores_are_compared():
    found = multitrait(cells(60, 0.2, 1), None)
    assert isinstance(found.convergent, NotEnough)
    assert isinstance(found.among_scores, Estimate)
    few = multitrait(cells(29, 0.2, 1), None).among_scores
    assert isinstance(few, NotEnough)
    assert (few.have, few.need) == (29, 30)
    assert isinstance(multitrait({}, None).among_scores, Undefined)


def test_length_is_held_apart_from_what_was_found():
    random = Random(11)
    bought = [LengthPoint(w / 100, w, 3) for w in (random.randint(50, 300) for _ in range(80))]
    earned = [LengthPoint(b / 2, 60 * b + random.randint(0, 60), b) for b in range(6) for _ in range(20)]
    by_length, by_content = partial_length_correlation(bought), partial_length_correlation(earned)
    assert isinstance(by_length, Estimate)
    assert by_length.value > 0.9
    assert isinstance(by_content, Undefined), "given what was found, the score does not vary"
    assert isinstance(partial_length_correlation(bought[:29]), NotEnough)


def test_the_partial_correlation_by_its_formula():
    random = Random(2)
    points = [
        LengthPoint(random.random() * 3, random.randint(20, 400), random.randint(0, 5)) for _ in range(60)
    ]
    x, y, z = (
        np.array([p.score for p in points]),
        np.log([p.words for p in points]),
        np.array([p.behaviours for p in points], dtype=float),
    )
    xy, xz, yz = (float(np.corrcoef(a, b)[0, 1]) for a, b in ((x, y), (x, z), (y, z)))
    expected = (xy - xz * yz) / math.sqrt((1 - xz**2) * (1 - yz**2))
    found = partial_length_correlation(points)
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(expected)
    assert found.low is not None and found.high is not None
    assert found.low < found.value < found.high
