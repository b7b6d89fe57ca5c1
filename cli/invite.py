"""``aila invite``: one candidate's link."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from api.settings import ApiSettings
from cli.errors import CliError
from cli.up import API_PORT
from question_bank.errors import BankError
from question_bank.library import BankLibrary
from records import demo, invitations, positions
from records.database import Database
from records.errors import RecordsError
from records.installation import Installation
from records.settings import RecordsSettings
from records.tables import Position


def invite(
    bank: Annotated[
        str | None, typer.Option(help="Question bank, if not the position's own; its newest version is used.")
    ] = None,
    position: Annotated[str | None, typer.Option(help="Position (demo).")] = None,
    name: Annotated[str, typer.Option(help="The candidate's name.")] = "Candidate",
    days: Annotated[int | None, typer.Option(min=1, max=365, help="Days for which it is valid.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    data: Annotated[Path | None, typer.Option(help="Data folder (AILA_DATA, else .aila).")] = None,
) -> None:
    """Make a candidate's link."""
    try:
        installation = Installation.open(data)
        if bank is not None:
            BankLibrary(installation.banks_dir).load(bank)
        database = Database(installation.database_url)
        try:
            database.migrate()
            with database.transaction() as session:
                found = _position(session, position, bank)
                override = bank if bank is not None and bank != found.bank_id else None
                valid = timedelta(days=days or RecordsSettings().invitation_days)
                _, token = invitations.create(session, installation, found.id, name, valid, override)
        finally:
            database.close()
    except (CliError, RecordsError, BankError) as error:
        typer.echo(f"aila invite: {error}", err=True)
        raise typer.Exit(2) from None
    url = f"{base_url(installation)}/i/{token}"
    typer.echo(json.dumps({"invite": token, "url": url}) if as_json else url)


def base_url(installation: Installation) -> str:
    """Return where Aila's pages are: as configured, as the running stack says, else the default."""
    public_url = ApiSettings().public_url
    if public_url:
        return public_url.rstrip("/")
    state = running_state(installation)
    return state["url"] if state else f"http://127.0.0.1:{API_PORT}"


def running_state(installation: Installation) -> dict[str, str] | None:
    """Return what the running ``aila up`` wrote about itself, None if none runs."""
    try:
        state = json.loads((installation.run_dir / "up.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return {key: str(value) for key, value in state.items()}


def _position(session: Session, position_id: str | None, bank_id: str | None) -> Position:
    known = positions.list_all(session)
    if not known:
        demo.ensure_demo(session)
        known = positions.list_all(session)
    if position_id is None:
        of_bank = [position for position in known if position.bank_id == bank_id]
        preferred = [position for position in known if position.id == demo.DEMO_POSITION]
        return (of_bank or preferred or known)[0]
    for position in known:
        if position.id == position_id:
            return position
    names = ", ".join(sorted(position.id for position in known))
    raise CliError(f"there is no position {position_id!r}; the positions are: {names}")
