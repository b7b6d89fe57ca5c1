"""How long the rest will take, and which questions still fit."""

import pytest

from agent.interview import pacing
from agent.interview.follow_up import BankFollowUpWriter
from agent.interview.typed import TypedInterview
from question_bank.bank import Bank
from question_bank.library import BankLibrary
from records.events import Event, QuestionDropped
from tests.interview.stage import FULL, at_first_question


class Typist:
    """Types a full answer to everything, ``answer_s`` seconds each."""

    def __init__(self, bank: Bank, answer_s: float) -> None:
        self.now_s, self.answer_s = 0.0, answer_s
        self.events: list[Event] = []
        self.typed = TypedInterview(bank, [], self.events.append, BankFollowUpWriter(), lambda: self.now_s)

    @property
    def minutes_left(self) -> int:
        return self.typed.interview.progress(self.now_s).minutes_left

    async def type(self) -> None:
        self.now_s += self.answer_s
        await self.typed.message(FULL)

    async def to_the_end(self) -> None:
        while self.typed.interview.state.ended is None:
            await self.type()


async def test_a_typed_demo_is_announced_with_what_typing_takes() -> None:
    typist = Typist(BankLibrary().load("demo"), 100.0)
    await typist.typed.start()
    announced = typist.minutes_left
    await typist.to_the_end()
    assert announced == pytest.approx(typist.now_s / 60, abs=1.0)


@pytest.mark.parametrize("answer_s", [30.0, 60.0, 150.0, 240.0])
async def test_after_four_answers_the_minutes_left_are_about_right(answer_s: float) -> None:
    bank = BankLibrary().load("behavioural")
    typist = Typist(bank, answer_s)
    await typist.typed.start()
    shown: list[tuple[float, int]] = []
    while typist.typed.interview.state.ended is None:
        await typist.type()
        shown.append((typist.now_s, typist.minutes_left))
    for at_s, minutes in shown[4:]:
        assert minutes * 60.0 == pytest.approx(typist.now_s - at_s, rel=0.5, abs=150.0)


async def test_a_quick_typist_is_told_less_after_the_first_answer(bank: Bank) -> None:
    typist = Typist(bank, 15.0)
    await typist.typed.start()
    for _ in range(2):
        await typist.type()
    usual_s = sum(pacing.cost_s(q, "text") for q in bank.questions[1:])
    assert typist.minutes_left * 60.0 < usual_s


async def test_optional_questions_are_left_out_when_typing_takes_long_and_the_record_says_so() -> None:
    bank = BankLibrary().load("behavioural")
    typist = Typist(bank, 170.0)
    await typist.typed.start()
    await typist.to_the_end()
    state = typist.typed.interview.state
    assert all(state.answer(question.id).asked for question in bank.questions if question.required)
    dropped = [e.question_id for e in typist.events if isinstance(e, QuestionDropped)]
    assert dropped == [question.id for question in bank.questions if not question.required]


def test_time_for_thinking_is_part_of_the_pace_and_a_pause_is_not(bank: Bank) -> None:
    quick, slow, paused = (at_first_question(bank) for _ in range(3))
    quick.answer(FULL, 20.0)
    slow.speak("Last year there was a colleague who could not finish a report.", 10.0, after_s=9.0)
    slow.speak(FULL, 60.0, after_s=2.0)
    slow.wait(3.0)
    paused.now_s += 1.0
    paused.press("pause")
    paused.rest()
    paused.now_s += 200.0
    paused.press("resume")
    paused.rest()
    paused.answer(FULL, 20.0)
    assert pacing.pace(bank, quick.interview.state) < 1.0 < pacing.pace(bank, slow.interview.state)
    assert pacing.pace(bank, paused.interview.state) == pytest.approx(
        pacing.pace(bank, quick.interview.state), abs=0.15
    )
