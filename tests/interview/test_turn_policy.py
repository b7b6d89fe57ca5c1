"""How long a silence must be."""

import pytest

from agent.interview.pacing import own_length
from agent.interview.turn_policy import (
    HOLD_S,
    PATIENT_S,
    QUICK_S,
    SAID_DONE_S,
    SLOWEST,
    SUMMED_UP_S,
    USUAL_S,
    WHOLE_STORY_S,
    patience_s,
)
from bench.turn_policy import OVERHEAD_S, UNSEEN_SEEDS, aila, fixed, persons, replay
from question_bank.bank import Bank
from tests.interview.stage import FULL, at_first_question

DESCRIBED = f"{FULL} It was in April."
"""Ends with a sentence, which tells no outcome."""


def test_an_answer_of_the_usual_length_that_ends_with_a_sentence_is_waited_for_least() -> None:
    assert patience_s(DESCRIBED, 40.0, 45.0) == QUICK_S


def test_the_less_was_said_the_longer_the_wait() -> None:
    waits_s = [patience_s(DESCRIBED, spoken_s, 60.0) for spoken_s in (10.0, 28.0, 33.0, 36.0, 60.0)]
    assert waits_s == sorted(waits_s, reverse=True)
    assert waits_s[0] == PATIENT_S
    assert waits_s[-1] == QUICK_S


def test_a_story_that_ends_with_its_outcome_is_over_however_short() -> None:
    assert patience_s(FULL, 10.0, 75.0) == WHOLE_STORY_S
    assert patience_s(DESCRIBED, 10.0, 75.0) == PATIENT_S


@pytest.mark.parametrize(
    "text", ["So that's how we did it.", "And that was basically it.", "Anyway, that was the whole story."]
)
def test_who_looks_back_on_the_answer_has_finished_it(text: str) -> None:
    assert patience_s(f"We moved the office. {text}", 6.0, 75.0) == SUMMED_UP_S


@pytest.mark.parametrize(
    "text", ["I asked her how that is done.", "That is why it was hard, and I had an idea."]
)
def test_not_everything_with_how_or_why_looks_back(text: str) -> None:
    assert patience_s(f"We moved the office. {text}", 6.0, 75.0) == PATIENT_S


def test_own_action_and_outcome_told_shorten_the_wait() -> None:
    told = "There was a colleague with a problem. I sat down with her, sorted the numbers and I wrote it up."
    assert patience_s(f"{told} In the end it was delivered.", 33.0, 60.0) < patience_s(told, 33.0, 60.0)


@pytest.mark.parametrize(
    "text", ["I sat down with her and", "So I called them um", "We had a problem because"]
)
def test_nobody_ends_after_a_filler_or_a_conjunction(text: str) -> None:
    assert patience_s(f"{FULL} {text}", 40.0, 45.0) == HOLD_S


@pytest.mark.parametrize("text", ["I went to", "Well, you know", "We tried it, "])
def test_what_may_be_mid_clause_gets_all_the_patience(text: str) -> None:
    assert patience_s(f"{FULL} {text}", 40.0, 45.0) == PATIENT_S


def test_hardly_anything_said_is_waited_for_even_after_a_full_stop() -> None:
    assert patience_s("I helped a colleague.", 2.0, 45.0) == PATIENT_S


def test_saying_that_it_is_over_ends_it_at_once() -> None:
    assert patience_s("I helped her and that's it.", 4.0, 45.0) == SAID_DONE_S


def test_a_voice_that_sounds_as_if_it_goes_on_is_waited_for() -> None:
    assert patience_s(DESCRIBED, 40.0, 45.0, end_of_turn_probability=0.1) == USUAL_S
    assert patience_s(DESCRIBED, 40.0, 45.0, end_of_turn_probability=0.9) == QUICK_S


def test_a_speaker_of_long_pauses_is_waited_for_and_one_of_usual_pauses_as_usual() -> None:
    assert patience_s(DESCRIBED, 40.0, 45.0, own_pauses_s=(2.3, 2.4, 2.2, 1.9) * 4) > 1.3 * QUICK_S
    assert patience_s(DESCRIBED, 40.0, 45.0, own_pauses_s=(0.7, 1.6, 0.9, 1.2) * 4) == QUICK_S
    assert patience_s(DESCRIBED, 40.0, 45.0, own_pauses_s=(2.2,)) == QUICK_S


def test_patience_never_exceeds_its_bound() -> None:
    assert patience_s(FULL, 40.0, 45.0, own_pauses_s=(9.0,) * 24, reopened=50) == PATIENT_S * SLOWEST
    assert patience_s(FULL, 40.0, 45.0, reopened=50) == PATIENT_S


def test_a_candidate_of_short_answers_is_expected_to_answer_shortly(bank: Bank) -> None:
    stage = at_first_question(bank)
    assert own_length(bank, stage.interview.state) == 1.0
    stage.answer(FULL, 12.0)
    assert own_length(bank, stage.interview.state) < 0.6


def test_on_persons_and_pauses_that_were_not_used_few_answers_are_cut_off_at_a_short_delay() -> None:
    figures = replay(aila(), persons(1), UNSEEN_SEEDS[:2], 0.0)
    assert figures.answers_cut <= 0.045
    assert figures.delay_p50_s <= 1.8
    assert figures.delay_p95_s <= 2.71
    same_delay = replay(fixed(figures.delay_p50_s - OVERHEAD_S), persons(1), UNSEEN_SEEDS[:2], 0.0)
    assert figures.answers_cut < same_delay.answers_cut / 4
