"""LiveKit's signalling on the pages' own address: only where it is switched on, and only signalling."""

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from api.app import create_app
from api.settings import ApiSettings
from records.installation import Installation
from tests.api.conftest import Api


@pytest.fixture
def proxying(installation: Installation, settings: ApiSettings) -> TestClient:
    return TestClient(create_app(installation, settings.model_copy(update={"livekit_proxy": True})))


async def test_without_the_setting_there_is_no_such_address(api: Api) -> None:
    assert (await api.http.get("/livekit/rtc/validate")).status_code == 404
    assert (await api.http.get("/local-authority.crt")).status_code == 404


def test_a_call_whose_server_is_away_is_refused_and_told_why(proxying: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), proxying.websocket_connect("/livekit/rtc?access_token=x"):
        pass
    answer = proxying.get("/livekit/rtc/validate?access_token=x")
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:aila:problem:unavailable"


def test_nothing_of_livekits_own_interface_is_passed_on(proxying: TestClient) -> None:
    assert proxying.get("/livekit/").status_code == 404
    assert proxying.get("/livekit/twirp/livekit.RoomService/ListRooms").status_code == 404
    assert proxying.post("/livekit/twirp/livekit.RoomService/ListRooms").status_code in (404, 405)
