"""Sends Aila into rooms where a candidate waits without her.

LiveKit dispatches an agent once, when the room is created. It does not send another when the
agent's process dies, and drops a dispatch silently when the worker reports a high load. So this
loop looks at the rooms and dispatches again; the new job resumes from the record. A dead agent that
LiveKit still shows is removed first, so that never two of them are in a room.
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from livekit import api as livekit
from livekit.protocol.models import ParticipantInfo

from records import agent_presence
from worker.settings import WorkerSettings

logger = logging.getLogger(__name__)
AGENT_NAME = "aila"
ON_BEHALF = "lk.publish_on_behalf"
Presence = Literal["agent", "candidate alone", "nobody"]


@dataclass(frozen=True, slots=True)
class WaitingSession:
    """A voice interview that is not over."""

    session_id: str
    room_name: str


def presence_in(participants: Sequence[ParticipantInfo]) -> Presence:
    """Return who is in the room: an agent, a candidate without one, or nobody that matters."""
    present = [p for p in participants if p.state != ParticipantInfo.State.DISCONNECTED]
    # A video avatar is of the same kind, and only lends an agent its face.
    if any(p.kind == ParticipantInfo.Kind.AGENT and ON_BEHALF not in p.attributes for p in present):
        return "agent"
    has_candidate = any(
        p.kind == ParticipantInfo.Kind.STANDARD and p.identity.startswith("candidate-") for p in present
    )
    return "candidate alone" if has_candidate else "nobody"


@dataclass
class Absences:
    """Since when rooms have been without an agent, and when one was last sent there.

    An agent that was there and is gone is missed after ``absence_s``. One that has never been there may
    still be on its way, sent by LiveKit when the room was created: it gets ``arrival_s``.
    """

    absence_s: float
    arrival_s: float
    patience_s: float
    _missing_since_s: dict[str, float] = field(default_factory=dict)
    _sent_at_s: dict[str, float] = field(default_factory=dict)
    _had_agent: set[str] = field(default_factory=set)

    def due(self, room_name: str, presence: Presence, now_s: float) -> bool:
        """Note what was seen at ``now_s`` (any steady clock); return whether to send an agent now."""
        if presence == "agent":
            self._had_agent.add(room_name)
        if presence != "candidate alone":
            self._missing_since_s.pop(room_name, None)
            self._sent_at_s.pop(room_name, None)
            return False
        since_s = self._missing_since_s.setdefault(room_name, now_s)
        sent_at_s = self._sent_at_s.get(room_name)
        patient = sent_at_s is not None and now_s - sent_at_s < self.patience_s
        allowed_s = self.absence_s if room_name in self._had_agent else self.arrival_s
        if now_s - since_s < allowed_s or patient:
            return False
        self._sent_at_s[room_name] = now_s
        return True

    def lost(self, room_name: str, now_s: float) -> None:
        """Note that the room's agent is known to have died: nothing is waited for."""
        self._had_agent.add(room_name)
        self._missing_since_s[room_name] = now_s - self.absence_s
        self._sent_at_s.pop(room_name, None)

    def forget_all_but(self, room_names: set[str]) -> None:
        """Drop what is known of rooms that no interview uses any more."""
        for known in (self._missing_since_s, self._sent_at_s):
            for room_name in known.keys() - room_names:
                del known[room_name]
        self._had_agent &= room_names


class Watchdog:
    """One look at all rooms of running voice interviews, sending agents where they are missing."""

    def __init__(
        self,
        client: livekit.LiveKitAPI,
        waiting: Callable[[], Awaitable[Sequence[WaitingSession]]],
        settings: WorkerSettings,
        run_dir: Path,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client, self._waiting, self._now_s = client, waiting, now_s
        self._run_dir = run_dir
        self._absences = Absences(
            settings.agent_absence_s, settings.agent_arrival_s, settings.dispatch_patience_s
        )
        self.dispatched = 0

    async def look(self) -> list[str]:
        """Look once; return the ids of the sessions to which an agent was sent."""
        waiting = {session.room_name: session for session in await self._waiting()}
        self._absences.forget_all_but(set(waiting))
        if not waiting:
            return []
        rooms = await self._client.room.list_rooms(livekit.ListRoomsRequest())
        sent = []
        for room in rooms.rooms:
            session = waiting.get(room.name)
            if session is None:
                continue
            if self._absences.due(room.name, await self._presence(room.name), self._now_s()):
                await self._dispatch(session)
                sent.append(session.session_id)
        return sent

    async def _presence(self, room_name: str) -> Presence:
        request = livekit.ListParticipantsRequest(room=room_name)
        try:
            found = await self._client.room.list_participants(request)
        except livekit.TwirpError as error:
            if error.code == livekit.TwirpErrorCode.NOT_FOUND:
                return "nobody"
            raise
        agents = [p.identity for p in found.participants if p.kind == ParticipantInfo.Kind.AGENT]
        dead = {agent for agent in agents if agent_presence.is_dead(self._run_dir, agent)}
        for agent in dead:
            await self._remove(room_name, agent)
        if dead:
            self._absences.lost(room_name, self._now_s())
        return presence_in([p for p in found.participants if p.identity not in dead])

    async def _remove(self, room_name: str, agent: str) -> None:
        logger.warning("an agent in room %s has died: removed it", room_name)
        try:
            await self._client.room.remove_participant(
                livekit.RoomParticipantIdentity(room=room_name, identity=agent)
            )
        except livekit.TwirpError as error:
            if error.code != livekit.TwirpErrorCode.NOT_FOUND:
                raise
        agent_presence.forget(self._run_dir, agent)

    async def _dispatch(self, session: WaitingSession) -> None:
        """Withdraw the room's old dispatches, so that a late agent cannot join beside the new one."""
        dispatches = self._client.agent_dispatch
        for old in await dispatches.list_dispatch(session.room_name):
            await dispatches.delete_dispatch(old.id, session.room_name)
        await dispatches.create_dispatch(
            livekit.CreateAgentDispatchRequest(
                agent_name=AGENT_NAME,
                room=session.room_name,
                metadata=json.dumps({"session_id": session.session_id}),
            )
        )
        self.dispatched += 1
        logger.warning("session %s had a candidate and no agent: sent one", session.session_id)


async def keep_watching(watchdog: Watchdog, every_s: float) -> None:
    """Look again and again; a LiveKit that does not answer is logged once and waited for."""
    reachable = True
    while True:
        try:
            await watchdog.look()
            reachable = True
        except Exception as error:
            if reachable:
                logger.warning("the watchdog's look failed (%s); trying on", type(error).__name__)
            reachable = False
        await asyncio.sleep(every_s)
