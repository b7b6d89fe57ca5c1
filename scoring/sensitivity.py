"""What would change the order of a ranked list.

Two questions that a recruiter asks of an order: does it hang on how important I called something, or on one
score that is not known exactly? And: how safe is a place among the first few?
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scoring.ranking import RankedCandidate, overlap, weighted_mean

IMPORTANCES = (0, 1, 2, 3)
"""0: the criterion does not count."""
DRAWS = 1000
_SEED = 20_260_101
_ALIKE = 1e-9


@dataclass(frozen=True, slots=True)
class ImportanceChange:
    criterion: str
    now: int
    then: int
    """The importance from which on the lower candidate would stand first; 0 means that it does not count."""


@dataclass(frozen=True, slots=True)
class ScoreChange:
    session_id: str
    """Whose score it is."""
    criterion: str
    now: float
    then: float
    """The score, inside its own interval, at which the two would stand level."""
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class PairSensitivity:
    """What the order of two neighbours hangs on."""

    upper: str
    lower: str
    difference: float
    """Of the overall scores, 0–3; 0 where both are the same, and the list's order says nothing."""
    tied: bool
    """Whether their intervals overlap."""
    importance_change: ImportanceChange | None
    """The smallest change of one importance that turns the two round; None if there is none."""
    score_change: ScoreChange | None
    """The smallest move of one score inside its interval that makes them level; None if there is none."""


def pair_sensitivities(ranked: Sequence[RankedCandidate]) -> list[PairSensitivity]:
    """Return, for each two neighbours of an order that :func:`scoring.ranking.rank` gave, what turns them."""
    order = [candidate for candidate in ranked if candidate.overall is not None]
    return [_pair(upper, lower) for upper, lower in pairwise(order)]


def top_shares(ranked: Sequence[RankedCandidate], top: int, draws: int = DRAWS) -> dict[str, float]:
    """Return session id → share of draws (0–1) in which the candidate is among the first ``top``.

    In each draw everybody's overall score is drawn from their interval, from a triangular distribution
    with its peak at the score; all criteria of a candidate move together, as in the interval itself. The
    same list gives the same shares.

    Raises
    ------
    ValueError
        If ``top`` or ``draws`` is less than 1.
    """
    if top < 1 or draws < 1:
        raise ValueError(f"top and draws must be at least 1, got {top} and {draws}")
    # In the order of the ids: a share must not hang on the order in which the list came.
    known = sorted((c for c in ranked if c.interval is not None), key=lambda c: c.session_id)
    if not known:
        return {}
    drawn = np.column_stack([_drawn(candidate, number, draws) for number, candidate in enumerate(known)])
    first = np.argpartition(-drawn, min(top, len(known)) - 1, axis=1)[:, :top]
    times = np.bincount(first.ravel(), minlength=len(known))
    return {candidate.session_id: int(n) / draws for candidate, n in zip(known, times, strict=True)}


def _drawn(candidate: RankedCandidate, number: int, draws: int) -> np.ndarray:
    low, high = candidate.interval or (0.0, 0.0)
    # A value that the format allows outside of its interval must not break the list.
    peak = min(max(candidate.overall or 0.0, low), high)
    random = np.random.Generator(np.random.PCG64([_SEED, number]))
    uniform = random.random(draws)
    if high <= low:
        # Of several with the same certain score none is always the first.
        return low + _ALIKE * random.random(draws)
    split = (peak - low) / (high - low)
    rising = low + np.sqrt(uniform * (high - low) * (peak - low))
    falling = high - np.sqrt((1 - uniform) * (high - low) * (high - peak))
    return np.where(uniform < split, rising, falling)


def _pair(upper: RankedCandidate, lower: RankedCandidate) -> PairSensitivity:
    above, below = upper.overall or 0.0, lower.overall or 0.0
    intervals = upper.interval or (above, above), lower.interval or (below, below)
    return PairSensitivity(
        upper=upper.session_id,
        lower=lower.session_id,
        difference=round(above - below, 2),
        tied=overlap(*intervals),
        importance_change=_importance_change(upper, lower) if above > below else None,
        score_change=_score_change(upper, lower) if above > below else None,
    )


def _importance_change(upper: RankedCandidate, lower: RankedCandidate) -> ImportanceChange | None:
    now = {one.criterion: one.importance for one in (*upper.counted, *lower.counted)}
    steps = ((abs(then - now[name]), name, then) for name in now for then in IMPORTANCES)
    for step, name, then in sorted(steps, key=lambda change: change[0]):
        changed = now | {name: then}
        above, below = _overall(upper, changed), _overall(lower, changed)
        if step and above is not None and below is not None and below > above:
            return ImportanceChange(name, now[name], then)
    return None


def _overall(candidate: RankedCandidate, importance: dict[str, int]) -> float | None:
    return weighted_mean({one.criterion: one.score or 0.0 for one in candidate.counted}, importance)


def _score_change(upper: RankedCandidate, lower: RankedCandidate) -> ScoreChange | None:
    difference = (upper.overall or 0.0) - (lower.overall or 0.0)
    moves = [*_moves(upper, -difference), *_moves(lower, difference)]
    return min(moves, key=lambda move: abs(move.then - move.now), default=None)


def _moves(candidate: RankedCandidate, difference: float) -> Iterator[ScoreChange]:
    """Yield the moves of one score, inside its interval, that move the overall one by ``difference``."""
    total = sum(one.importance for one in candidate.counted)
    for one in candidate.counted:
        if one.score is None or one.interval is None:
            continue
        then = one.score + difference * total / one.importance
        if one.interval[0] <= then <= one.interval[1]:
            yield ScoreChange(candidate.session_id, one.criterion, one.score, round(then, 2), one.interval)
