"""The formula: from hits to a behaviour's strength, a criterion's score and its interval.

Strength of a behaviour at one statement, in [0, 1]: ``0.4`` if one kind of technique alone found it, ``0.5`` to
``1`` by similarity if kinds agree. In a response (all answers to one question) the strongest statement counts,
and ``0.15`` is added if another shows the behaviour too. A sentence that has paid for a stronger behaviour of the
criterion pays half for the next, a quarter for the one after.

Breadth, in [0, 1]: ``B = 1 − Π (1 − 0.6 × strength)`` over the criterion's behaviours.
Depth, in [0, 1]: ``D``, how the response is told (:mod:`scoring.story`).
Score of a response, in [0, 3]: ``3 × B × (0.4 + 0.6 × D)``; depth without breadth is nothing.
Score of a criterion: that of its best response, plus a quarter of the next best's share of what is left.
"""

import math
from collections.abc import Sequence

from scoring.result import IndicatorValue
from scoring.techniques import Hit

Place = tuple[str, int, int]
"""A quotable stretch: turn id, first and last character."""

ONE_KIND = 0.4
SEVERAL_KINDS = 0.5
SECOND_PLACE = 0.15
WEIGHT = 0.6
SHALLOW = 0.4
NEXT_RESPONSE = 0.25
YES, MEDIUM, HIGH = 0.15, 0.45, 0.7


def strength_at(hits: Sequence[Hit]) -> float:
    """Return a behaviour's strength at one statement from the ``hits`` there."""
    if not hits:
        return 0.0
    similar = max((hit.strength for hit in hits if hit.kind == "similarity"), default=0.0)
    if len({hit.kind for hit in hits}) == 1:
        return ONE_KIND * max(hit.strength for hit in hits)
    return SEVERAL_KINDS + (1.0 - SEVERAL_KINDS) * similar


def behaviour_strength(hits: Sequence[Hit]) -> float:
    """Return a behaviour's strength in a response, 0 if it was not found."""
    places: dict[int, list[Hit]] = {}
    for hit in hits:
        places.setdefault(hit.index, []).append(hit)
    strengths = sorted((strength_at(at) for at in places.values()), reverse=True)
    if not strengths:
        return 0.0
    second = SECOND_PLACE * strengths[1] if len(strengths) > 1 else 0.0
    return min(1.0, strengths[0] + second)


def shared_strengths(
    strengths: dict[str, float], places: dict[str, frozenset[Place]]
) -> dict[str, float]:
    """Return the strengths after sharing: what a sentence has paid for halves what it pays next."""
    paid: dict[Place, int] = {}
    shared: dict[str, float] = {}
    for behaviour in sorted(strengths, key=lambda b: (-strengths[b], b)):
        uses = min((paid.get(place, 0) for place in places[behaviour]), default=0)
        shared[behaviour] = strengths[behaviour] * 0.5**uses
        for place in places[behaviour]:
            paid[place] = paid.get(place, 0) + 1
    return shared


def response_score(strengths: Sequence[float], depth: float) -> float:
    """Return the score in [0, 3] of one response from its behaviours' strengths and its depth."""
    breadth = 1.0 - math.prod(1.0 - WEIGHT * strength for strength in strengths)
    return 3.0 * breadth * (SHALLOW + (1.0 - SHALLOW) * depth)


def criterion_score(responses: Sequence[float]) -> float:
    """Return the score in [0, 3] of a criterion from its responses' scores."""
    ordered = sorted(responses, reverse=True)
    if not ordered:
        return 0.0
    following = ordered[1] if len(ordered) > 1 else 0.0
    return ordered[0] + (3.0 - ordered[0]) * NEXT_RESPONSE * following / 3.0


def half_width(responses: int, lone: int, found: int, mean_probability: float | None) -> float:
    """Return half the interval's width.

    Parameters
    ----------
    responses
        Responses that speak to the criterion, at least 1.
    lone
        Behaviours that only one kind of technique found.
    found
        Behaviours found.
    mean_probability
        Of the recognised words; None for typed text.
    """
    disagreement = lone / found if found else 0.0
    doubt = 0.0 if mean_probability is None else max(0.0, 0.95 - mean_probability)
    return 0.2 + 0.45 / math.sqrt(responses) + 0.25 * disagreement + 1.2 * doubt


def value_of(strength: float) -> IndicatorValue:
    """Return the value that is shown for a strength."""
    if strength < YES:
        return "no"
    if strength < MEDIUM:
        return "yes"
    return "medium" if strength < HIGH else "high"
