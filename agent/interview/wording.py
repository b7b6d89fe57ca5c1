"""Chooses among the bank's wordings: in turn, never the same twice in a row, and true of what comes."""

import re
from collections.abc import Sequence
from typing import Literal

from question_bank.bank import Question
from records.events import AnswerPart

Coming = Literal["question", "last_question", "closing"]
"""What Aila says after a word between."""
_EVERYTHING: frozenset[Coming] = frozenset({"question", "last_question", "closing"})
_FITS: tuple[tuple[re.Pattern[str], frozenset[Coming]], ...] = (
    (re.compile(r"\b(?:last|final) (?:question|one)\b", re.I), frozenset({"last_question"})),
    (re.compile(r"\btime is (?:nearly |almost )?(?:over|up)\b", re.I), frozenset({"closing"})),
    (
        re.compile(r"\b(?:next|mov(?:e|ing) on|go(?:ing)? on|another question|continue)\b", re.I),
        frozenset({"question", "last_question"}),
    ),
)


def in_turn(wordings: Sequence[str], count: int, last: str = "") -> str:
    """Return the wording for the ``count``-th use, from 0; never ``last`` where there is another."""
    others = [wording for wording in wordings if wording != last] or wordings
    chosen = wordings[count % len(wordings)]
    return chosen if chosen in others else others[count % len(others)]


def fitting(wordings: Sequence[str], coming: Coming) -> tuple[str, ...]:
    """Return the wordings that are true before ``coming``: "the next one" is not said before a goodbye."""
    return tuple(wording for wording in wordings if coming in _fits(wording))


def fitting_everything(wordings: Sequence[str]) -> tuple[str, ...]:
    """Return the wordings that are true whatever comes next."""
    return tuple(wording for wording in wordings if _fits(wording) == _EVERYTHING)


def _fits(wording: str) -> frozenset[Coming]:
    found = next((fits for pattern, fits in _FITS if pattern.search(wording)), None)
    return _EVERYTHING if found is None else found


def probe(question: Question, part: AnswerPart, count: int) -> str | None:
    """Return the bank's probe for a missing part, None if it has none."""
    probes = getattr(question.probes, part)
    return probes[count % len(probes)] if probes else None
