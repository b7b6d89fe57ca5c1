"""Agreement of raters: published tables to the last printed digit, and what has no answer."""

import doctest
from types import ModuleType

import numpy as np
import pytest

from scoring.panel import intraclass as intraclass_module
from scoring.panel import isotonic, kappa, krippendorff
from scoring.panel.estimate import Estimate, NotEnough, Undefined
from scoring.panel.intraclass import icc2, intraclass
from scoring.panel.kappa import pairs, quadratic_kappa, weighted_kappa
from scoring.panel.krippendorff import alpha, ordinal_alpha
from scoring.panel.ratings import Rating, RatingTable, overall_table, table

# Shrout, P. E. & Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater reliability.
# Psychological Bulletin 86(2), table 2: six targets, four judges.
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)
# Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability, section C: four observers, twelve units.
KRIPPENDORFF = """1 2 3 3 2 1 4 1 2 . . .
                  1 2 3 3 2 2 4 1 2 5 . 3
                  . 3 3 3 2 3 4 2 2 5 1 .
                  1 2 3 3 2 4 4 1 2 5 1 ."""
# Hout, Duncan & Sobel (1987), as printed in Agresti, Categorical Data Analysis (1990): wives' and husbands' answers.
HOUT = np.array([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]])


def ratings_of(levels: np.ndarray, criterion: str = "teamwork") -> list[Rating]:
    """Return the ratings of a table of interviews by raters."""
    return [
        Rating(f"i{i}", f"r{j}", criterion, None, None if np.isnan(level) else int(level), i + 1)
        for i, row in enumerate(levels)
        for j, level in enumerate(row)
    ]


def as_table(levels: np.ndarray) -> RatingTable:
    return table(ratings_of(levels))


def test_icc_is_that_of_shrout_and_fleiss():
    single, mean = icc2(SHROUT_FLEISS)
    assert (round(single.value, 2), round(mean.value, 2)) == (0.29, 0.62)  # their table 4
    # Intervals as the R package psych prints them for the same table (ICC2, ICC2k).
    assert single.low == pytest.approx(0.019, abs=5e-4) and single.high == pytest.approx(0.76, abs=5e-3)
    assert mean.low == pytest.approx(0.071, abs=5e-4) and mean.high == pytest.approx(0.93, abs=5e-3)


def test_a_constant_shift_between_raters_lowers_absolute_agreement_and_equal_ratings_do_not():
    ladder = np.arange(4.0)
    same, _ = icc2(np.stack([ladder, ladder], axis=1))
    shifted, _ = icc2(np.stack([ladder, ladder + 1], axis=1))
    assert (same.value, same.low, same.high) == (1.0, 1.0, 1.0)
    assert shifted.value == pytest.approx(10 / 13)  # MSR = 10/3, MSC = 2, MSE = 0


@pytest.mark.parametrize(
    ("levels", "because"),
    [(np.full((12, 3), 3.0), "same mean rating"), (np.array([[1.0, 2.0]]), "at least two targets")],
)
def test_icc_is_refused_where_it_does_not_exist(levels: np.ndarray, because: str):
    with pytest.raises(ValueError, match=because):
        icc2(levels)


def test_a_panel_that_rates_everything_alike_gets_no_coefficient_and_is_told_why():
    rated = as_table(np.full((12, 3), 3.0))
    found = intraclass(rated)
    assert isinstance(found.single, Undefined) and "nothing to tell apart" in found.single.message
    units = {name: row[None] for name, row in zip(rated.interviews, rated.levels, strict=True)}
    assert isinstance(alpha(units), Undefined)


def test_one_rater_alone_and_too_few_interviews_are_not_enough():
    alone = intraclass(as_table(np.array([[level % 4] for level in range(20)], dtype=float)))
    assert isinstance(alone.mean, NotEnough) and (alone.mean.have, alone.mean.need) == (1, 2)
    few = intraclass(as_table(SHROUT_FLEISS))
    assert isinstance(few.single, NotEnough) and (few.single.have, few.single.need) == (6, 10)
    assert few.single.message.startswith(
        "not enough ratings (interviews rated by the same raters): have 6, need 10"
    )


def test_icc_stands_on_the_interviews_that_the_same_raters_rated():
    levels = np.full((30, 4), np.nan)
    levels[:12] = np.random.default_rng(3).integers(0, 4, (12, 4))
    levels[12:20, :2] = 1
    levels[20:, 3] = 2
    found = intraclass(as_table(levels))
    assert (found.interviews, found.raters) == (12, 4)
    assert isinstance(found.single, Estimate)
    assert found.single.value == pytest.approx(icc2(levels[:12])[0].value)


def test_ordinal_alpha_is_that_of_krippendorffs_own_table():
    rows = [
        [np.nan if cell == "." else float(cell) for cell in line.split()]
        for line in KRIPPENDORFF.splitlines()
    ]
    assert round(ordinal_alpha(np.array(rows).T), 3) == 0.815


def test_alphas_interval_holds_it_and_gaps_are_left_out():
    draw = np.random.default_rng(5)
    truth = draw.integers(0, 4, 40)
    levels = np.clip(truth[:, None] + draw.integers(-1, 2, (40, 3)), 0, 3).astype(float)
    levels[::4, 2] = np.nan
    units = {f"i{i}": row[None] for i, row in enumerate(levels)}
    found = alpha(units | {"rated once": np.array([[2.0, np.nan, np.nan]])})
    assert isinstance(found, Estimate) and found.low is not None and found.high is not None
    assert found.value == pytest.approx(ordinal_alpha(levels))
    assert found.low < found.value < found.high


def test_weighted_kappa_is_that_of_a_published_table():
    first = np.repeat(np.arange(4), HOUT.sum(axis=1))
    second = np.concatenate([np.repeat(np.arange(4), row) for row in HOUT])
    found = weighted_kappa(first, second)
    assert isinstance(found, Estimate) and found.low is not None
    # Fleiss-Cohen weights, as the R package vcd prints them for the table: 0.3320, standard error 0.0973.
    assert round(found.value, 4) == 0.3320
    assert round((found.value - found.low) / 1.959964, 4) == 0.0973
    assert quadratic_kappa(first.astype(float), second.astype(float)) == pytest.approx(found.value)


def test_pairs_are_compared_on_what_both_rated_and_told_what_is_missing():
    levels = np.array([[i % 4, i % 4] for i in range(40)], dtype=float)
    equal = ratings_of(levels, "teamwork")
    third = [Rating(f"i{i}", "r2", "teamwork", None, 3, i + 1) for i in range(5)]
    by_pair = {found.raters: found for found in pairs(equal + third)}
    same = by_pair["r0", "r1"]
    assert (same.kappa, same.common, same.same) == (Estimate(1.0, 1.0, 1.0), 40, 1.0)
    assert isinstance(by_pair["r0", "r2"].kappa, NotEnough)
    assert "twice the square" in by_pair["r0", "r2"].kappa.message
    constant = pairs([Rating(f"i{i}", rater, "x", None, 3) for i in range(40) for rater in ("a", "b")])
    assert isinstance(constant[0].kappa, Undefined)


def test_an_interviews_overall_level_is_the_mean_of_what_could_be_judged():
    ratings = [
        Rating("i1", "kim", "teamwork", None, 3),
        Rating("i1", "kim", "learning", None, None),
        Rating("i1", "kim", "ownership", None, 2),
        Rating("i1", "kim", "ownership", "admitted", 0),
    ]
    assert overall_table(ratings).levels.tolist() == [[2.5]]


@pytest.mark.parametrize("module", [intraclass_module, isotonic, kappa, krippendorff])
def test_the_examples_in_the_docstrings_are_true(module: ModuleType):
    found = doctest.testmod(module)
    assert (found.failed, found.attempted > 0) == (0, True)
