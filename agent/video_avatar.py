"""Aila's face as video: an avatar plug-in of livekit-agents, moved by a copy of her voice.

The plug-in's worker joins the room on behalf of the agent (``lk.publish_on_behalf``), gets the voice as a
byte stream addressed to it alone, and publishes video with the same voice in step. It may not subscribe to
anything: the candidate's voice never reaches it. What fails here costs the video only; the drawn face and
the agent's own track are always there.
"""

import asyncio
import contextlib
import importlib
import logging
from typing import Any, Self

from livekit import api, rtc
from livekit.agents.voice.avatar import AvatarSession
from livekit.agents.voice.io import AudioOutput

from agent.settings import AgentSettings
from records.installation import Installation
from records.video_avatar_settings import VideoAvatarSettings

logger = logging.getLogger(__name__)
JOINS_WITHIN_S = 30.0
SEGMENT_ENDS_AFTER_S = 0.25
"""Without another frame for so long, she has finished what she says."""
MOST_WAITING_FRAMES = 100
"""Two seconds of speech: what an avatar has not taken by then would be shown too late."""


class VideoAvatar:
    """One plug-in in one room. :meth:`hear` and :meth:`cut` never block and never raise."""

    def __init__(self, plugin: AvatarSession[Any], output: AudioOutput, sample_rate_hz: int) -> None:
        self._plugin, self._output, self._rate_hz = plugin, output, sample_rate_hz
        wanted_hz = output.sample_rate or sample_rate_hz
        self._resampler = (
            None if wanted_hz == sample_rate_hz else rtc.AudioResampler(sample_rate_hz, wanted_hz)
        )
        self._frames: asyncio.Queue[rtc.AudioFrame] = asyncio.Queue(MOST_WAITING_FRAMES)
        self._there = False

    @classmethod
    async def start(
        cls,
        settings: VideoAvatarSettings,
        installation: Installation,
        room: rtc.Room,
        sample_rate_hz: int,
    ) -> Self:
        """Start the plug-in named by the settings, in ``room``, for a voice of ``sample_rate_hz``.

        Raises
        ------
        Exception
            Whatever the plug-in raises: each has errors of its own.
        """
        # Takes seconds to load, and is there for this alone.
        from livekit.agents import AgentSession

        module, _, name = (settings.video_avatar or "").partition(":")
        plugin = getattr(importlib.import_module(module), name)(**settings.video_avatar_options)
        # Plug-ins put their audio output on a session; Aila has none, so they get one that does nothing else.
        carrier: AgentSession[None] = AgentSession(
            turn_handling={"turn_detection": "manual", "interruption": {"mode": "vad"}}, vad=None
        )
        await plugin.start(
            carrier,
            room,
            livekit_url=settings.video_avatar_livekit_url or AgentSettings().livekit_url,
            livekit_api_key=installation.livekit_key,
            livekit_api_secret=installation.livekit_secret,
        )
        if carrier.output.audio is None:
            raise TypeError(f"{settings.video_avatar} took no audio output")
        return cls(plugin, carrier.output.audio, sample_rate_hz)

    def hear(self, frame: bytes) -> None:
        """Show Aila saying these 16-bit samples; dropped while the avatar is not there, or too slow."""
        if not self._there:
            return
        with contextlib.suppress(asyncio.QueueFull):
            self._frames.put_nowait(rtc.AudioFrame(frame, self._rate_hz, 1, len(frame) // 2))

    def cut(self) -> None:
        """Stop at once: she was interrupted."""
        while not self._frames.empty():
            self._frames.get_nowait()
        if self._there:
            self._output.clear_buffer()

    async def run(self, installation: Installation, room: rtc.Room) -> None:
        """Wait for the avatar, then pass the voice on until cancelled."""
        room.on("participant_disconnected", self._left)
        try:
            await self._plugin.wait_for_join(timeout=JOINS_WITHIN_S)
            await forbid_listening(installation, room.name, self._plugin.avatar_identity)
            self._there = True
            await self._pass_on()
        except TimeoutError:
            logger.warning("the video avatar did not come; the drawn face is shown")
        finally:
            self._there = False
            room.off("participant_disconnected", self._left)
            await self._plugin.aclose()

    def _left(self, participant: rtc.RemoteParticipant) -> None:
        # For good: one that came back would have its rights again.
        if participant.identity == self._plugin.avatar_identity:
            self._there = False

    async def _pass_on(self) -> None:
        speaking = False
        while True:
            try:
                async with asyncio.timeout(SEGMENT_ENDS_AFTER_S if speaking else None):
                    frame = await self._frames.get()
            except TimeoutError:
                self._output.flush()
                speaking = False
                continue
            speaking = True
            frames = [frame] if self._resampler is None else self._resampler.push(frame)
            for ready in frames:
                await self._output.capture_frame(ready)


async def forbid_listening(installation: Installation, room_name: str, identity: str) -> None:
    """Take from a participant the right to receive anybody's sound or picture."""
    key, secret = installation.livekit_key, installation.livekit_secret
    permission = api.ParticipantPermission(can_subscribe=False, can_publish=True, can_publish_data=True)
    async with api.LiveKitAPI(AgentSettings().livekit_url, key, secret) as client:
        await client.room.update_participant(
            api.UpdateParticipantRequest(room=room_name, identity=identity, permission=permission)
        )
