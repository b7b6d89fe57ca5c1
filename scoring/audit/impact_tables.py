"""The tables of Local Law 144 for a sample: by sex, by race/ethnicity, and by both together.

Small groups are not shown: from a rate among three people everybody who knows two of them learns the third's.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from records.group_categories import PREFER_NOT_TO_SAY
from scoring.audit.adverse_impact import Comparison, Group, above_median, compare, tally

SMALLEST_CELL = 5
"""A group with fewer people is not shown, and neither is what would give it away."""
Kind = Literal["sex", "race_ethnicity", "sex_and_race_ethnicity"]
Category = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One assessed person; None where the group is not known."""

    score: float
    sex: str | None = None
    race_ethnicity: str | None = None


@dataclass(frozen=True, slots=True)
class ImpactRow:
    category: Category
    comparison: Comparison | None
    """None where the group is too small to be shown."""


@dataclass(frozen=True, slots=True)
class ImpactTable:
    kind: Kind
    rows: tuple[ImpactRow, ...]
    unknown: int | None
    """How many were assessed whose group is not known; None where too few to be shown."""


@dataclass(frozen=True, slots=True)
class ImpactReport:
    assessed: int
    median: float
    tables: tuple[ImpactTable, ...]

    @property
    def hidden(self) -> int:
        """How many rows are not shown."""
        return sum(row.comparison is None for table in self.tables for row in table.rows)


def impact_report(people: Sequence[Person], smallest_cell: int = SMALLEST_CELL) -> ImpactReport:
    """Return the three tables of ``people``.

    Raises
    ------
    ValueError
        If nobody was assessed, or ``smallest_cell`` is less than 1.
    """
    if not people or smallest_cell < 1:
        raise ValueError(
            f"expected at least one person, and a smallest cell of at least 1; "
            f"got {len(people)} and {smallest_cell}"
        )
    reached = above_median([person.score for person in people])
    sex = [_known(person.sex) for person in people]
    race = [_known(person.race_ethnicity) for person in people]
    cells = tally(((s, r), out) for s, r, out in zip(sex, race, reached, strict=True))
    hidden = hidden_cells({cell: group.assessed for cell, group in cells.items()}, smallest_cell)
    return ImpactReport(
        assessed=len(people),
        median=median(person.score for person in people),
        tables=(
            _margin("sex", zip(sex, reached, strict=True), smallest_cell),
            _margin("race_ethnicity", zip(race, reached, strict=True), smallest_cell),
            _table("sex_and_race_ethnicity", {(s, r): group for (s, r), group in cells.items()}, {*hidden}),
        ),
    )


def hidden_cells(counts: dict[tuple[str, str], int], smallest_cell: int) -> set[tuple[str, str]]:
    """Return the cells of a crossed table that must not be shown.

    Those smaller than ``smallest_cell``, and in each row and column as many of the next small ones as it
    takes that what is hidden there cannot be had by subtraction from the row's or column's total.
    """
    hidden = {cell for cell, n in counts.items() if 0 < n < smallest_cell}
    lines: list[Callable[[tuple[str, str]], str]] = [lambda cell: cell[0], lambda cell: cell[1]]
    while True:
        more = set()
        for line_of in lines:
            for line in sorted({line_of(cell) for cell in hidden}):
                inside = sorted((n, cell) for cell, n in counts.items() if line_of(cell) == line and n)
                secret = [n for n, cell in inside if cell in hidden]
                shown = [cell for _, cell in inside if cell not in hidden]
                if shown and (len(secret) < 2 or sum(secret) < smallest_cell):
                    more.add(shown[0])
        if not more:
            return hidden
        hidden |= more


def _known(answer: str | None) -> str:
    return "" if answer is None or answer == PREFER_NOT_TO_SAY else answer


def _margin(kind: Kind, outcomes: Iterable[tuple[str, bool]], smallest_cell: int) -> ImpactTable:
    groups = tally(outcomes)
    hidden = {
        cell[0]
        for cell in hidden_cells({(name, ""): g.assessed for name, g in groups.items()}, smallest_cell)
    }
    return _table(kind, {(name,): group for name, group in groups.items()}, {(name,) for name in hidden})


def _table(kind: Kind, groups: dict[Category, Group], hidden: set[Category]) -> ImpactTable:
    """Return the table; a category with an unknown part is counted as unknown."""
    known = {category: group for category, group in groups.items() if all(category)}
    unknown = [category for category in groups if not all(category)]
    # What is hidden is not compared with either: a ratio would tell its rate.
    sample = sum(group.assessed for group in known.values())
    compared = compare({c: group for c, group in known.items() if c not in hidden}, sample)
    secret = any(category in hidden for category in unknown)
    return ImpactTable(
        kind=kind,
        rows=tuple(ImpactRow(category, compared.get(category)) for category in sorted(known)),
        unknown=None if secret else sum(groups[category].assessed for category in unknown),
    )
