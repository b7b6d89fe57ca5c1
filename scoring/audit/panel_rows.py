"""The rows that a panel's ratings fill: raters' agreement, agreement with scores, honest uncertainty."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.audit.figures import absent, figure
from scoring.audit.multitrait import multitrait
from scoring.audit.report_format import Figure, PropertyRow
from scoring.panel.calibrating import MIN_INTERVIEWS as MIN_CALIBRATED
from scoring.panel.calibrating import MIN_RATERS as MIN_PANEL
from scoring.panel.calibration import Calibration
from scoring.panel.estimate import Estimate, NotEnough
from scoring.panel.intraclass import MIN_INTERVIEWS
from scoring.panel.ratings import PanelMeans
from scoring.panel.report import PanelReport
from scoring.panel.score_agreement import MIN_INTERVIEWS as MIN_COMPARED
from scoring.panel.score_agreement import MIN_RATERS
from scoring.result import Scores

ICC_LEVEL, ALPHA_LEVEL, KAPPA_LEVEL, DIFFERENCE_LEVEL, COVERAGE_TOLERANCE = 0.75, 0.67, 0.70, 0.15, 0.02
NO_RATINGS = "no ratings by people yet; it takes "
TO_AGREE = f"{NO_RATINGS}two raters and {MIN_INTERVIEWS} interviews that both rated"
TO_COMPARE = f"{NO_RATINGS}{MIN_COMPARED} scored interviews, each rated by {MIN_RATERS} raters"
TO_CALIBRATE = (
    f"no calibration is in force; it takes ratings of {MIN_CALIBRATED} interviews by {MIN_PANEL} raters"
)


@dataclass(frozen=True, slots=True)
class PanelEvidence:
    """What people have rated, and what was made of it."""

    report: PanelReport
    """Of people's ratings alone; simulated raters are left out before."""
    means: PanelMeans
    calibration: Calibration | None
    """The one that is in force."""


def sem_of(panel: PanelEvidence | None) -> float | None:
    """Return the standard error of measurement in levels; None without enough ratings."""
    error = panel.report.overall.scores.panel_error if panel else None
    return error.value if isinstance(error, Estimate) else None


def raters_row(panel: PanelEvidence | None) -> PropertyRow:
    names = ("ICC(2,1)", "ICC(2,k)", "Krippendorff alpha (ordinal)")
    figures: list[Figure] = [absent(name, TO_AGREE) for name in (*names, "largest drift of a rater")]
    if panel is not None:
        rated = panel.report.overall
        of = f"{rated.intraclass.interviews} interviews rated by the same {rated.intraclass.raters} raters"
        figures = [
            figure(names[0], rated.intraclass.single, of),
            figure(names[1], rated.intraclass.mean, of, lambda value: value >= ICC_LEVEL),
            figure(names[2], rated.alpha, None, lambda value: value >= ALPHA_LEVEL),
            _largest_drift(panel.report),
        ]
    return PropertyRow(
        id="raters_agree",
        property="Raters agree",
        statistic="ICC(2,1), ICC(2,k), ordinal Krippendorff alpha, drift per rater",
        level=f"ICC(2,k) ≥ {ICC_LEVEL:.2f}, alpha ≥ {ALPHA_LEVEL:.2f}",
        figures=tuple(figures),
    )


def _largest_drift(report: PanelReport) -> Figure:
    name = "largest drift of a rater, in levels per ten interviews"
    drifts = [rater.drift for rater in report.raters]
    known = [drift for drift in drifts if isinstance(drift, Estimate)]
    if known:
        return figure(name, max(known, key=lambda drift: abs(drift.value)), f"{len(known)} raters")
    missing = [drift for drift in drifts if isinstance(drift, NotEnough)]
    return figure(name, missing[0]) if missing else absent(name, TO_AGREE)


def agreement_row(panel: PanelEvidence | None) -> PropertyRow:
    names = ("quadratic weighted kappa", "Pearson's r", "standardised mean difference")
    figures: list[Figure] = [absent(name, TO_COMPARE) for name in names]
    if panel is not None:
        scores = panel.report.overall.scores
        of = f"{scores.interviews} interviews, mean of the criteria"
        figures = [
            figure(names[0], scores.quadratic_kappa, of, lambda value: value >= KAPPA_LEVEL),
            figure(names[1], scores.correlation, of),
            figure(names[2], scores.standardised_difference, of, lambda v: abs(v) <= DIFFERENCE_LEVEL),
        ]
    return PropertyRow(
        id="scores_agree_with_panel",
        property="Scores agree with the panel",
        statistic="quadratic weighted kappa, r, standardised mean difference",
        level=f"QWK ≥ {KAPPA_LEVEL:.2f}, |SMD| ≤ {DIFFERENCE_LEVEL:.2f}",
        figures=tuple(figures),
    )


def uncertainty_row(panel: PanelEvidence | None) -> PropertyRow:
    figures: list[Figure] = [absent("standard error of measurement", TO_COMPARE)]
    if panel is not None:
        error = panel.report.overall.scores.panel_error
        figures = [figure("standard error of measurement, in levels", error)]
    return PropertyRow(
        id="uncertainty_is_honest",
        property="Uncertainty is honest",
        statistic="SEM, coverage of the conformal interval",
        level="nominal ± 2 points",
        figures=(*figures, *_coverages(panel)),
    )


def _coverages(panel: PanelEvidence | None) -> list[Figure]:
    if panel is None or panel.calibration is None:
        return [absent("coverage of the intervals", TO_CALIBRATE)]
    return [
        Figure(
            name=f"coverage of {name}, nominally {of.coverage.nominal:.0%}",
            value=round(of.coverage.measured, 3),
            interval=of.coverage.interval,
            of=f"{of.coverage.interviews} interviews that the calibration had not seen",
            reached=abs(of.coverage.measured - of.coverage.nominal) <= COVERAGE_TOLERANCE,
        )
        for name, of in sorted(panel.calibration.criteria.items())
    ]


def criteria_row(scored: Sequence[tuple[str, Scores]], panel: PanelEvidence | None) -> PropertyRow:
    scores = {
        (name, result.id): result.score
        for name, one in scored
        for result in one.criteria
        if result.score is not None
    }
    rated = {key: mean.level for key, mean in panel.means.items()} if panel else None
    found = multitrait(scores, rated)
    convergent = found.convergent
    higher = None
    if isinstance(convergent, Estimate) and isinstance(found.discriminant, Estimate):
        others = [found.discriminant.value]
        if isinstance(found.among_scores, Estimate):
            others.append(found.among_scores.value)
        higher = bool(convergent.value > np.max(others))
    return PropertyRow(
        id="criteria_are_different",
        property="Criteria are different",
        statistic="multitrait–multimethod matrix: means of correlations",
        level="convergent > discriminant",
        figures=(
            figure("convergent: same criterion, scored and rated", convergent).model_copy(
                update={"reached": higher}
            ),
            figure("discriminant: different criteria, scored and rated", found.discriminant),
            figure("different criteria, both scored", found.among_scores, f"{len(scored)} interviews"),
        ),
    )
