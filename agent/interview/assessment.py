"""Looks at a finished answer: does it need a reminder, and which part of it is missing?

Results depend on the text alone and are remembered, for ``decide`` runs many times a second.
"""

import re
from functools import lru_cache

from language.answer_parts import parts
from language.completeness import completeness
from language.other_language import is_other_language
from language.references import references
from records.events import AnswerPart, ReminderKind

FRAGMENT_WORDS = 6
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_VALUE: tuple[AnswerPart, ...] = ("action", "result", "situation", "example")
"""Most valuable first: without an own action nothing can be evidenced."""


@lru_cache(maxsize=512)
def reminder_kind(text: str) -> ReminderKind | None:
    """Return the first reason for a reminder in ``text``, None if there is none."""
    found = leans_on(text)
    if found is not None:
        return found
    if is_other_language(text):
        return "other_language"
    return "fragment" if 0 < len(text.split()) < FRAGMENT_WORDS else None


@lru_cache(maxsize=512)
def leans_on(text: str) -> ReminderKind | None:
    """Return what outside the answer ``text`` leans on first, None if on nothing."""
    found = references(text)
    return found[0].kind if found else None


@lru_cache(maxsize=512)
def missing_parts(text: str) -> tuple[AnswerPart, ...]:
    """Return the parts that ``text`` lacks, the most valuable first."""
    present = parts(text)
    return tuple(part for part in _VALUE if not present[part])


@lru_cache(maxsize=512)
def ends_with_outcome(text: str) -> bool:
    """Return whether ``text`` tells situation, own action and result, and the result in its last sentence."""
    last = _SENTENCE_END.split(text.strip())[-1]
    return not {"situation", "action", "result"} & set(missing_parts(text)) and parts(last)["result"]


@lru_cache(maxsize=512)
def sounds_complete(text: str) -> float:
    """Return in [0, 1] how finished the end of ``text`` sounds."""
    return completeness(text)
