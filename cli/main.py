"""The ``aila`` command."""

import typer

from cli.doctor import doctor
from cli.invite import invite
from cli.simulate import simulate
from cli.up import up
from cli.user import app as user_app

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Aila, an interviewer for the screening stage.",
)
app.command()(up)
app.command()(invite)
app.command()(simulate)
app.command()(doctor)
app.add_typer(user_app, name="user")

if __name__ == "__main__":
    app()
