"""Errors of the scoring room.

ScoringError
├── RubricError         a rubric file cannot be used (also a FileFault: file, line, column)
│   └── UnknownRubric   no rubric of that id or version
├── UnknownCriterion    the rubric has no criterion of that id
├── RoleProfileError    a file of role profiles cannot be used
├── AuditFileError      a file given to an audit cannot be used
├── AnswersError        a file of answers for the lint cannot be used
├── TranscriptError     a transcript file cannot be read
├── CalibrationError    a calibration file cannot be used, or not for these scores
└── SheetError          raters' sheets cannot be taken in; says file, row and column of each fault
"""

from question_bank.errors import FileFault


class ScoringError(Exception):
    retryable = False
    status_code = 422


class RubricError(FileFault, ScoringError):
    """A rubric file cannot be used."""


class UnknownRubric(RubricError):
    status_code = 404


class UnknownCriterion(ScoringError):
    status_code = 404


class RoleProfileError(FileFault, ScoringError):
    """A file of role profiles cannot be used."""


class AuditFileError(FileFault, ScoringError):
    """A file of scores or groups cannot be audited."""


class AnswersError(FileFault, ScoringError):
    """A file of answers for the lint cannot be used."""


class TranscriptError(FileFault, ScoringError):
    """A file is no ``aila.transcript/1``."""


class CalibrationError(FileFault, ScoringError):
    """A file is no ``aila.calibration/1``, or it was made for other scores."""


class SheetError(ScoringError):
    """A rater's sheet cannot be taken in; ``faults`` are all that was found, each with its place."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))
