"""Corrections of recognition errors: what counts, what is only shown, and what is no correction."""

import pytest

from records.corrections import changes_between, counting, is_correction
from records.transcript import TranscriptWord, Turn

HEARD = [
    ("I", 0.98),
    ("moved", 0.95),
    ("it", 0.97),
    ("to", 0.96),
    ("post", 0.41),
    ("gress,", 0.52),
    ("and", 0.93),
    ("we", 0.31),
    ("didn't", 0.37),
    ("lose", 0.66),
    ("fifteen", 0.44),
    ("rows.", 0.91),
]


def turn(heard: list[tuple[str, float]] = HEARD, word_s: float = 0.3) -> Turn:
    words = tuple(
        TranscriptWord(text=text, start=10 + i * word_s, end=10 + (i + 1) * word_s, probability=probability)
        for i, (text, probability) in enumerate(heard)
    )
    text = " ".join(text for text, _ in heard)
    return Turn(id="c7", speaker="candidate", kind="answer", text=text, start=10.0, words=words)


def corrected(**replaced: str) -> str:
    return " ".join(replaced.get(text.strip(".,").replace("'", ""), text) for text, _ in HEARD).strip()


def test_what_was_heard_unsurely_and_sounds_alike_counts() -> None:
    said = turn()
    text = said.text.replace("post gress,", "Postgres,")
    [change] = changes_between(said, text)
    assert (change.recognised, change.corrected, change.verdict) == ("post gress,", "Postgres,", "counts")
    assert (change.start_s, change.end_s) == (pytest.approx(11.2), pytest.approx(11.8))
    assert said.text[change.start : change.end] == "post gress,"
    counted = counting(said, (change,))
    assert counted.text == text
    assert counted.words is not None
    assert [word.text for word in counted.words] == text.split()
    new = counted.words[4]
    assert (new.start, new.end, new.probability) == (pytest.approx(11.2), pytest.approx(11.8), 0.41)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (corrected(we="I"), "changes_meaning"),
        (corrected(didnt="did"), "changes_meaning"),
        (corrected(fifteen="fifty"), "changes_meaning"),
        (corrected(rows="rose"), "heard_clearly"),
        (corrected(lose="organise"), "unlike"),
        (corrected(lose="lose a nose or so close"), "not_timed"),
        (corrected(lose=""), "not_timed"),
    ],
)
def test_what_may_be_a_better_answer_is_shown_and_does_not_count(text: str, verdict: str) -> None:
    said = turn()
    changes = changes_between(said, text)
    assert [change.verdict for change in changes] == [verdict]
    assert counting(said, changes) == said


def test_more_words_than_can_be_said_in_the_time_do_not_count() -> None:
    [change] = changes_between(turn([("overall", 0.2), ("plan", 0.9)]), "o ver all plan")
    assert change.verdict == "too_long"


def test_case_and_punctuation_are_no_change() -> None:
    assert changes_between(turn(), turn().text.upper().replace(",", " ;").replace("'", "’")) == ()


def test_of_several_changes_only_those_that_count_are_put_in() -> None:
    said = turn()
    text = said.text.replace("post gress,", "Postgres,").replace("we didn't", "I did")
    changes = changes_between(said, text)
    assert [change.verdict for change in changes] == ["counts", "changes_meaning"]
    assert counting(said, changes).text == said.text.replace("post gress,", "Postgres,")


def test_another_answer_is_no_correction() -> None:
    said = turn()
    assert is_correction(said, changes_between(said, corrected(post="most", gress="grass")))
    rewritten = changes_between(said, "I led the whole migration, planned each step and all were glad.")
    assert not is_correction(said, rewritten)
    long = turn([(f"word{i}", 0.5) for i in range(100)])
    appended = changes_between(long, long.text + " and" * 21)
    assert not is_correction(long, appended)
    assert is_correction(long, changes_between(long, long.text + " and" * 20))


def test_words_without_times_never_count() -> None:
    said = turn().model_copy(update={"words": turn().words[:-1]})
    [change] = changes_between(said, corrected(lose="loose"))
    assert (change.verdict, change.start_s) == ("not_timed", None)
