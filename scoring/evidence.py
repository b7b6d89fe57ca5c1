"""Which words are quoted for a behaviour, and which against it.

Quotes are the clauses that show the act, verbatim. A clause that shows several behaviours is quoted for the
one that it shows most plainly, and for another only where that one has no other quote; what says nearly the
same as a quote of the criterion is not quoted again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from scoring.contradictions import DENIED, CounterExamples
from scoring.material import Response
from scoring.result import Evidence
from scoring.techniques import SimilarityIndex

Place = tuple[str, int, int]
"""A quotable stretch: turn id, first character and the one after the last."""
MAX_QUOTES, MAX_CONTRADICTING = 3, 2
WEAKER = 0.6
"""A further quote is at least this share as plain as the plainest of its behaviour."""
ALIKE = 0.75
"""Share of the shorter quote's words from which two quotes say nearly the same."""


class FindingLike(Protocol):
    """What a finding must say to be quoted."""

    @property
    def response(self) -> Response: ...
    @property
    def paid(self) -> dict[str, dict[int, float]]: ...
    @property
    def contradicting(self) -> dict[str, list[Place]]: ...


@dataclass(frozen=True)
class Shown:
    """The quotes of a criterion, by behaviour."""

    evidence: dict[str, tuple[Evidence, ...]]
    contradicting: dict[str, tuple[Evidence, ...]]


def evidence(behaviours: Sequence[str], findings: Sequence[FindingLike]) -> Shown:
    """Return the quotes for and against each of a criterion's ``behaviours``, as the transcript has them."""
    offered = sorted(
        (
            (-paid, number, index, behaviour)
            for number, finding in enumerate(findings)
            for behaviour in behaviours
            for index, paid in finding.paid[behaviour].items()
        ),
    )
    chosen: dict[str, list[Evidence]] = {behaviour: [] for behaviour in behaviours}
    plainest: dict[str, float] = {}
    quoted: list[str] = []
    second_choice: dict[str, Evidence] = {}
    for negative, number, index, behaviour in offered:
        found = _statement_quote(findings[number].response, index)
        if not found.quote:
            continue
        if len(chosen[behaviour]) >= MAX_QUOTES or -negative < WEAKER * plainest.get(behaviour, 0.0):
            continue
        if any(_alike(found.quote, other) for other in quoted):
            second_choice.setdefault(behaviour, found)
            continue
        plainest.setdefault(behaviour, -negative)
        chosen[behaviour].append(found)
        quoted.append(found.quote)
    for behaviour, found in second_choice.items():
        if not chosen[behaviour]:
            chosen[behaviour].append(found)
    against = {b: _against(b, findings) for b in behaviours}
    return Shown({b: _ordered(findings, quotes) for b, quotes in chosen.items()}, against)


def contradictions(
    response: Response, index: SimilarityIndex, counter_examples: CounterExamples
) -> dict[str, list[Place]]:
    """Return by behaviour where ``response`` denies it or says the opposite."""
    found: dict[str, list[Place]] = {}
    denied = index.strengths([c.statement.text if c.denies else "" for _, c in response.contrary])
    opposites = counter_examples.said_by([_text(*place) for place in _places(response)])
    for row, place, (_, contrary), opposite in zip(
        denied, _places(response), response.contrary, opposites, strict=True
    ):
        if contrary.denies and row.size and row.max() >= DENIED:
            found.setdefault(index.behaviours[int(row.argmax())], []).append(place[1])
        for behaviour in opposite:
            if place[1] not in found.get(behaviour, []):
                found.setdefault(behaviour, []).append(place[1])
    return found


def _places(response: Response) -> list[tuple[Response, Place]]:
    return [
        (response, (answer.turn.id, c.statement.start, c.statement.end)) for answer, c in response.contrary
    ]


def _against(behaviour: str, findings: Sequence[FindingLike]) -> tuple[Evidence, ...]:
    quotes: list[Evidence] = []
    for finding in findings:
        for turn, start, end in sorted(finding.contradicting[behaviour]):
            quote = _text(finding.response, (turn, start, end))
            if quote and not any(_alike(quote, other.quote) for other in quotes):
                quotes.append(Evidence(turn=turn, start=start, end=end, quote=quote))
    return tuple(quotes[:MAX_CONTRADICTING])


def _statement_quote(response: Response, index: int) -> Evidence:
    answer, statement = response.statements[index]
    quote = answer.text[statement.start : statement.end]
    return Evidence(turn=answer.turn.id, start=statement.start, end=statement.end, quote=quote)


def _text(response: Response, place: Place) -> str:
    turn, start, end = place
    return next(answer.text for answer in response.answers if answer.turn.id == turn)[start:end]


def _ordered(findings: Sequence[FindingLike], quotes: Iterable[Evidence]) -> tuple[Evidence, ...]:
    turns = [answer.turn.id for finding in findings for answer in finding.response.answers]
    return tuple(sorted(quotes, key=lambda quote: (turns.index(quote.turn), quote.start)))


def _alike(one: str, other: str) -> bool:
    first, second = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    fewer = min(len(first), len(second))
    return fewer > 0 and len(first & second) / fewer >= ALIKE
