"""The supervisor, with small real processes."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from cli import supervisor as supervising
from cli.errors import ServiceFailed
from cli.service_log import ServiceLog
from cli.supervisor import Service, Supervisor

STAYS = "print('ready', flush=True); import time; time.sleep(600)"
LEASH = Path(supervising.__file__).with_name("leash.py")


def service(code: str, name: str = "steady", ready_line: str | None = "ready") -> Service:
    return Service(name, (sys.executable, "-c", code), dict(os.environ), ready_line, start_timeout_s=20)


@pytest.fixture
async def supervisor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Supervisor]:
    monkeypatch.setattr(supervising, "FIRST_BACKOFF_S", 0.01)
    made = Supervisor(tmp_path, lambda line: None)
    await made.open()
    yield made
    await made.stop()


async def test_a_service_is_ready_when_it_says_so(supervisor: Supervisor) -> None:
    supervisor.start(service(STAYS))
    await supervisor.wait_ready("steady")
    pid = supervisor.pid("steady")
    assert pid is not None
    assert psutil.pid_exists(pid)


async def test_a_service_that_dies_is_started_again(supervisor: Supervisor) -> None:
    supervisor.start(service(STAYS))
    await supervisor.wait_ready("steady")
    first = supervisor.pid("steady")
    assert first is not None
    os.kill(first, signal.SIGKILL)
    async with asyncio.timeout(20):
        while supervisor.pid("steady") in (first, None):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await supervisor.wait_ready("steady")
    assert supervisor.pid("steady") != first


async def test_children_of_a_service_that_died_are_ended_too(supervisor: Supervisor, tmp_path: Path) -> None:
    note = tmp_path / "child"
    code = (
        "import subprocess, sys, pathlib, time;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid)); print('ready', flush=True); time.sleep(600)"
    )
    supervisor.start(service(code))
    await supervisor.wait_ready("steady")
    child = psutil.Process(int(note.read_text()))
    parent = supervisor.pid("steady")
    assert parent is not None
    os.kill(parent, signal.SIGKILL)
    await _gone(child)


async def test_a_service_that_cannot_start_is_named_with_its_last_words(supervisor: Supervisor) -> None:
    supervisor.start(service("raise SystemExit('the cable is missing')", "broken"))
    with pytest.raises(ServiceFailed, match=r"broken ended before it was ready(.|\n)*the cable is missing"):
        await supervisor.wait_ready("broken")


async def test_stopping_ends_a_service_that_does_not_listen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervising, "STOP_PATIENCE_S", 0.2)
    supervisor = Supervisor(tmp_path, lambda line: None)
    await supervisor.open()
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + STAYS
    supervisor.start(service(deaf))
    await supervisor.wait_ready("steady")
    pid = supervisor.pid("steady")
    assert pid is not None
    process = psutil.Process(pid)
    await supervisor.stop()
    await _gone(process)


def test_the_leash_ends_what_is_left_when_its_holder_dies() -> None:
    left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    leash = subprocess.Popen([sys.executable, "-IS", LEASH], stdin=subprocess.PIPE, text=True)
    leash.communicate(f"+{left.pid}\n+{other.pid}\n-{other.pid}\n", timeout=20)
    assert left.wait(timeout=20) == -signal.SIGTERM
    assert other.poll() is None
    other.kill()
    other.wait()


def test_a_log_file_stays_below_its_size(tmp_path: Path) -> None:
    log = ServiceLog(tmp_path / "talker.log", max_bytes=1_000)
    for number in range(100):
        log.write(f"line {number} of a process that talks a lot\n".encode())
    log.close()
    assert (tmp_path / "talker.log").stat().st_size <= 1_000
    assert (tmp_path / "talker.log.1").stat().st_size <= 1_000
    assert "line 99" in log.tail()
    assert (tmp_path / "talker.log").stat().st_mode & 0o777 == 0o600


async def _gone(process: psutil.Process) -> None:
    async with asyncio.timeout(20):
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
