"""Whole interviews with scripted candidates on the virtual clock."""

from functools import cache
from itertools import pairwise
from random import Random

import pytest

from agent.interview.interview import Interview
from agent.interview.simulated_candidates import PERSONAS, Absence, Act, Plan, Speech
from agent.interview.simulation import SpokenSimulation
from agent.interview.simulation_outcome import outcome, simulate
from question_bank.bank import Bank
from question_bank.library import BankLibrary
from records.events import (
    AnswerCompleted,
    CandidateSpoke,
    ControlUsed,
    InterviewEnded,
    ReminderNoted,
    UtteranceEnded,
    UtteranceStarted,
)
from records.projection import project

RUNS = (("demo", 3), ("demo", 11), ("behavioural", 4))


@cache
def _bank(bank_id: str) -> Bank:
    return BankLibrary().load(bank_id)


def _run(persona: str, bank_id: str, seed: int) -> SpokenSimulation:
    return SpokenSimulation(_bank(bank_id), PERSONAS[persona], seed).run()


@pytest.mark.parametrize(("bank_id", "seed"), RUNS)
@pytest.mark.parametrize("persona", PERSONAS)
def test_every_candidates_interview_holds_the_guarantees(persona: str, bank_id: str, seed: int) -> None:
    bank = _bank(bank_id)
    simulation = _run(persona, bank_id, seed)
    events, state = simulation.events, simulation.interview.state
    result = outcome(bank, persona, seed, simulation)
    order = [question.id for question in bank.questions]

    assert isinstance(events[-1], InterviewEnded)
    assert list(result.questions) == [i for i in order if i in result.questions], "in the bank's order"
    assert set(result.questions) | set(result.dropped) == set(order), "asked, or dropped on the record"
    assert state.follow_ups <= bank.follow_up_budget
    for question in bank.questions:
        assert state.answer(question.id).follow_ups <= question.follow_up_budget
    spoken = [e.kind for e in events if isinstance(e, ReminderNoted) and e.spoken]
    assert len(spoken) == len(set(spoken)), "each kind of reminder at most once"
    assert all(a.at_s <= b.at_s + 120.0 for a, b in pairwise(events))
    assert Interview(bank, events).state == state, "replaying gives the same state"


@pytest.mark.parametrize("persona", PERSONAS)
def test_aila_never_says_two_things_at_once(persona: str) -> None:
    speaking = None
    for event in _run(persona, "behavioural", 5).events:
        if isinstance(event, UtteranceStarted):
            assert speaking is None or persona == "disconnecting"
            speaking = event.turn_id
        elif isinstance(event, UtteranceEnded):
            assert event.turn_id == speaking
            speaking = None


@pytest.mark.parametrize("persona", sorted(set(PERSONAS) - {"leaving", "rambling"}))
def test_who_stays_is_asked_every_required_question(persona: str) -> None:
    bank = _bank("behavioural")
    result = simulate(bank, persona, PERSONAS[persona], 7)
    required = {question.id for question in bank.questions if question.required}
    assert required <= set(result.questions)
    assert result.end_reason == "completed"


def test_even_who_talks_without_end_is_asked_every_required_question() -> None:
    bank = _bank("behavioural")
    result = simulate(bank, "rambling", PERSONAS["rambling"], 7)
    required = {question.id for question in bank.questions if question.required}
    assert required <= set(result.questions)
    assert result.duration_s <= bank.interview_s * 1.1


@pytest.mark.parametrize("persona", PERSONAS)
def test_no_word_of_a_candidates_answer_is_lost(persona: str) -> None:
    simulation = _run(persona, "behavioural", 9)
    spoken = sum(len(e.text.split()) for e in simulation.events if isinstance(e, CandidateSpoke))
    turns = project("s1", simulation.bank, simulation.events).turns
    written = sum(len(t.text.split()) for t in turns if t.speaker == "candidate")
    assert spoken == simulation.words_said
    assert written == spoken


@pytest.mark.parametrize("persona", ["usual", "pausing", "hesitant"])
def test_thinking_pauses_rarely_end_an_answer(persona: str) -> None:
    simulations = [_run(persona, "behavioural", seed) for seed in range(6)]
    judged = sum(
        isinstance(e, AnswerCompleted) and e.reason == "turn_policy" for s in simulations for e in s.events
    )
    assert sum(s.cut_offs for s in simulations) / judged < (0.25 if persona == "pausing" else 0.12)


def test_a_candidate_who_was_cut_off_keeps_one_answer() -> None:
    simulation = _run("pausing", "behavioural", 2)
    assert simulation.interview.state.reopened > 0
    for question in simulation.bank.questions:
        answer = simulation.interview.state.answer(question.id)
        assert not answer.asked or len(answer.texts) >= 3


def test_the_same_seed_gives_the_same_interview() -> None:
    assert _run("hesitant", "demo", 4).events == _run("hesitant", "demo", 4).events


def test_a_silent_candidate_is_offered_help_once_a_question_and_let_go_kindly() -> None:
    simulation = _run("silent", "demo", 1)
    said = [e.text for e in simulation.events if isinstance(e, UtteranceStarted)]
    bank = simulation.bank
    assert sum(text in bank.phrases.silence_offer for text in said) == len(bank.questions)
    assert said[-1] == bank.closing


def test_the_two_interviews_of_a_candidate_whose_connection_breaks_are_one() -> None:
    simulation = _run("disconnecting", "demo", 1)
    bank = simulation.bank
    said = [e.text for e in simulation.events if isinstance(e, UtteranceStarted)]
    assert any(text in bank.phrases.welcome_back for text in said)
    asked = outcome(bank, "disconnecting", 1, simulation).questions
    assert asked == tuple(question.id for question in bank.questions)


def _endless(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    """Ten minutes of speech without a breath, whatever is asked."""
    stretch = Speech("and then we went on with the very same work on the next day " * 4)
    return [Act(0.1, stretch) for _ in range(28)] if said.kind == "question" else []


def test_an_answer_of_ten_minutes_costs_no_required_question() -> None:
    bank = _bank("behavioural")
    simulation = SpokenSimulation(bank, _endless, 1).run()
    result = outcome(bank, "endless", 1, simulation)
    assert {question.id for question in bank.questions if question.required} <= set(result.questions)
    for question in bank.questions:
        assert simulation.interview.state.answer(question.id).spoken_s <= question.max_answer_s + 40.0


def test_silence_alone_ends_the_interview_within_its_time() -> None:
    bank = _bank("behavioural")
    assert simulate(bank, "silent", PERSONAS["silent"], 1).duration_s <= bank.interview_s


def test_a_network_that_drops_in_every_answer_does_not_end_an_interview() -> None:
    def flaky(rng: Random, said: UtteranceStarted, count: int) -> Plan:
        plan = PERSONAS["usual"](rng, said, count)
        return [*plan[:1], Act(0.2, Absence("network", 2.0))] if plan and count < 4 else plan

    result = simulate(_bank("demo"), "flaky", flaky, 1)
    assert result.end_reason == "completed"
    assert result.answers == 3


@pytest.mark.parametrize("seed", range(4))
def test_every_question_is_heard_by_who_presses_every_button_twice(seed: int) -> None:
    """No press that was meant for one question stops or skips the next."""
    simulation = _run("double_clicking", "behavioural", seed)
    events, state = simulation.events, simulation.interview.state
    asked = [e for e in events if isinstance(e, UtteranceStarted) and e.kind == "question"]
    assert len(asked) == len(simulation.bank.questions)
    assert sum(isinstance(e, ControlUsed) for e in events) >= 2 * len(asked)
    ended = {e.turn_id: e.interrupted for e in events if isinstance(e, UtteranceEnded)}
    assert not any(ended[question.turn_id] for question in asked)
    told = [bool(state.answer(question.question_id or "").texts) for question in asked]
    assert told.count(True) >= len(asked) // 3
    assert told.count(False) >= len(asked) // 3
