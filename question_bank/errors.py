"""Errors of the question bank room.

BankError           a file that is no valid bank; says file, line, column and what is expected
└── UnknownBank     no bank of that id or version
"""

from pathlib import Path


class BankError(Exception):
    """A bank file cannot be used."""

    retryable = False
    status_code = 422

    def __init__(
        self, message: str, path: Path | None = None, line: int | None = None, column: int | None = None
    ):
        self.message, self.path, self.line, self.column = message, path, line, column
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {message}" if place else message)


class UnknownBank(BankError):
    status_code = 404
