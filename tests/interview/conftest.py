"""A bank of its own for the core's tests: every wording differs, so that none passes by coincidence."""

import pytest

from question_bank.bank import Bank

BANK = {
    "schema": "aila.bank/1",
    "id": "small",
    "version": "2.3.4",
    "title": "A small bank for tests",
    "interview_s": 600,
    "follow_up_budget": 2,
    "greeting": "Hello, I am Aila.",
    "guideline": "Please make each answer complete.",
    "practice": {"id": "warm_up", "text": "What did you do yesterday?", "max_answer_s": 40},
    "questions": [
        {
            "id": "first",
            "text": "Tell me about a time when you helped somebody at work.",
            "criteria": ["teamwork"],
            "expected_answer_s": 40,
            "max_answer_s": 90,
            "probes": {
                "situation": ["What was going on then?"],
                "action": ["What did you do yourself?", "Which steps were yours?"],
                "result": ["What came of it?"],
                "example": ["Which one time was that?"],
            },
        },
        {
            "id": "extra",
            "text": "Tell me about something you planned.",
            "criteria": ["planning"],
            "required": False,
            "expected_answer_s": 45,
            "max_answer_s": 95,
            "follow_up_budget": 0,
            "probes": {},
        },
        {
            "id": "last",
            "text": "Tell me about a mistake of yours.",
            "criteria": ["learning"],
            "expected_answer_s": 50,
            "max_answer_s": 100,
            "probes": {"action": ["What did you change?"], "result": ["How did it end?"]},
        },
    ],
    "closing": "Thank you and goodbye.",
    "reminders": {
        "refers_to_cv": "I cannot see your CV.",
        "refers_to_earlier": "Each answer is read alone.",
        "refers_to_offline": "I only know what is said here.",
        "assumes_watcher": "Nobody is watching.",
        "fragment": "Please tell me a little more.",
    },
    "phrases": {
        "acknowledgements": ["Thank you.", "Okay.", "Alright."],
        "moment_granted": ["Take your time."],
        "silence_offer": ["Shall I repeat it?"],
        "go_on": ["Sorry, please go on."],
        "skipped": ["No problem."],
        "time_limit": ["Let us move on."],
        "welcome_back": ["Welcome back."],
        "cannot_answer": ["I cannot answer that."],
        "paused": ["We are paused."],
    },
    "faq": [{"about": ["who will hear", "who hears"], "answer": "The recruiter hears it."}],
}


@pytest.fixture(scope="session")
def bank() -> Bank:
    return Bank.model_validate(BANK)
