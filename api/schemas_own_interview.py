"""Bodies of what candidates may do with their own interview once it is over."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.schemas import RequestBody, ResponseBody, SessionStatus
from api.schemas_amendments import AdditionView, CorrectionView
from records.events import AilaTurnKind, CandidateTurnKind


class ReturnRequest(RequestBody):
    invite: Annotated[str, Field(min_length=1, max_length=2048)]


class ReturnedView(ResponseBody):
    session_token: str = Field(description="For `Authorization: Bearer …` of the other candidate endpoints.")
    status: SessionStatus


class OwnTurn(ResponseBody):
    id: str
    speaker: Literal["aila", "candidate"]
    kind: AilaTurnKind | CandidateTurnKind
    text: str
    question_id: str | None
    start_s: float = Field(description="Seconds from the start of the recording.")
    end_s: float | None
    amendable: bool = Field(
        description="Whether it is an answer, to which one may add, or which one may withdraw."
    )
    correctable: bool = Field(description="Whether it was recognised, so that words may have been misheard.")
    correction: CorrectionView | None
    addition: AdditionView | None
    withdrawn_by: str | None = Field(description="The amendment that withdrew the answer; null if none did.")


class HumanReviewRequest(RequestBody):
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = Field(
        "", description="What the candidate wants the person to know; may be empty."
    )


class HumanReviewView(ResponseBody):
    asked_at: datetime
    note: str


class OwnAnswersView(ResponseBody):
    reference: str = Field(description="What to name when asking about this interview.")
    ended_at: datetime | None
    recording_s: float | None = Field(description="Length of the recording; null if none was kept.")
    human_review: HumanReviewView | None = Field(description="Null if no person was asked for.")
    amendable_until: datetime | None = Field(
        description="Until when answers may be amended; null if they may not, or no longer."
    )
    feedback_given_at: datetime | None
    turns: tuple[OwnTurn, ...]


class ErasureReceipt(ResponseBody):
    """That everything was deleted; it names nobody."""

    receipt: str = Field(description="Its number.")
    erased_at: datetime
    erased: dict[str, int] = Field(description="How many rows of each kind, and how many files.")
