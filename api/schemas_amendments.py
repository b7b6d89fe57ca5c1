"""Bodies of what candidates may change about their answers afterwards, and say about the interview."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.schemas import ClientId, RequestBody, ResponseBody
from records.corrections import Verdict

MAX_ADDED_CHARACTERS = 400
TurnId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class CorrectRequest(RequestBody):
    """What was misheard, put right: the whole turn as it was said."""

    id: ClientId
    kind: Literal["correct"]
    turn_id: TurnId
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=12_000)]


class AddRequest(RequestBody):
    """One sentence beside a turn; shown, marked as added afterwards, never scored."""

    id: ClientId
    kind: Literal["add"]
    turn_id: TurnId
    text: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_ADDED_CHARACTERS)
    ]


class WithdrawRequest(RequestBody):
    """Take the whole answer back to which the turn belongs."""

    id: ClientId
    kind: Literal["withdraw"]
    turn_id: TurnId


class UndoRequest(RequestBody):
    id: ClientId
    kind: Literal["undo"]
    amendment_id: ClientId


class CloseRequest(RequestBody):
    """Nothing more is to be amended: what depends on that need not wait for the window's end."""

    id: ClientId
    kind: Literal["close"]


AmendmentRequest = Annotated[
    CorrectRequest | AddRequest | WithdrawRequest | UndoRequest | CloseRequest, Field(discriminator="kind")
]


class ChangeView(ResponseBody):
    """One place at which a correction differs from what was recognised."""

    start: int = Field(description="Character offsets into the text as recognised.")
    end: int
    recognised: str
    corrected: str
    start_s: float | None = Field(description="Where it is heard in the recording; null if it is not known.")
    end_s: float | None
    verdict: Verdict = Field(
        description="`counts`: the corrected words are scored; else why the recognised ones are."
    )


class CorrectionView(ResponseBody):
    id: str
    text: str
    changes: tuple[ChangeView, ...]


class AdditionView(ResponseBody):
    id: str
    text: str


class AmendedAnswer(ResponseBody):
    """What a recruiter sees of an amended answer, beside the transcript, which holds what counts."""

    turn_id: str
    question_id: str | None
    start_s: float = Field(description="Seconds from the start of the recording; where a gap is shown.")
    withdrawn: bool = Field(description="The answer was taken back: nothing else is told of it.")
    recognised: str | None = Field(description="The words as recognised; null if nothing was corrected.")
    correction: CorrectionView | None
    addition: AdditionView | None


Rating = Annotated[int, Field(ge=1, le=5)]


class FeedbackRequest(RequestBody):
    """How the interview felt; each part may be left out."""

    understood: Rating | None = Field(None, description="1 not at all to 5 fully: Aila understood me.")
    time: Rating | None = Field(None, description="I had the time that I needed.")
    fair: Rating | None = Field(None, description="The questions were fair.")
    again: Rating | None = Field(None, description="I would do such an interview again.")
    comment: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""


class FeedbackView(ResponseBody):
    given_at: datetime


class StrengthView(ResponseBody):
    criterion: str
    statement: str = Field(description="The behaviour of the published sheet that was found.")
    criterion_id: str | None = Field(description="Of a sheet that ships with Aila; null for a company's own.")
    behaviour_id: str | None
    quotes: tuple[str, ...] = Field(description="The candidate's own words.")


class StrengthsView(ResponseBody):
    """What of the candidate's was found; no score, no rank."""

    available: Literal["yes", "not_yet", "not_shown"] = Field(
        description="`not_yet`: while answers may be amended or are being processed; `not_shown`: the "
        "position shows none."
    )
    strengths: tuple[StrengthView, ...]
