"""``aila up`` as a whole: how it starts, refuses, recovers and ends."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from cli import ports
from tests.e2e.stack import ROOT, Stack, eventually

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[Stack]]:
    """What a test started; stopped at its end, however it ends."""
    stacks: list[Stack] = []
    yield stacks
    for stack in stacks:
        stack.stop()


def test_up_starts_refuses_a_second_recovers_and_leaves_nothing_behind(
    tmp_path: Path, started: list[Stack]
) -> None:
    data = tmp_path / "data"
    port = str(ports.any_free())
    stack = Stack.start(data, "--port", port)
    started.append(stack)
    everything = _family(stack)
    assert stack.password, "the first start prints the administrator's password"
    assert httpx.get(f"{stack.url}/readyz", trust_env=False).json()["ready"] is True
    assert {line.split()[0] for line in stack.lines if "/i/" in line} == {"candidate"}
    _only_loopback(stack)

    second = _run_up(data)
    assert second.returncode == 1
    assert f"process {stack.process.pid}" in second.stderr

    worker = eventually(lambda: stack.service_process("worker.main"), "a worker")
    worker.kill()
    eventually(lambda: stack.service_process("worker.main") not in (None, worker), "another worker", 60)
    eventually(lambda: httpx.get(f"{stack.url}/readyz", trust_env=False).status_code == 200, "ready", 60)

    # Killed without a word, it takes its processes along; the folder can be used again at once.
    everything |= _family(stack)
    os.kill(stack.process.pid, signal.SIGKILL)
    stack.process.wait()
    again = Stack.start(data, "--port", port, "--no-demo")
    started.append(again)
    assert not [p for p in everything if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
    assert again.password == "", "the password is printed only once"
    assert not any("/i/" in line for line in again.lines)

    everything = _family(again)
    assert again.stop() == 0
    assert not [p for p in everything if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
    assert not (data / "run" / "up.json").exists()


def test_up_names_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 19025))
        listening.listen()
        refused = _run_up(tmp_path / "data", "--port", "19025")
    assert refused.returncode == 1
    assert "port 19025/tcp for the pages is in use" in refused.stderr


def test_up_refuses_a_folder_whose_path_is_too_long_for_sockets(tmp_path: Path) -> None:
    refused = _run_up(tmp_path / ("long" * 25))
    assert refused.returncode == 1
    assert "too long for sockets" in refused.stderr


def _run_up(data: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli.main", "up", "--data", str(data), *options]
    return subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False
    )


def _family(stack: Stack) -> set[psutil.Process]:
    """Return the supervisor's processes and theirs."""
    return set(psutil.Process(stack.process.pid).children(recursive=True))


def _only_loopback(stack: Stack) -> None:
    for process in _family(stack):
        for connection in process.net_connections(kind="inet"):
            if connection.status == psutil.CONN_LISTEN:
                assert connection.laddr.ip in ("127.0.0.1", "::1"), connection
