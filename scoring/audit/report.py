"""Puts an audit together: each property that a serious system reports, computed or said to be missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from records.group_categories import PREFER_NOT_TO_SAY
from records.transcript import Transcript
from scoring.audit.experiments import Experiments
from scoring.audit.impact_tables import SMALLEST_CELL, ImpactReport, ImpactTable, Person, impact_report
from scoring.audit.item_rows import item_row
from scoring.audit.panel_rows import PanelEvidence, agreement_row, criteria_row, raters_row, uncertainty_row
from scoring.audit.report_format import AuditReport, DataSet, GroupRow, GroupTable, PropertyRow
from scoring.audit.robustness_rows import attacks_row, length_row, recognition_row
from scoring.audit.selection_row import selection_row
from scoring.result import Scores

NOTES = (
    "The sample median is taken over everybody who was assessed, also those whose group is not known.",
    "Impact ratios are beside the group with the highest rate of those that are not smaller than 2 % of the "
    "sample; Fisher's exact test is two-sided, and not corrected for several groups.",
)


@dataclass(frozen=True, slots=True)
class AuditData:
    """What is known of a data set; everything by interview."""

    source: str
    scores: Mapping[str, Scores]
    overall: Mapping[str, float]
    """One score an interview, 0–3: what the interviews are ordered by."""
    transcripts: Mapping[str, Transcript] = field(default_factory=dict)
    sex: Mapping[str, str] = field(default_factory=dict)
    race_ethnicity: Mapping[str, str] = field(default_factory=dict)
    panel: PanelEvidence | None = None
    experiments: Experiments | None = None
    why_no_experiments: str = "not asked for"


def audit(data: AuditData, smallest_cell: int = SMALLEST_CELL) -> AuditReport:
    """Return the report on ``data``; it names no interview and shows no group smaller than ``smallest_cell``.

    Raises
    ------
    ValueError
        If ``smallest_cell`` is less than 1.
    """
    if smallest_cell < 1:
        raise ValueError(f"smallest_cell must be at least 1, got {smallest_cell}")
    impact = _impact(data, smallest_cell)
    rows = (
        raters_row(data.panel),
        agreement_row(data.panel),
        uncertainty_row(data.panel),
        criteria_row(list(data.scores.items()), data.panel),
        length_row(data.scores, data.transcripts, data.experiments, data.panel, data.why_no_experiments),
        recognition_row(data.experiments, data.panel, data.why_no_experiments),
        attacks_row(data.experiments, data.why_no_experiments),
        item_row(data.scores, {"sex": data.sex, "race/ethnicity": data.race_ethnicity}),
        selection_row(impact, _with_group(data)),
    )
    return AuditReport(
        data=_data_set(data, smallest_cell),
        rows=rows,
        sample_median=impact.median if impact else None,
        selection=tuple(_table(table, smallest_cell) for table in impact.tables) if impact else (),
        notes=NOTES if impact else (),
    )


def missing(report: AuditReport) -> Sequence[PropertyRow]:
    """Return the rows of which no figure could be computed."""
    return [row for row in report.rows if all(figure.value is None for figure in row.figures)]


def _known(answers: Mapping[str, str]) -> dict[str, str]:
    return {name: answer for name, answer in answers.items() if answer != PREFER_NOT_TO_SAY}


def _with_group(data: AuditData) -> int:
    known = _known(data.sex).keys() | _known(data.race_ethnicity).keys()
    return len(known & data.overall.keys())


def _impact(data: AuditData, smallest_cell: int) -> ImpactReport | None:
    if not _with_group(data):
        return None
    people = [
        Person(score, data.sex.get(name), data.race_ethnicity.get(name))
        for name, score in sorted(data.overall.items())
    ]
    return impact_report(people, smallest_cell)


def _data_set(data: AuditData, smallest_cell: int) -> DataSet:
    known = _with_group(data)
    rubrics = {f"{scores.rubric.id} {scores.rubric.version}" for scores in data.scores.values()}
    return DataSet(
        source=data.source,
        rubrics=tuple(sorted(rubrics)),
        interviews=len(data.scores),
        transcripts=len(data.transcripts),
        with_group=None if 0 < known < smallest_cell else known,
        ratings=data.panel.report.ratings if data.panel else 0,
    )


def _table(table: ImpactTable, smallest_cell: int) -> GroupTable:
    rows = []
    for row in table.rows:
        found = row.comparison
        if found is None:
            note = f"fewer than {smallest_cell} people, or shown it would give another group away"
            rows.append(_empty(row.category, note))
            continue
        rows.append(
            GroupRow(
                category=row.category,
                assessed=found.group.assessed,
                scoring_rate=round(found.group.rate, 4),
                impact_ratio=_rounded(found.impact_ratio),
                impact_interval=(round(found.interval[0], 3), round(found.interval[1], 3))
                if found.interval
                else None,
                fisher_p=None if found.p is None else round(found.p, 4),
                below_four_fifths=found.below_four_fifths,
                note=None if found.compared else "less than 2 % of the sample: not compared",
            )
        )
    return GroupTable(kind=table.kind, rows=tuple(rows), unknown=table.unknown)


def _empty(category: tuple[str, ...], note: str) -> GroupRow:
    return GroupRow(
        category=category,
        assessed=None,
        scoring_rate=None,
        impact_ratio=None,
        impact_interval=None,
        fisher_p=None,
        below_four_fifths=None,
        note=note,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
