"""How long a silence must be."""

import pytest

from agent.interview.turn_policy import (
    FULL_S,
    PATIENT_S,
    QUICK_S,
    SAID_DONE_S,
    USUAL_S,
    patience_s,
)
from tests.interview.stage import FULL


def test_a_full_answer_with_act_and_outcome_ends_soonest() -> None:
    assert patience_s(FULL, 40.0, 45.0) == QUICK_S


def test_a_full_answer_without_an_outcome_is_waited_for_a_little_longer() -> None:
    told = "There was a colleague with a problem. I sat down with her, sorted the numbers and I wrote it up."
    assert patience_s(told, 40.0, 45.0) == FULL_S


def test_a_finished_sentence_of_a_short_answer_takes_the_usual_time() -> None:
    assert patience_s("I sat down with her and sorted the numbers for the report.", 15.0, 45.0) == USUAL_S


@pytest.mark.parametrize(
    "text",
    [
        "I sat down with her and",
        "So I called them um",
        "We had a problem because",
        "I went to the",
        "Well, you know",
    ],
)
def test_an_unfinished_clause_gets_all_the_patience(text: str) -> None:
    assert patience_s(f"{FULL} {text}", 40.0, 45.0) == PATIENT_S


def test_hardly_anything_said_is_waited_for_even_after_a_full_stop() -> None:
    assert patience_s("I helped a colleague.", 2.0, 45.0) > USUAL_S


def test_saying_that_it_is_over_ends_it_at_once() -> None:
    assert patience_s("I helped her and that's it.", 4.0, 45.0) == SAID_DONE_S


def test_a_voice_that_sounds_as_if_it_goes_on_is_waited_for() -> None:
    assert patience_s(FULL, 40.0, 45.0, end_of_turn_probability=0.1) == USUAL_S
    assert patience_s(FULL, 40.0, 45.0, end_of_turn_probability=0.9) == QUICK_S


def test_a_speaker_of_long_pauses_is_waited_for() -> None:
    assert patience_s(FULL, 40.0, 45.0, own_pauses_s=(0.7, 2.3, 2.4, 2.2, 0.9)) > USUAL_S
    assert patience_s(FULL, 40.0, 45.0, own_pauses_s=(2.2, 2.2)) == QUICK_S


def test_patience_never_exceeds_its_bound() -> None:
    assert patience_s(FULL, 40.0, 45.0, own_pauses_s=(9.0, 9.0, 9.0), reopened=50) == PATIENT_S
