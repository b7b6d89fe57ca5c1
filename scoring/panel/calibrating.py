"""Makes a calibration from a panel's ratings and the raw scores of the same interviews."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from scoring.panel.calibration import GRID, Calibration, Coverage, CriterionCalibration
from scoring.panel.estimate import CONFIDENCE, Estimate, NotEnough, Statistic
from scoring.panel.isotonic import Values, centred_isotonic, jackknife_plus, predict
from scoring.panel.krippendorff import alpha
from scoring.panel.ratings import Rating, of_criterion, panel_means, table
from scoring.result import RubricReference

MIN_INTERVIEWS = 60
"""Of one criterion. With 60 the realised coverage of a 90 % interval lies between 82 and 96 % in 19 cases of
20 (beta distributed, exactly so for split intervals: Vovk 2012), and an r of .70 is told from .50. Within 2
points in two cases of three takes about 220 interviews."""
MIN_RATERS = 3
"""Of one criterion: the scale is to be a panel's, not that of one pair."""
MIN_RATERS_EACH = 2
"""Of one interview: a single rating has no error that could be seen."""
MIN_ALPHA = 0.667
"""Krippendorff's lowest limit for tentative conclusions; below it there is no common scale to be had."""
NOMINAL = 0.90
NEEDS = (
    f"a criterion is calibrated from {MIN_INTERVIEWS} scored interviews, each rated by {MIN_RATERS_EACH} or "
    f"more of at least {MIN_RATERS} raters, who agree with an ordinal alpha of {MIN_ALPHA} or more"
)
FOLDS = 10
METHOD = (
    "centred isotonic regression of the panel's mean on the raw score, one per criterion; "
    "jackknife+ conformal intervals; coverage by 10-fold cross-validation over interviews"
)
_SEED = 20240603


@dataclass(frozen=True, slots=True)
class RawResult:
    """What the scorer said about one criterion of one interview."""

    score: float
    half_width: float


RawResults = Mapping[tuple[str, str], RawResult]
"""(interview, criterion) → result; abstentions are left out."""


@dataclass(frozen=True, slots=True)
class Uncalibrated:
    """Why no calibration can be made; ``criteria`` says it of each."""

    reason: str
    criteria: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Points:
    """One criterion's interviews: raw score, raw half-width, mean of the panel."""

    x: Values
    width: Values
    y: Values
    raters: int


def calibrate(
    ratings: Sequence[Rating],
    raw: RawResults,
    rubric: RubricReference,
    scorer_version: str,
    made_at: datetime,
) -> Calibration | Uncalibrated:
    """Return a calibration of the criteria that have enough ratings, or why there is none.

    ``ratings`` are those of people only: nothing simulated may be among them, which the caller sees to.
    """
    agreed = panel_alpha(ratings)
    names = sorted({criterion for _, criterion in raw} | {r.criterion for r in ratings})
    points = {name: _points(ratings, raw, name) for name in names}
    reasons = {name: reason for name in names if (reason := _reason(points[name]))}
    if not isinstance(agreed, Estimate):
        return Uncalibrated(agreed.message, reasons)
    if agreed.value < MIN_ALPHA:
        return Uncalibrated(
            f"the raters do not agree enough: ordinal alpha is {agreed.value:.2f}, needed is {MIN_ALPHA}; "
            "hold a calibration meeting (`aila panel disagreements`) and rate again",
            reasons,
        )
    tables = {name: _table(found) for name, found in points.items() if name not in reasons}
    if not tables:
        return Uncalibrated("no criterion has enough ratings", reasons)
    digest = _data_hash(ratings, raw, rubric, scorer_version)
    used = [r for r in ratings if r.behaviour is None and r.criterion in tables and r.level is not None]
    return Calibration(
        id=f"cal-{digest[:12]}",
        rubric=rubric,
        scorer_version=scorer_version,
        made_at=made_at,
        data_hash=f"sha256:{digest}",
        interviews=len({r.interview for r in used}),
        raters=len({r.rater for r in used}),
        ratings=len(used),
        panel_alpha=round(agreed.value, 4),
        method=METHOD,
        criteria=tables,
        left_out=reasons,
    )


def panel_alpha(ratings: Sequence[Rating]) -> Statistic:
    """Return the ordinal alpha of all criteria together, drawn again by interview."""
    names = sorted({r.criterion for r in ratings})
    by_interview: dict[str, list[Values]] = {}
    raters = sorted({r.rater for r in ratings})
    for name in names:
        found = table(of_criterion(ratings, name))
        columns = [raters.index(rater) for rater in found.raters]
        for interview, levels in zip(found.interviews, found.levels, strict=True):
            row = np.full(len(raters), np.nan)
            row[columns] = levels
            by_interview.setdefault(interview, []).append(row)
    return alpha({interview: np.stack(rows) for interview, rows in by_interview.items()})


def _points(ratings: Sequence[Rating], raw: RawResults, criterion: str) -> _Points:
    rated = of_criterion(ratings, criterion)
    means = panel_means(rated, MIN_RATERS_EACH)
    both = [key for key in means if key in raw]
    interviews = {interview for interview, _ in both}
    return _Points(
        x=np.array([raw[key].score for key in both]),
        width=np.array([raw[key].half_width for key in both]),
        y=np.array([means[key].level for key in both]),
        raters=len({r.rater for r in rated if r.level is not None and r.interview in interviews}),
    )


def _reason(points: _Points) -> str | None:
    """Return why a criterion cannot be calibrated, None if it can."""
    if len(points.x) < MIN_INTERVIEWS:
        because = (
            "with fewer the intervals' coverage could not be trusted within 8 points, nor a useful score be "
            "told from a useless one"
        )
        of = "scored interviews rated by two or more"
        return NotEnough(len(points.x), MIN_INTERVIEWS, of, because).message
    if points.raters < MIN_RATERS:
        because = "the scale is to be a panel's, not that of one pair"
        return NotEnough(points.raters, MIN_RATERS, "raters", because).message
    if points.x.std() == 0 or points.y.std() == 0:
        return "undefined: the raw scores or the panel's means are all equal"
    from scipy.stats import pearsonr  # slow to load, and only calibrating needs it

    found = pearsonr(points.x, points.y)
    if found.confidence_interval(CONFIDENCE).low <= 0:
        return (
            f"the scores do not rise with the panel's ratings (r = {found.statistic:.2f}, and its 95 % "
            "interval holds 0): there is nothing to calibrate"
        )
    return None


def _table(points: _Points) -> CriterionCalibration:
    typical = float(np.median(points.width)) or GRID[1]
    score, low, high = _columns(points, np.ones(len(points.x), dtype=bool))
    covered, errors = _cross_validated(points, typical)
    return CriterionCalibration(
        interviews=len(points.x),
        raters=points.raters,
        score=score,
        low=low,
        high=high,
        typical_half_width=typical,
        coverage=_coverage(covered, len(points.x)),
        error_raw=round(float(np.abs(points.x - points.y).mean()), 4),
        error_calibrated=round(float(errors.mean()), 4),
    )


def _columns(points: _Points, rows) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """Return score, low and high on the grid, from the points of ``rows``."""
    grid = np.array(GRID)
    x, y = points.x[rows], points.y[rows]
    score = np.clip(predict(centred_isotonic(x, y), grid), 0, 3)
    low, high = jackknife_plus(x, y, grid, NOMINAL)
    low, high = np.clip(np.minimum(low, score), 0, 3), np.clip(np.maximum(high, score), 0, 3)
    first, second, third = (tuple(np.round(column, 4).tolist()) for column in (score, low, high))
    return first, second, third


def _cross_validated(points: _Points, typical: float) -> tuple[int, Values]:
    """Return how many panel means lay in the interval made without them, and the absolute errors."""
    order = np.random.default_rng(_SEED).permutation(len(points.x))
    covered, errors = 0, np.empty(len(points.x))
    for fold in np.array_split(order, FOLDS):
        rest = np.setdiff1d(order, fold)
        score, low, high = _columns(points, rest)
        wider = np.maximum(1, points.width[fold] / typical)
        middle = np.interp(points.x[fold], GRID, score)
        bottom = middle - (middle - np.interp(points.x[fold], GRID, low)) * wider
        top = middle + (np.interp(points.x[fold], GRID, high) - middle) * wider
        y = points.y[fold]
        covered += int(((bottom - 1e-9 <= y) & (y <= top + 1e-9)).sum())
        errors[fold] = np.abs(middle - y)
    return covered, errors


def _coverage(covered: int, n: int) -> Coverage:
    from statsmodels.stats.proportion import proportion_confint  # slow to load, and only calibrating needs it

    low, high = proportion_confint(covered, n, alpha=1 - CONFIDENCE, method="beta")
    return Coverage(
        nominal=NOMINAL,
        measured=round(covered / n, 4),
        interval=(round(float(low), 4), round(float(high), 4)),
        interviews=n,
    )


def _data_hash(
    ratings: Sequence[Rating], raw: RawResults, rubric: RubricReference, scorer_version: str
) -> str:
    content = {
        "rubric": rubric.model_dump(),
        "scorer_version": scorer_version,
        "ratings": sorted(
            [r.interview, r.rater, r.criterion, r.level]
            for r in ratings
            if r.behaviour is None and r.level is not None
        ),
        "raw": sorted([*key, result.score, result.half_width] for key, result in raw.items()),
        "method": METHOD,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
