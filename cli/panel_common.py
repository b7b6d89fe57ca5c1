"""What the commands of ``aila panel`` share: options, the installation, how faults are told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from api.panel_bench import Bench
from question_bank.errors import BankError
from question_bank.library import BankLibrary
from records.database import Database
from records.errors import RecordsError
from records.installation import Installation
from scoring.errors import ScoringError
from scoring.library import RubricLibrary

FAULT = 2
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
DataOption = Annotated[Path | None, typer.Option(help="Data folder (AILA_DATA, else .aila).")]
RoundsArgument = Annotated[
    list[str] | None, typer.Argument(help="Rounds; all of people with the newest round's rubric if none.")
]


@contextmanager
def open_bench(data: Path | None) -> Iterator[Bench]:
    """Yield the installation's panel; its faults end the command with status 2 and a message each."""
    try:
        installation = Installation.open(data)
        database = Database(installation.database_url)
        try:
            database.migrate()
            rubrics = RubricLibrary(installation.rubrics_dir)
            yield Bench(installation, database, BankLibrary(installation.banks_dir), rubrics)
        finally:
            database.close()
    except (RecordsError, BankError, ScoringError) as error:
        for line in str(error).splitlines():
            typer.echo(f"aila panel: {line}", err=True)
        raise typer.Exit(FAULT) from None
    except OSError as error:
        typer.echo(f"aila panel: {error.filename}: {error.strerror}", err=True)
        raise typer.Exit(FAULT) from None


def tell(line: str) -> None:
    """Say to a person what takes its time."""
    typer.echo(f"aila panel: {line}", err=True)


def print_json(**content: Any) -> None:
    """Print one JSON object, in UTF-8 whatever the terminal's encoding."""
    typer.echo(json.dumps(content, ensure_ascii=False).encode())
