"""``aila doctor``: what is installed and reachable, and what to do about what is not."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.checks import Check, run_all
from records.errors import RecordsError
from records.installation import Installation
from records.settings import RecordsSettings

_MARKS = {"ok": "ok    ", "note": "note  ", "failed": "FAILED"}


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    data: Annotated[Path | None, typer.Option(help="Data folder (AILA_DATA, else .aila).")] = None,
) -> None:
    """Look at everything Aila needs, and make nothing; exit 1 if something keeps it from working."""
    try:
        checks = list(_checks((data or RecordsSettings().data).expanduser().absolute()))
    except RecordsError as error:
        checks = [Check("data folder", "failed", str(error), "name another folder with --data")]
    failed = any(check.status == "failed" for check in checks)
    if as_json:
        typer.echo(json.dumps({"ok": not failed, "checks": [asdict(check) for check in checks]}))
    else:
        for check in checks:
            typer.echo(f"{_MARKS[check.status]}  {check.name}: {check.detail}")
            if check.advice is not None:
                typer.echo(f"        {check.advice}")
    if failed:
        raise typer.Exit(1)


def _checks(folder: Path) -> Iterator[Check]:
    if not folder.exists() or (folder.is_dir() and not (folder / "secrets.json").exists()):
        advice = "`aila up` makes one there; name another folder with --data"
        yield Check("data folder", "note", f"there is no installation in {folder} yet", advice)
        yield from run_all(None)
    else:
        yield from run_all(Installation.open(folder))
