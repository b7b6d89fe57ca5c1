"""Fifteen to twenty minutes, and no required question lost without a word, whoever answers."""

from functools import cache

import pytest

from agent.interview.simulated_candidates import PERSONAS
from agent.interview.simulation import SpokenSimulation
from question_bank.bank import Bank
from question_bank.library import BankLibrary
from records.events import QuestionDropped, UtteranceStarted

STAYS = sorted(set(PERSONAS) - {"leaving"})
GOODBYE_S = 40.0
"""Aila's closing words, and the sentence of the candidate's that the limit cut into."""


@cache
def _bank() -> Bank:
    return BankLibrary().load("behavioural")


def _run(bank: Bank, persona: str, seed: int) -> SpokenSimulation:
    return SpokenSimulation(bank, PERSONAS[persona], seed).run()


def _minutes(simulation: SpokenSimulation) -> float:
    """Interview time used: without what a candidate was away or had paused."""
    return simulation.interview.state.active_s(simulation.now_s) / 60


@pytest.mark.parametrize("seed", range(200, 203))
def test_answers_of_the_expected_length_take_fifteen_to_twenty_minutes(seed: int) -> None:
    assert 15.0 <= _minutes(_run(_bank(), "thorough", seed)) <= 20.0


@pytest.mark.parametrize("persona", STAYS)
def test_nobody_is_kept_longer_than_twenty_minutes_and_all_are_asked_what_is_required(persona: str) -> None:
    bank = _bank()
    for seed in (300,):
        simulation = _run(bank, persona, seed)
        assert _minutes(simulation) <= 20.0
        state = simulation.interview.state
        assert all(state.answer(question.id).asked for question in bank.questions if question.required)


@pytest.mark.parametrize("minutes", [1.0, 4.0])
@pytest.mark.parametrize("persona", PERSONAS)
def test_every_question_that_is_not_asked_is_dropped_on_the_record_with_its_reason(
    persona: str, minutes: float
) -> None:
    bank = _bank().model_copy(update={"interview_s": 60.0 * minutes})
    for seed in (400,):
        simulation = _run(bank, persona, seed)
        asked = {e.question_id for e in simulation.events if isinstance(e, UtteranceStarted)}
        dropped = [e for e in simulation.events if isinstance(e, QuestionDropped)]
        assert {q.id for q in bank.questions} <= asked | {e.question_id for e in dropped}
        assert len({e.question_id for e in dropped}) == len(dropped)
        ended = simulation.interview.state.ended
        assert ended is not None
        lost = any(q.required and q.id in {e.question_id for e in dropped} for q in bank.questions)
        if persona == "leaving":
            assert {e.reason for e in dropped} <= {"time", "candidate_left"}
        else:
            assert {e.reason for e in dropped} <= {"time"}
            assert ended.reason == ("time_limit" if lost else "completed")
            longest_s = max(q.max_answer_s for q in bank.questions)
            assert (
                simulation.interview.state.active_s(simulation.now_s)
                <= 60.0 * minutes + longest_s + GOODBYE_S
            )
