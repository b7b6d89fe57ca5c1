"""The practice question: what was heard in the answer is said at once, and not a word of it is stored.

An answer is looked at (:mod:`language.told_parts`) for a situation, an own action and an outcome; in doubt
it is there. What is missing is asked for once; then the interview begins, whatever was said. A process that
takes the interview up after a crash no longer knows the words, and goes on without feedback.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, get_args

from agent.interview.state import Answer, InterviewState
from language.told_parts import told_parts
from question_bank.bank import Bank
from records.events import CandidateSpoke, Event

MIN_WORDS = 4
"""A shorter answer says nothing about how to tell a story."""
TRIES = 2
Part = Literal["situation", "action", "result"]
PARTS: tuple[Part, ...] = get_args(Part)
_HEARD: dict[Part, str] = {
    "situation": "the situation",
    "action": "what you did",
    "result": "how it ended",
}
_ASKED: dict[Part, str] = {
    "action": "Say what you did yourself.",
    "result": "Say how it ended.",
    "situation": "Say where and when that was.",
}
"""The most valuable first."""


def is_practice(bank: Bank, question_id: str | None) -> bool:
    """Return whether ``question_id`` is the bank's practice question."""
    return bank.practice is not None and question_id == bank.practice.id


def stored_form(bank: Bank, event: Event) -> Event:
    """Return ``event`` as it is stored: of an answer to the practice question, that something was said."""
    if isinstance(event, CandidateSpoke) and is_practice(bank, event.question_id):
        return replace(event, text="", words=())
    return event


def feedback(bank: Bank, state: InterviewState) -> tuple[str, bool] | None:
    """Return what to say about the practice answer, and whether the candidate is to try again.

    None if there is nothing to say, or it has been said.
    """
    if bank.practice is None or not bank.locale.startswith("en"):
        return None
    answer = state.answer(bank.practice.id)
    if answer.completed in (None, "skipped", "silence", "time_limit"):
        return None
    if not answer.stretch.split() or len(answer.text.split()) + MIN_WORDS * answer.follow_ups < MIN_WORDS:
        return None
    again = answer.follow_ups < TRIES - 1
    text = wording(_heard(state, answer), again)
    return None if text == state.last_acknowledgement else (text, again and text != _COMPLETE)


def _heard(state: InterviewState, answer: Answer) -> list[Part]:
    """Return what the answer tells; what an earlier process heard of it is in Aila's own words about it."""
    found = told_parts(answer.text)
    asked = state.last_asked.text if state.last_asked is not None and answer.follow_ups else ""
    told = asked.partition(".")[0] if asked.startswith("I heard ") else ""
    return [part for part, words in _HEARD.items() if found[part] or words in told]


_COMPLETE = "I heard the situation, what you did and how it ended. That is all that an answer needs."


def wording(heard: Sequence[Part], again: bool) -> str:
    """Return what is said where ``heard`` was heard; ``again``: there is another try."""
    missing: list[Part] = [part for part in _ASKED if part not in heard]
    if not missing:
        return _COMPLETE
    if not heard:
        if again:
            return "I heard no story yet. Once more: what was the situation, what did you do, how did it end?"
        return "In the questions that count, tell the situation, what you did and how it ended."
    said = f"I heard {' and '.join(_HEARD[part] for part in heard)}."
    if again:
        return f"{said} {_ASKED[missing[0]]}"
    left = " and ".join(_HEARD[part] for part in missing)
    return f"{said} In the questions that count, tell {left} too."
