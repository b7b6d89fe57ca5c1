"""``aila bank``: checks, shows and compares question banks."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from question_bank.bank import Bank
from question_bank.diff import diff
from question_bank.errors import BankError
from question_bank.library import BankLibrary
from question_bank.lint import lint
from question_bank.loading import content_hash, load_bank_file
from records.settings import RecordsSettings

app = typer.Typer(no_args_is_help=True, help="Question banks: check, list, show, compare.")
FILE_FAULT = 2
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
DataOption = Annotated[Path | None, typer.Option(help="Data folder with banks of your own.")]


@app.command("lint")
def lint_command(
    file: Annotated[Path, typer.Argument(help="A bank file (YAML).")], as_json: JsonOption = False
) -> None:
    """Check a bank file; exit status 1 for findings, 2 if it is no bank."""
    try:
        bank = load_bank_file(file)
    except BankError as error:
        raise _fault(error) from None
    findings = lint(bank)
    if as_json:
        found = [asdict(finding) for finding in findings]
        _print_json({"file": str(file), "id": bank.id, "version": bank.version, "findings": found})
    else:
        for finding in findings:
            typer.echo(f"{file}: {finding.severity}: {finding.where}: {finding.message}")
        if not findings:
            typer.echo(
                f"{file}: {bank.id} {bank.version}: {len(bank.questions)} questions, nothing to report"
            )
    if findings:
        raise typer.Exit(1)


@app.command("list")
def list_command(as_json: JsonOption = False, data: DataOption = None) -> None:
    """List the banks that are known."""
    try:
        rows = _library(data).list()
    except BankError as error:
        raise _fault(error) from None
    if as_json:
        _print_json({"banks": [asdict(row) for row in rows]})
        return
    for row in rows:
        typer.echo(f"{row.id}@{row.version}  {row.title} ({row.questions} questions)")


@app.command("show")
def show_command(
    bank: Annotated[str, typer.Argument(help="ID, or ID@VERSION.")],
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Show a bank's questions and probes."""
    found = _find(bank, data)
    if as_json:
        _print_json(found.model_dump(mode="json", by_alias=True))
        return
    typer.echo(f"{found.title}: {found.id} {found.version}, {found.interview_s / 60:.0f} minutes")
    typer.echo(content_hash(found))
    for number, question in enumerate(found.questions, start=1):
        optional = "" if question.required else " (if time is left)"
        typer.echo(f"\n{number}. {question.text}{optional}\n   {question.id}: {', '.join(question.criteria)}")
        for part, probes in question.probes.model_dump().items():
            for probe in probes:
                typer.echo(f"   {part}? {probe}")


@app.command("diff")
def diff_command(
    old: Annotated[str, typer.Argument(help="ID@VERSION.")],
    new: Annotated[str, typer.Argument(help="ID@VERSION.")],
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Show what changed between two banks; exit status 1 if anything did."""
    lines = diff(_find(old, data), _find(new, data))
    if as_json:
        _print_json({"old": old, "new": new, "changes": lines})
    else:
        typer.echo("\n".join(lines) or "no difference")
    if lines:
        raise typer.Exit(1)


def _library(data: Path | None) -> BankLibrary:
    own = (data or RecordsSettings().data) / "banks"
    return BankLibrary(own if own.is_dir() else None)


def _find(name: str, data: Path | None) -> Bank:
    bank_id, _, version = name.partition("@")
    try:
        return _library(data).load(bank_id, version or None)
    except BankError as error:
        raise _fault(error) from None


def _print_json(content: dict[str, Any]) -> None:
    typer.echo(json.dumps(content))


def _fault(error: BankError) -> typer.Exit:
    typer.echo(f"aila bank: {error}", err=True)
    return typer.Exit(FILE_FAULT)
