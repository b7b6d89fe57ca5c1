"""Scores of one transcript, format ``aila.scores/1``."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

IndicatorValue = Literal["no", "yes", "medium", "high"]
Score = Annotated[float, Field(ge=0, le=3)]
NOT_ASKED = "no question about this was asked"
"""The reason of an abstention that says nothing about the candidate: also where the interview ended before
the bank's question came."""
NOT_ASKED_REASONS = frozenset({NOT_ASKED, "no question of this interview targets this criterion"})
"""With the words of scores that were stored before."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Evidence(_Frozen):
    """``quote == turn.text[start:end]``, exactly."""

    turn: str
    start: int
    end: int
    quote: str


class IndicatorResult(_Frozen):
    id: str
    value: IndicatorValue
    evidence: tuple[Evidence, ...] = ()
    contradicting: tuple[Evidence, ...] = ()
    """What denies or undoes the behaviour; the interval reaches further down where both are there."""


class RawScore(_Frozen):
    """What the scorer said before the panel's calibration was applied."""

    score: Score
    interval: tuple[Score, Score]


class CriterionResult(_Frozen):
    id: str
    score: Score | None
    """0 none, 1 low, 2 medium, 3 high; None when abstained."""
    interval: tuple[Score, Score] | None
    abstained: bool
    reason: str | None
    indicators: tuple[IndicatorResult, ...] = ()
    raw: RawScore | None = None
    """None where no calibration was applied: ``score`` and ``interval`` are the scorer's own."""


class RubricReference(_Frozen):
    id: str
    version: str


class CalibrationReference(_Frozen):
    """Which calibration was applied, and to which scores."""

    id: str
    raw_provenance: str


class Scores(_Frozen):
    schema_: Literal["aila.scores/1"] = Field("aila.scores/1", alias="schema")
    session_id: str
    rubric: RubricReference
    calibrated: bool
    """Whether every scored criterion is on the panel's scale."""
    provenance: str
    """``sha256:`` of rubric, code version, transcript and settings: the same input gives the same bytes."""
    criteria: tuple[CriterionResult, ...]
    scorer_version: str | None = None
    """Of the scoring code; None in scores that were stored before it was said."""
    calibration: CalibrationReference | None = None
