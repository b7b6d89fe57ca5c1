"""The worker as a process of its own: it scores, survives kill -9, and reports what it cannot do."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from records import demo, scores, sessions, tables
from records.database import Database
from records.installation import Installation
from tests.worker.interviews import finished_interview

pytestmark = pytest.mark.stack

PATIENCE_S = 180.0
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation.open(tmp_path / "data")


@pytest.fixture
def database(installation: Installation) -> Iterator[Database]:
    database = Database(installation.database_url)
    database.migrate()
    with database.transaction() as session:
        demo.ensure_demo(session)
    yield database
    database.close()


class Worker:
    """One process; ended with the test."""

    def __init__(self, installation: Installation, module: str = "worker.main", **environment: str) -> None:
        command = [sys.executable, "-m", module, "--data", str(installation.data_dir)]
        settings = {"AILA_LIVEKIT_URL": "ws://127.0.0.1:18099", "AILA_RETRY_FIRST_S": "0.5"} | environment
        self.process = subprocess.Popen(
            command,
            cwd=REPOSITORY,
            env=os.environ | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_ready(self) -> "Worker":
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line == "ready\n", line + self._errors()
        return self

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def stop(self) -> tuple[int, str]:
        """Ask it to stop; return its exit status and what it logged."""
        self.process.send_signal(signal.SIGTERM)
        _, errors = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, errors

    def _errors(self) -> str:
        self.process.kill()
        return self.process.communicate()[1]


@pytest.fixture
def start(installation: Installation) -> Iterator[Callable[..., Worker]]:
    workers: list[Worker] = []

    def start_worker(module: str = "worker.main", **environment: str) -> Worker:
        workers.append(Worker(installation, module, **environment))
        return workers[-1]

    yield start_worker
    for worker in workers:
        if worker.process.poll() is None:
            worker.kill()


def until(condition: Callable[[], bool], what: str) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline_s:
            pytest.fail(f"never happened: {what}")
        time.sleep(0.1)


def status(database: Database, session_id: str) -> str:
    with database.reading() as session:
        return sessions.get(session, session_id).status


def stored_scores(database: Database, session_id: str) -> int:
    with database.reading() as session:
        query = select(func.count()).select_from(tables.ScoresRow)
        return session.scalar(query.where(tables.ScoresRow.session_id == session_id)) or 0


def test_a_finished_interview_is_scored_and_the_worker_stops_cleanly(database, installation, start):
    session_id = finished_interview(database, installation)
    worker = start().wait_ready()
    until(lambda: status(database, session_id) == "scored", "the session is scored")
    with database.reading() as session:
        result = scores.newest(session, session_id)
    assert result is not None
    assert (result["schema"], result["session_id"]) == ("aila.scores/1", session_id)
    heartbeat = installation.run_dir / "worker.heartbeat"
    until(heartbeat.exists, "the heartbeat is written")
    code, log = worker.stop()
    assert code == 0, log
    assert not heartbeat.exists()
    assert "ticket system" not in log


def test_a_worker_killed_while_scoring_is_taken_up_by_the_next(database, installation, start):
    session_id = finished_interview(database, installation)
    hanging = start("tests.worker.hanging_worker").wait_ready()
    until((installation.run_dir / "scoring-begun").exists, "scoring has begun")
    assert status(database, session_id) == "processing"
    hanging.kill()
    start().wait_ready()
    until(lambda: status(database, session_id) == "scored", "the session is scored")
    assert stored_scores(database, session_id) == 1


def test_kill_after_kill_every_interview_is_scored_once(database, installation, start):
    session_ids = [finished_interview(database, installation) for _ in range(4)]
    for pause_s in (0.4, 1.1):
        worker = start().wait_ready()
        time.sleep(pause_s)
        worker.kill()
    start().wait_ready()
    until(
        lambda: {status(database, session_id) for session_id in session_ids} == {"scored"},
        "every session is scored",
    )
    assert [stored_scores(database, session_id) for session_id in session_ids] == [1] * 4


def test_what_cannot_be_scored_is_failed_with_its_reason_and_tried_again(database, installation, start):
    session_id = finished_interview(database, installation, rubric_version="9.9.9")
    worker = start(AILA_MAX_ATTEMPTS="2").wait_ready()
    until(lambda: status(database, session_id) == "failed", "the session has failed")
    with database.reading() as session:
        failure = sessions.get(session, session_id).failure
    assert failure is not None and failure.startswith("scoring: ") and "9.9.9" in failure
    other = finished_interview(database, installation)
    until(lambda: status(database, other) == "scored", "the next session is scored all the same")
    time.sleep(2.5)
    assert "needs a person" in worker.stop()[1]
