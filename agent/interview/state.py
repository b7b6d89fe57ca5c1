"""What is known of an interview; :mod:`agent.interview.transitions` rebuilds it from the events alone."""

from dataclasses import dataclass
from typing import Literal

from records.events import (
    AnswerCompleted,
    AnswerPart,
    CompletionReason,
    ControlUsed,
    FollowUpDrafted,
    InterviewEnded,
    Mode,
    ReminderKind,
    ReminderNoted,
    UtteranceStarted,
)

PendingReply = Literal["welcome_back", "repeat", "moment", "paused", "resumed", "asked", "go_on", "unheard"]
"""Something that Aila owes the candidate before she goes on with the script."""


TYPING_IDLE_S = 300.0
"""A candidate who types and sends nothing for longer has gone away: nobody tells when."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the candidate has said to one question so far."""

    question_id: str
    asked: bool = False
    texts: tuple[str, ...] = ()
    spoken_s: float = 0.0
    used_s: float = 0.0
    """Seconds of interview time from Aila's questions to the candidate's latest words."""
    completed: CompletionReason | None = None
    """None while it is open."""
    dropped: bool = False
    follow_ups: int = 0
    offers: int = 0
    """How often Aila broke a long silence on this question."""
    texts_before: int = 0
    """How many of ``texts`` are older than the last question, follow-up or reminder."""
    spoken_before_s: float = 0.0
    asked_parts: tuple[AnswerPart, ...] = ()
    """Parts that a follow-up has asked for; none is asked for twice."""
    draft: FollowUpDrafted | None = None
    """A worded follow-up that has not been said yet."""
    reminder: ReminderNoted | None = None
    """A reminder found in the answer as it stands; None again when the candidate adds to it."""
    reminder_said: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    @property
    def stretch(self) -> str:
        """What was said since Aila last asked or reminded."""
        return " ".join(self.texts[self.texts_before :])

    @property
    def stretch_s(self) -> float:
        return self.spoken_s - self.spoken_before_s


@dataclass(frozen=True, slots=True)
class InterviewState:
    mode: Mode = "voice"
    started_at_s: float | None = None
    ended: InterviewEnded | None = None
    connected: bool = False
    speaking: UtteranceStarted | None = None
    """What Aila is saying right now; None when she is silent."""
    quiet_since_s: float = 0.0
    """When the floor last became free: the end of Aila's or the candidate's last words."""
    paused_since_s: float | None = None
    paused_total_s: float = 0.0
    away_total_s: float = 0.0
    """Seconds in which the candidate, or Aila, was not there; they use up no interview time."""
    last_at_s: float = 0.0
    """Time of the latest event."""
    pauses_s: tuple[float, ...] = ()
    """The candidate's own latest pauses inside answers."""
    reopened: int = 0
    """How often an answer was judged over too early."""
    last_speech_end_s: float | None = None
    """End of the candidate's latest words if Aila has said nothing since, else None."""
    thinking_until_s: float | None = None
    """End of the time that "I need a moment" bought; None without one."""
    leaving: bool = False
    last_control: ControlUsed | None = None
    """The latest control, whether it took effect or not."""
    control_ids: frozenset[str] = frozenset()
    """The clients' ids of all controls so far: one sent again counts once."""
    counted_until_s: float = 0.0
    """Interview time up to which it is known what an answer took."""
    said_again: frozenset[str] = frozenset()
    """Texts of Aila's that the candidate talked over and that she has said again, or will: each only once."""
    greeted: bool = False
    guided: bool = False
    closed: bool = False
    current: str | None = None
    """The question (or practice question) that was asked last; None before the first."""
    last_asked: UtteranceStarted | None = None
    """The question or follow-up that the candidate is answering, for a repetition."""
    asked_before: UtteranceStarted | None = None
    """The one before ``last_asked``: it counts again if an answer is reopened."""
    disconnected_at_s: float | None = None
    """Since when the candidate has been away; None while connected."""
    answers: tuple[Answer, ...] = ()
    pending: tuple[PendingReply, ...] = ()
    asked_aila: str = ""
    """The candidate's question to Aila that waits for its reply."""
    reminded: frozenset[ReminderKind] = frozenset()
    follow_ups: int = 0
    backchannels: int = 0
    last_backchannel_at_s: float | None = None
    """None before the first."""
    utterances: int = 0
    candidate_turns: int = 0
    recent_completion: AnswerCompleted | None = None
    """The completion that Aila's present words follow; None once she has asked something again."""
    acknowledged: bool = False
    """Whether Aila has already said a word after that completion."""
    last_acknowledgement: str = ""
    """Her latest word of that kind: the next one is another."""

    def answer(self, question_id: str) -> Answer:
        """Return what is known of the answer to ``question_id``; an empty answer if nothing is."""
        for answer in self.answers:
            if answer.question_id == question_id:
                return answer
        return Answer(question_id)

    @property
    def open_answer(self) -> Answer | None:
        """The answer that the candidate may be giving now; None if no question is open."""
        if self.current is None:
            return None
        answer = self.answer(self.current)
        return answer if answer.asked and answer.completed is None and not answer.dropped else None

    def idle_s(self, now_s: float) -> float:
        """Seconds until ``now_s`` in which a candidate who types was plainly not there."""
        if self.mode != "text" or self.paused_since_s is not None:
            return 0.0
        return max(0.0, now_s - self.last_at_s - TYPING_IDLE_S)

    def active_s(self, now_s: float) -> float:
        """Seconds of interview time used at ``now_s``, pauses left out."""
        if self.started_at_s is None:
            return 0.0
        now_s -= self.idle_s(now_s)
        pause_s = self.paused_total_s
        if self.paused_since_s is not None:
            pause_s += max(0.0, now_s - self.paused_since_s)
        elif self.disconnected_at_s is not None:
            pause_s += max(0.0, now_s - self.disconnected_at_s)
        return max(0.0, now_s - self.started_at_s - pause_s - self.away_total_s)
