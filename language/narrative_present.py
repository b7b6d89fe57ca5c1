"""The narrative present: "one day a man comes in and I ask him …" tells a past act.

Speakers of a second language, and many others, tell what happened in the present tense. Such a clause is told
as an event when the story has been placed in the past before it and nothing marks it as a habit.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from language.clauses import Clause

_PLACED_IN_THE_PAST = re.compile(
    r"\b(?:last (?:year|month|week|summer|winter|spring|autumn|fall|night|time|\w+day)|ago|one (?:day|time|morning|evening|night|afternoon"
    r"|week|weekend|woman|man|guy|lady|boy|girl|child|kid|person|customer|client|colleague|patient|guest|student|new)|yesterday|that (?:day|night|evening|morning|time|week)"
    r"|when i (?:was|worked|started|start|joined|had)|in (?:january|february|march|april|may|june|july|august|september|october|november|december|19\d\d|20\d\d)"
    r"|(?:i|we) (?:was|were|had|worked|went|got|told|said|made|took|asked|called)|there (?:was|were)|it was|he was|she was|they were)\b",
    re.I,
)
_HABIT = re.compile(
    r"\b(?:usually|always|normally|generally|typically|often|sometimes|every time|each time|whenever|in general|as a rule|most of the time"
    r"|would|these days|nowadays|now|today|still|since|anymore|if|if you|when (?:a|an|someone|somebody|people|customers|there is|there are|i get|i have|things)|tend to)\b",
    re.I,
)
_ASKED_WHETHER = re.compile(r"\b(?:ask|asks|asked|check|see|know)(?: \w+){0,4} if\b", re.I)
_HABITUAL_ANSWER = re.compile(
    r"\b(?:usually|normally|generally|typically|whenever|in general|as a rule|my approach|tend to)\b", re.I
)
_STATES = frozenset(
    """be have know think believe feel like love want need mean guess suppose hope live remember understand see
    hear own belong seem look work say consider prefer find study coach run repair fly train clean drive guide
    sell teach""".split()
)


def with_narrative_present(text: str, told: Sequence["Clause"]) -> tuple["Clause", ...]:
    """Return ``told`` with its clauses in the narrative present marked as realised and past."""
    if _HABITUAL_ANSWER.search(text):
        return tuple(told)
    placed = _PLACED_IN_THE_PAST.search(text)
    starts = [clause.start for clause in told if clause.past and clause.finite]
    starts += [placed.end()] if placed else []
    if not starts:
        return tuple(told)
    first = min(starts)
    return tuple(
        replace(clause, modality="realised", past=True)
        if clause.start > first and _tells_an_event(text, clause)
        else clause
        for clause in told
    )


def _tells_an_event(text: str, clause: "Clause") -> bool:
    return (
        clause.modality == "present"
        and clause.speech_act == "narrated"
        and clause.finite
        and clause.verb.split()[0] not in _STATES
        and _HABIT.search(_ASKED_WHETHER.sub("", text[clause.sentence_start : clause.sentence_end])) is None
    )
