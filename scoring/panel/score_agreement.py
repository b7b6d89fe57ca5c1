"""How the scorer's scores agree with the panel's mean."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.panel.estimate import CONFIDENCE, Estimate, NotEnough, Statistic, Undefined
from scoring.panel.intraclass import Intraclass, spearman_brown
from scoring.panel.kappa import quadratic_kappa
from scoring.panel.ratings import PanelMeans

MIN_INTERVIEWS = 30
MIN_RATERS = 2
"""Raters whose mean a score is compared with."""
RESAMPLES = 1000
_SEED = 20240602
Values = NDArray[np.float64]
ByCriterion = Mapping[tuple[str, str], float]
"""(interview, criterion) → 0–3."""


@dataclass(frozen=True, slots=True)
class ScoreAgreement:
    """Scores beside the panel's means of the same interviews."""

    interviews: int
    quadratic_kappa: Statistic
    correlation: Statistic
    """Pearson's r."""
    standardised_difference: Statistic
    """(mean score - mean of the panel) / pooled standard deviation; positive: the scorer is milder."""
    panel_error: Statistic
    """The panel mean's standard error of measurement in levels, SD x sqrt(1 - ICC(2,k)),
    for as many raters as judged an interview in the (harmonic) mean."""
    estimate_error: Statistic
    """Standard error of estimate in levels: what is left of the panel mean's spread given the score."""


def agreement(scores: ByCriterion, panel: PanelMeans, criterion: str, rated: Intraclass) -> ScoreAgreement:
    """Return the agreement on one criterion; ``rated`` is the panel's own agreement on it."""
    both = sorted(key for key in scores.keys() & panel.keys() if key[1] == criterion)
    levels = np.array([panel[key].level for key in both])
    raters = [panel[key].raters for key in both]
    return _agreement(np.array([scores[key] for key in both]), levels, rated.single, raters)


def overall_agreement(scores: ByCriterion, panel: PanelMeans, rated: Intraclass) -> ScoreAgreement:
    """Return the agreement of interviews' means over the criteria that have both."""
    pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    raters: list[int] = []
    for key in sorted(scores.keys() & panel.keys()):
        pairs[key[0]].append((scores[key], panel[key].level))
        raters.append(panel[key].raters)
    means = np.array([np.mean(found, axis=0) for found in pairs.values()]).reshape(-1, 2)
    return _agreement(means[:, 0], means[:, 1], rated.single, raters)


def _agreement(scores: Values, panel: Values, single: Statistic, raters: Sequence[int]) -> ScoreAgreement:
    n = len(scores)
    missing: NotEnough | Undefined | None = None
    if n < MIN_INTERVIEWS:
        because = "below thirty the interval of r is wider than the difference between good and useless"
        missing = NotEnough(n, MIN_INTERVIEWS, "scored interviews rated by two or more", because)
    elif scores.std() == 0 or panel.std() == 0:
        missing = Undefined("the scores or the panel's means are all equal")
    if missing is not None:
        return ScoreAgreement(n, missing, missing, missing, missing, missing)
    from scipy.stats import pearsonr  # slow to load, and only reports need it

    found = pearsonr(scores, panel)
    bounds = found.confidence_interval(CONFIDENCE)
    r = float(found.statistic)
    left = float(panel.std(ddof=2) * np.sqrt(1 - r**2))
    return ScoreAgreement(
        interviews=n,
        quadratic_kappa=_bootstrapped(quadratic_kappa, scores, panel),
        correlation=Estimate(r, float(bounds.low), float(bounds.high)),
        standardised_difference=_bootstrapped(_standardised_difference, scores, panel),
        panel_error=_panel_error(panel, single, raters),
        estimate_error=Estimate(left),
    )


def _panel_error(panel: Values, single: Statistic, raters: Sequence[int]) -> Statistic:
    if not isinstance(single, Estimate):
        return single
    if single.value < 0:
        return Undefined("the raters' ICC(2,1) is negative")
    reliability = spearman_brown(single.value, len(raters) / sum(1 / count for count in raters))
    return Estimate(float(panel.std(ddof=1) * np.sqrt(1 - reliability)))


def _standardised_difference(scores: Values, panel: Values) -> float:
    """Return (mean score - mean of the panel) / sqrt of the mean variance; Williamson, Xi & Breyer (2012)."""
    spread = np.sqrt((scores.var(ddof=1) + panel.var(ddof=1)) / 2)
    return float((scores.mean() - panel.mean()) / spread) if spread else float("nan")


def _bootstrapped(statistic: Callable[[Values, Values], float], scores: Values, panel: Values) -> Estimate:
    """Return a statistic with its percentile interval over interviews drawn again."""
    draws = np.random.default_rng(_SEED).integers(0, len(scores), (RESAMPLES, len(scores)))
    again = [statistic(scores[rows], panel[rows]) for rows in draws]
    tail = (1 - CONFIDENCE) / 2
    low, high = np.nanquantile(again, [tail, 1 - tail])
    return Estimate(statistic(scores, panel), float(low), float(high))
