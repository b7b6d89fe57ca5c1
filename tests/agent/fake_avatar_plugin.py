"""An avatar plug-in as livekit-agents' are: its worker joins the room, takes the voice, publishes video.

The picture is one grey, the brighter the louder the voice is: what is shown tells what was heard.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
from livekit import api, rtc
from livekit.agents import AgentSession
from livekit.agents.voice.avatar import (
    AudioSegmentEnd,
    AvatarOptions,
    AvatarRunner,
    AvatarSession,
    DataStreamAudioOutput,
    DataStreamAudioReceiver,
    VideoGenerator,
)
from livekit.agents.voice.room_io import ATTRIBUTE_PUBLISH_ON_BEHALF

WIDTH, HEIGHT, FRAMES_PER_S = 64, 48, 20
RATE_HZ = 16_000
IDENTITY = "fake-avatar"


class GreyFace(VideoGenerator):
    """Passes the voice on and draws a frame for every twentieth of a second, also in silence."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        """The loudest sample of each frame of the voice."""
        self.segments_ended = 0
        self.cut = 0
        self._out: asyncio.Queue[rtc.VideoFrame | rtc.AudioFrame | AudioSegmentEnd] = asyncio.Queue()
        self._level = 0

    async def push_audio(self, frame: rtc.AudioFrame | AudioSegmentEnd) -> None:
        if isinstance(frame, AudioSegmentEnd):
            self.segments_ended += 1
            self._level = 0
        else:
            self._level = int(np.abs(np.frombuffer(frame.data, dtype="<i2").astype(int)).max(initial=0))
            self.heard.append(self._level)
        await self._out.put(frame)

    def clear_buffer(self) -> None:
        self.cut += 1
        self._level = 0

    async def __aiter__(self) -> AsyncIterator[rtc.VideoFrame | rtc.AudioFrame | AudioSegmentEnd]:
        while True:
            while not self._out.empty():
                yield self._out.get_nowait()
            grey = 40 + self._level * 200 // 32768
            picture = np.full((HEIGHT, WIDTH, 4), grey, dtype=np.uint8)
            yield rtc.VideoFrame(WIDTH, HEIGHT, rtc.VideoBufferType.RGBA, picture.tobytes())


class FakeAvatarSession(AvatarSession[Any]):
    """Runs its worker in this process; a real one asks a provider for it."""

    def __init__(self, *, face: str = "grey") -> None:
        super().__init__()
        self.face = face
        self.generator = GreyFace()
        self.room = rtc.Room()
        self.subscribed: list[str] = []
        """Tracks of others that this participant was given."""
        self._runner: AvatarRunner | None = None

    @property
    def avatar_identity(self) -> str:
        return IDENTITY

    async def start(
        self,
        agent_session: AgentSession[Any],
        room: rtc.Room,
        *,
        livekit_url: str = "",
        livekit_api_key: str = "",
        livekit_api_secret: str = "",
    ) -> None:
        await super().start(agent_session, room)
        token = (
            api.AccessToken(livekit_api_key, livekit_api_secret)
            .with_kind("agent")
            .with_identity(IDENTITY)
            .with_grants(api.VideoGrants(room_join=True, room=room.name))
            .with_attributes({ATTRIBUTE_PUBLISH_ON_BEHALF: room.local_participant.identity})
            .to_jwt()
        )
        self.room.on("track_subscribed", lambda track, *_: self.subscribed.append(track.name))
        await self.room.connect(livekit_url, token)
        options = AvatarOptions(WIDTH, HEIGHT, FRAMES_PER_S, RATE_HZ, 1)
        receiver = DataStreamAudioReceiver(self.room, sender_identity=room.local_participant.identity)
        self._runner = AvatarRunner(self.room, audio_recv=receiver, video_gen=self.generator, options=options)
        await self._runner.start()
        output = DataStreamAudioOutput(room, destination_identity=IDENTITY, sample_rate=RATE_HZ)
        agent_session.output.replace_audio_tail(output)

    async def aclose(self) -> None:
        await super().aclose()
        if self._runner is not None:
            await self._runner.aclose()
        await self.room.disconnect()
