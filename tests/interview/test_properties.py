"""Random events in random order: the rules hold whatever a room, a candidate or a driver does."""

from random import Random

import pytest

from agent.interview.actions import Finish, Hearing, Say, Wait
from agent.interview.interview import Interview
from question_bank.bank import Bank
from records.events import (
    AgentStarted,
    CandidateConnected,
    CandidateDisconnected,
    Control,
    ControlUsed,
    Event,
    UtteranceEnded,
    UtteranceStarted,
    decode,
    encode,
)
from tests.interview.stage import FULL, Stage

CONTROLS: tuple[Control, ...] = ("repeat", "skip", "done", "moment", "pause", "resume")
TEXTS = (
    FULL,
    "I fixed it.",
    "um",
    "Can you repeat that?",
    "Who will hear this?",
    "Let me think.",
    "That's it.",
    "As you can see in my CV, I did it.",
    "We tried and",
    "I'm ready.",
)
ASKS = ("question", "practice", "follow_up")


def _hearing(rng: Random) -> Hearing:
    speaking = rng.random() < 0.2
    return Hearing(
        candidate_speaking=speaking,
        speaking_s=rng.choice((None, 0.2, 0.8)) if speaking else None,
        silence_s=rng.choice((None, 0.1, 1.3, 3.0, 30.0)),
        interim_text=rng.choice(("", "", "and then")),
        end_of_turn_probability=rng.choice((None, 0.1, 0.9)),
    )


def _happen(stage: Stage, rng: Random) -> None:
    """Let something happen that a driver may record at any time."""
    stage.now_s += rng.choice((0.05, 0.5, 2.0, 15.0, 60.0))
    kind = rng.random()
    now_s, state = stage.now_s, stage.interview.state
    if kind < 0.45:
        start_s = now_s
        stage.now_s += rng.uniform(0.3, 30.0)
        stage.record(*stage.interview.hear(start_s, stage.now_s, rng.choice(TEXTS)))
        stage.heard_until_s = stage.now_s
    elif kind < 0.6:
        stage.record(ControlUsed(now_s, rng.choice(CONTROLS), "pressed"))
    elif kind < 0.68:
        stage.record(CandidateDisconnected(now_s), CandidateConnected(now_s + 3.0))
        stage.now_s += 3.0
    elif kind < 0.74:
        stage.record(AgentStarted(now_s, mode="voice"), CandidateConnected(now_s + 1.0))
        stage.now_s += 1.0
    elif kind < 0.85 and state.speaking is not None:
        stage.record(UtteranceEnded(now_s, state.speaking.turn_id, interrupted=rng.random() < 0.5))


def _decide(stage: Stage, rng: Random) -> None:
    """Perform decisions until they come to rest."""
    hearing = _hearing(rng)
    for _ in range(40):
        if stage.interview.state.ended is not None:
            return
        actions = stage.interview.decide(stage.now_s, hearing)
        assert actions, "there is always an action"
        for action in actions:
            if isinstance(action, Say):
                assert stage.interview.state.speaking is None, "two things at once"
                stage.say(action, finish=rng.random() < 0.6)
                break
            stage._store(action)
        if isinstance(actions[-1], Wait | Finish) or stage.interview.state.speaking is not None:
            return
    raise AssertionError("the decisions do not come to rest")


@pytest.mark.parametrize("seed", range(40))
def test_whatever_happens_the_rules_hold_and_the_interview_ends(bank: Bank, seed: int) -> None:
    rng = Random(seed)
    stage = Stage(bank)
    for _ in range(rng.randrange(10, 250)):
        if stage.interview.state.ended is not None:
            break
        _happen(stage, rng)
        _decide(stage, rng)
    _bring_to_an_end(stage)

    first_asked = list(dict.fromkeys(q for q in stage.asked if q != "warm_up"))
    order = [question.id for question in bank.questions]
    assert first_asked == [i for i in order if i in first_asked]
    answers = stage.interview.state
    assert all(answers.answer(i).asked or answers.answer(i).dropped for i in order)
    assert Interview(bank, stage.events).state == stage.interview.state
    assert [decode(encode(event)) for event in stage.events] == stage.events
    ids = [e.turn_id for e in stage.events if isinstance(e, UtteranceStarted)]
    assert len(ids) == len(set(ids)), "every turn has an id of its own"


def _bring_to_an_end(stage: Stage) -> None:
    """The candidate says nothing more: the interview must end by itself."""
    for _ in range(400):
        state = stage.interview.state
        if state.ended is not None:
            return
        if state.speaking is not None:
            stage.record(UtteranceEnded(stage.now_s, state.speaking.turn_id, interrupted=False))
        if state.paused_since_s is not None:
            stage.record(ControlUsed(stage.now_s, "resume", "pressed"))
        stage.heard_until_s = None
        stage.rest()
        stage.now_s += 7.0
    raise AssertionError("silence does not end the interview")


@pytest.mark.parametrize("seed", range(10))
def test_a_wait_names_the_next_moment_that_matters(bank: Bank, seed: int) -> None:
    """Between a decision to wait until a time and that time only the limit of time decides otherwise."""
    rng = Random(seed)
    stage = Stage(bank)
    for _ in range(40):
        stage.rest()
        if stage.interview.state.ended is not None:
            return
        decided = stage.interview.decide(stage.now_s, stage.hearing())[-1]
        assert isinstance(decided, Wait)
        if decided.until_s is not None and decided.until_s - stage.now_s > 0.02:
            early_s = stage.now_s + (decided.until_s - stage.now_s) * rng.random() * 0.98
            now_s, stage.now_s = stage.now_s, early_s
            last = stage.interview.decide(early_s, stage.hearing())[-1]
            assert isinstance(last, Wait) or last.reason == "time_limit"  # type: ignore[union-attr]
            stage.now_s = max(now_s, decided.until_s)
        if rng.random() < 0.7:
            stage.speak(rng.choice(TEXTS), rng.uniform(1.0, 20.0), after_s=0.2)


def _whole_interview(bank: Bank) -> list[Event]:
    stage = Stage(bank)
    stage.rest()
    stage.answer(FULL, 8.0)
    stage.answer("Last year I helped a colleague. I sorted her numbers and then I wrote the summary for her.")
    stage.answer("We delivered the report on time.", 5.0)
    stage.press("moment")
    stage.rest()
    stage.answer("As you can see in my CV, I planned it all.")
    stage.answer()
    stage.answer()
    assert stage.interview.state.ended is not None
    return stage.events


def test_an_agent_killed_after_any_event_loses_nothing(bank: Bank) -> None:
    whole = _whole_interview(bank)
    for count in range(1, len(whole)):
        stage = Stage(bank, whole[:count])
        texts = {answer.question_id: answer.texts for answer in stage.interview.state.answers}
        asked_before = stage.interview.state.open_answer
        stage.now_s += 5.0
        stage.record(AgentStarted(stage.now_s, mode="voice"), CandidateConnected(stage.now_s))
        said = stage.rest()
        if asked_before is not None and not stage.interview.state.closed:
            assert said[0] in bank.phrases.welcome_back
            assert stage.interview.state.open_answer is not None
            assert stage.interview.state.open_answer.question_id == asked_before.question_id
        for _ in range(9):
            if stage.interview.state.ended is None:
                stage.answer()
        state = stage.interview.state
        assert state.ended is not None
        assert state.ended.reason == "completed"
        assert all(state.answer(question.id).asked for question in bank.questions)
        for question_id, before in texts.items():
            assert state.answer(question_id).texts[: len(before)] == before
