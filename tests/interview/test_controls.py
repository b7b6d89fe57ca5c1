"""What steers the interview, what is an answer, what is a question to Aila."""

import pytest

from agent.interview.asked import is_question_to_aila
from agent.interview.controls import says_done, spoken_control


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("Could you repeat that, please?", "repeat"),
        ("Sorry, can you say that again?", "repeat"),
        ("I didn't hear the question.", "repeat"),
        ("What was the question again?", "repeat"),
        ("Um, can I have a moment?", "moment"),
        ("Give me a second.", "moment"),
        ("Hold on.", "moment"),
        ("I need a moment to think about it.", "moment"),
        ("Let me think.", "moment"),
        ("That's it.", "done"),
        ("I'm done, thank you.", "done"),
        ("That's all from my side.", "done"),
        ("Skip this one, please.", "skip"),
        ("Can we move on to the next question?", "skip"),
        ("I'd rather not answer that.", "skip"),
        ("Can we take a short break?", "pause"),
        ("I'm back.", "resume"),
        ("Let's continue.", "resume"),
        ("I would like to stop the interview.", "leave"),
        ("I want to stop.", "leave"),
        ("Sorry, I have to leave now.", "leave"),
        ("I'd like to end it here, please.", "leave"),
    ],
)
def test_wishes_are_understood_as_a_whole_utterance(text: str, control: str) -> None:
    assert spoken_control(text) == control


@pytest.mark.parametrize(
    "text",
    [
        "I asked him to repeat that and he did.",
        "We had to skip the second test because of the deadline.",
        "At that moment I knew that I needed a minute to think.",
        "I was done with the report by Friday.",
        "That's it, that was the day when I learned to plan.",
        "They wanted to stop the interview but I went on.",
        "We took a short break and then I explained it again.",
        "Can I stop the interview?",
        "I wanted to stop.",
        "I have to stop the machine before I clean it.",
        "Please stop.",
        "",
    ],
)
def test_words_of_a_story_are_no_wish(text: str) -> None:
    assert spoken_control(text) is None


def test_an_answer_may_close_with_the_words_that_it_is_over() -> None:
    assert says_done("We delivered it on time, and that's it.")
    assert says_done("So we won. I'm done.")
    assert not says_done("I told him that's it for today and that he should rest.")


@pytest.mark.parametrize(
    "text",
    [
        "Who will hear this recording?",
        "Can I stop the interview?",
        "Are you a real person?",
        "How long will this take?",
    ],
)
def test_a_short_question_to_the_interviewer_is_one(text: str) -> None:
    assert is_question_to_aila(text)


@pytest.mark.parametrize(
    "text",
    [
        "What did I do? I called my manager and told her about it.",
        "I asked him, why did you do that?",
        "When I was at school we had a project.",
        "How did that end? Well, we lost the customer.",
        "Do what you can, that was my rule.",
    ],
)
def test_a_question_inside_a_story_is_none_to_aila(text: str) -> None:
    assert not is_question_to_aila(text)
