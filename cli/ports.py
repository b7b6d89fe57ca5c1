"""Finds ports for the embedded stack."""

import socket
from collections.abc import Sequence
from typing import Literal

from cli.errors import PortTaken

Protocol = Literal["tcp", "udp"]
STEP = 10
ATTEMPTS = 100
LIVEKIT_PROTOCOLS: tuple[Protocol, ...] = ("tcp", "tcp", "udp")
"""Signalling, media over TCP, media over UDP: three ports in a row."""


def is_free(port: int, protocol: Protocol, host: str = "127.0.0.1") -> bool:
    """Return whether ``port`` can be listened on now."""
    kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as probe:
        if protocol == "tcp":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def choose(
    asked: int | None,
    default: int,
    protocols: Sequence[Protocol] = ("tcp",),
    *,
    what: str,
    host: str = "127.0.0.1",
) -> int:
    """Return the first of ``len(protocols)`` ports in a row that are all free.

    A port that was asked for is used or refused; else the default is, or the nearest free above it.

    Raises
    ------
    PortTaken
        If the ports asked for are in use, or nothing near the default is free.
    """
    if asked is not None:
        for offset, protocol in enumerate(protocols):
            if not is_free(asked + offset, protocol, host):
                raise PortTaken(
                    f"port {asked + offset}/{protocol} for {what} is in use; name another, "
                    "or none to have a free one chosen"
                )
        return asked
    for attempt in range(ATTEMPTS):
        first = default + attempt * STEP
        if all(is_free(first + offset, protocol, host) for offset, protocol in enumerate(protocols)):
            return first
    raise PortTaken(f"no free port near {default} was found for {what}")


def any_free() -> int:
    """Return a TCP port of loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
