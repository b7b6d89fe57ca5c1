"""Rules that must leave real answers alone, checked on 328 of them (tests/data/siop2024, MIT licence)."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from agent.interview.asked import is_question_to_aila
from agent.interview.assessment import reminder_kind
from agent.interview.controls import says_done, spoken_control
from agent.interview.guard import addresses_machine

DATA = Path(__file__).parent.parent / "data" / "siop2024" / "answers.csv"


@cache
def answers() -> tuple[str, ...]:
    with DATA.open(newline="", encoding="utf-8") as file:
        return tuple(row["answer"] for row in csv.DictReader(file))


@cache
def sentences() -> tuple[str, ...]:
    return tuple(s for answer in answers() for s in re.split(r"(?<=[.!?])\s+", answer))


def test_no_complete_real_answer_is_reminded_of_anything() -> None:
    reminded = {answer: kind for answer in answers() if (kind := reminder_kind(answer)) is not None}
    assert reminded == {"I do not have one.": "fragment"}


def test_no_sentence_of_a_real_answer_is_taken_for_a_wish_or_a_question_to_aila() -> None:
    taken = [s for s in sentences() if spoken_control(s) is not None or is_question_to_aila(s)]
    assert taken == []


def test_no_real_answer_seems_to_say_that_it_is_over_or_to_speak_to_a_model() -> None:
    assert [a[-60:] for a in answers() if says_done(a)] == []
    assert [a for a in answers() if addresses_machine(a)] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("As you can see in my CV, I worked there for three years and led the team.", "refers_to_cv"),
        ("It's all in my resume, so I will not go into the details of that job.", "refers_to_cv"),
        ("You will find that on my LinkedIn profile together with everything else.", "refers_to_cv"),
        ("Please look at my application for the details of what I did there.", "refers_to_cv"),
        ("My cover letter explains it better than I can do it here today.", "refers_to_cv"),
        ("As I said before, I called the customer and then it was fine.", "refers_to_earlier"),
        ("Like I mentioned in my last answer, we rebuilt the whole system.", "refers_to_earlier"),
        ("I already told you about that project, it is the same team.", "refers_to_earlier"),
        ("It is the same story as before, with the customer and the parcel.", "refers_to_earlier"),
        ("See my previous answer, I have nothing new to tell about that.", "refers_to_earlier"),
        ("As we discussed on the phone, I was the one who wrote the plan.", "refers_to_offline"),
        ("I sent that to your recruiter last week, please have a look there.", "refers_to_offline"),
        ("You can ask my manager about it, she knows what I did there.", "refers_to_offline"),
        ("Let me show you here on my screen what the plan looked like.", "assumes_watcher"),
        ("As you can see behind me, I have won a prize for the best service.", "assumes_watcher"),
        ("Can you see this, I am holding the certificate that I got for it?", "assumes_watcher"),
        ("A colleague, once.", "fragment"),
        ("No.", "fragment"),
    ],
)
def test_an_answer_that_leans_on_something_else_is_noticed(text: str, kind: str) -> None:
    assert reminder_kind(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "I looked at her CV and saw that she had worked with the same system before.",
        "I told my manager, as I said I would, that the plan was late.",
        "We discussed it on the phone and I sent the customer a new offer the same day.",
        "My customer could see on the screen what I was typing, so I explained every step.",
        "I wrote applications for two years while I helped my brother with his resume.",
        "He asked me to show him the earlier answer of the support team, and I did.",
        "As I said to the team then, we needed to call the customer ourselves.",
    ],
)
def test_the_same_words_inside_a_story_are_left_alone(text: str) -> None:
    assert reminder_kind(text) is None
