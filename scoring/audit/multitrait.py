"""Whether criteria are different things: the multitrait–multimethod matrix (Campbell & Fiske 1959).

Traits are the criteria, methods Aila's scores and the panel's ratings. The same criterion by two methods
should agree more (convergent) than different criteria do, within one method or across the two (discriminant).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from scoring.panel.estimate import Estimate, NotEnough, Statistic, Undefined

MIN_INTERVIEWS = 30
"""For one correlation; below, its 95 % interval is wider than .7."""
Cells = Mapping[tuple[str, str], float]
"""(interview, criterion) → 0–3; what was abstained is left out."""


@dataclass(frozen=True, slots=True)
class Multitrait:
    """Mean correlations (Fisher's z), each over the pairs of criteria with enough interviews."""

    convergent: Statistic
    """The same criterion, scored and rated."""
    discriminant: Statistic
    """Different criteria, one scored and one rated."""
    among_scores: Statistic
    """Different criteria, both scored."""


def multitrait(scores: Cells, panel: Cells | None) -> Multitrait:
    """Return the summary of the matrix; ``panel`` None: no ratings."""
    criteria = sorted({criterion for _, criterion in scores})
    among = [_correlation(scores, a, scores, b) for a, b in combinations(criteria, 2)]
    if not panel:
        missing = NotEnough(0, MIN_INTERVIEWS, "interviews rated by a panel", "another method is needed")
        return Multitrait(missing, missing, _mean(among))
    return Multitrait(
        convergent=_mean([_correlation(scores, name, panel, name) for name in criteria]),
        discriminant=_mean(
            [_correlation(scores, a, panel, b) for a in criteria for b in criteria if a != b],
        ),
        among_scores=_mean(among),
    )


def _correlation(one: Cells, a: str, other: Cells, b: str) -> Statistic:
    interviews = sorted({i for i, c in one if c == a} & {i for i, c in other if c == b})
    n = len(interviews)
    if n < MIN_INTERVIEWS:
        because = "below thirty the interval of r is wider than what it is to tell"
        return NotEnough(n, MIN_INTERVIEWS, "interviews with both criteria", because)
    x = np.array([one[i, a] for i in interviews])
    y = np.array([other[i, b] for i in interviews])
    if x.std() == 0 or y.std() == 0:
        return Undefined("all scores of a criterion are equal")
    return Estimate(float(np.corrcoef(x, y)[0, 1]))


def _mean(correlations: list[Statistic]) -> Statistic:
    """Return the mean of the known ones by Fisher's z, else the reason that comes nearest to one."""
    known = [c.value for c in correlations if isinstance(c, Estimate)]
    if known:
        # A correlation of exactly 1 has no finite z.
        z = np.arctanh(np.clip(known, -0.999999, 0.999999))
        return Estimate(float(np.tanh(z.mean())))
    reasons = [c for c in correlations if isinstance(c, NotEnough)]
    if reasons:
        return max(reasons, key=lambda reason: reason.have)
    return Undefined("there are no two criteria to compare")
