"""Ratings, and the tables of interviews by raters that the statistics read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
"""Rows are what was rated, columns raters; NaN where nobody rated or could judge."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What one rater wrote about one behaviour, or (``behaviour`` None) about a criterion."""

    interview: str
    rater: str
    criterion: str
    behaviour: str | None
    level: int | None
    """0–3; None: could not be judged."""
    position: int = 0
    """The interview's place in the rater's order, from 1; over several rounds it counts on."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RatingTable:
    """Levels of one thing that was rated."""

    interviews: tuple[str, ...]
    raters: tuple[str, ...]
    levels: Table

    def complete_block(self) -> "RatingTable":
        """Return interviews that the same raters have all rated, for statistics that know no gaps.

        Raters are taken in the order of how much they rated; of the blocks so found, the one with the
        most degrees of freedom for the error, (interviews - 1) x (raters - 1).
        """
        seen = ~np.isnan(self.levels)
        order = sorted(range(len(self.raters)), key=lambda j: (-int(seen[:, j].sum()), self.raters[j]))
        best: tuple[int, list[int], list[int]] = (0, [], [])
        for k in range(2, len(order) + 1):
            columns = sorted(order[:k])
            rows = [int(i) for i in np.flatnonzero(seen[:, columns].all(axis=1))]
            freedom = (len(rows) - 1) * (k - 1)
            if freedom > best[0]:
                best = (freedom, columns, rows)
        _, columns, rows = best
        return RatingTable(
            tuple(self.interviews[i] for i in rows),
            tuple(self.raters[j] for j in columns),
            self.levels[rows][:, columns],
        )


def table(ratings: Iterable[Rating]) -> RatingTable:
    """Return the ratings of one criterion or one behaviour as a table."""
    return _table({(r.interview, r.rater): float(r.level) for r in ratings if r.level is not None})


def overall_table(ratings: Iterable[Rating]) -> RatingTable:
    """Return per interview and rater the mean level over the criteria that the rater could judge."""
    levels: dict[tuple[str, str], list[int]] = defaultdict(list)
    for rating in ratings:
        if rating.behaviour is None and rating.level is not None:
            levels[rating.interview, rating.rater].append(rating.level)
    return _table({key: float(np.mean(found)) for key, found in levels.items()})


def _table(cells: dict[tuple[str, str], float]) -> RatingTable:
    interviews = tuple(sorted({interview for interview, _ in cells}))
    raters = tuple(sorted({rater for _, rater in cells}))
    row = {name: i for i, name in enumerate(interviews)}
    column = {name: j for j, name in enumerate(raters)}
    levels = np.full((len(interviews), len(raters)), np.nan)
    for (interview, rater), level in cells.items():
        levels[row[interview], column[rater]] = level
    return RatingTable(interviews, raters, levels)


def of_criterion(ratings: Iterable[Rating], criterion: str) -> list[Rating]:
    """Return the ratings of a criterion as a whole."""
    return [r for r in ratings if r.criterion == criterion and r.behaviour is None]


def of_behaviour(ratings: Iterable[Rating], criterion: str, behaviour: str) -> list[Rating]:
    """Return the ratings of one behaviour."""
    return [r for r in ratings if r.criterion == criterion and r.behaviour == behaviour]


@dataclass(frozen=True, slots=True)
class PanelMean:
    """What the panel says of one criterion of one interview."""

    level: float
    """Mean over the raters, 0–3."""
    raters: int


PanelMeans = Mapping[tuple[str, str], PanelMean]
"""(interview, criterion) → mean."""


def panel_means(ratings: Iterable[Rating], min_raters: int) -> PanelMeans:
    """Return the panel's means where at least ``min_raters`` raters judged."""
    levels: dict[tuple[str, str], list[int]] = defaultdict(list)
    for rating in ratings:
        if rating.behaviour is None and rating.level is not None:
            levels[rating.interview, rating.criterion].append(rating.level)
    return {
        key: PanelMean(float(np.mean(found)), len(found))
        for key, found in sorted(levels.items())
        if len(found) >= min_raters
    }
