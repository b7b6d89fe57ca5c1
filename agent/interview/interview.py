"""One interview: the state rebuilt from its events, and the decisions that follow from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from agent.interview import pacing
from agent.interview.actions import Action, Hearing
from agent.interview.controls import is_question_to_aila, spoken_control
from agent.interview.decide import decide
from agent.interview.state import InterviewState, apply
from question_bank.bank import Bank
from records.events import CandidateSpoke, CandidateTurnKind, ControlUsed, Event, Word

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

    def decide(self, now_s: float, hearing: Hearing | None = None) -> tuple[Action, ...]:
        """Return what is to be done at ``now_s`` (session seconds); changes nothing."""
        return decide(self.bank, self.state, now_s, hearing or Hearing())

    def hear(self, at_s: float, end_s: float, text: str, words: tuple[Word, ...] = ()) -> tuple[Event, ...]:
        """Return the events that the candidate's finished words amount to: an answer, a control, a question.

        The caller stores and records them.
        """
        turn_id = f"c{self.state.candidate_turns + 1}"
        control = spoken_control(text)
        answer = self.state.open_answer
        if control == "resume" and self.state.paused_since_s is None:
            control = None
        kind: CandidateTurnKind = "answer"
        if control is not None:
            kind = "control"
        elif is_question_to_aila(text):
            kind = "question"
        question_id = answer.question_id if answer is not None else None
        spoke = CandidateSpoke(at_s, end_s, turn_id, text, kind, question_id, words)
        if control is None:
            return (spoke,)
        return (spoke, ControlUsed(end_s, control, "said"))

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
            minutes_left=round(pacing.remaining_s(bank, state, now_s) / 60),
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
