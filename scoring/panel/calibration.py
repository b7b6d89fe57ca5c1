"""A calibration, format ``aila.calibration/1``: a table from raw scores to what the panel would say.

The file stands by itself: applying it needs neither ratings nor a statistics library, and it holds nothing
about a single interview or rater.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from question_bank.fault_wording import explained, place, worst
from scoring.errors import CalibrationError
from scoring.result import RubricReference, Score

STEP = 0.05
"""Between two raw scores of the table; what lies between is interpolated."""
GRID = tuple(round(i * STEP, 2) for i in range(61))
MAX_BYTES = 5 * 1024 * 1024
Column = Annotated[tuple[Score, ...], Field(min_length=len(GRID), max_length=len(GRID))]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Coverage(_Strict):
    """How often the interval held the panel's mean, on interviews that the calibration had not seen."""

    nominal: Annotated[float, Field(gt=0, lt=1)]
    measured: Annotated[float, Field(ge=0, le=1)]
    interval: tuple[float, float]
    """95 %, Clopper-Pearson."""
    interviews: Annotated[int, Field(ge=1)]


class CriterionCalibration(_Strict):
    """For raw scores 0, 0.05, … 3: the calibrated score and its interval."""

    interviews: Annotated[int, Field(ge=1)]
    raters: Annotated[int, Field(ge=1)]
    score: Column
    low: Column
    high: Column
    typical_half_width: Annotated[float, Field(gt=0, le=3)]
    """Median half-width of the raw intervals; a wider raw interval widens the calibrated one likewise."""
    coverage: Coverage
    error_raw: Annotated[float, Field(ge=0)]
    """Mean absolute difference of raw scores from the panel's means, in levels."""
    error_calibrated: Annotated[float, Field(ge=0)]
    """The same of calibrated scores, by cross-validation."""

    @model_validator(mode="after")
    def _ordered(self) -> "CriterionCalibration":
        if any(later < earlier for earlier, later in zip(self.score, self.score[1:], strict=False)):
            raise ValueError("score must not fall as the raw score rises")
        if any(
            not low <= score <= high for low, score, high in zip(self.low, self.score, self.high, strict=True)
        ):
            raise ValueError("each interval must hold its score")
        return self

    def at(self, raw: float, half_width: float) -> tuple[float, tuple[float, float]]:
        """Return calibrated score and interval of a raw score (0–3) with its raw half-width."""
        place = min(max(raw, 0.0), 3.0) / STEP
        index = min(int(place), len(GRID) - 2)
        part = place - index
        score, low, high = (
            column[index] + (column[index + 1] - column[index]) * part
            for column in (self.score, self.low, self.high)
        )
        wider = max(1.0, half_width / self.typical_half_width)
        return score, (max(0.0, score - (score - low) * wider), min(3.0, score + (high - score) * wider))


class Calibration(_Strict):
    """One calibration; never changed once made."""

    schema_: Literal["aila.calibration/1"] = Field("aila.calibration/1", alias="schema")
    id: Annotated[str, Field(pattern=r"^cal-[0-9a-f]{12}$")]
    """From the data hash: the same ratings and scores give the same id."""
    rubric: RubricReference
    scorer_version: str
    made_at: AwareDatetime
    data_hash: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    """Over everything that it was computed from."""
    interviews: Annotated[int, Field(ge=1)]
    raters: Annotated[int, Field(ge=1)]
    ratings: Annotated[int, Field(ge=1)]
    panel_alpha: Annotated[float, Field(ge=-1, le=1)]
    method: str
    criteria: dict[str, CriterionCalibration] = Field(min_length=1)
    left_out: dict[str, str] = {}
    """Criteria that stay uncalibrated, and why."""


def load_calibration(path: Path) -> Calibration:
    """Return the calibration in ``path``.

    Raises
    ------
    CalibrationError
        If the file is unreadable or no ``aila.calibration/1``; says where.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CalibrationError(f"the file is larger than {MAX_BYTES} bytes", path)
        return Calibration.model_validate_json(path.read_bytes())
    except OSError as error:
        raise CalibrationError(f"the file cannot be read: {error.strerror}", path) from error
    except ValidationError as error:
        faults = error.errors(include_url=False)
        if faults[0]["type"] == "json_invalid":
            why = faults[0]["ctx"]["error"]
            raise CalibrationError(f"the file is not valid JSON: {why}", path) from error
        # A file of another kind has a hundred faults: the schema says it in one.
        fault = next((one for one in faults if one["loc"][:1] == ("schema",)), worst(faults))
        if fault["loc"][:1] == ("schema",):
            raise CalibrationError("the file is no calibration (aila.calibration/1)", path) from error
        reason = explained(fault, Calibration)
        raise CalibrationError(f"{place(fault['loc'], 'the file')}: {reason}", path) from error
