"""Reminders and questions to Aila, on real answers and on those written for this purpose."""

import pytest

from agent.interview.asked import asks_aila, faq_answer
from bench.reminders import aila, cases, errors, measure
from question_bank.bank import Bank
from question_bank.library import BankLibrary
from records.events import ReminderNoted
from tests.interview.stage import FULL, at_first_question


def test_reminders_are_nearly_always_right_and_most_are_given() -> None:
    figures = measure(aila(), cases())
    assert figures.precision is not None
    assert figures.precision >= 0.95
    assert figures.recall >= 0.80


def test_most_reminders_are_given_to_answers_that_nobody_saw_while_the_rules_were_written() -> None:
    figures = measure(aila(), [case for case in cases() if case.split in ("held_out", "unseen")])
    assert figures.precision is not None
    assert figures.precision >= 0.95
    assert figures.recall >= 0.80


def test_no_answer_that_stands_by_itself_is_reminded_of_anything() -> None:
    complete = [case for case in cases() if case.kind == "none"]
    assert len(complete) > 450
    assert [(case.id, got) for case, got in errors(aila(), complete)] == []


def test_an_answer_in_another_language_is_reminded_of_english_once(bank: Bank) -> None:
    stage = at_first_question(bank)
    german = "Letztes Jahr habe ich einer Kollegin mit dem Bericht geholfen."
    assert stage.answer(german, 8.0) == [bank.reminders.other_language]
    stage.answer(FULL)
    assert bank.reminders.other_language not in stage.answer(german, 8.0)
    noted = [(e.kind, e.spoken) for e in stage.events if isinstance(e, ReminderNoted)]
    assert noted == [("other_language", True), ("other_language", False)]


def test_a_bank_in_another_language_is_answered_in_it(bank: Bank) -> None:
    stage = at_first_question(bank.model_copy(update={"locale": "de"}))
    said = stage.answer("Letztes Jahr habe ich einer Kollegin mit dem Bericht geholfen.", 8.0)
    assert bank.reminders.other_language not in said


@pytest.mark.parametrize("bank_id", ["demo", "behavioural"])
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Who will hear this?", "recruiter"),
        ("Can I use an example from school?", "your studies"),
        ("What do you mean by conflict?", "as you understand it"),
        ("what is the salary", "know nothing more"),
        ("How am I doing so far?", "do not judge"),
        ("When will I hear back from you?", "do not know when"),
        ("Do I have to answer this?", "skip any question"),
        ("May I answer in German?", "in English"),
    ],
)
def test_what_candidates_often_ask_is_answered(bank_id: str, asked: str, told: str) -> None:
    bank = BankLibrary().load(bank_id)
    assert asks_aila(bank, asked)
    assert told in (faq_answer(bank, asked) or "")


def test_a_question_that_assumes_somebody_watching_is_reminded_not_answered() -> None:
    assert not asks_aila(BankLibrary().load("demo"), "Can you see the certificate that I am holding up?")


@pytest.mark.parametrize("bank_id", ["demo", "behavioural"])
@pytest.mark.parametrize(
    "text",
    [
        "When I started this job I was very shy.",
        "What people do in this job is hard.",
        "How long it took did not matter to my answers.",
        "When I have the position of a leader I listen.",
        "Which I did, and the company was happy with it.",
        "Have it in writing, that was my rule.",
        "Who gets angry first has lost, I told them.",
    ],
)
def test_a_sentence_of_a_story_with_words_of_the_faq_is_no_question(bank_id: str, text: str) -> None:
    assert not asks_aila(BankLibrary().load(bank_id), text)


@pytest.mark.parametrize(
    "asked",
    [
        "um who hears this",
        "how long will this take",
        "how many questions are left",
        "how much longer is this going to take",
        "is this recorded",
        "what happens with my data",
        "can I write my answer",
        "so am I talking to a robot",
    ],
)
def test_a_question_without_its_mark_is_known_by_the_order_of_its_words(asked: str) -> None:
    assert asks_aila(BankLibrary().load("behavioural"), asked)


def test_no_sentence_of_a_real_answer_is_taken_for_a_question_that_the_bank_knows() -> None:
    bank = BankLibrary().load("behavioural")
    sentences = [
        s for case in cases() if case.split == "real" for s in case.text.replace("?", ".").split(". ")
    ]
    assert len(sentences) > 1000
    assert [sentence for sentence in sentences if asks_aila(bank, sentence)] == []
