"""``aila user``: the people who log in."""

import secrets
from pathlib import Path
from typing import Annotated, NoReturn, cast, get_args

import typer
from sqlalchemy import select

from records import accounts
from records.accounts import Role
from records.database import Database
from records.errors import RecordsError
from records.installation import Installation
from records.tables import User

app = typer.Typer(no_args_is_help=True, help="The people who log in.")
DataOption = Annotated[Path | None, typer.Option(help="Data folder (AILA_DATA, else .aila).")]


@app.command()
def add(
    username: str,
    role: Annotated[str, typer.Option(help="admin, recruiter or product.")] = "recruiter",
    data: DataOption = None,
) -> None:
    """Add a user and print a password."""
    if role not in get_args(Role):
        _refuse(f"--role is one of {', '.join(get_args(Role))}; got {role!r}")
    password = secrets.token_urlsafe(12)
    try:
        with _open(data).transaction() as session:
            if session.scalar(select(User).where(User.username == username)) is not None:
                _refuse(f"there is a user {username!r} already; `aila user password` sets a new password")
            accounts.create_user(session, username, password, cast(Role, role))
    except RecordsError as error:
        _refuse(str(error))
    typer.echo(f"{username} ({role}) can log in with the password {password}")


@app.command()
def password(username: str, data: DataOption = None) -> None:
    """Give a user a new password, print it, and end all their logins."""
    fresh = secrets.token_urlsafe(12)
    try:
        with _open(data).transaction() as session:
            accounts.set_password(session, username, fresh)
    except RecordsError as error:
        _refuse(str(error))
    typer.echo(f"{username} can log in with the password {fresh}")


def _open(data: Path | None) -> Database:
    try:
        database = Database(Installation.open(data).database_url)
    except RecordsError as error:
        _refuse(str(error))
    database.migrate()
    return database


def _refuse(message: str) -> NoReturn:
    typer.echo(f"aila user: {message}", err=True)
    raise typer.Exit(2)
