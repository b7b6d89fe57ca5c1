"""The formula: from hits to a behaviour's strength, a criterion's score and its interval.

Strength of a behaviour at one statement, in [0, 1], where s in [0, 1] is the strength of a similarity::

    0.68 × s         similarity alone found it
    0.66 + 0.34 × s  a pattern found it, and similarity to that degree

In a response (all answers to one question) the strongest statement counts, and half of the next strongest is
added, up to 1. A sentence that has paid for a stronger behaviour of the criterion pays half for the next, a
quarter for the one after.

Breadth, in [0, 1]: ``B = 1 − Π (1 − 0.4 × strength)`` over the criterion's behaviours.
Depth, in [0, 1]: ``D``, how the response is told (:mod:`scoring.story`).
Told, in [0, 1]: ``T = B^0.7 × (0.2 + 0.8 × D)``; depth without breadth is nothing, and the same acts
told vaguely earn little. Score of a response, in [0, 3]: ``3 × T × (1 + 0.12 × T)``, at most 3, which an
answer reaches that has all parts without being endless. Score of a criterion: that of its best response,
plus a quarter of the next best's share of what is left. Where no question asked about the criterion,
only statements count on which kinds of technique agree.

The constants were chosen on the development cases of docs/scoring-evaluation.md, not on ratings.
"""

import math
from collections import Counter
from collections.abc import Sequence

from scoring.result import IndicatorValue
from scoring.techniques import Hit

Place = tuple[str, int, int]
"""A quotable stretch: turn id, first and last character."""

SIMILARITY_ALONE = 0.68
PATTERN = 0.66
SECOND_PLACE = 0.5
WEIGHT = 0.4
BREADTH_EXPONENT = 0.7
SHALLOW = 0.2
LIFT = 0.12
NEXT_RESPONSE = 0.25
YES, MEDIUM, HIGH = 0.15, 0.45, 0.7


def strength_at(hits: Sequence[Hit]) -> float:
    """Return a behaviour's strength at one statement from the ``hits`` there."""
    if not hits:
        return 0.0
    similar = max((hit.strength for hit in hits if hit.kind == "similarity"), default=0.0)
    if all(hit.kind == "similarity" for hit in hits):
        return SIMILARITY_ALONE * similar
    if all(hit.kind == "concept" for hit in hits):
        return 0.0  # A concept names the topic; only an act on it shows the behaviour.
    return PATTERN + (1.0 - PATTERN) * similar


def behaviour_strength(hits: Sequence[Hit]) -> float:
    """Return a behaviour's strength in a response, 0 if it was not found plainly enough to be quoted."""
    strengths = sorted((strength_at(at) for at in _by_statement(hits).values()), reverse=True)
    if not strengths or strengths[0] < YES:
        return 0.0
    second = SECOND_PLACE * strengths[1] if len(strengths) > 1 else 0.0
    return min(1.0, strengths[0] + second)


def quotable(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits of the statements that show the behaviour plainly: the strongest, and strong ones."""
    strengths = {index: strength_at(at) for index, at in _by_statement(hits).items()}
    strongest = max(strengths.values(), default=0.0)
    least = min(strongest, MEDIUM)
    return [hit for hit in hits if strengths[hit.index] >= max(least, YES)]


def agreed(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits of the statements on which kinds of technique agree."""
    by_statement = _by_statement(hits)
    return [hit for hit in hits if len({other.kind for other in by_statement[hit.index]}) > 1]


def _by_statement(hits: Sequence[Hit]) -> dict[int, list[Hit]]:
    places: dict[int, list[Hit]] = {}
    for hit in hits:
        places.setdefault(hit.index, []).append(hit)
    return places


def strongest(hits: Sequence[Hit]) -> Hit | None:
    """Return a hit at the statement that shows the behaviour most plainly, the first of equals."""
    by_statement = _by_statement(hits)
    best = max(sorted(by_statement), key=lambda index: strength_at(by_statement[index]), default=None)
    return None if best is None else by_statement[best][0]


def shared_strengths(strengths: dict[str, float], places: dict[str, Place]) -> dict[str, float]:
    """Return the strengths after sharing: what a sentence has paid for halves what it pays next."""
    paid: Counter[Place] = Counter()
    shared: dict[str, float] = {}
    for behaviour in sorted(strengths, key=lambda b: (-strengths[b], b)):
        place = places.get(behaviour)
        shared[behaviour] = strengths[behaviour] * 0.5 ** paid[place] if place else 0.0
        if place and strengths[behaviour] > 0:
            paid[place] += 1
    return shared


def response_score(strengths: Sequence[float], depth: float) -> float:
    """Return the score in [0, 3] of one response from its behaviours' strengths and its depth."""
    breadth = 1.0 - math.prod(1.0 - WEIGHT * strength for strength in strengths)
    told = breadth**BREADTH_EXPONENT * (SHALLOW + (1.0 - SHALLOW) * depth)
    return min(3.0, 3.0 * told * (1.0 + LIFT * told))


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


def value_of(strength: float, kinds: int) -> IndicatorValue:
    """Return the value that is shown for a strength; "high" needs kinds of technique that agree."""
    if strength < YES:
        return "no"
    if strength < MEDIUM:
        return "yes"
    return "medium" if strength < HIGH or kinds < 2 else "high"
