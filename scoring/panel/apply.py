"""Brings scores onto the panel's scale: a step after scoring, which keeps the raw scores."""

import hashlib

from scoring.errors import CalibrationError
from scoring.panel.calibration import Calibration
from scoring.result import CalibrationReference, CriterionResult, RawScore, Scores

DECIMALS = 2


def calibrated(scores: Scores, calibration: Calibration) -> Scores:
    """Return ``scores`` with the calibration applied; criteria that it leaves out stay as they are.

    ``calibrated`` is true only if every scored criterion was brought onto the scale.

    Raises
    ------
    CalibrationError
        If the calibration was made for another rubric or another version of the scorer, or a
        calibration was applied already.
    """
    reason = mismatch(scores, calibration)
    if reason is not None:
        raise CalibrationError(reason)
    criteria = tuple(_criterion(result, calibration) for result in scores.criteria)
    scored = [result for result in criteria if result.score is not None]
    both = f"{scores.provenance}\n{calibration.model_dump_json(exclude={'made_at'})}"
    return scores.model_copy(
        update={
            "criteria": criteria,
            "calibrated": bool(scored) and all(result.raw is not None for result in scored),
            "provenance": "sha256:" + hashlib.sha256(both.encode()).hexdigest(),
            "calibration": CalibrationReference(id=calibration.id, raw_provenance=scores.provenance),
        }
    )


def mismatch(scores: Scores, calibration: Calibration) -> str | None:
    """Return why ``calibration`` says nothing about ``scores``, None if it does."""
    if scores.calibration is not None:
        return f"calibration {scores.calibration.id} was applied to these scores already"
    if scores.rubric != calibration.rubric:
        of, made = scores.rubric, calibration.rubric
        return (
            f"calibration {calibration.id} was made for rubric {made.id} {made.version}; "
            f"these scores are of {of.id} {of.version}"
        )
    if scores.scorer_version != calibration.scorer_version:
        return (
            f"calibration {calibration.id} was made for version {calibration.scorer_version} of the scorer; "
            f"these scores are of {scores.scorer_version or 'an older one'}"
        )
    return None


def half_width(score: float, interval: tuple[float, float]) -> float:
    """Return a raw interval's half-width, before it was cut off at 0 or 3."""
    return max(score - interval[0], interval[1] - score)


def _criterion(result: CriterionResult, calibration: Calibration) -> CriterionResult:
    table = calibration.criteria.get(result.id)
    if table is None or result.score is None or result.interval is None:
        return result
    score, (low, high) = table.at(result.score, half_width(result.score, result.interval))
    return result.model_copy(
        update={
            "score": round(score, DECIMALS),
            "interval": (round(low, DECIMALS), round(high, DECIMALS)),
            "raw": RawScore(score=result.score, interval=result.interval),
        }
    )
