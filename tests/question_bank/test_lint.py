"""Each rule finds what it is for, and finds nothing in the banks that ship."""

import pytest

from question_bank.bank import Bank
from question_bank.library import BankLibrary
from question_bank.lint import Finding, lint

GOOD = "Tell me about a time when you helped a neighbour. What did you do, and what came of it?"


def with_question(bank: Bank, **changes: object) -> Bank:
    """Return the bank with its first question changed."""
    first = bank.questions[0].model_dump() | changes
    return Bank.model_validate(
        bank.model_dump(by_alias=True) | {"questions": [first, *(q.model_dump() for q in bank.questions[1:])]}
    )


def test_the_banks_that_ship_have_nothing_to_mend() -> None:
    library = BankLibrary()
    shipped = [library.load(row.id, row.version) for row in library.list()]
    assert len(shipped) >= 2
    assert {(bank.id, bank.version): lint(bank) for bank in shipped} == {
        (b.id, b.version): [] for b in shipped
    }


@pytest.mark.parametrize(
    ("question", "severity", "said"),
    [
        ("What did you do when your team was late?", "error", "not specific"),
        (
            "Tell me about a time when a colleague struggled.",
            "warning",
            "does not ask what the candidate did",
        ),
        (f"{GOOD} What would you change?", "error", "asks what somebody would do"),
        (f"{GOOD} Imagine it again.", "error", "asks what somebody would do"),
        (f"{GOOD} Surely you were proud.", "error", "leads to an answer"),
        (f"{GOOD} Were your children there?", "error", "touches a protected trait"),
        (f"{GOOD} Mention your health.", "error", "touches a protected trait"),
        (f"{GOOD} Think of work and/or school.", "error", "cannot be spoken as written"),
        (f"{GOOD} Think of a helper, e.g., a friend.", "error", "cannot be spoken as written"),
        (f"{GOOD} {'And then again later on, please. ' * 6}", "warning", "more than 45 words"),
        (f"{GOOD} Who was it? Where was it?", "warning", "more than two questions at once"),
    ],
)
def test_a_poor_question_is_found(bank: Bank, question: str, severity: str, said: str) -> None:
    [finding] = lint(with_question(bank, text=question))
    assert (finding.severity, finding.where) == (severity, "questions.helped_colleague")
    assert said in finding.message


@pytest.mark.parametrize("part", ["situation", "action", "result", "example"])
def test_every_probe_is_looked_at(bank: Bank, part: str) -> None:
    probes = bank.questions[0].probes.model_dump() | {
        part: ("Was your husband there?", "Yes/no: was it late?")
    }
    messages = [finding.message for finding in lint(with_question(bank, probes=probes))]
    assert messages == [
        "touches a protected trait: 'Was your husband there?'",
        "cannot be spoken as written: 'Yes/no: was it late?'",
    ]


def test_too_few_parts_are_probed(bank: Bank) -> None:
    probes = {"situation": ["What was going on?"], "result": ["What came of it?"]}
    [finding] = lint(with_question(bank, probes=probes))
    assert finding.message == "probes for 2 parts: write them for at least 3"


def test_an_unknown_criterion_is_named_with_the_known_ones(bank: Bank) -> None:
    [finding] = lint(with_question(bank, criteria=["teamwork", "charisma"]))
    assert finding.severity == "warning"
    assert finding.message.startswith("unknown criterion 'charisma'; known: adaptability, communication")


def test_an_answer_is_not_cut_before_its_usual_length(bank: Bank) -> None:
    [finding] = lint(with_question(bank, expected_answer_s=91))
    assert finding.message == "an answer of 91 s is expected and cut at 90 s"


def test_faults_of_the_whole_bank_are_found(bank: Bank) -> None:
    first, second = bank.questions[0], bank.questions[1]
    changed = bank.model_copy(
        update={
            "questions": (first, second.model_copy(update={"id": first.id, "text": first.text.upper()})),
            "practice": bank.questions[0].model_copy(update={"text": "Tell me about your church."}),
            "interview_s": 153.0,
        }
    )
    assert lint(changed) == [
        Finding("error", "questions.helped_colleague", "the id is used twice"),
        Finding("error", "questions", "two questions have the same text"),
        Finding("error", "practice", "touches a protected trait: 'Tell me about your church.'"),
        Finding("error", "practice.id", "is also the id of a question"),
        Finding("error", "interview_s", "the required questions need about 154 s, the interview has 153 s"),
    ]


def test_questions_that_are_asked_only_if_time_is_left_need_no_time(bank: Bank) -> None:
    short = with_question(bank, required=False).model_copy(update={"interview_s": 154.0})
    assert lint(short) == []
    assert len(lint(short.model_copy(update={"interview_s": 153.9}))) == 1
