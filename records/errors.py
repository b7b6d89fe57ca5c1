"""Errors of the records room.

RecordsError
├── SequenceConflict        another writer appended to the session first
├── InvitationError
│   ├── InvitationForged
│   ├── InvitationExpired
│   ├── InvitationRevoked
│   └── InvitationErased    everything about the interview was deleted
├── NotFound                no row of that id
├── NameRejected            a name is empty or too long
├── MediaRejected           an uploaded document is of the wrong kind or too large
└── InstallationError       the data folder cannot be used
"""


class RecordsError(Exception):
    """Base of all errors of this room."""

    retryable = False
    status_code = 500


class SequenceConflict(RecordsError):
    """Another process appended events to this session; the writer that lost must stop."""

    status_code = 409


class InvitationError(RecordsError):
    status_code = 400


class InvitationForged(InvitationError):
    """The token was not signed by this installation, or was altered."""


class InvitationExpired(InvitationError):
    status_code = 410


class InvitationRevoked(InvitationError):
    status_code = 410


class InvitationErased(InvitationError):
    """The interview was erased; ``receipt`` is the erasure's number."""

    status_code = 410

    def __init__(self, message: str, receipt: str) -> None:
        super().__init__(message)
        self.receipt = receipt


class NotFound(RecordsError):
    status_code = 404


class NameRejected(RecordsError):
    status_code = 422


class MediaRejected(RecordsError):
    status_code = 415


class InstallationError(RecordsError):
    """The data folder cannot be created, read or written."""
