"""Simulated raters, to rehearse a round: their ratings say nothing about anybody."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from scoring.panel.ratings import Rating

SEVERITY_SD = 0.25
DRIFT_SD = 0.01
NOISE_SD = 0.4
BEHAVIOUR_SD = 0.6
CANNOT_JUDGE = 0.02


def simulate(
    orders: Mapping[str, Sequence[str]],
    centres: Mapping[tuple[str, str], float],
    behaviours: Mapping[str, Sequence[str]],
    seed: int,
) -> Iterator[Rating]:
    """Yield what simulated raters would write.

    Each has a severity, a drift and noise of their own around a latent level of the interview.

    Parameters
    ----------
    orders
        Rater → their interviews, in order.
    centres
        (interview, criterion) → 0–3, around which the latent levels are drawn.
    behaviours
        Criterion → its behaviours.
    """
    draw = np.random.default_rng(seed)
    latent = {key: centre + draw.normal(0, NOISE_SD) for key, centre in sorted(centres.items())}
    for rater in sorted(orders):
        severity, drift = draw.normal(0, SEVERITY_SD), draw.normal(0, DRIFT_SD)
        for position, interview in enumerate(orders[rater], start=1):
            for criterion in sorted(name for one, name in centres if one == interview):
                seen = latent[interview, criterion] - severity - drift * position + draw.normal(0, NOISE_SD)
                for behaviour in behaviours[criterion]:
                    level = _level(seen + draw.normal(0, BEHAVIOUR_SD))
                    yield Rating(interview, rater, criterion, behaviour, level, position)
                whole = None if draw.random() < CANNOT_JUDGE else _level(seen)
                yield Rating(interview, rater, criterion, None, whole, position)


def _level(seen: float) -> int:
    return int(np.clip(np.rint(seen), 0, 3))
