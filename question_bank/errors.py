"""Errors of files that people write: question banks here, rubrics in ``scoring``.

FileFault           a file is not what it should be; says file, line, column and what is expected
├── BankError       ... of a question bank
│   └── UnknownBank no bank of that id or version
└── RubricError     (scoring.errors) ... of a rubric
"""

from pathlib import Path


class FileFault(Exception):
    retryable = False
    status_code = 422

    def __init__(
        self, message: str, path: Path | None = None, line: int | None = None, column: int | None = None
    ) -> None:
        self.message, self.path, self.line, self.column = message, path, line, column
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {message}" if place else message)


class BankError(FileFault):
    """A bank file cannot be used."""


class UnknownBank(BankError):
    status_code = 404
