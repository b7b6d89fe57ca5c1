"""``aila rubric``: checks rubrics and prints them as the human raters' sheet."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from question_bank.yaml_file import places, read_text
from records.settings import RecordsSettings
from scoring.errors import RubricError, ScoringError
from scoring.library import RubricLibrary
from scoring.loading import load_rubric_file
from scoring.rubric import Rubric
from scoring.sheet import write_sheet

app = typer.Typer(no_args_is_help=True, help="Rubrics: check, list, print as a rating sheet.")
FILE_FAULT = 2
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
DataOption = Annotated[Path | None, typer.Option(help="Data folder with rubrics of your own.")]


@app.command("lint")
def lint_command(
    file: Annotated[Path, typer.Argument(help="A rubric file (YAML).")],
    answers: Annotated[
        Path | None,
        typer.Option(help='Real answers (CSV with a column "answer"): how often is each behaviour found?'),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check a rubric file; exit status 1 for errors, 0 for warnings alone, 2 if it is no rubric."""
    from scoring.lint import lint  # loads the models, for which the other commands do not wait
    from scoring.lint_answers import lint_rates

    try:
        rubric = load_rubric_file(file)
        place = places(read_text(file, RubricError), file, RubricError)
        rate_of = None if answers is None else _rates(rubric, answers)
    except ScoringError as error:
        raise _fault(error) from None
    findings = [*lint(rubric), *(lint_rates(rubric, rate_of) if rate_of is not None else ())]
    placed = [(finding, *place(finding.location)) for finding in findings]
    if as_json:
        found = [
            {"level": f.level, "where": f.where, "message": f.message, "line": line, "column": column}
            for f, line, column in placed
        ]
        content = {"file": str(file), "id": rubric.id, "version": rubric.version, "findings": found}
        typer.echo(json.dumps(content if rate_of is None else content | {"rates": rate_of}))
    else:
        for finding, line, column in placed:
            typer.echo(f"{file}:{line}:{column}: {finding.level}: {finding.where}: {finding.message}")
        if not findings:
            behaviours = sum(len(criterion.behaviours) for criterion in rubric.criteria)
            typer.echo(
                f"{file}: {rubric.id} {rubric.version}: {len(rubric.criteria)} criteria, "
                f"{behaviours} behaviours, nothing to report"
            )
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(1)


def _rates(rubric: Rubric, answers: Path) -> dict[str, float]:
    from scoring.lint_answers import found_in, rates, read_answers

    read = read_answers(answers, rubric)
    hidden = not sys.stderr.isatty()
    with typer.progressbar(found_in(rubric, read), len(read), file=sys.stderr, hidden=hidden) as found:
        return rates(list(found))


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
