"""Chooses among the bank's wordings: in turn, so that none is heard twice in a row."""

from collections.abc import Sequence

from question_bank.bank import Bank, Question
from records.events import AnswerPart


def in_turn(wordings: Sequence[str], count: int) -> str:
    """Return the wording for the ``count``-th use, from 0."""
    return wordings[count % len(wordings)]


def faq_answer(bank: Bank, asked: str) -> str | None:
    """Return the bank's answer to a question put to Aila, None if it has none.

    The entry with the longest matching phrase wins: it is the most specific.
    """
    lowered = f" {' '.join(asked.lower().replace('?', ' ').replace(',', ' ').replace('.', ' ').split())} "
    matches = [
        (len(phrase), entry.answer)
        for entry in bank.faq
        for phrase in entry.about
        if f" {phrase.lower()} " in lowered
    ]
    return max(matches)[1] if matches else None


def probe(question: Question, part: AnswerPart, count: int) -> str | None:
    """Return the bank's probe for a missing part, None if it has none."""
    probes = getattr(question.probes, part)
    return probes[count % len(probes)] if probes else None
