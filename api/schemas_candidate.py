"""Bodies of the candidate's endpoints."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.schemas import ClientId, Mode, RequestBody, ResponseBody, SessionStatus
from records.events import AilaTurnKind, CandidateTurnKind, Control

MAX_MESSAGE_CHARACTERS = 12_000
"""About ten minutes of fast speech: more than any answer's time limit lets one say."""


class BankInBrief(ResponseBody):
    id: str
    version: str
    title: str
    question_count: int
    minutes: int = Field(description="What it will probably take by talking, as the interview itself shows.")
    minutes_typed: int = Field(description="What it will probably take in writing.")


ConsentId = Literal["interview", "recording", "camera"]


class ConsentItem(ResponseBody):
    id: ConsentId
    required: bool = Field(description="Whether there is no interview without it.")
    title: str
    body: str
    without_it: str = Field(description="What happens if it is withheld.")


class ConsentText(ResponseBody):
    version: str
    language: str = Field(description="The language of this text (BCP 47).")
    introduction: tuple[str, ...] = Field(description="The trust page's paragraphs, in order.")
    items: tuple[ConsentItem, ...]


class InvitationView(ResponseBody):
    """What a candidate sees before the interview."""

    position_title: str
    company: str
    candidate_name: str
    bank: BankInBrief
    consents: ConsentText
    modes: tuple[Mode, ...]
    status: Literal["new", "in_progress", "completed"]
    mode: Mode | None = Field(description="The way the interview is taken; null before the first join.")
    agent_available: bool = Field(description="Whether the voice interview can start now.")
    retention_days: int
    interview_language: str = Field(
        description="The language (BCP 47) that Aila asks in; the only one she understands and scores."
    )


class ConsentsGiven(RequestBody):
    interview: bool = Field(description="To be interviewed by Aila; required.")
    recording: bool = Field(False, description="To have the sound recorded; transcript only without it.")
    camera: bool = Field(
        False, description="To be filmed while the camera is switched on; counts where it is offered."
    )


class ConsentTextRead(RequestBody):
    """Which text the candidate read, as it was answered with the invitation."""

    version: Annotated[str, Field(max_length=32)]
    language: Annotated[str, Field(max_length=16)]


class JoinRequest(RequestBody):
    invite: Annotated[str, Field(min_length=1, max_length=2048)]
    consents: ConsentsGiven
    consent_text: ConsentTextRead | None = Field(
        None, description="The text that was agreed to; left out: the present one, in English."
    )
    mode: Mode


class JoinResponse(ResponseBody):
    session_id: str
    session_token: str = Field(description="For `Authorization: Bearer …` of the other candidate endpoints.")
    mode: Mode
    livekit_url: str | None = Field(description="Null for a typed interview.")
    livekit_token: str | None = Field(description="Null for a typed interview.")
    camera: bool = Field(description="Whether the candidate may switch a camera on.")
    video_avatar: bool = Field(description="Whether Aila's face may come as video, on behalf of her agent.")
    resumed: bool = Field(description="Whether this invitation had already been joined.")


class CheckRequest(RequestBody):
    invite: Annotated[str, Field(min_length=1, max_length=2048)]


class CheckResponse(ResponseBody):
    """The way into an empty room, to try whether calls get through."""

    livekit_url: str
    livekit_token: str = Field(description="For two minutes.")


ReplyTo = Annotated[
    str | None,
    Field(
        max_length=64,
        description="The newest turn of Aila's that the page showed. If she has asked something else since, "
        "perhaps in another tab, nothing is taken, and the answer is a 409; null: whatever she asked.",
    ),
]


class MessageRequest(RequestBody):
    id: ClientId
    reply_to: ReplyTo = None
    text: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_MESSAGE_CHARACTERS)
    ]


class ControlRequest(RequestBody):
    id: ClientId
    reply_to: ReplyTo = None
    control: Control


class Progress(ResponseBody):
    """Where the interview is."""

    phase: Literal["waiting", "opening", "practice", "questions", "closing", "ended"]
    question_id: str | None
    question_text: str | None
    question_number: int = Field(description="From 1; 0 before the first question.")
    question_count: int
    minutes_left: int
    floor: Literal["aila", "candidate", "nobody"]
    paused: bool


class CandidateTurn(ResponseBody):
    id: str
    speaker: Literal["aila", "candidate"]
    kind: AilaTurnKind | CandidateTurnKind
    text: str = Field(description="Empty for an answer to the practice question: its words are not stored.")
    question_id: str | None


class SessionView(ResponseBody):
    session_id: str
    mode: Mode
    status: SessionStatus
    progress: Progress
    turns: tuple[CandidateTurn, ...]


class AfterwardsView(ResponseBody):
    """What happened to the interview after it ended."""

    status: SessionStatus
    ended_at: datetime | None
    recording_kept: bool | None = Field(description="Null until the interview has been processed.")
    camera_kept: bool = Field(description="Whether anything that the candidate's camera recorded is stored.")
    read_at: datetime | None = Field(
        description="When a recruiter first opened it; null if none has, or the position does not tell."
    )
    decided: bool | None = Field(
        description="Whether a recruiter has decided; null where the position does not tell."
    )
