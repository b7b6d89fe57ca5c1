"""One interview: the state rebuilt from its events, and the decisions that follow from it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from agent.interview import pacing
from agent.interview.actions import Action, Hearing
from agent.interview.asked import asks_aila
from agent.interview.controls import says_done, spoken_control
from agent.interview.decide import decide
from agent.interview.presses import is_repeated
from agent.interview.state import InterviewState
from agent.interview.transitions import apply
from question_bank.bank import Bank
from records.events import AnswerCompleted, AnswerReopened, CandidateSpoke, ControlUsed, Event, Word

Phase = Literal["waiting", "opening", "practice", "questions", "closing", "ended"]


@dataclass(frozen=True, slots=True)
class Progress:
    """What the candidate is shown."""

    phase: Phase
    question_id: str | None
    question_text: str | None
    question_number: int
    """From 1; 0 before the first question."""
    question_count: int
    minutes_left: int
    """What the rest will probably take, at the candidate's own pace."""
    floor: Literal["aila", "candidate", "nobody"]
    paused: bool


class Interview:
    """Feeds events to the state and asks for decisions; holds no clock and does nothing by itself."""

    def __init__(self, bank: Bank, events: Iterable[Event] = ()) -> None:
        self.bank = bank
        self.state = InterviewState()
        for event in events:
            self.record(event)

    def record(self, event: Event) -> None:
        """Take ``event`` into account; the driver has stored it before."""
        self.state = apply(self.state, event)

    def changes_nothing(self, control: ControlUsed) -> bool:
        """Return whether a control repeats one before it; it is stored, but nothing is stopped for it."""
        return is_repeated(self.state, control)

    def decide(self, now_s: float, hearing: Hearing | None = None) -> tuple[Action, ...]:
        """Return what is to be done at ``now_s`` (session seconds); changes nothing."""
        return decide(self.bank, self.state, now_s, hearing or Hearing())

    def foresee(self, now_s: float, pending_text: str = "") -> tuple[Action, ...]:
        """Return what would be done if the open answer were over now, ``pending_text`` being its last words.

        Changes nothing. What has to be looked at for it is remembered: deciding is quick afterwards.
        """
        state = self.state
        for event in self.hear(now_s, now_s, pending_text) if pending_text else ():
            state = apply(state, event)
        answer = state.open_answer
        if answer is None or not answer.texts:
            return ()
        state = apply(state, AnswerCompleted(now_s, answer.question_id, "turn_policy"))
        return decide(self.bank, state, now_s, Hearing())

    def hear(self, at_s: float, end_s: float, text: str, words: tuple[Word, ...] = ()) -> tuple[Event, ...]:
        """Return the events that the candidate's finished words amount to: an answer, a control, a question.

        The caller stores and records them in this order. Words that began before Aila asked the next
        question belong to the answer before; they reopen it if nothing new has been asked yet.
        """
        state = self.state
        turn_id = f"c{state.candidate_turns + 1}"
        open_id = state.open_answer.question_id if state.open_answer is not None else None
        control = spoken_control(text)
        if control is not None:
            spoke = CandidateSpoke(at_s, end_s, turn_id, text, "control", open_id, words)
            return (spoke, ControlUsed(end_s, control, "said"))
        if asks_aila(self.bank, text):
            return (CandidateSpoke(at_s, end_s, turn_id, text, "question", open_id, words),)
        if state.paused_since_s is not None:
            return self._during_pause(CandidateSpoke(at_s, end_s, turn_id, text, "answer", open_id, words))
        late_id = self._belongs_to_completed(at_s)
        if late_id is None:
            return (CandidateSpoke(at_s, end_s, turn_id, text, "answer", open_id, words),)
        spoke = CandidateSpoke(at_s, end_s, turn_id, text, "answer", late_id, words)
        completion = state.recent_completion
        judged = completion is not None and completion.reason in ("turn_policy", "silence")
        if open_id is None and judged and not says_done(text):
            return (AnswerReopened(end_s, late_id), spoke)
        return (spoke,)

    def _during_pause(self, spoke: CandidateSpoke) -> tuple[Event, ...]:
        """What is typed in a pause ends it; what the microphone catches in a pause is no answer."""
        if self.state.mode == "text":
            return (ControlUsed(spoke.at_s, "resume", "said"), spoke)
        return (replace(spoke, kind="control"),)

    def _belongs_to_completed(self, at_s: float) -> str | None:
        """Return the finished answer that words begun at ``at_s`` still belong to, None if to none."""
        state, completion = self.state, self.state.recent_completion
        if completion is None or state.mode == "text" or (state.closed and state.speaking is None):
            return None
        asked = state.last_asked
        asked_since = asked is not None and asked.at_s >= completion.at_s
        if asked_since and asked is not None and at_s >= asked.at_s:
            return None
        return completion.question_id

    def progress(self, now_s: float) -> Progress:
        """Return what to show the candidate at ``now_s``."""
        state, bank = self.state, self.bank
        numbers = {question.id: number for number, question in enumerate(bank.questions, start=1)}
        asked = [question for question in bank.questions if state.answer(question.id).asked]
        current = next((q for q in bank.questions if q.id == state.current), None)
        practice = bank.practice if bank.practice and state.current == bank.practice.id else None
        text = current.text if current else practice.text if practice else None
        if state.speaking is not None:
            floor: Literal["aila", "candidate", "nobody"] = "aila"
        else:
            floor = "candidate" if state.open_answer is not None else "nobody"
        return Progress(
            phase=self._phase(),
            question_id=state.current,
            question_text=text,
            question_number=max((numbers[question.id] for question in asked), default=0),
            question_count=len(bank.questions),
            minutes_left=round(pacing.expected_rest_s(bank, state, now_s) / 60),
            floor=floor,
            paused=state.paused_since_s is not None,
        )

    def _phase(self) -> Phase:
        state = self.state
        if state.ended is not None:
            return "ended"
        if state.started_at_s is None or not state.connected:
            return "waiting"
        if state.closed:
            return "closing"
        if state.current is None:
            return "opening"
        in_practice = self.bank.practice is not None and state.current == self.bank.practice.id
        return "practice" if in_practice else "questions"
