"""The bank of the benchmarks by voice: the behavioural one, without what would only take their time."""

from ruamel.yaml import YAML

from question_bank.bank import Bank
from question_bank.library import BankLibrary
from records.installation import Installation

EXPECTED_S = 30.0
"""What a product team would read from its data: the 328 written answers have 72 words (median), which take
half a minute to say."""


def brief_bank(installation: Installation) -> Bank:
    """Return the behavioural bank with a short opening and no follow-ups: each answer is a whole one."""
    shipped = BankLibrary().load("behavioural").model_dump(mode="json", by_alias=True)
    questions = [
        question | {"follow_up_budget": 0, "probes": {}, "expected_answer_s": EXPECTED_S}
        for question in shipped["questions"]
    ]
    brief = shipped | {
        "id": "behavioural_brief",
        "version": "1.0.0",
        "greeting": "Hello, I am Aila.",
        "guideline": "Please make each answer complete.",
        "practice": None,
        "follow_up_budget": 0,
        "questions": questions,
    }
    path = installation.banks_dir / "behavioural_brief-1.0.0.yaml"
    if not path.exists():
        with path.open("w") as file:
            YAML(typ="safe").dump(brief, file)
    return BankLibrary(installation.banks_dir).load("behavioural_brief")
