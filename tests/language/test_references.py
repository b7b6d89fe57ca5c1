"""Words that lean on something the assessment cannot see."""

import csv
from pathlib import Path

import pytest

from language.references import references

ANSWERS = Path(__file__).parents[1] / "data" / "siop2024" / "answers.csv"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("As you can see in my CV I was a nurse.", "refers_to_cv"),
        ("It is all in my resume.", "refers_to_cv"),
        ("My application shows that I led a team.", "refers_to_cv"),
        ("As I said before, I called the vendor.", "refers_to_earlier"),
        ("I already told you about that.", "refers_to_earlier"),
        ("It is the same example as before.", "refers_to_earlier"),
        ("As we discussed on the phone, I led the shift.", "refers_to_offline"),
        ("I have sent that to your recruiter.", "refers_to_offline"),
        ("As you can see here behind me, there is the award.", "assumes_watcher"),
        ("Let me show you this chart, look at my screen now.", "assumes_watcher"),
    ],
)
def test_a_reference_is_found_and_points_at_its_words(text: str, kind: str) -> None:
    found = references(text)
    assert [reference.kind for reference in found][:1] == [kind]
    assert 0 <= found[0].start < found[0].end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "I helped a student to write her resume.",
        "I updated the application form for our customers.",
        "As I said to my manager, the deadline was too short.",
        "I showed my colleague how the tool works.",
        "We met before the shift and I explained the plan.",
        "I look at my notes every morning.",
    ],
)
def test_ordinary_words_are_no_reference(text: str) -> None:
    assert references(text) == []


def test_hardly_any_of_the_real_written_answers_is_taken_for_a_reference() -> None:
    with ANSWERS.open(newline="", encoding="utf-8") as file:
        answers = [row["answer"] for row in csv.DictReader(file)]
    flagged = [answer for answer in answers if references(answer)]
    assert len(answers) == 328
    assert len(flagged) <= 3
