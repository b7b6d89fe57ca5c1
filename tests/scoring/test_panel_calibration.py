"""Calibration: when there is none and why, what its intervals hold, and how it is applied."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from scoring.errors import CalibrationError
from scoring.panel.apply import calibrated
from scoring.panel.calibrating import MIN_INTERVIEWS, RawResult, Uncalibrated, calibrate
from scoring.panel.calibration import GRID, Calibration, load_calibration
from scoring.panel.isotonic import centred_isotonic, jackknife_plus, predict
from scoring.panel.ratings import Rating, panel_means
from scoring.result import NOT_ASKED, CriterionResult, RubricReference, Scores
from scripts import write_schemas

RUBRIC = RubricReference(id="behavioural", version="2.0.0")
SCORER = "2.0.0"
MADE_AT = datetime(2026, 1, 2, tzinfo=UTC)
Raw = dict[tuple[str, str], RawResult]


def panel(
    interviews: int, seed: int, raters: int = 4, noise: float = 0.35, criterion: str = "teamwork"
) -> tuple[list[Rating], Raw]:
    """Return ratings of a latent level, and raw scores that follow it on another scale."""
    draw = np.random.default_rng(seed)
    ratings, raw = [], {}
    for number in range(interviews):
        name = f"i{number:04d}"
        level = float(np.clip(draw.normal(1.5, 0.9), 0, 3))
        score = float(np.clip(0.3 + 0.6 * level + draw.normal(0, 0.3), 0, 3))
        raw[name, criterion] = RawResult(round(score, 2), 0.5)
        for rater in draw.choice(raters, min(2, raters), replace=False):
            seen = int(np.clip(np.rint(level + draw.normal(0, noise)), 0, 3))
            ratings.append(Rating(name, f"r{rater}", criterion, None, seen))
    return ratings, raw


def made_of(ratings: list[Rating], raw: Raw) -> Calibration | Uncalibrated:
    return calibrate(ratings, raw, RUBRIC, SCORER, MADE_AT)


@cache
def calibration(interviews: int = 120, seed: int = 1) -> Calibration:
    made = made_of(*panel(interviews, seed))
    assert isinstance(made, Calibration), made
    return made


def test_a_rising_line_keeps_its_order_and_averages_what_falls():
    draw = np.random.default_rng(2)
    x = np.round(draw.uniform(0, 3, 80), 1)  # with ties
    y = np.clip(x + draw.normal(0, 0.5, 80), 0, 3)
    at, level = centred_isotonic(x, y)
    assert (np.diff(at) > 0).all() and (np.diff(level) > 0).all()
    line = predict((at, level), np.linspace(0, 3, 61))
    assert (np.diff(line) >= 0).all()
    assert np.abs(line - np.linspace(0, 3, 61)).mean() < 0.2
    falling = centred_isotonic(np.array([0.0, 1.0, 2.0]), np.array([3.0, 2.0, 1.0]))
    assert [values.tolist() for values in falling] == [[1.0], [2.0]]


def test_intervals_hold_new_points_about_as_often_as_they_say():
    draw = np.random.default_rng(6)
    shares = []
    for _ in range(8):
        x = draw.uniform(0, 3, MIN_INTERVIEWS)
        y = x + draw.normal(0, 0.4, MIN_INTERVIEWS)
        new = draw.uniform(0, 3, 1000)
        low, high = jackknife_plus(x, y, new, 0.9)
        seen = new + draw.normal(0, 0.4, 1000)
        shares.append(((low <= seen) & (seen <= high)).mean())
    assert 0.87 <= np.mean(shares) <= 0.95


def test_too_few_points_have_no_interval():
    with pytest.raises(ValueError, match="8 points are too few for an interval of 90%"):
        jackknife_plus(np.arange(8.0), np.arange(8.0), np.array([1.0]), 0.9)


def test_a_calibration_brings_raw_scores_nearer_to_panels_it_has_not_seen():
    ratings, raw = panel(600, 99)
    means = panel_means(ratings, 2)
    table = calibration().criteria["teamwork"]
    at = {key: table.at(raw[key].score, raw[key].half_width) for key in means}
    covered = np.mean([at[key][1][0] <= mean.level <= at[key][1][1] for key, mean in means.items()])
    error = np.mean([abs(at[key][0] - mean.level) for key, mean in means.items()])
    raw_error = np.mean([abs(raw[key].score - mean.level) for key, mean in means.items()])
    assert error < raw_error - 0.03
    assert 0.85 <= covered <= 0.97
    assert table.coverage.nominal == 0.9 and abs(table.coverage.measured - covered) < 0.06
    assert table.coverage.interval[0] < covered < table.coverage.interval[1]
    assert abs(table.error_calibrated - error) < 0.06 and abs(table.error_raw - raw_error) < 0.06


def test_the_same_data_make_the_same_calibration_and_one_rating_more_another():
    ratings, raw = panel(MIN_INTERVIEWS, 3)
    first, again = made_of(ratings, raw), made_of(list(reversed(ratings)), raw)
    assert isinstance(first, Calibration) and first == again
    assert (first.interviews, first.ratings, first.raters) == (MIN_INTERVIEWS, 2 * MIN_INTERVIEWS, 4)
    changed = made_of([*ratings, Rating("i0000", "r9", "teamwork", None, 2)], raw)
    assert isinstance(changed, Calibration) and changed.id != first.id


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (panel(MIN_INTERVIEWS - 1, 3), "(scored interviews rated by two or more): have 59, need 60"),
        (panel(MIN_INTERVIEWS, 3, raters=2), "(raters): have 2, need 3"),
        (([], {}), None),
    ],
)
def test_too_few_ratings_make_no_calibration_and_it_is_said_how_many_are_missing(data, reason):
    made = made_of(*data)
    assert isinstance(made, Uncalibrated)
    if reason is None:
        assert (
            made.reason.startswith("not enough ratings (interviews rated by two or more): have 0")
            and made.criteria == {}
        )
    else:
        assert reason in made.criteria["teamwork"]


def test_raters_who_do_not_agree_give_no_scale():
    draw = np.random.default_rng(8)
    ratings, raw = panel(80, 3)
    noisy = [Rating(r.interview, r.rater, r.criterion, None, int(draw.integers(0, 4))) for r in ratings]
    made = made_of(noisy, raw)
    assert isinstance(made, Uncalibrated) and "needed is 0.667" in made.reason


def test_scores_that_say_nothing_about_the_panels_judgement_are_left_out():
    draw = np.random.default_rng(9)
    ratings, raw = panel(80, 3)
    other, unrelated = panel(80, 4, criterion="learning")
    unrelated = {key: RawResult(round(float(draw.uniform(0, 3)), 2), 0.5) for key in unrelated}
    made = made_of(ratings + other, raw | unrelated)
    assert isinstance(made, Calibration) and set(made.criteria) == {"teamwork"}
    assert "do not rise with the panel's ratings" in made.left_out["learning"]
    flat = made_of(ratings, {key: RawResult(1.0, 0.5) for key in raw})
    assert isinstance(flat, Uncalibrated) and "all equal" in flat.criteria["teamwork"]


def scores(criteria: dict[str, float | None], **changes: str) -> Scores:
    return Scores(
        session_id="s1",
        rubric=RubricReference(id="behavioural", version=changes.get("version", "2.0.0")),
        calibrated=False,
        provenance="sha256:raw",
        scorer_version=changes.get("scorer", SCORER),
        criteria=tuple(
            CriterionResult(
                id=name,
                score=score,
                interval=None if score is None else (max(0.0, score - 0.5), min(3.0, score + 0.5)),
                abstained=score is None,
                reason=NOT_ASKED if score is None else None,
            )
            for name, score in criteria.items()
        ),
    )


def test_applying_keeps_the_raw_score_and_says_by_which_calibration():
    before = scores({"teamwork": 1.0, "planning": None})
    after = calibrated(before, calibration())
    teamwork, planning = after.criteria
    assert teamwork.raw is not None and (teamwork.raw.score, teamwork.raw.interval) == (1.0, (0.5, 1.5))
    assert teamwork.score == round(calibration().criteria["teamwork"].score[20], 2)
    assert teamwork.interval is not None and teamwork.interval[0] <= teamwork.score <= teamwork.interval[1]
    assert planning == before.criteria[1]
    assert after.calibrated is True and after.calibration is not None
    assert (after.calibration.id, after.calibration.raw_provenance) == (calibration().id, "sha256:raw")
    assert after.provenance not in ("sha256:raw", calibrated(before, calibration(seed=5)).provenance)
    assert after == calibrated(before, calibration())


def test_a_criterion_without_a_table_stays_raw_and_then_the_whole_is_not_called_calibrated():
    after = calibrated(scores({"teamwork": 1.0, "planning": 2.0}), calibration())
    assert (after.criteria[1].score, after.criteria[1].raw) == (2.0, None)
    assert after.calibrated is False and after.calibration is not None


def test_a_wider_raw_interval_widens_the_calibrated_one_and_a_narrower_does_not_narrow_it():
    table = calibration().criteria["teamwork"]
    score, (low, high) = table.at(1.5, table.typical_half_width)
    _, (wide_low, wide_high) = table.at(1.5, 2 * table.typical_half_width)
    assert wide_high - score == pytest.approx(min(3 - score, 2 * (high - score)))
    assert score - wide_low == pytest.approx(min(score, 2 * (score - low)))
    assert table.at(1.5, 0.01) == (score, (low, high))
    assert table.at(1.525, 0.01)[0] == pytest.approx((table.score[30] + table.score[31]) / 2)
    assert (table.at(0, 0.1)[0], table.at(3, 0.1)[0]) == (table.score[0], table.score[-1])


@pytest.mark.parametrize(
    ("before", "message"),
    [
        (
            scores({"teamwork": 1.0}, version="1.0.0"),
            "made for rubric behavioural 2.0.0; these scores are of behavioural 1.0.0",
        ),
        (scores({"teamwork": 1.0}, scorer="1.9.9"), "version 2.0.0 of the scorer; these scores are of 1.9.9"),
        (calibrated(scores({"teamwork": 1.0}), calibration()), "was applied to these scores already"),
    ],
)
def test_scores_of_another_rubric_or_scorer_and_calibrated_ones_are_refused(before: Scores, message: str):
    with pytest.raises(CalibrationError, match=message):
        calibrated(before, calibration())


def test_a_calibration_file_is_read_back_and_holds_nobody(tmp_path: Path):
    path = tmp_path / "calibration.json"
    path.write_text(calibration().model_dump_json(by_alias=True), encoding="utf-8")
    assert load_calibration(path) == calibration()
    schema = json.loads((write_schemas.FOLDER / "calibration.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(json.loads(path.read_text(encoding="utf-8")))
    assert "i0000" not in path.read_text() and "r0" not in path.read_text()


def spoilt(**changes: object) -> str:
    content = json.loads(calibration().model_dump_json(by_alias=True))
    content["criteria"]["teamwork"] |= changes
    return json.dumps(content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "not valid JSON"),
        ("[]", "the file: expected a mapping of fields"),
        ("{}", "id: this field is missing"),
        ('{"schema": "aila.scores/1"}', "the file is no calibration (aila.calibration/1)"),
        (spoilt(score=[1.0] * 60), "criteria.teamwork.score"),
        (spoilt(score=[3.0 - point for point in GRID]), "score must not fall"),
        (spoilt(low=[3.0] * len(GRID)), "each interval must hold its score"),
        (spoilt(high=[float("nan")] * len(GRID)), "criteria.teamwork.high"),
        (spoilt(typical_half_width=0), "typical_half_width"),
    ],
)
def test_what_is_no_calibration_is_refused_with_its_place(tmp_path: Path, content: str, message: str):
    path = tmp_path / "calibration.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CalibrationError) as caught:
        load_calibration(path)
    assert str(caught.value).startswith(f"{path}: ") and message in str(caught.value)


def test_a_missing_calibration_file_is_told(tmp_path: Path):
    with pytest.raises(CalibrationError, match="cannot be read"):
        load_calibration(tmp_path / "none.json")
