"""How a scripted candidate's interview went."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.interview.simulated_candidates import Behaviour
from agent.interview.simulation import SpokenSimulation
from question_bank.bank import Bank
from records.events import AnswerReopened, Event, QuestionDropped, UtteranceStarted


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one scripted candidate's interview went; seconds are of virtual time."""

    persona: str
    seed: int
    questions: tuple[str, ...]
    dropped: tuple[str, ...]
    follow_ups: int
    reminders: int
    duration_s: float
    end_reason: str
    cut_offs: int
    reopened: int
    answers: int
    """Answers with words in them, the practice left out."""


def simulate(bank: Bank, persona: str, behaviour: Behaviour, seed: int) -> Outcome:
    """Hold one spoken interview with a scripted candidate."""
    simulation = SpokenSimulation(bank, behaviour, seed).run()
    return outcome(bank, persona, seed, simulation)


def outcome(bank: Bank, persona: str, seed: int, simulation: SpokenSimulation) -> Outcome:
    """Return what there is to know of a finished simulation."""
    events: Sequence[Event] = simulation.events
    state = simulation.interview.state
    asked = [e for e in events if isinstance(e, UtteranceStarted) and e.repeats_turn_id is None]
    questions = tuple(
        dict.fromkeys(e.question_id for e in asked if e.kind == "question" and e.question_id is not None)
    )
    return Outcome(
        persona=persona,
        seed=seed,
        questions=questions,
        dropped=tuple(e.question_id for e in events if isinstance(e, QuestionDropped)),
        follow_ups=state.follow_ups,
        reminders=sum(e.kind == "reminder" for e in asked),
        duration_s=round(simulation.now_s, 1),
        end_reason=state.ended.reason if state.ended is not None else "",
        cut_offs=simulation.cut_offs,
        reopened=sum(isinstance(e, AnswerReopened) for e in events),
        answers=sum(bool(state.answer(question.id).texts) for question in bank.questions),
    )
