"""What the interview wants done: the only way in which the pure core reaches the world.

A driver (voice, text, simulated) asks :meth:`Interview.decide`, appends the event that an action
names, and only then performs it.
"""

from dataclasses import dataclass
from typing import Literal

from records.events import AilaTurnKind, AnswerPart, CompletionReason, EndReason, ReminderKind

CueName = Literal["listening", "nod", "encourage", "waiting", "thinking", "reminder"]


@dataclass(frozen=True, slots=True)
class Say:
    """Append ``UtteranceStarted``, say or show ``text``, append ``UtteranceEnded``."""

    turn_id: str
    kind: AilaTurnKind
    text: str
    question_id: str | None = None
    source: Literal["bank", "llm"] = "bank"
    repeats_turn_id: str | None = None
    holds_floor: bool = False
    """Said to its end even if the candidate speaks on: the time for an answer is long over."""


@dataclass(frozen=True, slots=True)
class CompleteAnswer:
    """Append ``AnswerCompleted``."""

    question_id: str
    reason: CompletionReason


@dataclass(frozen=True, slots=True)
class ReopenAnswer:
    """Stop Aila's voice if she speaks, append ``AnswerReopened``."""

    question_id: str


@dataclass(frozen=True, slots=True)
class WordFollowUp:
    """Have the follow-up worded within ``deadline_s`` seconds, append ``FollowUpDrafted``."""

    question_id: str
    question_text: str
    missing_part: AnswerPart
    answer_text: str
    bank_probe: str
    deadline_s: float


@dataclass(frozen=True, slots=True)
class Backchannel:
    """Append ``Backchannelled`` and play ``text`` softly; stop it at once if the candidate speaks."""

    question_id: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteReminder:
    """Append ``ReminderNoted``."""

    kind: ReminderKind
    question_id: str
    spoken: bool


@dataclass(frozen=True, slots=True)
class DropQuestion:
    """Append ``QuestionDropped``."""

    question_id: str
    reason: Literal["time", "candidate_left"]


@dataclass(frozen=True, slots=True)
class ShowCue:
    """Publish a cue for the avatar; it is not an event."""

    name: CueName


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do before ``until_s`` (session seconds) unless something is heard; None: no limit.

    Only the end of the time for an answer, which moves with the interview's clock, may come earlier: a
    driver asks once a second at least.
    """

    until_s: float | None


@dataclass(frozen=True, slots=True)
class Finish:
    """Append ``InterviewEnded`` and leave."""

    reason: EndReason


Action = (
    Say
    | Backchannel
    | CompleteAnswer
    | ReopenAnswer
    | WordFollowUp
    | NoteReminder
    | DropQuestion
    | ShowCue
    | Wait
    | Finish
)


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the body hears right now; passed to ``decide``, never stored."""

    candidate_speaking: bool = False
    speaking_s: float | None = None
    """Length of the candidate's present run of voice; None if silent or not known."""
    voice_begins: bool = False
    """In the last moment there was voice, not yet enough of it to be speech."""
    silence_s: float | None = None
    """Seconds since the candidate's last speech on this turn; None if nothing was said yet."""
    interim_text: str = ""
    """Words recognised but not yet final."""
    interim_s: float = 0.0
    """Seconds of voice in what is not final."""
    words_settled: bool = False
    """``interim_text`` is all that was said: it becomes final as it stands unless the candidate goes on."""
    closed_in_words: bool = False
    """The candidate's latest words are "that's it" or the like; they need not be final yet."""
    end_of_turn_probability: float | None = None
    """An acoustic model's opinion in [0, 1]; None if there is none."""
