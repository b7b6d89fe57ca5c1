"""What a rater may write: a behaviour's value, a criterion's level, or that it cannot be judged."""

from collections.abc import Mapping

BEHAVIOUR_LEVELS: Mapping[str, int] = {"no": 0, "yes": 1, "medium": 2, "high": 3}
CRITERION_LEVELS: Mapping[str, int] = {"0": 0, "1": 1, "2": 2, "3": 3}
CANNOT_JUDGE = "cannot judge"
HIGHEST = 3
_CANNOT_JUDGE = frozenset({"cannot judge", "can not judge", "can't judge", "cant judge", "cannot_judge"})


def choices(behaviour: str | None) -> tuple[str, ...]:
    """Return what may be written for a behaviour, or (None) for the criterion as a whole."""
    levels = CRITERION_LEVELS if behaviour is None else BEHAVIOUR_LEVELS
    return (*levels, CANNOT_JUDGE)


def level_of(written: str, behaviour: str | None) -> int | None:
    """Return the level (0–3) that ``written`` stands for, None for "cannot judge".

    Case and surrounding blanks do not matter; a spreadsheet's "2.0" is 2.

    Raises
    ------
    ValueError
        If it is none of :func:`choices`; the message says what is expected.
    """
    plain = " ".join(written.replace("’", "'").split()).casefold()
    if plain in _CANNOT_JUDGE:
        return None
    levels = CRITERION_LEVELS if behaviour is None else BEHAVIOUR_LEVELS
    if behaviour is None and plain.endswith(".0"):
        plain = plain.removesuffix(".0")
    if plain not in levels:
        raise ValueError(f"expected one of {', '.join(choices(behaviour))}; got {written.strip()[:40]!r}")
    return levels[plain]


def written_of(level: int | None, behaviour: str | None) -> str:
    """Return how ``level`` is written; the reverse of :func:`level_of`."""
    if level is None:
        return CANNOT_JUDGE
    return next(
        word for word, value in zip(choices(behaviour), range(HIGHEST + 1), strict=False) if value == level
    )
