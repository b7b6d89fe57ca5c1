"""Does it sound finished?"""

import pytest

from language.completeness import CERTAINLY_GOES_ON, completeness


@pytest.mark.parametrize(
    "text",
    [
        "so I called the vendor and",
        "and then um",
        "because the",
        "I talked to my",
        "we tried it, you know",
        "for example",
        "I went to the...",
    ],
)
def test_an_open_end_holds_the_floor(text: str) -> None:
    assert completeness(text) < 0.5


@pytest.mark.parametrize("text", ["In the end she finished it on time.", "we delivered the project on time"])
def test_a_finished_sentence_sounds_finished_with_and_without_a_full_stop(text: str) -> None:
    assert completeness(text) >= 0.7


def test_nothing_is_not_finished() -> None:
    assert completeness("") == 0.0
    assert completeness(" ... ") == 0.0


def test_a_full_stop_after_a_holding_word_does_not_end_the_sentence() -> None:
    assert completeness("I called the vendor and.") < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "I pick one aspect and look into how...",
        "I wrote it for the...",
        "so we",
        "and then I'm",
        "I told her what…",
    ],
)
def test_nobody_ends_there(text: str) -> None:
    assert completeness(text) == CERTAINLY_GOES_ON


def test_words_that_trail_off_may_still_be_the_end() -> None:
    assert CERTAINLY_GOES_ON < completeness("and they were happy with it in the end...") < 0.5
