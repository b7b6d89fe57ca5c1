"""Who rates which interview, and in which order: balanced, overlapping, the same for the same seed."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

MAX_RATERS = 50


@dataclass(frozen=True, slots=True)
class Assignment:
    """The order in which each rater meets their interviews, and the interviews that all rate."""

    orders: dict[str, tuple[str, ...]]
    shared: frozenset[str]


def assign(
    interviews: Sequence[str], raters: Sequence[str], per_interview: int, shared: int, seed: int
) -> Assignment:
    """Give each interview to ``per_interview`` raters, and ``shared`` of them to all.

    Loads differ by one at most, and who meets whom is spread evenly. Each rater's order is
    shuffled on its own, so that fatigue and contrast do not hit the same interviews.

    Raises
    ------
    ValueError
        If a number is out of range or a name repeats; the message says which.
    """
    _check(interviews, raters, per_interview, shared)
    draw = random.Random(seed)
    mixed = sorted(interviews)
    draw.shuffle(mixed)
    for_all = frozenset(mixed[:shared])
    given: dict[str, list[str]] = {rater: sorted(for_all) for rater in raters}
    met: Counter[frozenset[str]] = Counter()
    for interview in mixed[shared:]:
        chosen = _choose(given, met, per_interview, draw)
        met.update(frozenset(pair) for pair in combinations(chosen, 2))
        for rater in chosen:
            given[rater].append(interview)
    for rater, own in given.items():
        random.Random(f"{seed}:{rater}").shuffle(own)
    return Assignment({rater: tuple(own) for rater, own in given.items()}, for_all)


def _choose(
    given: dict[str, list[str]], met: Counter[frozenset[str]], count: int, draw: random.Random
) -> list[str]:
    """Return the ``count`` raters with the least to do; of equals, those who met the chosen least."""
    chosen: list[str] = []
    while len(chosen) < count:
        left = [rater for rater in given if rater not in chosen]
        chosen.append(
            min(
                left,
                key=lambda rater: (
                    len(given[rater]),
                    sum(met[frozenset((rater, other))] for other in chosen),
                    draw.random(),
                ),
            )
        )
    return chosen


def _check(interviews: Sequence[str], raters: Sequence[str], per_interview: int, shared: int) -> None:
    for what, names in (("interviews", interviews), ("raters", raters)):
        repeated = sorted(name for name, count in Counter(names).items() if count > 1)
        if repeated:
            raise ValueError(f"{what} are named once each; repeated: {', '.join(repeated)}")
        if not names:
            raise ValueError(f"there are no {what}")
    if len(raters) > MAX_RATERS:
        raise ValueError(f"at most {MAX_RATERS} raters; got {len(raters)}")
    if not 1 <= per_interview <= len(raters):
        raise ValueError(
            f"raters per interview: 1 to {len(raters)} (the number of raters); got {per_interview}"
        )
    if not 0 <= shared <= len(interviews):
        raise ValueError(f"shared interviews: 0 to {len(interviews)} (all of them); got {shared}")
