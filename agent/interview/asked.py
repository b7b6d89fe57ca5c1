"""Questions that candidates put to Aila: which words are one, and what the bank answers."""

import re

from agent.interview.assessment import leans_on
from question_bank.bank import Bank

MAX_QUESTION_WORDS = 18
SHORT_QUESTION_WORDS = 12
"""So few words in the order of a question are one, whatever is asked: recognisers often lose the mark."""
_TO_AILA = re.compile(
    r"\b(?:(?:are|can|could|do|does|did|will|would|is|am|may|should|must|have|has|which|who|what|when|where|why|how)\b.*"
    r"\b(?:you|this|that|recording|recorded|interview|i|my|me|it|hears?|listens?)\b)"
)
_OWN_STORY = re.compile(r"\b(?:i|we|he|she|they) (?:was|were|had|did|asked|said|thought|wondered|told)\b")
_OPENERS = frozenset(
    """are can could do does did will would is am may should must have has which who what what's when where
    why how""".split()
)
_AUXILIARY = r"(?:is|are|am|do|does|did|will|would|can|could|should|may|might|must|have|has)"
_ABOUT = r"(?:i|you|we|it|this|that|these|those|my|the|your|there|they|anyone|anybody|somebody|someone|left)"
_INVERTED = re.compile(
    rf"(?:(?:what|when|where|why|how|which|who)(?: (?!{_ABOUT}\b)\w+){{0,3}}? {_AUXILIARY} {_ABOUT}\b"
    rf"|(?!(?:do|have) (?:it|this|that|these|those|my|the|your)\b){_AUXILIARY} {_ABOUT}\b"
    r"|who(?:'s)? (?:(?:hears|sees|reads|listens|gets)(?: (?:this|that|it|my|the|to|what)\b|$)|else\b)"
    r"|who (?:is|will|can|could) \w+|what(?:'s| happens| if)\b"
    r"|how (?:long|much|many(?: \w+)?)(?: more| longer| left)?$)"
)
"""A question by the order of its words: "when I started" is none."""
_BEFORE_QUESTION = frozenset({"um", "uh", "sorry", "okay", "so", "well", "but", "and"})


def asks_aila(bank: Bank, text: str) -> bool:
    """Return whether all of ``text`` is a question to Aila, by its form or because the bank knows it."""
    if not opens_like_question(text):
        return False
    short = len(text.split()) <= SHORT_QUESTION_WORDS and _OWN_STORY.search(_plain(text)) is None
    asked = is_question_to_aila(text) or (_inverted(text) and (short or faq_answer(bank, text) is not None))
    # "Can you see this?" needs to be told that nobody is watching, not to be answered.
    return asked and leans_on(text) is None


def faq_answer(bank: Bank, asked: str) -> str | None:
    """Return the bank's answer to a question put to Aila, None if it has none.

    The entry with the longest matching phrase wins: it is the most specific.
    """
    lowered = f" {_plain(asked)} "
    matches = [
        (len(phrase), entry.answer)
        for entry in bank.faq
        for phrase in entry.about
        if f" {_plain(phrase)} " in lowered
    ]
    return max(matches)[1] if matches else None


def _inverted(text: str) -> bool:
    words = [word for word in _plain(text).split() if word not in _BEFORE_QUESTION]
    return _INVERTED.match(" ".join(words)) is not None


def opens_like_question(text: str) -> bool:
    """Return whether ``text`` is short and begins as a question does; recognisers often lose the mark."""
    words = [word for word in _plain(text).split() if word not in _BEFORE_QUESTION]
    return bool(words) and len(words) <= MAX_QUESTION_WORDS and words[0] in _OPENERS


def is_question_to_aila(text: str) -> bool:
    """Return whether the whole of ``text`` is a question to the interviewer, not a part of a story.

    Precision before recall: it must be short, open like a question and, when recognised with
    punctuation, end with a question mark.
    """
    plain = _plain(text)
    if not opens_like_question(text):
        return False
    if not text.strip().endswith("?") or _OWN_STORY.search(plain):
        return False
    return _TO_AILA.search(plain) is not None


def _plain(text: str) -> str:
    lowered = text.lower().replace("’", "'")
    return " ".join(re.sub(r"[^a-z0-9' ]+", " ", lowered).split())
