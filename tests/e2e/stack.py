"""The whole of Aila, started as a user starts it, with a window on its records."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psutil

from agent.interview.interview import Interview
from question_bank.library import BankLibrary
from records import invitations, sessions
from records.database import Database
from records.event_log import EventLog
from records.events import Event
from records.installation import Installation
from records.media import segments_dir

ROOT = Path(__file__).parent.parent.parent
START_TIMEOUT_S = 240
Found = TypeVar("Found")


@dataclass
class Stack:
    """A running ``aila up``."""

    process: subprocess.Popen[str]
    installation: Installation
    database: Database
    url: str
    password: str
    lines: list[str] = field(default_factory=list)

    @classmethod
    def start(cls, data_dir: Path, *options: str, **environment: str) -> "Stack":
        """Start on free ports and return when the links are printed."""
        process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "up", "--data", str(data_dir), *options],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        lines = _lines_until(process, "Ctrl-C stops everything")
        printed = "\n".join(lines)
        url = re.search(r"recruiter\s+(https?://\S+)/recruiter", printed)
        password = re.search(r"with the password\s+(\S+)", printed)
        if url is None:
            process.kill()
            raise AssertionError(f"aila up printed no links:\n{printed}")
        installation = Installation.open(data_dir)
        database = Database(installation.database_url)
        return cls(process, installation, database, url[1], password[1] if password else "", lines)

    def stop(self) -> int:
        """Stop as a service manager does; return the exit code."""
        self.database.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=40)
        finally:
            if self.process.poll() is None:
                self.process.kill()

    def invite(self, name: str, *, valid_days: float = 7) -> str:
        """Return the token of a new invitation to the demo interview."""
        with self.database.transaction() as session:
            valid = timedelta(days=valid_days)
            return invitations.create(session, self.installation, "demo", name, valid)[1]

    def session_id(self, token: str) -> str | None:
        """Return the id of the interview that an invitation led to, None before anybody joined."""
        with self.database.reading() as session:
            invitation = invitations.read_token(session, self.installation, token)
            found = sessions.of_invitation(session, invitation.id)
            return found.id if found is not None else None

    def status(self, session_id: str) -> str:
        with self.database.reading() as session:
            return sessions.get(session, session_id).status

    def events(self, session_id: str) -> list[Event]:
        return EventLog(self.database, session_id).events()

    def interview(self, session_id: str) -> Interview:
        """Return the interview as its events tell it."""
        return Interview(BankLibrary().load("demo"), self.events(session_id))

    def said_by_candidate(self, session_id: str) -> str:
        """Return all recognised words so far."""
        return " ".join(e.text for e in self.events(session_id) if e.type == "candidate_spoke")

    @contextmanager
    def staff(self) -> Iterator[httpx.Client]:
        """Yield a client that is logged in as the administrator."""
        with httpx.Client(base_url=self.url, trust_env=False, timeout=20) as client:
            answer = client.post("/api/auth/login", json={"username": "admin", "password": self.password})
            answer.raise_for_status()
            client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
            yield client

    def kill_agent_job(self, session_id: str) -> int:
        """Kill -9 the process that holds this interview, known by the recording it writes; return its id."""
        folder = segments_dir(self.installation, session_id)
        agent = self.service_process("agent.main")
        jobs = agent.children(recursive=True) if agent is not None else []
        holding = [job for job in jobs if _writes_into(job, folder.resolve())]
        if len(holding) != 1:
            raise AssertionError(f"expected one process that records {session_id}, found {len(holding)}")
        holding[0].kill()
        return holding[0].pid

    def service_process(self, module: str) -> psutil.Process | None:
        """Return the process that runs ``module`` under this supervisor, None while none does."""
        for process in psutil.Process(self.process.pid).children():
            try:
                if module in process.cmdline():
                    return process
            except psutil.Error:
                continue  # it has just ended
        return None


def eventually(look: Callable[[], Found | None], what: str, timeout_s: float = 30.0) -> Found:
    """Return the first true value of ``look``; fail when there is none in time."""
    deadline_s = time.monotonic() + timeout_s
    while time.monotonic() < deadline_s:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {timeout_s:g} s: {what}")


def problem(answer: httpx.Response) -> dict[str, Any]:
    """Return an error's problem document."""
    if not answer.headers["content-type"].startswith("application/problem+json"):
        raise AssertionError(f"not a problem document: {answer.text[:200]}")
    return dict(answer.json())


def _writes_into(process: psutil.Process, folder: Path) -> bool:
    try:
        return any(Path(file.path).parent == folder for file in process.open_files())
    except psutil.Error:
        return False


def _lines_until(process: subprocess.Popen[str], text: str) -> list[str]:
    output: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        for line in process.stdout or ():
            output.put(line.rstrip("\n"))
        output.put(None)

    threading.Thread(target=read, daemon=True).start()
    lines: list[str] = []
    deadline_s = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline_s:
        try:
            line = output.get(timeout=1)
        except queue.Empty:
            continue
        if line is None:
            break
        lines.append(line)
        if text in line:
            return lines
    process.kill()
    raise AssertionError("aila up did not start:\n" + "\n".join(lines))
