"""What a candidate's token opens on a real livekit-server, and what it does not."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from livekit import api as livekit
from livekit import rtc

from api.app import create_app
from api.settings import ApiSettings
from records.installation import Installation
from tests.api.conftest import Api
from tests.worker.livekit_process import running_livekit

pytestmark = pytest.mark.stack

PORT = 18020
URL = f"ws://127.0.0.1:{PORT}"


@pytest.fixture
async def calls(installation: Installation, tmp_path: Path) -> AsyncIterator[livekit.LiveKitAPI]:
    with running_livekit(tmp_path, PORT, installation.livekit_key, installation.livekit_secret):
        async with livekit.LiveKitAPI(
            URL, installation.livekit_key, installation.livekit_secret
        ) as connected:
            yield connected


@pytest.fixture
def connected_api(api: Api, settings: ApiSettings) -> Api:
    """The api, pointed at the real server."""
    api.app = create_app(api.context.installation, settings.model_copy(update={"livekit_url": URL}))
    api.http._transport.app = api.app  # type: ignore[attr-defined]
    return api


async def test_joining_brings_one_agent_and_joining_again_no_second(
    calls: livekit.LiveKitAPI, connected_api: Api
):
    invite = connected_api.invite(name="Ada Byron")
    joined = (await connected_api.join(invite, "voice")).json()
    room = rtc.Room()
    await room.connect(joined["livekit_url"], joined["livekit_token"])
    name = f"aila-{joined['session_id']}"
    [dispatch] = await calls.agent_dispatch.list_dispatch(name)
    assert (dispatch.agent_name, json.loads(dispatch.metadata)) == (
        "aila",
        {"session_id": joined["session_id"]},
    )
    [found] = (await calls.room.list_rooms(livekit.ListRoomsRequest(names=[name]))).rooms
    assert found.departure_timeout == 600
    await room.disconnect()
    again = (await connected_api.join(invite, "voice")).json()
    second = rtc.Room()
    await second.connect(again["livekit_url"], again["livekit_token"])
    assert len(await calls.agent_dispatch.list_dispatch(name)) == 1
    await second.disconnect()


async def test_the_candidate_may_publish_a_microphone_and_no_camera(
    calls: livekit.LiveKitAPI, connected_api: Api
):
    joined = (await connected_api.join(connected_api.invite(), "voice")).json()
    room = rtc.Room()
    await room.connect(joined["livekit_url"], joined["livekit_token"])
    request = livekit.RoomParticipantIdentity(
        room=f"aila-{joined['session_id']}", identity=f"candidate-{joined['session_id']}"
    )
    found = await calls.room.get_participant(request)
    assert list(found.permission.can_publish_sources) == [livekit.TrackSource.MICROPHONE]
    assert found.permission.can_publish_data and found.permission.can_subscribe
    assert not found.permission.can_update_metadata and not found.permission.hidden
    await room.disconnect()


async def test_a_token_of_another_installation_is_refused(calls: livekit.LiveKitAPI, connected_api: Api):
    forged = (
        livekit.AccessToken(connected_api.context.installation.livekit_key, "another secret " * 4)
        .with_identity("candidate-x")
        .with_grants(livekit.VideoGrants(room_join=True, room="aila-x"))
        .to_jwt()
    )
    with pytest.raises(rtc.ConnectError):
        await rtc.Room().connect(URL, forged)


async def test_going_on_typed_closes_the_room(calls: livekit.LiveKitAPI, connected_api: Api):
    invite = connected_api.invite()
    joined = (await connected_api.join(invite, "voice")).json()
    room, left = rtc.Room(), asyncio.Event()
    room.on("disconnected", lambda *_: left.set())
    await room.connect(joined["livekit_url"], joined["livekit_token"])
    typed = await connected_api.join(invite, "text")
    assert typed.status_code == 200, typed.text
    await asyncio.wait_for(left.wait(), timeout=20)
    name = f"aila-{joined['session_id']}"
    assert not (await calls.room.list_rooms(livekit.ListRoomsRequest(names=[name]))).rooms
