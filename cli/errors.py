"""Errors of the command line; each message says what is wrong and what to do.

CliError
├── ServerUnavailable   livekit-server is not installed and cannot be
├── AlreadyRunning      another ``aila up`` serves the same data folder
├── PortTaken           a port that was asked for is in use
├── NoNetwork           this machine is on no network that others could reach it by
└── ServiceFailed       a process of the stack does not start
"""


class CliError(Exception):
    """Base of all errors of this room."""

    exit_code = 1


class ServerUnavailable(CliError):
    """No livekit-server was found, and none could be installed."""


class AlreadyRunning(CliError):
    """Another supervisor holds the data folder."""


class PortTaken(CliError):
    """A port that was named explicitly is in use."""


class NoNetwork(CliError):
    """The machine has no address but loopback."""


class ServiceFailed(CliError):
    """A process ended several times before it was ready."""
