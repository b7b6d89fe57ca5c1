"""Scores as they are shown: on the panel's scale where a calibration is in force, else raw."""

from sqlalchemy.orm import Session

from records import calibrations
from scoring.panel.apply import calibrated, mismatch
from scoring.panel.calibration import Calibration
from scoring.result import Scores


def shown_scores(session: Session, stored: dict[str, Scores]) -> dict[str, Scores]:
    """Return the scores (session id → scores) as they are to be shown beside each other.

    Scores of one rubric are brought onto the panel's scale all or not at all: where the calibration does
    not fit one of them, because another version of the scorer made it, they could not be compared.
    """
    in_force = {key: Calibration.model_validate(found) for key, found in calibrations.active(session).items()}
    unfit = {
        _rubric(scores)
        for scores in stored.values()
        if _rubric(scores) in in_force and mismatch(scores, in_force[_rubric(scores)]) is not None
    }
    return {
        session_id: calibrated(scores, in_force[_rubric(scores)])
        if _rubric(scores) in in_force.keys() - unfit
        else scores
        for session_id, scores in stored.items()
    }


def _rubric(scores: Scores) -> tuple[str, str]:
    return scores.rubric.id, scores.rubric.version
