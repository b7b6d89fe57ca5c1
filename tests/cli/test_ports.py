import socket
from collections.abc import Iterator

import pytest

from cli import ports
from cli.errors import PortTaken


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_the_default_port_is_used_when_it_is_free() -> None:
    free = ports.any_free()
    assert ports.choose(None, free, what="a test") == free


def test_the_next_free_port_is_used_when_the_default_is_taken(taken: int) -> None:
    chosen = ports.choose(None, taken, what="a test")
    assert chosen != taken
    assert (chosen - taken) % ports.STEP == 0


def test_a_taken_port_that_was_asked_for_is_refused_by_name(taken: int) -> None:
    with pytest.raises(PortTaken, match=rf"port {taken}/tcp for the pages is in use"):
        ports.choose(taken, 8000, what="the pages")


def test_ports_in_a_row_are_free_together() -> None:
    first = ports.choose(None, 19060, ports.LIVEKIT_PROTOCOLS, what="a test")
    assert ports.is_free(first + 2, "udp")
