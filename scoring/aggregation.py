"""The formula: from hits to a behaviour's strength, a criterion's score and its interval.

Strength of a behaviour at one statement, in [0, 1]: that of its similarity; a pattern that fits multiplies
the odds by 2. Without examples to compare with, a pattern alone is 0.5, with a concept beside it 0.7.

A statement that shows several behaviours of a criterion pays for the plainest in full, for the next by half,
for the one after by a quarter. In a response (all answers to one question) a behaviour's strength S is the
sum of what its statements pay, the plainest in full, each further one by a factor of 0.4, at most 1.

Breadth, in [0, 1]: the behaviours' ``Bb = 1 − Π (1 − 0.4 × S)`` and the statements'
``Bs = 1 − Π (1 − 0.22 × strength)`` (their plainest behaviour each, the six plainest statements), as
``B = 0.3 × Bb + 0.7 × Bs``: what was done, and how much of it, whichever name it has.
Concreteness C, acts A, result R and lesson L, each in [0, 1]: how it is told (:mod:`scoring.story`).
Told: ``T = B^0.52 × C × (0.54 + 0.11 × A + 0.33 × R + 0.5 × L)``; without breadth the rest is nothing, and
the same acts told vaguely earn little. Score of a response, in [0, 3]: ``3 × T``, at most 3.
Score of a criterion: that of its best response, plus a quarter of the next best's share of what is left.
Where no question asked about the criterion, only statements count on which kinds of technique agree.

Nothing is decided by a threshold. The order of sentences matters only for a result: what is told before the
first own act counts less. The constants were chosen on the development cases of docs/scoring-evaluation.md,
not on ratings.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scoring.result import IndicatorValue
from scoring.story import Story
from scoring.techniques import Hit

PATTERN_ODDS = 2.0
PATTERN_ALONE, PATTERN_AND_CONCEPT = 0.5, 0.7
NEXT_BEHAVIOUR = 0.5
NEXT_STATEMENT = 0.4
BEHAVIOUR_WEIGHT, STATEMENT_WEIGHT, STATEMENTS = 0.4, 0.22, 6
BEHAVIOURS_SHARE = 0.3
BREADTH_EXPONENT = 0.52
TOLD, ACTS, RESULT, LESSON = 0.54, 0.11, 0.33, 0.5
NEXT_RESPONSE = 0.25
YES, MEDIUM, HIGH = 0.3, 0.65, 0.85
"""Strengths from which a behaviour is shown; one statement must reach the first."""
AGREED = 0.4
"""Similarity from which it agrees with a pattern."""


def strength_at(hits: Sequence[Hit]) -> float:
    """Return a behaviour's strength at one statement from the ``hits`` there."""
    kinds = {hit.kind for hit in hits}
    similar = max((hit.strength for hit in hits if hit.kind == "similarity"), default=None)
    if similar is None:
        # A concept names the topic; only an act on it shows the behaviour.
        alone = PATTERN_AND_CONCEPT if "concept" in kinds else PATTERN_ALONE
        return alone if "clause_pattern" in kinds else 0.0
    odds = PATTERN_ODDS if "clause_pattern" in kinds else 1.0
    return odds * similar / (1.0 - similar + odds * similar)


def by_statement(hits: Sequence[Hit]) -> dict[int, float]:
    """Return a behaviour's strength at each statement that has a hit."""
    places: dict[int, list[Hit]] = {}
    for hit in hits:
        places.setdefault(hit.index, []).append(hit)
    return {index: strength_at(at) for index, at in places.items()}


def agreed(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits of the statements on which kinds of technique agree."""
    kinds: dict[int, set[str]] = {}
    for hit in hits:
        if hit.kind != "similarity" or hit.strength >= AGREED:
            kinds.setdefault(hit.index, set()).add(hit.kind)
    return [hit for hit in hits if len(kinds.get(hit.index, ())) > 1]


def payments(strengths: dict[str, dict[int, float]]) -> dict[str, dict[int, float]]:
    """Return what each statement pays for each behaviour of a criterion: in full, then by halves."""
    paid: dict[str, dict[int, float]] = {behaviour: {} for behaviour in strengths}
    for index in sorted({index for at in strengths.values() for index in at}):
        plainest = sorted((-at[index], behaviour) for behaviour, at in strengths.items() if index in at)
        for rank, (negative, behaviour) in enumerate(plainest):
            paid[behaviour][index] = -negative * NEXT_BEHAVIOUR**rank
    return paid


def behaviour_strength(paid: dict[int, float]) -> float:
    """Return a behaviour's strength in a response, in [0, 1], from what the statements pay for it."""
    ordered = sorted(paid.values(), reverse=True)
    return min(1.0, math.fsum(value * NEXT_STATEMENT**place for place, value in enumerate(ordered)))


def breadth(behaviours: Sequence[float], statements: Sequence[float]) -> float:
    """Return the breadth in [0, 1] from the behaviours' strengths and those of the statements."""
    plainest = sorted(statements, reverse=True)[:STATEMENTS]
    shown, done = any_of(behaviours, BEHAVIOUR_WEIGHT), any_of(plainest, STATEMENT_WEIGHT)
    return BEHAVIOURS_SHARE * shown + (1.0 - BEHAVIOURS_SHARE) * done


def any_of(strengths: Sequence[float], weight: float) -> float:
    """Return ``1 − Π (1 − weight × strength)``."""
    return 1.0 - math.prod(1.0 - weight * strength for strength in sorted(strengths, reverse=True))


def told(breadth: float, story: Story) -> float:
    """Return how much a response tells: its breadth and how it is told."""
    parts = TOLD + ACTS * story.acts + RESULT * story.result + LESSON * story.lesson
    return breadth**BREADTH_EXPONENT * story.concreteness * parts


def response_score(told: float) -> float:
    """Return the score in [0, 3] of one response from how much it tells."""
    return min(3.0, 3.0 * told)


def criterion_score(responses: Sequence[float]) -> float:
    """Return the score in [0, 3] of a criterion from its responses' scores."""
    ordered = sorted(responses, reverse=True)
    if not ordered:
        return 0.0
    following = ordered[1] if len(ordered) > 1 else 0.0
    return ordered[0] + (3.0 - ordered[0]) * NEXT_RESPONSE * following / 3.0


@dataclass(frozen=True, slots=True)
class Width:
    """By how much the interval reaches below the score, and above it, and why."""

    few_answers: float
    lone: float
    """Behaviours that only one kind of technique found."""
    recognition: float
    contradicted: float
    always: float = 0.2

    @property
    def above(self) -> float:
        return self.always + self.few_answers + self.lone + self.recognition

    @property
    def below(self) -> float:
        return self.above + self.contradicted


def width(responses: int, lone: int, found: int, contradicted: int, mean_probability: float | None) -> Width:
    """Return the interval's width.

    ``0.2 + 0.45 / √responses + 0.25 × lone / found + 1.2 × max(0, 0.95 − probability)``; below the score 0.1
    is added for each behaviour that was found and is contradicted, at most 0.3.

    Parameters
    ----------
    responses
        Responses that speak to the criterion, at least 1.
    lone
        Behaviours that only one kind of technique found.
    found
        Behaviours found.
    contradicted
        Behaviours found that something in the answers contradicts.
    mean_probability
        Of the recognised words; None for typed text.
    """
    disagreement = lone / found if found else 0.0
    doubt = 0.0 if mean_probability is None else max(0.0, 0.95 - mean_probability)
    return Width(0.45 / math.sqrt(responses), 0.25 * disagreement, 1.2 * doubt, min(0.3, 0.1 * contradicted))


def value_of(strength: float, kinds: int) -> IndicatorValue:
    """Return the value that is shown for a strength; "high" needs kinds of technique that agree."""
    if strength < YES:
        return "no"
    if strength < MEDIUM:
        return "yes"
    return "medium" if strength < HIGH or kinds < 2 else "high"
