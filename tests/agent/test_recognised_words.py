"""Which of the recognised words count: those two decodes agree on, and a sentence written twice only once."""

from agent.speech.whisper_engine import said_once
from agent.stretch import agreed


def test_words_are_agreed_on_that_two_decodes_share_but_for_the_last_ones() -> None:
    first = "I called the supplier and ask for"
    later = "I called the supplier, and asked for a new date by"
    assert agreed(first, later) == "I called the supplier, and"
    assert agreed(first, first) == "I called the supplier"
    assert agreed("", later) == ""
    assert agreed("Something else", later) == ""


def test_a_sentence_that_the_model_writes_twice_counts_once_and_a_short_word_as_often_as_said() -> None:
    vocabulary = ["Then you plan it.", "then you plan it", "no", "It was late."]
    mark = 100

    def written(tokens: list[int]) -> str:
        return " ".join(vocabulary[token] for token in tokens)

    assert said_once([mark, 0, mark, mark, 1, mark, 3], mark, written) == [0, 3]
    assert said_once([mark, 2, mark, mark, 2, mark], mark, written) == [2, 2]
    assert said_once([0, mark, 3, mark, 0], mark, written) == [0, 3, 0]
