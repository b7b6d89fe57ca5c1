"""The api as a process of its own, over real sockets."""

import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from records.installation import Installation

pytestmark = pytest.mark.stack

REPOSITORY = Path(__file__).resolve().parents[2]
PORTS = (18010, 18011)


def start(data_dir: Path, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "api.main", "--data", str(data_dir), "--port", str(port)]
    return subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_until_up(port: int) -> None:
    with httpx.Client(transport=httpx.HTTPTransport(retries=30)) as http:
        assert http.get(f"http://127.0.0.1:{port}/healthz", timeout=60).status_code == 200


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[list[subprocess.Popen[str]]]:
    """Two processes that start at once on one empty data folder."""
    processes = [start(tmp_path / "data", port) for port in PORTS]
    yield processes
    for process in processes:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_two_processes_share_one_new_data_folder_and_stop_cleanly(
    servers: list[subprocess.Popen[str]], tmp_path: Path
):
    for port in PORTS:
        wait_until_up(port)
        answer = httpx.get(f"http://127.0.0.1:{port}/readyz")
        assert answer.json()["checks"]["database"]["ok"], answer.text
    secrets = tmp_path / "data" / "secrets.json"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert Installation.open(tmp_path / "data").livekit_secret in secrets.read_text()
    for process in servers:
        process.send_signal(signal.SIGTERM)
    outputs = [process.communicate(timeout=30) for process in servers]
    assert [process.returncode for process in servers] == [0, 0], outputs


def test_a_client_that_sends_slowly_holds_nobody_up(servers: list[subprocess.Popen[str]]):
    wait_until_up(PORTS[0])
    head = (
        b"POST /api/auth/login HTTP/1.1\r\nHost: x\r\n"
        b"Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{"
    )
    slow = [socket.create_connection(("127.0.0.1", PORTS[0])) for _ in range(60)]
    try:
        for connection in slow:
            connection.sendall(head)
        answer = httpx.post(
            f"http://127.0.0.1:{PORTS[0]}/api/auth/login", json={"username": "a", "password": "b"}, timeout=20
        )
        assert answer.status_code == 401
    finally:
        for connection in slow:
            connection.close()


def test_the_server_listens_on_loopback_only(servers: list[subprocess.Popen[str]]):
    wait_until_up(PORTS[0])
    listening = Path("/proc/net/tcp").read_text().splitlines()[1:]
    local = {line.split()[1] for line in listening if line.split()[3] == "0A"}
    assert f"0100007F:{PORTS[0]:04X}" in local
    assert f"00000000:{PORTS[0]:04X}" not in local


def test_a_data_folder_that_cannot_be_used_is_said_in_one_line(tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    process = start(blocked, PORTS[0])
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "cannot be used" in errors and "Traceback" not in errors
    assert str(blocked) in errors
