"""The typed interview: the same core, a message at a time."""

import itertools

from agent.interview.follow_up import BankFollowUpWriter
from agent.interview.typed import TypedInterview
from question_bank.bank import Bank
from records.events import AgentStarted, AnswerCompleted, Event, InterviewEnded, UtteranceStarted
from tests.interview.stage import FULL


def typed(bank: Bank, events: list[Event]) -> TypedInterview:
    clock = itertools.count(max((e.at_s for e in events), default=0.0), 1.0)
    return TypedInterview(bank, list(events), events.append, BankFollowUpWriter(), lambda: next(clock))


def texts(said: list[UtteranceStarted]) -> list[str]:
    return [utterance.text for utterance in said]


async def test_a_typed_interview_runs_from_greeting_to_closing(bank: Bank) -> None:
    events: list[Event] = []
    interview = typed(bank, events)
    assert texts(await interview.start()) == [bank.greeting, bank.guideline, "What did you do yesterday?"]
    said = texts(await interview.message(FULL))
    assert said[-1] == bank.questions[0].text
    for question in bank.questions[1:]:
        assert texts(await interview.message(FULL))[-1] == question.text
    assert texts(await interview.message(FULL))[-1] == bank.closing
    assert isinstance(events[-1], InterviewEnded)
    assert {e.reason for e in events if isinstance(e, AnswerCompleted)} == {"sent"}


async def test_an_opened_again_interview_says_nothing_twice(bank: Bank) -> None:
    events: list[Event] = []
    await typed(bank, events).start()
    count = len(events)
    assert await typed(bank, events).start() == []
    assert len(events) == count


async def test_every_step_survives_a_restart(bank: Bank) -> None:
    whole: list[Event] = []
    interview = typed(bank, whole)
    await interview.start()
    stepped: list[Event] = []
    await typed(bank, stepped).start()
    for text in ("A walk in the park it was.", "It is all in my CV.", FULL, "Who hears this?", FULL, FULL):
        await interview.message(text)
        await typed(bank, stepped).message(text)
    kinds = [[type(e).__name__ for e in events] for events in (whole, stepped)]
    assert kinds[0] == kinds[1]


async def test_a_crash_in_mid_turn_is_made_good(bank: Bank) -> None:
    events: list[Event] = []
    await typed(bank, events).start()
    events.pop()  # The last words were stored, but not that they were all said.
    said = texts(await typed(bank, events).start())
    assert said == ["Welcome back.", "What did you do yesterday?"]


async def test_a_spoken_interview_goes_on_in_writing(bank: Bank) -> None:
    from tests.interview.stage import at_first_question

    stage = at_first_question(bank)
    events = stage.events
    said = texts(await typed(bank, events).start())
    assert said == ["Welcome back.", bank.questions[0].text]
    assert any(isinstance(e, AgentStarted) and e.mode == "text" for e in events)
    assert texts(await typed(bank, events).message(FULL))[-1] == bank.questions[1].text


async def test_a_day_between_two_messages_uses_up_no_interview_time(bank: Bank) -> None:
    events: list[Event] = []
    interview = typed(bank, events)
    await interview.start()
    later = itertools.count(events[-1].at_s + 86_400.0, 1.0)
    interview = TypedInterview(bank, list(events), events.append, BankFollowUpWriter(), lambda: next(later))
    for question in bank.questions:
        assert texts(await interview.message(FULL))[-1] == question.text


async def test_controls_and_wishes_work_in_writing(bank: Bank) -> None:
    interview = typed(bank, [])
    await interview.start()
    assert texts(await interview.message("Could you repeat that?")) == ["What did you do yesterday?"]
    assert texts(await interview.control("skip"))[-1] == bank.questions[0].text
    assert texts(await interview.message("Who hears this?")) == ["The recruiter hears it."]
    assert texts(await interview.control("moment")) == ["Take your time."]
    assert texts(await interview.control("pause")) == ["We are paused."]
    said = texts(await interview.message(FULL))
    assert "Welcome back." not in said, "who has answered needs no welcome"
    assert said[-1] == bank.questions[1].text
    await interview.control("leave")
    assert interview.interview.state.ended is not None
