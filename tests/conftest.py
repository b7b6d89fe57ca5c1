"""For every test: no network beyond this machine, and no settings of the user's own."""

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest

SETTINGS_OF_OURS = ("AILA_", "OPENAI_")


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_the_users() -> Iterator[None]:
    """Hide settings from the environment; a test sets what it needs."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(SETTINGS_OF_OURS):
                patch.delenv(name)
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse connections to anything but this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address[0]):
            raise AssertionError(f"a test tried to reach {address[0]}; tests use nothing but this machine")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _is_local(host: str) -> bool:
    return host in ("localhost", "::1", "0.0.0.0") or host.startswith("127.")
