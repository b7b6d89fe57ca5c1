"""The formula: from hits to a behaviour's strength, a criterion's score and its interval.

Strength of a behaviour in one answer, in [0, 1]::

    0.35 if one kind of technique found it, 0.55 if two or more agree
    + 0.15 if it is shown in two places
    + 0.15 × specificity of the places (numbers, times, quantities)
    + 0.15 if the answer tells a result

Over several answers the strongest counts, plus 0.1 if another answer shows it too. A sentence that has
already paid for a stronger behaviour of the criterion pays half for the next, a quarter for the one after.

Score of a criterion, in [0, 3]: ``3 × (1 − Π (1 − 0.6 × strength))`` over its behaviours; several
behaviours together are needed for the top, and more words alone add nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scoring.material import Answer
from scoring.result import IndicatorValue
from scoring.techniques import Hit

ONE_KIND, SEVERAL_KINDS = 0.35, 0.55
TWO_PLACES = SPECIFIC = RESULT = 0.15
SECOND_ANSWER = 0.1
WEIGHT = 0.6
YES, MEDIUM, HIGH = 0.15, 0.5, 0.75


@dataclass(frozen=True)
class Found:
    """A behaviour in one answer."""

    answer: Answer
    hits: tuple[Hit, ...]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The places to quote, in order, each once."""
        return sorted({self.answer.span(hit.clause) for hit in self.hits})

    @property
    def kinds(self) -> int:
        return len({hit.kind for hit in self.hits})

    @property
    def strength(self) -> float:
        places = self.spans
        specific = max(self.answer.specificity(start, end) for start, end in places)
        return (
            (SEVERAL_KINDS if self.kinds > 1 else ONE_KIND)
            + (TWO_PLACES if len(places) > 1 else 0.0)
            + SPECIFIC * specific
            + (RESULT if self.answer.tells_result else 0.0)
        )


def behaviour_strength(found: Sequence[Found]) -> float:
    """Return a behaviour's strength over all answers, 0 if it was not found."""
    if not found:
        return 0.0
    return min(1.0, max(one.strength for one in found) + (SECOND_ANSWER if len(found) > 1 else 0.0))


def shared_strengths(
    strengths: dict[str, float], places: dict[str, frozenset[tuple[str, int, int]]]
) -> dict[str, float]:
    """Return the strengths after sharing: what a sentence has paid for halves what it pays next."""
    paid: dict[tuple[str, int, int], int] = {}
    shared: dict[str, float] = {}
    for behaviour in sorted(strengths, key=lambda b: (-strengths[b], b)):
        uses = min((paid.get(place, 0) for place in places[behaviour]), default=0)
        shared[behaviour] = strengths[behaviour] * 0.5**uses
        for place in places[behaviour]:
            paid[place] = paid.get(place, 0) + 1
    return shared


def criterion_score(strengths: Sequence[float]) -> float:
    """Return the score in [0, 3] of a criterion from its behaviours' strengths."""
    return 3.0 * (1.0 - math.prod(1.0 - WEIGHT * strength for strength in strengths))


def half_width(answers: int, lone: int, found: int, mean_probability: float | None) -> float:
    """Return half the interval's width.

    Parameters
    ----------
    answers
        Answers that speak to the criterion, at least 1.
    lone
        Behaviours that only one kind of technique found.
    found
        Behaviours found.
    mean_probability
        Of the recognised words; None for typed text.
    """
    disagreement = lone / found if found else 0.0
    doubt = 0.0 if mean_probability is None else max(0.0, 0.95 - mean_probability)
    return 0.2 + 0.45 / math.sqrt(answers) + 0.25 * disagreement + 1.2 * doubt


def value_of(strength: float) -> IndicatorValue:
    """Return the value that is shown for a strength."""
    if strength < YES:
        return "no"
    if strength < MEDIUM:
        return "yes"
    return "medium" if strength < HIGH else "high"
