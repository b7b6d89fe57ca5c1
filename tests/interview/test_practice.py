"""The practice question: feedback at once, one more try, and nothing of it in the record."""

import itertools

import pytest

from agent.interview.follow_up import BankFollowUpWriter
from agent.interview.practice import stored_form
from agent.interview.typed import TypedInterview
from question_bank.bank import Bank
from records.events import CandidateSpoke, Event, Word, encode
from tests.interview.stage import FULL, Stage

UNFINISHED = "Last week our team had a zucchini problem. I called the grower and I moved the delivery."
ENDED = "In the end everybody was happy."
HALF = "I heard the situation and what you did. Say how it ended."
WHOLE = "I heard the situation, what you did and how it ended. That is all that an answer needs."


def practising(bank: Bank) -> Stage:
    stage = Stage(bank)
    stage.rest()
    return stage


def test_what_is_missing_is_asked_for_once_and_what_was_heard_is_said(bank: Bank) -> None:
    stage = practising(bank)
    assert stage.answer(UNFINISHED, 8.0) == [HALF]
    assert stage.interview.progress(stage.now_s).phase == "practice"
    assert stage.answer(ENDED, 3.0) == [WHOLE, bank.questions[0].text]


def test_after_the_second_try_the_interview_begins_whatever_was_said(bank: Bank) -> None:
    stage = practising(bank)
    stage.answer("Well it was nice and all that.", 4.0)
    said = stage.answer("Well it was nice and all that again.", 4.0)
    assert said == [
        "In the questions that count, tell the situation, what you did and how it ended.",
        bank.questions[0].text,
    ]
    assert stage.interview.state.follow_ups == 0, "the try uses up no follow-up"


@pytest.mark.parametrize("press", ["skip", "done"])
def test_who_skips_or_says_nothing_hears_no_lesson(bank: Bank, press: str) -> None:
    stage = practising(bank)
    stage.press(press)  # type: ignore[arg-type]
    assert stage.rest()[-1] == bank.questions[0].text
    assert not any("I heard" in said.text for said in stage.said)


def test_an_unfinished_second_try_may_be_short(bank: Bank) -> None:
    stage = practising(bank)
    stage.answer(UNFINISHED, 8.0)
    assert stage.answer("It worked out.", 2.0)[0] == WHOLE


async def test_in_writing_no_word_is_stored_and_another_process_still_knows_what_was_heard(
    bank: Bank,
) -> None:
    stored: list[Event] = []
    clock = itertools.count()

    def interview() -> TypedInterview:
        return TypedInterview(bank, list(stored), stored.append, BankFollowUpWriter(), lambda: next(clock))

    await interview().start()
    assert [said.text for said in await interview().message(UNFINISHED)] == [HALF]
    said = [one.text for one in await interview().message("The zucchini came, and as a result we sold out.")]
    assert said == [WHOLE, bank.questions[0].text]
    await interview().message(FULL)
    text = str([encode(event) for event in stored])
    assert "zucchini" not in text
    assert FULL in text


def test_only_answers_to_the_practice_question_lose_their_words(bank: Bank) -> None:
    word = Word("Hello", 1.0, 1.5, 0.9)
    kept = CandidateSpoke(1.0, 1.5, "c1", "Hello", "answer", "first", (word,))
    assert stored_form(bank, kept) is kept
    practice = CandidateSpoke(1.0, 1.5, "c1", "Hello", "answer", "warm_up", (word,), "m1")
    assert stored_form(bank, practice) == CandidateSpoke(1.0, 1.5, "c1", "", "answer", "warm_up", (), "m1")
