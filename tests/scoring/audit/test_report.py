"""The report: every row is there, what is missing says how many it takes, and files are refused with a place."""

import csv
import json
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from scoring.audit.data_files import load_groups, load_scores
from scoring.audit.panel_rows import PanelEvidence
from scoring.audit.printing import as_text, write_table
from scoring.audit.report import AuditData, audit, missing
from scoring.errors import AuditFileError
from scoring.panel.calibrating import RawResult
from scoring.panel.ratings import Rating, panel_means
from scoring.panel.report import panel_report
from scoring.panel.score_agreement import MIN_RATERS
from scoring.result import CriterionResult, IndicatorResult, RubricReference, Scores

ROWS = """raters_agree scores_agree_with_panel uncertainty_is_honest criteria_are_different
length_does_not_buy_score recognition_errors attacks items_are_fair selection_is_fair""".split()


def scores(name: str, level: float) -> Scores:
    random = Random(name)
    criteria = tuple(
        CriterionResult(
            id=criterion,
            score=level,
            interval=(max(0.0, level - 0.4), min(3.0, level + 0.4)),
            abstained=False,
            reason=None,
            indicators=(
                IndicatorResult(id=f"{criterion}_a", value="yes" if random.random() * 3 < level else "no"),
                IndicatorResult(id=f"{criterion}_b", value="high" if random.random() * 3 < level else "no"),
            ),
        )
        for criterion in ("teamwork", "planning")
    )
    reference = RubricReference(id="behavioural", version="2.0.0")
    return Scores(
        session_id=name, rubric=reference, calibrated=False, provenance="sha256:0", criteria=criteria
    )


def data_set(n: int) -> AuditData:
    random = Random(4)
    scored = {f"s{i}": scores(f"s{i}", round(random.uniform(0.3, 2.8), 2)) for i in range(n)}
    overall = {name: one.criteria[0].score or 0.0 for name, one in scored.items()}
    sex = {name: random.choice(["female", "male", "prefer_not_to_say"]) for name in scored}
    race = {name: random.choice(["white", "asian"]) for name in list(scored)[: n // 2]}
    return AuditData("a test's data", scored, overall, sex=sex, race_ethnicity=race)


def test_an_empty_data_set_says_of_everything_what_is_missing():
    report = audit(AuditData("nothing", {}, {}))
    assert [row.id for row in report.rows] == ROWS
    assert len(missing(report)) == len(ROWS)
    assert all(figure.missing for row in report.rows for figure in row.figures)
    words = as_text(report)
    assert "30 scored interviews, each rated by 2 raters" in words
    assert "AILA_GROUP_DATA" in words


def test_what_can_be_computed_is_and_the_rest_is_missing():
    report = audit(data_set(400))
    computed = {row.id for row in report.rows} - {row.id for row in missing(report)}
    assert computed == {"criteria_are_different", "items_are_fair", "selection_is_fair"}
    assert (report.data.interviews, report.data.ratings) == (400, 0)
    [sex, _, both] = report.selection
    assert sum(row.assessed or 0 for row in sex.rows) + (sex.unknown or 0) == 400
    assert {row.category for row in both.rows} == {
        (s, r) for s in ("female", "male") for r in ("asian", "white")
    }
    fair = next(row for row in report.rows if row.id == "selection_is_fair")
    assert len(fair.figures) == 3


def test_a_panels_ratings_fill_their_rows():
    data = data_set(60)
    random = Random(8)
    ratings = [
        Rating(
            name, rater, criterion, None, min(3, max(0, round(data.overall[name] + random.gauss(0, 0.4)))), i
        )
        for i, name in enumerate(data.scores, start=1)
        for rater in ("kim", "lee", "sam")
        for criterion in ("teamwork", "planning")
    ]
    raw = {
        (name, result.id): RawResult(result.score or 0.0, 0.4)
        for name, one in data.scores.items()
        for result in one.criteria
    }
    panel = PanelEvidence(panel_report(ratings, raw, False), panel_means(ratings, MIN_RATERS), None)
    report = audit(AuditData(data.source, data.scores, data.overall, panel=panel))
    figures = {f.name: f for row in report.rows for f in row.figures}
    assert figures["ICC(2,k)"].reached is True
    assert figures["quadratic weighted kappa"].reached is True
    assert figures["coverage of the intervals"].missing
    assert figures["convergent: same criterion, scored and rated"].value is not None
    assert report.data.ratings == len(ratings)


def test_a_small_group_stays_out_of_every_form_of_the_report(tmp_path: Path):
    data = data_set(60)
    rare = dict.fromkeys(list(data.scores)[:3], "native_american_or_alaska_native")
    report = audit(AuditData(data.source, data.scores, data.overall, sex=data.sex, race_ethnicity=rare))
    race = report.selection[1]
    assert [(row.assessed, row.scoring_rate) for row in race.rows] == [(None, None)]
    assert "native american or alaska native" in as_text(report)
    assert audit(AuditData("few", data.scores, data.overall, race_ethnicity=rare)).data.with_group is None


def test_the_tables_are_written_as_workbook_and_as_csv(tmp_path: Path):
    report = audit(data_set(80))
    write_table(report, tmp_path / "audit.xlsx")
    book = load_workbook(tmp_path / "audit.xlsx")
    assert book.sheetnames == ["Properties", "By sex", "By race or ethnicity", "By sex and race or ethnicity"]
    assert book["By sex"]["A2"].value == "female"
    write_table(report, tmp_path / "audit.csv")
    with (tmp_path / "audit.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:3] == ["property", "serious level", "figure"]
    assert any(row[:1] == ["female · asian"] for row in rows)


def test_scores_are_read_line_by_line(tmp_path: Path):
    path = tmp_path / "scores.jsonl"
    lines = [scores(name, 1.5).model_dump_json(by_alias=True) for name in ("s1", "s2")]
    path.write_text("\n".join([*lines, "", ""]), encoding="utf-8")
    assert list(load_scores([path])) == ["s1", "s2"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "aila.scores/1"),
        ("nonsense", "not valid JSON"),
        (json.dumps({"schema": "aila.scores/1", "session_id": "s1"}), "rubric"),
        ("[" * 100_000, "not valid JSON"),
    ],
)
def test_a_line_that_is_no_scores_is_refused_with_its_place(tmp_path: Path, content: str, said: str):
    path = tmp_path / "scores.jsonl"
    path.write_text(scores("s0", 1.5).model_dump_json(by_alias=True) + "\n" + content, encoding="utf-8")
    with pytest.raises(AuditFileError, match=said) as raised:
        load_scores([path])
    assert str(raised.value).startswith(f"{path}:2")


def test_an_interview_that_is_there_twice_is_refused(tmp_path: Path):
    path = tmp_path / "scores.jsonl"
    path.write_text(scores("s0", 1.5).model_dump_json(by_alias=True), encoding="utf-8")
    with pytest.raises(AuditFileError, match="twice"):
        load_scores([path, path])


def test_groups_are_read_and_unknown_is_unknown(tmp_path: Path):
    path = tmp_path / "groups.csv"
    path.write_text(
        "session_id,sex,race_ethnicity,note\ns1,Female,white,x\ns2,,prefer_not_to_say,\ns3,unknown,asian,\n",
        encoding="utf-8-sig",
    )
    groups = load_groups(path)
    assert (groups.sex, groups.race_ethnicity) == ({"s1": "female"}, {"s1": "white", "s3": "asian"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("session_id,sex\ns1,female\n", "race_ethnicity"),
        ("session_id,sex,race_ethnicity\ns1,woman,white\n", "woman"),
        ("session_id,sex,race_ethnicity\ns1,female,white\ns1,male,white\n", "twice"),
        ("session_id,sex,race_ethnicity\n,female,white\n", "empty"),
        ("", "session_id"),
    ],
)
def test_groups_that_are_not_groups_are_refused(tmp_path: Path, content: str, said: str):
    path = tmp_path / "groups.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AuditFileError, match=said):
        load_groups(path)
    with pytest.raises(AuditFileError, match="cannot be read"):
        load_groups(tmp_path / "none.csv")
