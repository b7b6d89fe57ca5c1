"""Buttons pressed twice, in two tabs, or just as Aila goes on by herself."""

import pytest

from agent.interview.actions import WordFollowUp
from agent.interview.follow_up import BankFollowUpWriter
from agent.interview.typed import TypedInterview
from question_bank.bank import Bank
from records.events import AnswerCompleted, Control, ControlUsed, Event, FollowUpDrafted, UtteranceEnded
from tests.interview.stage import FULL, Stage, at_first_question


def _press(stage: Stage, control: Control, after_s: float = 0.0, press_id: str | None = None) -> None:
    stage.now_s += after_s
    stage.record(ControlUsed(stage.now_s, control, "pressed", press_id))


@pytest.mark.parametrize("second", ["skip", "done"])
@pytest.mark.parametrize("after_s", [0.0, 0.2, 0.9, 1.4])
def test_a_second_press_does_not_skip_the_next_question(bank: Bank, second: Control, after_s: float) -> None:
    stage = at_first_question(bank)
    _press(stage, "skip")
    stage.rest(speak=False)
    _press(stage, second, after_s)
    stage.now_s += 1.0
    _end_words(stage)
    stage.rest()
    assert stage.asked[-1] == "extra"
    assert stage.interview.state.answer("extra").completed is None


def _end_words(stage: Stage) -> None:
    speaking = stage.interview.state.speaking
    if speaking is not None:
        stage.record(UtteranceEnded(stage.now_s, speaking.turn_id, interrupted=False))


def test_a_key_held_down_skips_one_question(bank: Bank) -> None:
    stage = at_first_question(bank)
    for _ in range(60):
        _press(stage, "skip", 0.1)
        _end_words(stage)
        stage.rest(speak=False)
    assert stage.asked[-1] == "extra"
    assert stage.interview.state.open_answer is not None


def test_a_press_after_the_next_question_was_heard_skips_that_one_too(bank: Bank) -> None:
    stage = at_first_question(bank)
    _press(stage, "skip")
    stage.rest()
    _press(stage, "skip", 0.5)
    stage.rest()
    assert stage.asked[-1] == "last"


def test_a_press_that_is_sent_again_later_counts_once(bank: Bank) -> None:
    stage = at_first_question(bank)
    _press(stage, "skip", press_id="press-0007")
    stage.rest()
    _press(stage, "skip", 30.0, press_id="press-0007")
    stage.rest()
    assert stage.asked[-1] == "extra"
    assert stage.interview.state.answer("extra").completed is None


def test_a_press_that_is_sent_again_after_a_restart_counts_once(bank: Bank) -> None:
    stage = at_first_question(bank)
    _press(stage, "skip", press_id="press-0008")
    stage.rest()
    again = Stage(bank, stage.events)
    assert again.interview.changes_nothing(ControlUsed(again.now_s + 60.0, "skip", "pressed", "press-0008"))


def test_done_pressed_just_as_aila_goes_on_is_not_meant_for_her_new_question(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak(FULL, 40.0)
    stage.now_s += 2.5
    stage.rest(speak=False)
    stage.now_s += 0.6
    _end_words(stage)
    stage.rest(speak=False)
    assert stage.said[-1].question_id == "extra"
    _press(stage, "done", 0.8)
    assert stage.interview.state.answer("extra").completed is None


def test_skip_pressed_while_a_follow_up_is_being_worded_spares_the_candidate_the_follow_up(
    bank: Bank,
) -> None:
    stage = at_first_question(bank)
    stage.speak(
        "Last year I helped a colleague. I sorted her numbers and then I wrote the summary for her.", 40.0
    )
    stage.now_s += 3.0
    stage.record(AnswerCompleted(stage.now_s, "first", "turn_policy"))
    assert isinstance(stage.interview.decide(stage.now_s)[-1], WordFollowUp)
    _press(stage, "skip", 0.3)
    stage.record(FollowUpDrafted(stage.now_s + 0.2, "first", "result", "What came?", "bank", "no_model"))
    assert stage.rest() == ["No problem.", bank.questions[1].text]


@pytest.mark.parametrize(("control", "said"), [("repeat", 1), ("moment", 1), ("pause", 1)])
def test_other_buttons_pressed_twice_are_answered_once(bank: Bank, control: Control, said: int) -> None:
    stage = at_first_question(bank)
    before = len(stage.said)
    _press(stage, control)
    stage.rest(speak=False)
    _press(stage, control, 0.6)
    _end_words(stage)
    stage.rest()
    assert len(stage.said) - before == said


def test_a_button_that_changes_under_the_finger_does_not_undo_itself(bank: Bank) -> None:
    stage = at_first_question(bank)
    _press(stage, "pause")
    _press(stage, "resume", 0.4)
    assert stage.interview.state.paused_since_s is not None
    _press(stage, "resume", 1.3)
    assert stage.interview.state.paused_since_s is None


async def test_two_tabs_that_skip_in_writing_skip_one_question(bank: Bank) -> None:
    clock = [0.0]
    events: list[Event] = []
    interview = TypedInterview(bank, [], events.append, BankFollowUpWriter(), lambda: clock[0])
    await interview.start()
    said = await interview.control("skip")
    assert said[-1].text == bank.questions[0].text
    clock[0] += 0.9
    assert await interview.control("skip") == []
    clock[0] += 4.0
    assert (await interview.control("skip"))[-1].text == bank.questions[1].text
