"""Aila's words between: in turn, never twice in a row, true of what comes next."""

from itertools import pairwise

import pytest

from agent.interview.wording import Coming, fitting, in_turn
from question_bank.bank import Bank
from question_bank.library import BankLibrary
from records.events import Control
from tests.interview.stage import FULL, Stage

SKIPPED = (
    "No problem, we go on to the next one.",
    "That is alright.",
    "Fine, here is my last question.",
    "Thank you, our time is nearly over.",
)


@pytest.mark.parametrize(
    ("coming", "fit"),
    [("question", (0, 1)), ("last_question", (0, 1, 2)), ("closing", (1, 3))],
)
def test_only_what_is_true_of_the_next_words_is_said(coming: Coming, fit: tuple[int, ...]) -> None:
    assert fitting(SKIPPED, coming) == tuple(SKIPPED[i] for i in fit)


def test_no_wording_follows_itself_however_the_choice_changes() -> None:
    heard = ""
    for count in range(40):
        wordings = ("a", "b", "c") if count % 3 else ("a", "b")
        chosen = in_turn(wordings, count, heard)
        assert chosen != heard
        heard = chosen


def test_a_single_wording_is_said_again() -> None:
    assert in_turn(("only",), 5, "only") == "only"


@pytest.mark.parametrize("bank_id", ["demo", "behavioural"])
@pytest.mark.parametrize("control", ["skip", None])
def test_nothing_is_promised_before_the_goodbye_and_nothing_said_twice_in_a_row(
    bank_id: str, control: Control | None
) -> None:
    bank: Bank = BankLibrary().load(bank_id)
    stage = Stage(bank)
    stage.rest()
    while stage.interview.state.ended is None:
        if control is None:
            stage.answer(FULL, 40.0)
        else:
            stage.now_s += 3.0
            stage.press(control)
            stage.rest()
    texts = [utterance.text for utterance in stage.said]
    assert texts[-1] == bank.closing
    assert "next" not in texts[-2]
    assert "last question" not in texts[-2]
    between = [u.text for u in stage.said if u.kind == "acknowledgement"]
    assert all(first != second for first, second in pairwise(between))
    assert len(set(between)) >= 3
    last_question = [i for i, u in enumerate(stage.said) if u.kind == "question"][-1]
    assert all("last question" not in text for text in texts[: last_question - 1])


def test_a_bank_that_has_no_true_word_for_the_goodbye_says_none(bank: Bank) -> None:
    phrases = bank.phrases.model_copy(update={"skipped": ("Let us go on to the next one.",)})
    stage = Stage(bank.model_copy(update={"phrases": phrases, "practice": None}))
    stage.rest()
    for _ in bank.questions:
        stage.now_s += 3.0
        stage.press("skip")
        said = stage.rest()
    assert said == [bank.closing]
