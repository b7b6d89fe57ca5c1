"""The contract with livekit-agents' avatar plug-ins, kept with a plug-in of the tests on a real server."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Literal

import numpy as np
import pytest
import pytest_asyncio
from livekit import api, rtc

from agent.video_avatar import VideoAvatar
from records.installation import Installation
from records.video_avatar_settings import VideoAvatarSettings
from tests.agent.fake_avatar_plugin import IDENTITY, FakeAvatarSession
from tests.agent.stack import VoiceStack

pytestmark = [pytest.mark.stack, pytest.mark.timeout(120)]
VOICE_HZ = 22_050
PLUGIN = "tests.agent.fake_avatar_plugin:FakeAvatarSession"


def test_a_plugin_is_refused_without_the_name_that_candidates_are_told() -> None:
    with pytest.raises(ValueError, match="AILA_VIDEO_AVATAR_PROVIDER"):
        VideoAvatarSettings(video_avatar=PLUGIN)


class Call:
    """A room with an agent whose face is a video, and a candidate who publishes a microphone."""

    def __init__(self, installation: Installation, url: str) -> None:
        self._installation, self._url = installation, url
        self.agent, self.candidate = rtc.Room(), rtc.Room()
        self.greys: list[int] = []
        self.on_behalf_of: str | None = None

    async def enter(self, room: rtc.Room, identity: str, kind: Literal["standard", "agent"]) -> None:
        token = (
            api.AccessToken(self._installation.livekit_key, self._installation.livekit_secret)
            .with_kind(kind)
            .with_identity(identity)
            .with_grants(api.VideoGrants(room_join=True, room="video-avatar"))
        )
        await room.connect(self._url, token.to_jwt())

    async def publish_microphone(self) -> None:
        source = rtc.AudioSource(16_000, 1)
        track = rtc.LocalAudioTrack.create_audio_track("microphone", source)
        await self.candidate.local_participant.publish_track(track)

    def watch(self, track: rtc.Track, _: object, participant: rtc.RemoteParticipant) -> None:
        if track.kind == rtc.TrackKind.KIND_VIDEO:
            self.on_behalf_of = participant.attributes.get("lk.publish_on_behalf")
            self._watching = asyncio.create_task(self._look(rtc.VideoStream(track)))

    async def _look(self, stream: rtc.VideoStream) -> None:
        async for event in stream:
            picture = np.frombuffer(event.frame.convert(rtc.VideoBufferType.RGBA).data, dtype=np.uint8)
            self.greys.append(int(picture[0]))


@pytest_asyncio.fixture
async def call(stack: VoiceStack, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Call]:
    monkeypatch.setenv("AILA_LIVEKIT_URL", stack.url)
    call = Call(stack.installation, stack.url)
    call.candidate.on("track_subscribed", call.watch)
    await call.enter(call.agent, "aila-agent", "agent")
    await call.enter(call.candidate, "candidate", "standard")
    yield call
    await call.candidate.disconnect()
    await call.agent.disconnect()


@pytest.fixture
def settings() -> Iterator[VideoAvatarSettings]:
    yield VideoAvatarSettings(
        video_avatar=PLUGIN, video_avatar_provider="Faces Ltd", video_avatar_options={"face": "round"}
    )


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(40):
        while not happened():  # noqa: ASYNC110 - a fake's counters have no event
            await asyncio.sleep(0.02)


def tone(frames: int) -> Iterator[bytes]:
    wave = (np.sin(np.arange(VOICE_HZ // 50) * 0.2) * 30_000).astype("<i2").tobytes()
    for _ in range(frames):
        yield wave


async def test_the_plugin_shows_her_voice_and_gets_nothing_of_the_candidates(
    stack: VoiceStack, call: Call, settings: VideoAvatarSettings
) -> None:
    avatar = await VideoAvatar.start(settings, stack.installation, call.agent, VOICE_HZ)
    plugin = avatar._plugin
    assert isinstance(plugin, FakeAvatarSession) and plugin.face == "round"
    showing = asyncio.create_task(avatar.run(stack.installation, call.agent))
    try:
        await until(lambda: avatar._there and bool(call.greys))
        assert call.on_behalf_of == "aila-agent"
        # Whoever speaks in the room: the avatar may not listen.
        await call.publish_microphone()
        for frame in tone(40):
            avatar.hear(frame)
            await asyncio.sleep(0.02)
        await until(lambda: max(call.greys) > 150)
        await until(lambda: plugin.generator.segments_ended == 1)
        assert max(plugin.generator.heard) > 25_000
        before = len(plugin.generator.heard)
        for frame in tone(10):
            avatar.hear(frame)
        await until(lambda: len(plugin.generator.heard) > before)
        avatar.cut()
        await until(lambda: plugin.generator.cut == 1)
        assert plugin.subscribed == []
    finally:
        showing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await showing
    await until(lambda: IDENTITY not in call.agent.remote_participants)
    avatar.hear(next(tone(1)))  # and it goes on without a face
