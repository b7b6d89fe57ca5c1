"""Bodies of the recruiter's endpoints."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.schemas import Mode, RequestBody, ResponseBody, SessionStatus
from api.schemas_own_interview import HumanReviewView
from api.schemas_studio import RubricView
from records.transcript import Transcript
from scoring.result import Score, Scores

Decision = Literal["invite", "talk_first", "hold"]
"""There is no reject: Aila's part ends with a recruiter who decides."""
RequiredLevel = Annotated[float, Field(ge=0, le=3, allow_inf_nan=False)]
Importance = Annotated[int, Field(ge=1, le=3)]


class VersionReference(ResponseBody):
    id: str
    version: str


class PositionRow(ResponseBody):
    id: str
    title: str
    bank: VersionReference
    rubric: VersionReference
    candidates: int
    scored: int


class Level(ResponseBody):
    required: RequiredLevel = Field(description="0 none, 1 low, 2 medium, 3 high.")
    importance: Importance


class Criterion(ResponseBody):
    id: str
    name: str


class PositionView(PositionRow):
    levels: dict[str, Level]
    criteria: tuple[Criterion, ...] = Field(description="Every criterion of the position's rubric.")


class LevelRequest(RequestBody):
    required: RequiredLevel
    importance: Importance


class LevelsRequest(RequestBody):
    levels: Annotated[dict[str, LevelRequest], Field(min_length=1, max_length=64)]


class InvitationRequest(RequestBody):
    candidate_name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    expires_in_days: Annotated[int, Field(ge=1, le=90)] = 14


class InvitationCreated(ResponseBody):
    invite: str
    url: str
    expires_at: datetime


class OverallScore(ResponseBody):
    score: Score
    interval: tuple[Score, Score]


class RankedCriterion(ResponseBody):
    id: str
    name: str
    score: Score | None
    interval: tuple[Score, Score] | None
    abstained: bool
    reason: str | None
    required: RequiredLevel | None = Field(description="Null where the position requires no level.")
    fit: Literal["below", "fit", "exceeds", "uncertain", "not_asked"] | None


class DecisionView(ResponseBody):
    decision: Decision
    note: str
    by: str
    at: datetime


class RankingRow(ResponseBody):
    session_id: str
    candidate_name: str
    status: SessionStatus
    mode: Mode
    rank: int | None = Field(description="From 1; null until scored.")
    rank_tied: bool = Field(description="Whether others' intervals overlap with this one.")
    overall: OverallScore | None
    criteria: tuple[RankedCriterion, ...]
    decision: DecisionView | None = Field(description="The newest decision.")
    ended_at: datetime | None
    has_recording: bool
    has_cv: bool
    failure: str | None = Field(description="Why processing failed; null otherwise.")


class RankingView(ResponseBody):
    position: PositionRow
    rows: tuple[RankingRow, ...]
    calibrated: bool


class RecordingView(ResponseBody):
    url: str
    duration_s: float


class CvView(ResponseBody):
    url: str
    file_name: str
    media_type: str
    size_bytes: int
    uploaded_at: datetime


class ConsentRecord(ResponseBody):
    id: str
    granted: bool
    text_version: str
    text_language: str
    at: datetime


class SessionDetail(ResponseBody):
    session_id: str
    position: PositionRow
    candidate_name: str
    status: SessionStatus
    mode: Mode
    started_at: datetime | None
    ended_at: datetime | None
    failure: str | None = Field(description="Why processing failed; null otherwise.")
    scores: Scores | None
    rubric: RubricView = Field(description="Names and statements of what the scores refer to by id.")
    levels: dict[str, Level]
    transcript: Transcript
    recording: RecordingView | None
    decisions: tuple[DecisionView, ...] = Field(description="Oldest first.")
    cv: CvView | None
    consents: tuple[ConsentRecord, ...]
    human_review: HumanReviewView | None = Field(
        description="The candidate's wish that a person looks at it; null if there is none."
    )


class DecisionRequest(RequestBody):
    decision: Decision
    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=4000)]
