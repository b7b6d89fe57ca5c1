"""The facts of one interview, in the order in which they happened.

Events are append-only: nothing is ever edited or removed, a correction is a further event. The
state of an interview (:mod:`agent.interview`) and its transcript (:mod:`records.transcript`) are
both projections of this list, so replaying it resumes an interview after a crash.

``at_s`` is always seconds since the session's first start, by the wall clock; gaps in which no
agent was running count, and the recording is padded to match.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

Mode = Literal["voice", "text"]
AilaTurnKind = Literal[
    "greeting", "guideline", "practice", "question", "follow_up", "reminder", "acknowledgement", "closing"
]
CandidateTurnKind = Literal["answer", "control", "question"]
Control = Literal["repeat", "skip", "done", "moment", "pause", "resume", "leave"]
ControlSource = Literal["pressed", "said"]
AnswerPart = Literal["situation", "action", "result", "example"]
ReminderKind = Literal[
    "refers_to_cv", "refers_to_earlier", "refers_to_offline", "assumes_watcher", "fragment", "other_language"
]
CompletionReason = Literal["turn_policy", "sent", "done", "skipped", "time_limit", "silence"]
EndReason = Literal["completed", "time_limit", "candidate_left", "abandoned"]


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word; times in seconds since the session started, probability in [0, 1]."""

    text: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True, slots=True)
class InterviewStarted:
    at_s: float
    mode: Mode
    bank_id: str
    bank_version: str
    bank_hash: str
    locale: str
    type: Literal["interview_started"] = "interview_started"


@dataclass(frozen=True, slots=True)
class CandidateConnected:
    at_s: float
    type: Literal["candidate_connected"] = "candidate_connected"


@dataclass(frozen=True, slots=True)
class CandidateDisconnected:
    at_s: float
    type: Literal["candidate_disconnected"] = "candidate_disconnected"


@dataclass(frozen=True, slots=True)
class AgentStarted:
    """A process took the interview up, first or again; whatever Aila was saying before is cut."""

    at_s: float
    mode: Mode | None = None
    """The mode from now on; None: as before."""
    type: Literal["agent_started"] = "agent_started"


@dataclass(frozen=True, slots=True)
class UtteranceStarted:
    """Aila begins to say ``text``; stored before the first sample is played or the text shown."""

    at_s: float
    turn_id: str
    kind: AilaTurnKind
    text: str
    question_id: str | None = None
    source: Literal["bank", "llm"] = "bank"
    repeats_turn_id: str | None = None
    """The turn that is said again, None for something new."""
    type: Literal["utterance_started"] = "utterance_started"


@dataclass(frozen=True, slots=True)
class UtteranceEnded:
    at_s: float
    turn_id: str
    interrupted: bool
    """True if the candidate, or a control, stopped Aila before her last word."""
    type: Literal["utterance_ended"] = "utterance_ended"


@dataclass(frozen=True, slots=True)
class Backchannelled:
    """Aila let a soft sound ("Um-hum.") show that she listens; the floor stayed with the candidate."""

    at_s: float
    question_id: str
    text: str
    type: Literal["backchannelled"] = "backchannelled"


@dataclass(frozen=True, slots=True)
class CandidateSpoke:
    """One finalised stretch of the candidate's words: a speech segment, or a typed message."""

    at_s: float
    """Start of the first word."""
    end_s: float
    turn_id: str
    text: str
    kind: CandidateTurnKind = "answer"
    question_id: str | None = None
    words: tuple[Word, ...] = ()
    """Empty for typed text."""
    id: str | None = None
    """The client's own id of a typed message, so that one sent twice counts once; None for speech."""
    type: Literal["candidate_spoke"] = "candidate_spoke"


@dataclass(frozen=True, slots=True)
class AnswerCompleted:
    """The candidate's turn on this question is judged, or declared, over."""

    at_s: float
    question_id: str
    reason: CompletionReason
    type: Literal["answer_completed"] = "answer_completed"


@dataclass(frozen=True, slots=True)
class AnswerReopened:
    """The candidate went on after the answer had been judged over: it stays one answer."""

    at_s: float
    question_id: str
    type: Literal["answer_reopened"] = "answer_reopened"


@dataclass(frozen=True, slots=True)
class ControlUsed:
    at_s: float
    control: Control
    source: ControlSource
    id: str | None = None
    """The client's own id of the press, so that one sent twice counts once; None for a spoken one."""
    type: Literal["control_used"] = "control_used"


@dataclass(frozen=True, slots=True)
class FollowUpDrafted:
    """How a follow-up got its wording: the model's attempt, the guard's verdict, what will be said."""

    at_s: float
    question_id: str
    missing_part: AnswerPart
    text: str
    """The sentence Aila will say."""
    source: Literal["bank", "llm"]
    verdict: str
    """"accepted", or why the model's wording was not used ("no_model", "deadline", "leading", ...)."""
    prompt: str | None = None
    output: str | None = None
    latency_s: float | None = None
    type: Literal["follow_up_drafted"] = "follow_up_drafted"


@dataclass(frozen=True, slots=True)
class ReminderNoted:
    """A reason for a reminder was found; ``spoken`` is False from the second time of its kind on."""

    at_s: float
    kind: ReminderKind
    question_id: str
    spoken: bool
    type: Literal["reminder_noted"] = "reminder_noted"


@dataclass(frozen=True, slots=True)
class QuestionDropped:
    """A question of the plan was not asked; the record says why."""

    at_s: float
    question_id: str
    reason: Literal["time", "candidate_left"]
    type: Literal["question_dropped"] = "question_dropped"


@dataclass(frozen=True, slots=True)
class InterviewEnded:
    at_s: float
    reason: EndReason
    type: Literal["interview_ended"] = "interview_ended"


@dataclass(frozen=True, slots=True)
class AnswerCorrected:
    """After the interview the candidate wrote what was misheard; the words as heard stay in the record."""

    at_s: float
    turn_id: str
    """The transcript's turn of the candidate's."""
    text: str
    """The whole turn, as the candidate says that it was said."""
    id: str
    """The client's own id, so that one sent twice counts once."""
    type: Literal["answer_corrected"] = "answer_corrected"


@dataclass(frozen=True, slots=True)
class SentenceAdded:
    """After the interview the candidate added a sentence to a turn; it is shown, and never scored."""

    at_s: float
    turn_id: str
    text: str
    id: str
    type: Literal["sentence_added"] = "sentence_added"


@dataclass(frozen=True, slots=True)
class AnswerWithdrawn:
    """After the interview the candidate took an answer back: all that was said to the turn's question."""

    at_s: float
    turn_id: str
    id: str
    type: Literal["answer_withdrawn"] = "answer_withdrawn"


@dataclass(frozen=True, slots=True)
class AmendmentUndone:
    """The amendment ``amendment_id`` counts no more."""

    at_s: float
    amendment_id: str
    id: str
    type: Literal["amendment_undone"] = "amendment_undone"


@dataclass(frozen=True, slots=True)
class AmendmentsClosed:
    """The candidate has nothing more to amend."""

    at_s: float
    id: str
    type: Literal["amendments_closed"] = "amendments_closed"


Amendment = AnswerCorrected | SentenceAdded | AnswerWithdrawn | AmendmentUndone | AmendmentsClosed
"""What candidates do to their answers afterwards; the interview itself does not see it."""

Event = (
    InterviewStarted
    | AgentStarted
    | CandidateConnected
    | CandidateDisconnected
    | UtteranceStarted
    | UtteranceEnded
    | Backchannelled
    | CandidateSpoke
    | AnswerCompleted
    | AnswerReopened
    | ControlUsed
    | FollowUpDrafted
    | ReminderNoted
    | QuestionDropped
    | InterviewEnded
    | AnswerCorrected
    | SentenceAdded
    | AnswerWithdrawn
    | AmendmentUndone
    | AmendmentsClosed
)

event_adapter: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="type")])


def encode(event: Event) -> dict[str, Any]:
    """Return the JSON-ready form of ``event``, its ``type`` included."""
    return event_adapter.dump_python(event, mode="json")


def decode(payload: dict[str, Any]) -> Event:
    """Return the event that :func:`encode` wrote.

    Raises
    ------
    pydantic.ValidationError
        If the payload is of no known type or a field is missing or of the wrong kind.
    """
    return event_adapter.validate_python(payload)
