"""Local Law 144's tables: who counts where, and that nothing small is given away."""

from random import Random

import pytest

from scoring.audit.impact_tables import ImpactReport, ImpactTable, Person, hidden_cells, impact_report


def people(n: int, sex: str | None, race: str | None, *, above: int) -> list[Person]:
    """Return ``n`` people of whom ``above`` have a high score."""
    return [Person(2.5 if i < above else 0.5, sex, race) for i in range(n)]


def table(report: ImpactReport, kind: str) -> ImpactTable:
    return next(one for one in report.tables if one.kind == kind)


def test_the_three_tables_of_a_sample():
    sample = [
        *people(40, "female", "asian", above=16),
        *people(40, "male", "asian", above=24),
        *people(20, "female", "white", above=10),
        *people(20, "male", "white", above=8),
        *people(10, None, "white", above=5),
        *people(10, "prefer_not_to_say", "prefer_not_to_say", above=6),
    ]
    report = impact_report(sample)
    assert report.assessed == 140
    assert report.median == 0.5
    sex = {row.category: row.comparison for row in table(report, "sex").rows}
    assert {c: (x.group.assessed, round(x.group.rate, 3)) for c, x in sex.items() if x} == {
        ("female",): (60, 0.433),
        ("male",): (60, 0.533),
    }
    assert table(report, "sex").unknown == 20
    assert table(report, "race_ethnicity").unknown == 10
    both = table(report, "sex_and_race_ethnicity")
    ratios = {row.category: row.comparison.impact_ratio for row in both.rows if row.comparison}
    assert ratios == pytest.approx(
        {
            ("female", "asian"): 0.4 / 0.6,
            ("male", "asian"): 1.0,
            ("female", "white"): 0.5 / 0.6,
            ("male", "white"): 0.4 / 0.6,
        }
    )
    assert both.unknown == 20


def test_a_small_group_is_not_shown_and_cannot_be_had_by_subtraction():
    sample = [*people(40, "female", "white", above=20), *people(30, "male", "white", above=15)]
    sample += people(3, "another", "white", above=1)
    report = impact_report(sample)
    hidden = [row.category for row in table(report, "sex").rows if row.comparison is None]
    assert ("another",) in hidden
    assert len(hidden) == 2, "with one alone hidden, the total gives it away"
    assert impact_report(sample, 1).hidden == 0


def shown_sums_give_nothing_away(
    counts: dict[tuple[str, str], int], hidden: set[tuple[str, str]], smallest: int
) -> None:
    for axis in (0, 1):
        for name in {cell[axis] for cell in counts}:
            line = {cell: n for cell, n in counts.items() if cell[axis] == name}
            secret = [n for cell, n in line.items() if cell in hidden and n]
            everything = all(cell in hidden for cell, n in line.items() if n)
            assert not secret or everything or (len(secret) > 1 and sum(secret) >= smallest), (name, line)


def test_no_line_of_a_crossed_table_hides_one_cell_alone():
    random = Random(7)
    for _ in range(300):
        counts = {
            (str(row), str(column)): random.choice([0, 1, 3, 4, 5, 9, 30])
            for row in range(random.randint(1, 4))
            for column in range(random.randint(1, 8))
        }
        hidden = hidden_cells(counts, 5)
        assert {cell for cell, n in counts.items() if 0 < n < 5} <= hidden
        shown_sums_give_nothing_away(counts, hidden, 5)


def test_a_few_unknown_are_not_counted_out_either():
    sample = [*people(40, "female", "white", above=20), *people(40, "male", "white", above=15)]
    assert table(impact_report([*sample, *people(2, None, None, above=1)]), "sex").unknown is None


@pytest.mark.parametrize(("sample", "smallest"), [([], 5), ([Person(1.0)], 0)])
def test_an_empty_sample_is_refused(sample: list[Person], smallest: int):
    with pytest.raises(ValueError, match="at least"):
        impact_report(sample, smallest)


def test_a_sample_in_which_nobody_named_a_group_has_no_rows():
    report = impact_report([Person(1.0), Person(2.0), Person(3.0), Person(1.5), Person(2.5)])
    assert [(one.rows, one.unknown) for one in report.tables] == [((), 5)] * 3
