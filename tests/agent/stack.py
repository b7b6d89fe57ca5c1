"""The processes that a spoken interview needs, on ports and a data folder of their own."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
from livekit import api

from cli.livekit_server import find
from question_bank.bank import Bank
from question_bank.library import BankLibrary
from question_bank.loading import content_hash
from records import consents, invitations, sessions
from records.database import Database
from records.demo import DEMO_POSITION, ensure_demo
from records.event_log import EventLog
from records.events import Event
from records.installation import Installation

START_WITHIN_S = 90.0


def livekit_server() -> Path:
    """Return livekit-server; `go install` names it "server"."""
    found = find() or shutil.which("server", path=str(Path.home() / "go" / "bin"))
    if found is None:
        raise FileNotFoundError("livekit-server is not installed: run `python -m cli.livekit_server`")
    return Path(found)


@dataclass
class VoiceStack:
    """Running processes by name, and what a test does with the installation behind them."""

    installation: Installation
    port: int
    database: Database
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    def start(self, name: str, command: list[str], ready: str) -> None:
        """Start a process and wait until ``ready`` stands in its log."""
        log = self.installation.logs_dir / f"{name}.log"
        seen = log.stat().st_size if log.exists() else 0
        with log.open("ab") as output:
            process = subprocess.Popen(
                command, stdout=output, stderr=subprocess.STDOUT, env=self.environment, start_new_session=True
            )
        self.processes[name] = process
        deadline_s = time.monotonic() + START_WITHIN_S
        while ready.encode() not in log.read_bytes()[seen:]:
            if process.poll() is not None or time.monotonic() > deadline_s:
                raise RuntimeError(f"{name} did not start: {log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)

    def start_module(self, name: str, module: str, ready: str = "ready") -> None:
        data = str(self.installation.data_dir)
        self.start(name, [sys.executable, "-m", module, "--data", data], ready)

    def stop(self, name: str, number: int = signal.SIGTERM) -> None:
        process = self.processes.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, number)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def new_session(self, *, bank: Bank | None = None, recording: bool = True) -> str:
        """Invite and admit one candidate; return the session's id."""
        bank = bank or BankLibrary(None).load("demo")
        pins = sessions.Pins(bank.id, bank.version, content_hash(bank), "behavioural", "1.0.0")
        with self.database.transaction() as session:
            invitation, _ = invitations.create(
                session, self.installation, DEMO_POSITION, "Kim Larsen", timedelta(days=2)
            )
            created, _ = sessions.create_or_get(session, invitation, "voice", pins)
            granted = {"interview": True, "recording": recording}
            consents.record(session, created.id, granted, "test-1")
            return created.id

    def token(self, session_id: str) -> str:
        """Return a candidate's token that has an agent dispatched when the room is created."""
        dispatch = api.RoomAgentDispatch(agent_name="aila", metadata='{"session_id": "' + session_id + '"}')
        grants = api.VideoGrants(
            room_join=True, room=f"aila-{session_id}", can_publish=True, can_subscribe=True
        )
        return (
            api.AccessToken(self.installation.livekit_key, self.installation.livekit_secret)
            .with_identity(f"candidate-{session_id}")
            .with_grants(grants)
            .with_room_config(api.RoomConfiguration(agents=[dispatch], departure_timeout=120))
            .to_jwt()
        )

    async def dispatch_again(self, session_id: str) -> None:
        """Do what the watchdog does when an agent has died."""
        key, secret = self.installation.livekit_key, self.installation.livekit_secret
        async with api.LiveKitAPI(self.url.replace("ws", "http"), key, secret) as client:
            await client.agent_dispatch.create_dispatch(
                api.CreateAgentDispatchRequest(
                    agent_name="aila",
                    room=f"aila-{session_id}",
                    metadata='{"session_id": "' + session_id + '"}',
                )
            )

    def events(self, session_id: str) -> list[Event]:
        return EventLog(self.database, session_id).events()

    def status(self, session_id: str) -> str:
        with self.database.reading() as session:
            return sessions.get(session, session_id).status


def _livekit_config(installation: Installation, port: int) -> Path:
    path = installation.run_dir / "livekit.yaml"
    path.write_text(
        f"port: {port}\nbind_addresses: [127.0.0.1]\n"
        f"rtc: {{node_ip: 127.0.0.1, tcp_port: {port + 1}, udp_port: {port + 2}, use_external_ip: false, "
        "enable_loopback_candidate: true}\n"
        f"keys: {{{installation.livekit_key}: {installation.livekit_secret}}}\n"
    )
    path.chmod(0o600)
    return path


@contextmanager
def voice_stack(data_dir: Path, port: int, interviews: int = 4) -> Iterator[VoiceStack]:
    """Run livekit-server, both speech processes and an agent worker while the context lasts."""
    installation = Installation.open(data_dir)
    database = Database(installation.database_url)
    database.migrate()
    with database.transaction() as session:
        ensure_demo(session)
    ours = {
        "AILA_DATA": str(data_dir),
        "AILA_LIVEKIT_URL": f"ws://127.0.0.1:{port}",
        "AILA_AGENT_INTERVIEWS": str(interviews),
        "PYTHONUNBUFFERED": "1",
    }
    stack = VoiceStack(installation, port, database, {**os.environ, **ours})
    try:
        config = _livekit_config(installation, port)
        stack.start("livekit", [str(livekit_server()), "--config", str(config)], "starting LiveKit server")
        _wait_until_up(port)
        stack.start_module("recogniser", "agent.speech.recogniser_process")
        stack.start_module("voice", "agent.speech.voice_process")
        stack.start_module("agent", "agent.main", "registered worker")
        yield stack
    finally:
        for name in reversed(list(stack.processes)):
            stack.stop(name)
        database.close()


def _wait_until_up(port: int) -> None:
    with httpx.Client(transport=httpx.HTTPTransport(retries=20), trust_env=False) as http:
        http.get(f"http://127.0.0.1:{port}").raise_for_status()
