"""``aila rubric``: checks rubrics and prints them as the human raters' sheet."""

import json
from dataclasses import asdict
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
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
DataOption = Annotated[Path | None, typer.Option(help="Data folder with rubrics of your own.")]


@app.command("lint")
def lint_command(
    file: Annotated[Path, typer.Argument(help="A rubric file (YAML).")], as_json: JsonOption = False
) -> None:
    """Check a rubric file; exit status 1 for findings, 2 if it is no rubric."""
    try:
        rubric = load_rubric_file(file)
    except ScoringError as error:
        raise _fault(error) from None
    findings = lint(rubric)
    if as_json:
        found = [asdict(finding) for finding in findings]
        content = {"file": str(file), "id": rubric.id, "version": rubric.version, "findings": found}
        typer.echo(json.dumps(content))
    else:
        for finding in findings:
            typer.echo(f"{file}: {finding.where}: {finding.message}")
        if not findings:
            behaviours = sum(len(criterion.behaviours) for criterion in rubric.criteria)
            typer.echo(
                f"{file}: {rubric.id} {rubric.version}: {len(rubric.criteria)} criteria, "
                f"{behaviours} behaviours, nothing to report"
            )
    if findings:
        raise typer.Exit(1)


@app.command("list")
def list_command(as_json: JsonOption = False, data: DataOption = None) -> None:
    """List the rubrics that are known."""
    try:
        rubrics = _library(data).list()
    except ScoringError as error:
        raise _fault(error) from None
    if as_json:
        rows = [{"id": rubric.id, "version": rubric.version, "title": rubric.title} for rubric in rubrics]
        typer.echo(json.dumps({"rubrics": rows}))
        return
    for rubric in rubrics:
        typer.echo(f"{rubric.id}@{rubric.version}  {rubric.title}")


@app.command("sheet")
def sheet_command(
    rubric: Annotated[str, typer.Argument(help="ID, or ID@VERSION.")],
    out: Annotated[Path, typer.Option(help="The XLSX file to write.")],
    data: DataOption = None,
) -> None:
    """Write the rating sheet for human raters: one row a behaviour, with anchors and room for the rating."""
    rubric_id, _, version = rubric.partition("@")
    try:
        found = _library(data).load(rubric_id, version or None)
        write_sheet(found, out)
    except (ScoringError, OSError) as error:
        raise _fault(error) from None
    typer.echo(f"{out}: {found.id} {found.version}")


def _library(data: Path | None) -> RubricLibrary:
    own = (data or RecordsSettings().data) / "rubrics"
    return RubricLibrary(own if own.is_dir() else None)


def _fault(error: Exception) -> typer.Exit:
    typer.echo(f"aila rubric: {error}", err=True)
    return typer.Exit(FILE_FAULT)
