"""Which parts an answer may have, for a hint that asks for what is missing: in doubt the part is there.

:mod:`language.answer_parts` says what is plainly there, for choosing a follow-up; here a part that was told
must not be asked for, or nobody trusts the hint. The text is split into clauses by its punctuation and
conjunctions, without a parser, and each clause is told by its subject: what the speaker did, and what was
the case before (the situation) and after (the ending).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from language.answer_parts import AnswerPart, parts
from language.verbs import is_past_form, words_of

Subject = Literal["i", "we", "noun", "pronoun"]
_OTHERS = frozenset({"noun", "pronoun"})
_BORDERS = re.compile(
    r"[.;,:!?…]+|\b(?:and|so|then|but|until)\b|(?=\b(?:i|we|which|who|because|when|while|where|if|that)\b)",
    re.I,
)
_SUBORDINATE = frozenset({"which", "who", "because", "when", "while", "where", "if", "that"})
_ADVERBS = frozenset(
    """also then just quickly first finally immediately always actually personally even really basically
    simply still later carefully soon now today yesterday afterwards luckily eventually again suddenly
    there only already once all both well oh ok okay um uh like""".split()
)
_PRONOUNS = frozenset(
    """it they he she this everything everybody everyone nothing nobody none someone somebody things people
    it's they're he's she's there's that's""".split()
)
_DETERMINERS = frozenset("the a an my our his her their one some two three many most all every".split())
_VERBS = frozenset(
    "is are has have works runs holds looks likes loves goes does could would might can".split()
)
"""Besides past forms and negations."""
_STATES = frozenset(
    """was were had felt thought knew wanted needed liked loved hated believed hoped could did lived worked
    used kept wasn't hadn't couldn't didn't""".split()
)
_FEELING = re.compile(
    r"\b(?:glad|happy|proud|relieved|pleased|satisfied|better|thankful|grateful|relaxed)\b", re.I
)
_ENDING = re.compile(
    r"\b(?:made it|got (?:it|them|that|everything) (?:done|back|working|right|ready)|in time|ever since"
    r"|to this day|no longer|never again|thank(?:ed|s)|worth it)\b",
    re.I,
)
_TIME_OR_PLACE = re.compile(
    r"\b(?:yesterday|the other day|this (?:morning|week|month|year|summer|winter)|on (?:the|my) way"
    r"|(?:last|on) (?:mon|tues|wednes|thurs|fri|satur|sun)days?|last (?:night|week|weekend|month|year)"
    r"|(?:days?|weeks?|months?|years?) ago|at (?:home|work|school|university|college|church|the \w+)"
    r"|when (?:i|we|my|our|the|a)|for (?:my|our) \w+)\b",
    re.I,
)
_SUBJECT_WORDS = 5
"""In so many words after a determiner the verb of its clause is looked for."""


@dataclass(frozen=True, slots=True)
class _Clause:
    subject: Subject
    act: bool
    """Something that the speaker did, rather than was or felt."""
    past: bool
    """Whether it was so, of the speaker; what others did is taken for past."""
    subordinate: bool
    text: str


def told_parts(text: str) -> dict[AnswerPart, bool]:
    """Return for each part whether ``text`` may have it: all that is plainly there, and more."""
    plain, told = parts(text), _clauses(text)
    acts = [index for index, clause in enumerate(told) if clause.act]
    alone = [index for index in acts if told[index].subject == "i"] or acts
    # "It was nice" alone tells of nothing.
    before = told[: acts[0]] if acts else [clause for clause in told if clause.subject != "pronoun"]
    after = told[alone[-1] + 1 :] if acts else []
    return {
        "situation": plain["situation"]
        or any(clause.past for clause in before)
        or _TIME_OR_PLACE.search(text) is not None,
        "action": plain["action"] or bool(acts),
        "result": plain["result"]
        or _ENDING.search(text) is not None
        or any(not clause.subordinate and _ends(clause) for clause in after),
        "example": plain["example"],
    }


def _ends(clause: _Clause) -> bool:
    return clause.subject in _OTHERS or clause.act or _FEELING.search(clause.text) is not None


def _clauses(text: str) -> list[_Clause]:
    """Return the clauses whose subject is known, one that goes on without a subject included."""
    found: list[_Clause] = []
    for piece in _BORDERS.split(text.replace("’", "'")):
        words = words_of(piece)
        subordinate = bool(words) and words[0] in _SUBORDINATE
        rest = [word for word in words[subordinate:] if word not in _ADVERBS]
        clause = _clause(rest, found[-1].subject if found else None, subordinate, piece)
        if clause is not None:
            found.append(clause)
    return found


def _clause(words: Sequence[str], previous: Subject | None, subordinate: bool, text: str) -> _Clause | None:
    if len(words) < 2:
        return None
    first, second = words[0], words[1]
    if first in ("i", "we"):
        subject: Subject = "i" if first == "i" else "we"
        state = second in _STATES
        return _Clause(
            subject, is_past_form(second) and not state, state or is_past_form(second), subordinate, text
        )
    if first in _PRONOUNS:
        return _Clause("pronoun", act=False, past=True, subordinate=subordinate, text=text)
    if first in _DETERMINERS and _has_verb(words[1:_SUBJECT_WORDS]):
        return _Clause("noun", act=False, past=True, subordinate=subordinate, text=text)
    if previous is not None and is_past_form(first) and first not in _STATES:
        return _Clause(previous, act=previous not in _OTHERS, past=True, subordinate=subordinate, text=text)
    return None


def _has_verb(words: Sequence[str]) -> bool:
    return any(is_past_form(word) or word in _VERBS or word.endswith("n't") for word in words[1:])
