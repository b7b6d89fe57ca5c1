"""A face for Aila as an avatar plug-in sends it: video from a further agent in the room, on her behalf."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from livekit import api, rtc

from records import sessions
from tests.e2e.stack import Stack

WIDTH, HEIGHT, FRAMES_A_SECOND = 160, 120, 20
FRAME = bytes([60, 120, 180, 255]) * (WIDTH * HEIGHT)


@contextmanager
def video_face(stack: Stack, session_id: str) -> Iterator[None]:
    """Send pictures into the room of the interview until the block is left."""
    over = threading.Event()
    # The browser's driver has this thread's event loop.
    thread = threading.Thread(target=lambda: asyncio.run(_show(stack, session_id, over)), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=20)


async def _show(stack: Stack, session_id: str, over: threading.Event) -> None:
    with stack.database.reading() as session:
        room_name = sessions.get(session, session_id).room_name
    state = stack.installation.run_dir / "up.json"
    token = (
        api.AccessToken(stack.installation.livekit_key, stack.installation.livekit_secret)
        .with_kind("agent")
        .with_identity("video-face")
        .with_attributes({"lk.publish_on_behalf": "aila"})
        .with_grants(api.VideoGrants(room_join=True, room=room_name))
    )
    room = rtc.Room()
    await room.connect(json.loads(state.read_text())["livekit_url"], token.to_jwt())
    source = rtc.VideoSource(WIDTH, HEIGHT)
    await room.local_participant.publish_track(rtc.LocalVideoTrack.create_video_track("face", source))
    while not over.is_set():
        source.capture_frame(rtc.VideoFrame(WIDTH, HEIGHT, rtc.VideoBufferType.RGBA, FRAME))
        await asyncio.sleep(1 / FRAMES_A_SECOND)
    await room.disconnect()
