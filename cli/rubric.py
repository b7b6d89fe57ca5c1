"""``aila rubric``: checks rubrics and prints them as the human raters' sheet."""

from pathlib import Path
from typing import Annotated

import typer

from records.settings import RecordsSettings
from scoring.errors import ScoringError
from scoring.library import RubricLibrary
from scoring.lint import lint
from scoring.loading import load_rubric_file
from scoring.sheet import write_sheet

app = typer.Typer(no_args_is_help=True, help="Rubrics: check, list, print as a rating sheet.")
FILE_FAULT = 2


@app.command("lint")
def lint_command(file: Annotated[Path, typer.Argument(help="A rubric file (YAML).")]) -> None:
    """Check a rubric file; exit status 1 for findings, 2 if it is no rubric."""
    try:
        rubric = load_rubric_file(file)
    except ScoringError as error:
        typer.echo(f"aila rubric: {error}", err=True)
        raise typer.Exit(FILE_FAULT) from None
    findings = lint(rubric)
    for finding in findings:
        typer.echo(f"{file}: {finding.where}: {finding.message}")
    if findings:
        raise typer.Exit(1)
    behaviours = sum(len(criterion.behaviours) for criterion in rubric.criteria)
    typer.echo(
        f"{file}: {rubric.id} {rubric.version}: {len(rubric.criteria)} criteria, "
        f"{behaviours} behaviours, nothing to report"
    )


@app.command("list")
def list_command(data: Annotated[Path | None, typer.Option(help="Data folder.")] = None) -> None:
    """List the rubrics that are known."""
    for rubric in _library(data).list():
        typer.echo(f"{rubric.id}@{rubric.version}  {rubric.title}")


@app.command("sheet")
def sheet_command(
    rubric: Annotated[str, typer.Argument(help="ID, or ID@VERSION.")],
    out: Annotated[Path, typer.Option(help="The XLSX file to write.")],
    data: Annotated[Path | None, typer.Option(help="Data folder.")] = None,
) -> None:
    """Write the rating sheet for human raters: one row a behaviour, with anchors and room for the rating."""
    rubric_id, _, version = rubric.partition("@")
    try:
        found = _library(data).load(rubric_id, version or None)
        write_sheet(found, out)
    except (ScoringError, OSError) as error:
        typer.echo(f"aila rubric: {error}", err=True)
        raise typer.Exit(FILE_FAULT) from None
    typer.echo(f"{out}: {found.id} {found.version}")


def _library(data: Path | None) -> RubricLibrary:
    own = (data or RecordsSettings().data) / "rubrics"
    return RubricLibrary(own if own.is_dir() else None)
