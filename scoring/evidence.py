"""Which words are quoted for a behaviour, and which against it.

Quotes are the clauses that show the act, verbatim. A clause that shows several behaviours is quoted for the
one that it shows most plainly, and for another only where that one has no other quote; what says nearly the
same as a quote of the criterion is not quoted again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from language.sentence_vectors import Part
from scoring.aggregation import YES, by_statement
from scoring.conduct import POOR, Leads
from scoring.contradictions import DENIED, Contrary, CounterExamples
from scoring.material import Response
from scoring.result import Evidence
from scoring.rubric import Rubric
from scoring.statements import Statement
from scoring.techniques import SimilarityIndex, look

Place = tuple[str, int, int]
"""A quotable stretch: turn id, first character and the one after the last."""
MAX_QUOTES, MAX_CONTRADICTING = 3, 2
WEAKER = 0.7
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
        (_aside(finding.response, index), -paid, number, index, behaviour)
        for number, finding in enumerate(findings)
        for behaviour in behaviours
        for index, paid in finding.paid[behaviour].items()
    )
    chosen: dict[str, list[Evidence]] = {behaviour: [] for behaviour in behaviours}
    second_choice: dict[str, Evidence] = {}
    plainest: dict[str, float] = {}
    quoted: list[str] = []
    for aside, negative, number, index, behaviour in offered:
        paid, found = -negative, _statement_quote(findings[number].response, index)
        further = len(chosen[behaviour]) > 0
        if not found.quote or (further and paid < max(YES, WEAKER * plainest[behaviour])):
            continue
        if len(chosen[behaviour]) >= MAX_QUOTES or (further and aside):
            continue
        if paid < YES or any(_alike(found.quote, other) for other in quoted):
            second_choice.setdefault(behaviour, found)
            continue
        plainest.setdefault(behaviour, paid)
        chosen[behaviour].append(found)
        quoted.append(found.quote)
    for behaviour, found in second_choice.items():
        chosen[behaviour] = chosen[behaviour] or [found]
    against = {b: _against(b, findings) for b in behaviours}
    return Shown({b: _ordered(findings, quotes) for b, quotes in chosen.items()}, against)


def contradictions(
    responses: Sequence[Response],
    leads: Leads,
    rubric: Rubric,
    index: SimilarityIndex,
    counter_examples: CounterExamples,
) -> list[dict[str, list[Place]]]:
    """Return for each response, by behaviour, where it denies it, says the opposite or tells a poor act.

    ``leads`` are those of all the responses' statements, in order. A mishap contradicts nothing: it is told
    so that the rest can be.
    """
    said = [(place, *pair) for place, response in enumerate(responses) for pair in response.contrary]
    told = [(place, *pair) for place, response in enumerate(responses) for pair in response.statements]
    said += [
        (place, answer, Contrary(statement, denies=False, poor=True))
        for (place, answer, statement), lead in zip(told, leads.tolist(), strict=True)
        if lead >= POOR and statement.clause.conduct != "mishap"
    ]
    quotes = [answer.text[c.statement.start : c.statement.end] for _, answer, c in said]
    denied = iter(_denied(rubric, index, [c.statement for _, _, c in said if c.denies]))
    undone = iter(index.conduct.undone_by([c.statement for _, _, c in said if c.poor]))
    opposites = counter_examples.said_by(quotes)
    found: list[dict[str, list[Place]]] = [{} for _ in responses]
    for (place, answer, contrary), opposite in zip(said, opposites, strict=True):
        against = set(opposite) | (counter_examples.blaming if contrary.blames else set())
        against |= next(denied) if contrary.denies else set()
        against |= next(undone) if contrary.poor else set()
        for behaviour in sorted(against):
            quoted = (answer.turn.id, contrary.statement.start, contrary.statement.end)
            found[place].setdefault(behaviour, []).append(quoted)
    return found


def compared_with_opposites(responses: Sequence[Response]) -> Iterator[str | Part]:
    """Yield what :func:`contradictions` compares of ``responses`` in any case."""
    for response in responses:
        for answer, contrary in response.contrary:
            yield answer.text[contrary.statement.start : contrary.statement.end]
            if contrary.denies or contrary.poor:
                yield contrary.statement.bare


def _denied(rubric: Rubric, index: SimilarityIndex, statements: Sequence[Statement]) -> list[set[str]]:
    """Return for each denied act the behaviours that it would have shown: of a criterion the plainest."""
    strengths = index.strengths(statements)
    found: list[set[str]] = [set() for _ in statements]
    for criterion in rubric.criteria:
        shown = {b.id: by_statement(look(b, statements, index, strengths)) for b in criterion.behaviours}
        for place, behaviours in enumerate(found):
            strength, plainest = max((at.get(place, 0.0), behaviour) for behaviour, at in shown.items())
            if strength >= DENIED:
                behaviours.add(plainest)
    return found


def _against(behaviour: str, findings: Sequence[FindingLike]) -> tuple[Evidence, ...]:
    quotes: list[Evidence] = []
    for finding in findings:
        for turn, start, end in sorted(finding.contradicting[behaviour]):
            quote = _text(finding.response, (turn, start, end))
            if quote and not any(_alike(quote, other.quote) for other in quotes):
                quotes.append(Evidence(turn=turn, start=start, end=end, quote=quote))
    return tuple(quotes[:MAX_CONTRADICTING])


def _aside(response: Response, index: int) -> bool:
    """Return whether a statement is said aside, "when I came back": the main clause is the better quote."""
    answer, statement = response.statements[index]
    head = answer.doc[statement.clause.head]
    # The parser takes the first of several main clauses for a complement of the last.
    return head.dep_ in ("advcl", "relcl", "acl") or (head.dep_ == "ccomp" and head.i > head.head.i)


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
