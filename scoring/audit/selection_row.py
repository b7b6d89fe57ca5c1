"""The row about selection: the lowest impact ratio, in one line; the tables stand below it."""

from scoring.audit.figures import absent
from scoring.audit.impact_tables import ImpactReport, ImpactRow, ImpactTable
from scoring.audit.report_format import Figure, PropertyRow

_NAMES = {
    "sex": "sex",
    "race_ethnicity": "race/ethnicity",
    "sex_and_race_ethnicity": "sex and race/ethnicity",
}


def selection_row(impact: ImpactReport | None, known: int) -> PropertyRow:
    """Return the row; ``known`` is of how many people a group is known."""
    if impact is None or not known:
        why = (
            "no self-reported groups: they are asked for where the installation switches it on "
            "(AILA_GROUP_DATA), or given with --groups"
        )
        figures: tuple[Figure, ...] = (absent("lowest impact ratio", why),)
    else:
        figures = tuple(_lowest(table) for table in impact.tables)
    return PropertyRow(
        id="selection_is_fair",
        property="Selection is fair",
        statistic="NYC Local Law 144: scoring rate above the sample median, impact ratio",
        level="four-fifths ratio, with Fisher's exact test and a confidence interval",
        figures=figures,
    )


def _lowest(table: ImpactTable) -> Figure:
    name = f"lowest impact ratio by {_NAMES[table.kind]}"
    compared = [row for row in table.rows if _ratio(row) is not None]
    if len(compared) < 2:
        return absent(name, "it takes two groups that are large enough to be shown and compared")
    row = min(compared, key=lambda one: _ratio(one) or 0.0)
    found = row.comparison
    if found is None or found.impact_ratio is None:
        return absent(name, "no group reached anything")
    p = "" if found.p is None else f", Fisher's p {found.p:.3f}"
    return Figure(
        name=name,
        value=round(found.impact_ratio, 3),
        interval=None
        if found.interval is None
        else (round(found.interval[0], 3), round(found.interval[1], 3)),
        of=f"{len(compared)} groups; the lowest is {' · '.join(row.category)}, "
        f"{found.group.reached} of {found.group.assessed}{p}",
        reached=not found.below_four_fifths,
    )


def _ratio(row: ImpactRow) -> float | None:
    return row.comparison.impact_ratio if row.comparison else None
