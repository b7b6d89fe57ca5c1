"""The watchdog against a real livekit-server."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from livekit import api as livekit
from livekit import rtc
from livekit.protocol.models import ParticipantInfo

from records.agent_presence import FOLDER
from tests.worker.livekit_process import running_livekit
from worker.settings import WorkerSettings
from worker.watchdog import WaitingSession, Watchdog

pytestmark = pytest.mark.stack

PORT = 18880
URL = f"ws://127.0.0.1:{PORT}"
AGENT_KIND = ParticipantInfo.Kind.AGENT
HOLDS_ITS_LOCK = """
import pathlib, sys, time
from records.agent_presence import alive
with alive(pathlib.Path(sys.argv[1]), sys.argv[2]):
    time.sleep(600)
"""
KEY, SECRET = "watchdogtest", "a-secret-that-is-long-enough-for-livekit"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with running_livekit(tmp_path_factory.mktemp("livekit"), PORT, KEY, SECRET):
        yield


@pytest.fixture
async def client(server: None) -> AsyncIterator[livekit.LiveKitAPI]:
    async with livekit.LiveKitAPI(URL, KEY, SECRET) as connected:
        yield connected


async def join(room_name: str, identity: str, *, agent: bool = False) -> rtc.Room:
    token = (
        livekit.AccessToken(KEY, SECRET)
        .with_identity(identity)
        .with_grants(livekit.VideoGrants(room_join=True, room=room_name, agent=agent))
        .with_kind("agent" if agent else "standard")
    )
    room = rtc.Room()
    await room.connect(URL, token.to_jwt())
    return room


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def holding_its_lock(run_dir: Path, participant: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", HOLDS_ITS_LOCK, str(run_dir), participant])


def watchdog_for(
    client: livekit.LiveKitAPI, clock: Clock, *sessions: WaitingSession, run_dir: Path = Path("/nowhere")
) -> Watchdog:
    async def waiting() -> list[WaitingSession]:
        return list(sessions)

    return Watchdog(client, waiting, WorkerSettings(), run_dir, clock)


async def test_a_candidate_to_whom_no_agent_came_gets_one(client: livekit.LiveKitAPI):
    session, clock = WaitingSession("w1", "aila-w1"), Clock()
    watchdog = watchdog_for(client, clock, session, WaitingSession("w9", "aila-never-opened"))
    candidate = await join("aila-w1", "candidate-w1")
    try:
        assert await watchdog.look() == []
        clock.now_s += 8.1
        assert await watchdog.look() == ["w1"]
        [dispatch] = await client.agent_dispatch.list_dispatch("aila-w1")
        assert (dispatch.agent_name, json.loads(dispatch.metadata)) == ("aila", {"session_id": "w1"})
        clock.now_s += 5.0
        assert await watchdog.look() == []
        clock.now_s += 6.0
        assert await watchdog.look() == ["w1"]
        assert len(await client.agent_dispatch.list_dispatch("aila-w1")) == 1
    finally:
        await candidate.disconnect()


async def test_a_room_with_an_agent_is_left_alone_until_the_agent_goes(client: livekit.LiveKitAPI):
    clock = Clock()
    watchdog = watchdog_for(client, clock, WaitingSession("w2", "aila-w2"))
    candidate = await join("aila-w2", "candidate-w2")
    agent = await join("aila-w2", "agent-one", agent=True)
    try:
        for _ in range(3):
            assert await watchdog.look() == []
            clock.now_s += 30.0
        await agent.disconnect()
        await _until_alone(client, "aila-w2")
        assert await watchdog.look() == []
        clock.now_s += 3.1
        assert await watchdog.look() == ["w2"]
    finally:
        await candidate.disconnect()


async def test_a_killed_agent_is_removed_and_replaced_at_once_and_a_busy_one_is_left_alone(
    client: livekit.LiveKitAPI, tmp_path: Path
):
    clock = Clock()
    watchdog = watchdog_for(client, clock, WaitingSession("w4", "aila-w4"), run_dir=tmp_path)
    candidate = await join("aila-w4", "candidate-w4")
    agent = await join("aila-w4", "agent-four", agent=True)
    holder = holding_its_lock(tmp_path, "agent-four")
    try:
        alive_file = tmp_path / FOLDER / "agent-four.alive"
        await _until(alive_file.exists)
        holder.send_signal(signal.SIGSTOP)  # as busy as can be
        for _ in range(3):
            assert await watchdog.look() == []
            clock.now_s += 30.0
        holder.kill()
        holder.wait()
        assert await watchdog.look() == ["w4"]
        found = await client.room.list_participants(livekit.ListParticipantsRequest(room="aila-w4"))
        assert [p.identity for p in found.participants if p.kind == AGENT_KIND] == []
        assert not alive_file.exists()
        clock.now_s += 5.0
        assert await watchdog.look() == [], "one was sent and gets time to come"
        assert len(await client.agent_dispatch.list_dispatch("aila-w4")) == 1
    finally:
        holder.kill()
        await agent.disconnect()
        await candidate.disconnect()


async def test_an_empty_room_gets_no_agent(client: livekit.LiveKitAPI):
    clock = Clock()
    watchdog = watchdog_for(client, clock, WaitingSession("w3", "aila-w3"))
    await client.room.create_room(livekit.CreateRoomRequest(name="aila-w3"))
    await watchdog.look()
    clock.now_s += 60.0
    assert await watchdog.look() == []


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 — a file of another process signals nothing
            await asyncio.sleep(0.05)


async def _until_alone(client: livekit.LiveKitAPI, room_name: str) -> None:
    async with asyncio.timeout(20):
        while True:
            found = await client.room.list_participants(livekit.ListParticipantsRequest(room=room_name))
            if len(found.participants) == 1:
                return
            await asyncio.sleep(0.05)
