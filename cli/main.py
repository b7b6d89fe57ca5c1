"""The ``aila`` command."""

import typer

app = typer.Typer(no_args_is_help=True, help="Aila, an interviewer for the screening stage.")

if __name__ == "__main__":
    app()
