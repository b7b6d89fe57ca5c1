"""The ``aila`` command."""

from typing import ClassVar

import typer

from cli.lazy_commands import LazyCommands


class Commands(LazyCommands):
    places: ClassVar[dict[str, str]] = {
        "up": "cli.up:up",
        "invite": "cli.invite:invite",
        "score": "cli.score:score",
        "simulate": "cli.simulate:simulate",
        "doctor": "cli.doctor:doctor",
        "bank": "cli.bank:app",
        "rubric": "cli.rubric:app",
        "brand": "cli.brand:app",
        "panel": "cli.panel:app",
        "audit": "cli.audit:audit",
        "user": "cli.user:app",
    }


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Aila, an interviewer for the screening stage.",
)


@app.callback()
def _aila() -> None:
    pass


if __name__ == "__main__":
    app()
