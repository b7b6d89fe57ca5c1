"""The ``aila`` command."""

import typer

from cli.bank import app as bank_app
from cli.doctor import doctor
from cli.invite import invite
from cli.rubric import app as rubric_app
from cli.score import score
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
app.command()(score)
app.command()(simulate)
app.command()(doctor)
app.add_typer(bank_app, name="bank")
app.add_typer(rubric_app, name="rubric")
app.add_typer(user_app, name="user")

if __name__ == "__main__":
    app()
