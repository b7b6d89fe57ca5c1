"""Errors of the scoring room.

ScoringError
├── RubricError         a rubric file cannot be used (also a FileFault: file, line, column)
│   └── UnknownRubric   no rubric of that id or version
├── RoleProfileError    a file of role profiles cannot be used
└── TranscriptError     a transcript file cannot be read
"""

from question_bank.errors import FileFault


class ScoringError(Exception):
    retryable = False
    status_code = 422


class RubricError(FileFault, ScoringError):
    """A rubric file cannot be used."""


class UnknownRubric(RubricError):
    status_code = 404


class RoleProfileError(FileFault, ScoringError):
    """A file of role profiles cannot be used."""


class TranscriptError(FileFault, ScoringError):
    """A file is no ``aila.transcript/1``."""
