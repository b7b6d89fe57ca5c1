"""Bodies of the recruiter's endpoints."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.schemas import Mode, RequestBody, ResponseBody, SessionStatus
from api.schemas_amendments import AmendedAnswer
from api.schemas_own_interview import HumanReviewView
from api.schemas_studio import RubricView
from records.transcript import Transcript
from scoring.result import Score, Scores

Decision = Literal["invite", "talk_first", "hold"]
"""There is no reject: Aila's part ends with a recruiter who decides."""
RequiredLevel = Annotated[float, Field(ge=0, le=3, allow_inf_nan=False)]
Importance = Annotated[int, Field(ge=1, le=3)]
ExceedsMargin = Annotated[float, Field(ge=0.25, le=3, allow_inf_nan=False)]
_REQUIRED = "0 none, 1 low, 2 medium, 3 high; null: no level, the criterion only counts in the order."
_MARGIN = "How far above the required level a score exceeds it."


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
    required: RequiredLevel | None = Field(description=_REQUIRED)
    importance: Importance
    exceeds_margin: ExceedsMargin = Field(description=_MARGIN)


class Criterion(ResponseBody):
    id: str
    name: str


class PositionView(PositionRow):
    levels: dict[str, Level]
    criteria: tuple[Criterion, ...] = Field(description="Every criterion of the position's rubric.")


class LevelRequest(RequestBody):
    required: RequiredLevel | None = Field(description=_REQUIRED)
    importance: Importance
    exceeds_margin: ExceedsMargin = Field(0.75, description=_MARGIN)


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
    importance: Importance
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
    overall: OverallScore | None = Field(
        description="sum(importance * score) / sum(importance) over the counted criteria that were scored."
    )
    counted: int = Field(description="How many of `criteria` were scored and count in `overall`.")
    criteria: tuple[RankedCriterion, ...]
    decision: DecisionView | None = Field(description="The newest decision.")
    ended_at: datetime | None
    has_recording: bool
    has_cv: bool
    failure: str | None = Field(description="Why processing failed; null otherwise.")


class UnopenedInvitation(ResponseBody):
    """Somebody who was invited and has not begun."""

    candidate_name: str
    invited_at: datetime
    expires_at: datetime
    state: Literal["open", "expired", "withdrawn"]


class RankingView(ResponseBody):
    position: PositionRow
    rows: tuple[RankingRow, ...]
    not_begun: tuple[UnopenedInvitation, ...] = Field(
        description="Invitations that led to no interview yet, newest first."
    )
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


class CameraTakeView(ResponseBody):
    """One stretch that the candidate's camera was on, without sound; never scored."""

    url: str
    start_s: float = Field(description="Seconds of the sound recording at which it begins.")
    size_bytes: int


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
    transcript: Transcript = Field(description="As it counts, the candidate's amendments included.")
    amendments: tuple[AmendedAnswer, ...] = Field(description="What the candidate changed afterwards.")
    amendable_until: datetime | None = Field(
        description="Until when the candidate may change answers; null if not, or no longer."
    )
    recording: RecordingView | None
    camera: tuple[CameraTakeView, ...] = Field(description="Earliest first; never scored.")
    decisions: tuple[DecisionView, ...] = Field(description="Oldest first.")
    cv: CvView | None
    consents: tuple[ConsentRecord, ...]
    human_review: HumanReviewView | None = Field(
        description="The candidate's wish that a person looks at it; null if there is none."
    )


class DecisionRequest(RequestBody):
    decision: Decision
    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=4000)]
