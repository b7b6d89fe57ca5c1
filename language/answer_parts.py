"""Which parts of a behavioural answer are there: situation, own action, result, concrete example.

Lexical on purpose: it runs beside a call, in every interview's process, where a parser has no place.
It answers "is this part plainly there?" for choosing a follow-up; credit is given by ``scoring`` alone.
"""

import re
from itertools import pairwise
from typing import Literal

from language.verbs import is_past_form, words_of

AnswerPart = Literal["situation", "action", "result", "example"]

_SITUATION = re.compile(
    r"\b(?:when i|when we|while i|while we|at my (?:last|previous|first|current|old)|in my (?:last|previous|first|current|old|role|job)"
    r"|at (?:work|school|university|college)|there was|there were|there had been|i was (?:working|a|an|the|in|on|at|leading|responsible|asked|given)"
    r"|we were|i worked|we had|i had (?:a|an|to)|one (?:day|time|of (?:my|our))|last (?:year|month|week|summer|winter|spring|autumn|fall)"
    r"|(?:a few|two|three|several|some) (?:years|months|weeks) ago|once|during (?:a|an|my|the|our)|our (?:team|company|client|customer|manager|department)"
    r"|my (?:team|manager|boss|supervisor|colleague|co-?worker|client|customer|company))\b",
    re.I,
)
_RESULT = re.compile(
    r"\b(?:as a result|in the end|at the end|eventually|finally|ultimately|the (?:result|outcome|end result) (?:was|is)|resulted in|led to"
    r"|which (?:meant|allowed|helped|saved|led|resulted|made|gave|reduced|increased|improved)|so that we|because of (?:that|this)"
    r"|(?:we|i|they|it|the \w+|he|she) (?:finished|completed|delivered|succeeded|managed to|were able to|was able to|achieved|won|saved|reduced|increased"
    r"|improved|passed|worked out|ended up|got (?:the|a|an|it)|hit (?:the|our)|met (?:the|our))"
    r"|(?:was|were) (?:happy|satisfied|pleased|grateful|successful|resolved|solved|fixed|completed|delivered|thankful|a success)"
    r"|since then|from then on|after that (?:the|we|they|it|he|she)|turned out|worked (?:well|out)|went (?:well|smoothly)"
    r"|on time|\d+ ?(?:percent|%)|i learn(?:ed|t)|it taught me|thanked me|feedback (?:was|from))\b",
    re.I,
)
_EXAMPLE = re.compile(
    r"\b(?:for example|for instance|one (?:day|time|morning|evening|afternoon|example|customer|client|colleague|of my)|last (?:year|month|week|summer|winter|spring|autumn|fall)"
    r"|(?:years?|months?|weeks?|days?) ago|there was (?:a|an|this|one)|(?:on|in) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april"
    r"|may|june|july|august|september|october|november|december|\d{4})|when i (?:was|worked|joined|started|had)|i remember|\d+)\b",
    re.I,
)
_SUBJECT = frozenset({"i", "we"})
_BETWEEN = frozenset(
    """also then just quickly first finally immediately always actually personally even really
    basically simply still later carefully myself together all both decided""".split()
)
_STATES = frozenset(
    """was were had felt thought knew wanted needed liked loved hated believed hoped worked""".split()
)
_MIN_ACTIONS = 2


def parts(text: str) -> dict[AnswerPart, bool]:
    """Return for each part whether ``text`` plainly has it."""
    return {
        "situation": _SITUATION.search(text) is not None,
        "action": _own_acts(text) >= _MIN_ACTIONS,
        "result": _RESULT.search(text) is not None,
        "example": _EXAMPLE.search(text) is not None and _own_acts(text) >= 1,
    }


def _own_acts(text: str) -> int:
    """Count past acts with the speaker as subject, alone or as one of a group; states do not count."""
    words = words_of(text)
    acts = 0
    for index, word in enumerate(words):
        if word not in _SUBJECT:
            continue
        following = [w for w in words[index + 1 : index + 5] if w not in _BETWEEN]
        if following and is_past_form(following[0]) and following[0] not in _STATES:
            acts += 1
            acts += _chained(words[index + 2 : index + 14])
    return acts


def _chained(words: list[str]) -> int:
    """Count further past forms after "and": "I called them and explained it"."""
    return sum(
        1
        for first, second in pairwise(words)
        if first in ("and", "then") and is_past_form(second) and second not in _STATES
    )
