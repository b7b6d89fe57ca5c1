"""``aila audit``: what a serious system reports about its scores, computed or said to be missing."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from cli.errors import CliError
from question_bank.errors import BankError
from records.errors import RecordsError
from scoring.audit.experiments import Experiments, experiments
from scoring.audit.impact_tables import SMALLEST_CELL
from scoring.audit.printing import as_text, write_table
from scoring.audit.report import AuditData
from scoring.audit.report import audit as audited
from scoring.errors import ScoringError, UnknownRubric
from scoring.library import RubricLibrary

FAULT = 2
TRIED = 10
"""Transcripts that experiments are made with; ten scorings each."""


def audit(
    scores: Annotated[
        list[Path] | None,
        typer.Argument(help="Files that `aila score --json` wrote; without any, the installation's records."),
    ] = None,
    transcripts: Annotated[
        list[Path] | None, typer.Option(help="Transcripts of the same interviews; may be repeated.")
    ] = None,
    groups: Annotated[
        Path | None, typer.Option(help="CSV with session_id, sex, race_ethnicity, for files of scores.")
    ] = None,
    position: Annotated[str | None, typer.Option(help="One position of the installation alone.")] = None,
    try_answers: Annotated[
        int,
        typer.Option(
            min=0, max=1000, help="Transcripts to pad, mishear and turn into attacks, ten scorings each."
        ),
    ] = TRIED,
    smallest_cell: Annotated[
        int, typer.Option(min=1, max=1000, help="Groups with fewer people are not shown.")
    ] = SMALLEST_CELL,
    out: Annotated[Path | None, typer.Option(help="Write the tables too: .xlsx, else CSV.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one aila.audit/1 object.")] = False,
    data: Annotated[Path | None, typer.Option(help="Data folder (AILA_DATA, else .aila).")] = None,
) -> None:
    """Report what a serious system reports, and say what is missing and how many it takes."""
    try:
        found = _data(scores or [], transcripts or [], groups, position, try_answers, data)
        report = audited(found, smallest_cell)
        if out is not None:
            write_table(report, out)
    except (CliError, ScoringError, RecordsError, BankError) as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"{error.filename}: {error.strerror}")
    typer.echo(report.model_dump_json(by_alias=True).encode() if as_json else as_text(report))


def _data(
    scores: list[Path],
    transcripts: list[Path],
    groups: Path | None,
    position: str | None,
    try_answers: int,
    data: Path | None,
) -> AuditData:
    from cli.audit_data import of_files, of_installation

    if scores:
        if position is not None:
            raise CliError("--position is for an installation's records; leave the files of scores out")
        found = of_files(scores, transcripts, groups)
    elif transcripts or groups:
        raise CliError("--transcripts and --groups go with files of scores; name these first")
    else:
        found = of_installation(data, position)
    return _tried(found, try_answers, data)


def _tried(found: AuditData, count: int, data: Path | None) -> AuditData:
    if not count:
        return replace(found, why_no_experiments="not tried: --try-answers is 0")
    if not found.transcripts:
        return replace(found, why_no_experiments="no transcripts; for files of scores give --transcripts")
    try:
        return replace(found, experiments=_experiments(found, count, data))
    except UnknownRubric as error:
        return replace(found, why_no_experiments=f"not tried: {error}")


def _experiments(found: AuditData, count: int, data: Path | None) -> Experiments:
    """Try the first ``count`` transcripts by id, with the rubric that scored most interviews."""
    from scoring.scorer import Scorer  # loads the models, and only trying needs them

    references = [(one.rubric.id, one.rubric.version) for one in found.scores.values()]
    chosen = max(sorted(set(references)), key=references.count)
    own = (data or _data_folder()) / "rubrics"
    rubric = RubricLibrary(own if own.is_dir() else None).load(*chosen)
    scorer = Scorer(rubric)
    names = sorted(found.transcripts)[:count]
    return experiments([found.transcripts[name] for name in names], rubric, scorer.score)


def _data_folder() -> Path:
    from records.settings import RecordsSettings

    return RecordsSettings().data


def _refuse(message: str) -> NoReturn:
    for line in message.splitlines():
        typer.echo(f"aila audit: {line}", err=True)
    raise typer.Exit(FAULT)
