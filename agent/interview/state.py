"""What is known of an interview, rebuilt from its events alone.

``apply`` is the only thing that makes a new state; it never looks at a clock, a bank or a model.
"""

from dataclasses import dataclass, replace
from typing import Literal, assert_never

from records.events import (
    AgentStarted,
    AnswerCompleted,
    AnswerReopened,
    CandidateConnected,
    CandidateDisconnected,
    CandidateSpoke,
    CompletionReason,
    ControlUsed,
    Event,
    FollowUpDrafted,
    InterviewEnded,
    InterviewStarted,
    Mode,
    QuestionDropped,
    ReminderKind,
    ReminderNoted,
    UtteranceEnded,
    UtteranceStarted,
)

PendingReply = Literal["welcome_back", "repeat", "moment", "paused", "resumed", "asked"]
"""Something that Aila owes the candidate before she goes on with the script."""

MOMENT_S = 30.0
"""How long "I need a moment" buys."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the candidate has said to one question so far."""

    question_id: str
    asked: bool = False
    texts: tuple[str, ...] = ()
    spoken_s: float = 0.0
    completed: CompletionReason | None = None
    """None while it is open."""
    dropped: bool = False
    follow_ups: int = 0
    offers: int = 0
    """How often Aila broke a long silence on this question."""
    draft: FollowUpDrafted | None = None
    """A worded follow-up that has not been said yet."""
    reminder: ReminderNoted | None = None
    """A reminder found in the answer as it stands; None again when the candidate adds to it."""
    reminder_said: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.texts)


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
    thinking_until_s: float | None = None
    """End of the time that "I need a moment" bought; None without one."""
    leaving: bool = False
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
    utterances: int = 0
    candidate_turns: int = 0
    recent_completion: AnswerCompleted | None = None
    """The completion that Aila's present words follow; None once she has asked something again."""
    acknowledged: bool = False
    """Whether Aila has already said a word after that completion."""

    def answer(self, question_id: str) -> Answer:
        """Return what is known of the answer to ``question_id``; an empty answer if nothing is."""
        return next((a for a in self.answers if a.question_id == question_id), Answer(question_id))

    @property
    def open_answer(self) -> Answer | None:
        """The answer that the candidate may be giving now; None if no question is open."""
        if self.current is None:
            return None
        answer = self.answer(self.current)
        return answer if answer.asked and answer.completed is None and not answer.dropped else None

    def active_s(self, now_s: float) -> float:
        """Seconds of interview time used at ``now_s``, pauses left out."""
        if self.started_at_s is None:
            return 0.0
        pause_s = self.paused_total_s
        if self.paused_since_s is not None:
            pause_s += max(0.0, now_s - self.paused_since_s)
        return max(0.0, now_s - self.started_at_s - pause_s)


def apply(state: InterviewState, event: Event) -> InterviewState:
    """Return the state after ``event``."""
    match event:
        case InterviewStarted():
            return replace(
                state,
                mode=event.mode,
                started_at_s=event.at_s,
                quiet_since_s=event.at_s,
                connected=event.mode == "text",
            )
        case AgentStarted():
            return _taken_over(state, event)
        case CandidateConnected():
            return _connected(state, event)
        case CandidateDisconnected():
            return replace(state, connected=False, disconnected_at_s=event.at_s)
        case UtteranceStarted():
            return _said(state, event)
        case UtteranceEnded():
            if state.speaking is None or state.speaking.turn_id != event.turn_id:
                return state
            return replace(state, speaking=None, quiet_since_s=event.at_s)
        case CandidateSpoke():
            return _heard(state, event)
        case AnswerCompleted():
            state = _with_answer(state, replace(state.answer(event.question_id), completed=event.reason))
            return replace(state, recent_completion=event, acknowledged=False, thinking_until_s=None)
        case AnswerReopened():
            return _reopened(state, event)
        case ControlUsed():
            return _controlled(state, event)
        case FollowUpDrafted():
            return _with_answer(state, replace(state.answer(event.question_id), draft=event))
        case ReminderNoted():
            state = _with_answer(state, replace(state.answer(event.question_id), reminder=event))
            return replace(state, reminded=state.reminded | {event.kind})
        case QuestionDropped():
            return _with_answer(state, replace(state.answer(event.question_id), dropped=True))
        case InterviewEnded():
            return replace(state, ended=event, speaking=None)
        case _:
            assert_never(event)


def _with_answer(state: InterviewState, answer: Answer) -> InterviewState:
    others = tuple(a for a in state.answers if a.question_id != answer.question_id)
    return replace(state, answers=(*others, answer))


def _owe(state: InterviewState, reply: PendingReply) -> InterviewState:
    if reply in state.pending:
        return state
    return replace(state, pending=(*state.pending, reply))


def _connected(state: InterviewState, event: CandidateConnected) -> InterviewState:
    returned = state.disconnected_at_s is not None and state.greeted and not state.closed
    state = replace(
        state,
        connected=True,
        disconnected_at_s=None,
        quiet_since_s=max(state.quiet_since_s, event.at_s),
    )
    return _owe(state, "welcome_back") if returned else state


def _taken_over(state: InterviewState, event: AgentStarted) -> InterviewState:
    under_way = state.greeted and not state.closed
    state = replace(state, speaking=None, quiet_since_s=max(state.quiet_since_s, event.at_s))
    if event.mode is not None:
        state = replace(state, mode=event.mode, connected=event.mode == "text")
    return _owe(state, "welcome_back") if under_way else state


def _said(state: InterviewState, event: UtteranceStarted) -> InterviewState:
    state = replace(state, speaking=event, utterances=state.utterances + 1)
    if event.kind == "greeting":
        return replace(state, greeted=True)
    if event.kind == "guideline":
        return replace(state, guided=True)
    if event.kind == "closing":
        return replace(state, closed=True)
    if event.repeats_turn_id is not None:
        return replace(state, pending=tuple(p for p in state.pending if p != "repeat"))
    if event.kind in ("question", "practice", "follow_up") and event.question_id is not None:
        return _asked(state, event, event.question_id)
    if event.kind == "reminder" and event.question_id is not None:
        answer = replace(state.answer(event.question_id), completed=None, reminder_said=True)
        return replace(_with_answer(state, answer), recent_completion=None)
    return _acknowledged(state, event)


def _asked(state: InterviewState, event: UtteranceStarted, question_id: str) -> InterviewState:
    answer = state.answer(question_id)
    if event.kind == "follow_up":
        answer = replace(answer, completed=None, draft=None, follow_ups=answer.follow_ups + 1)
        state = replace(state, follow_ups=state.follow_ups + 1)
    else:
        answer = replace(answer, asked=True)
    return replace(
        _with_answer(state, answer),
        current=question_id,
        last_asked=event,
        asked_before=state.last_asked,
        thinking_until_s=None,
    )


def _acknowledged(state: InterviewState, event: UtteranceStarted) -> InterviewState:
    """A short word of Aila's pays the oldest debt; without one it is an offer, or stands before a question."""
    if state.pending:
        paid, *rest = state.pending
        if paid in ("welcome_back", "resumed"):
            rest = [*rest, "repeat"] if "repeat" not in rest and state.open_answer else rest
        return replace(state, pending=tuple(rest), asked_aila="" if paid == "asked" else state.asked_aila)
    answer = state.open_answer
    if answer is not None and event.question_id == answer.question_id:
        return replace(_with_answer(state, replace(answer, offers=answer.offers + 1)), thinking_until_s=None)
    return replace(state, acknowledged=True)


def _heard(state: InterviewState, event: CandidateSpoke) -> InterviewState:
    state = replace(
        state,
        candidate_turns=state.candidate_turns + 1,
        quiet_since_s=max(state.quiet_since_s, event.end_s),
    )
    if event.kind == "question":
        return _owe(replace(state, asked_aila=event.text), "asked")
    if event.kind == "control" or event.question_id is None:
        return state
    answer = state.answer(event.question_id)
    answer = replace(
        answer,
        texts=(*answer.texts, event.text),
        spoken_s=answer.spoken_s + max(0.0, event.end_s - event.at_s),
        reminder=None,
        draft=None,
    )
    return replace(_with_answer(state, answer), thinking_until_s=None)


def _reopened(state: InterviewState, event: AnswerReopened) -> InterviewState:
    answer = replace(state.answer(event.question_id), completed=None, draft=None, reminder=None)
    cut = state.last_asked
    if cut is not None and state.speaking is not None and cut.turn_id == state.speaking.turn_id:
        # What Aila had begun to ask was not heard: it has not been asked.
        if cut.kind == "follow_up":
            answer = replace(answer, follow_ups=answer.follow_ups - 1)
            state = replace(state, follow_ups=state.follow_ups - 1)
        elif cut.question_id is not None:
            state = _with_answer(state, replace(state.answer(cut.question_id), asked=False))
        state = replace(state, last_asked=state.asked_before)
    return replace(_with_answer(state, answer), current=event.question_id, recent_completion=None)


def _controlled(state: InterviewState, event: ControlUsed) -> InterviewState:
    state = replace(state, quiet_since_s=max(state.quiet_since_s, event.at_s))
    match event.control:
        case "repeat":
            return _owe(state, "repeat") if state.last_asked else state
        case "moment":
            return _owe(replace(state, thinking_until_s=event.at_s + MOMENT_S), "moment")
        case "pause":
            if state.paused_since_s is not None:
                return state
            return _owe(replace(state, paused_since_s=event.at_s), "paused")
        case "resume":
            return _resumed(state, event.at_s)
        case "leave":
            return replace(state, leaving=True, pending=())
        case "done" | "skip":
            # The decision completes the answer; here only the wait for thinking ends.
            return _finished_by_control(state, event)
        case _:
            assert_never(event.control)


def _resumed(state: InterviewState, at_s: float) -> InterviewState:
    if state.paused_since_s is None:
        return state
    paused_s = max(0.0, at_s - state.paused_since_s)
    pending = tuple(p for p in state.pending if p != "paused")
    state = replace(
        state, paused_since_s=None, paused_total_s=state.paused_total_s + paused_s, pending=pending
    )
    return _owe(state, "resumed")


def _finished_by_control(state: InterviewState, event: ControlUsed) -> InterviewState:
    answer = state.open_answer
    state = replace(state, thinking_until_s=None)
    if answer is None:
        return state
    reason: CompletionReason = "skipped" if event.control == "skip" else "done"
    state = _with_answer(state, replace(answer, completed=reason))
    completion = AnswerCompleted(event.at_s, answer.question_id, reason)
    return replace(state, recent_completion=completion, acknowledged=False)
