"""``aila up --lan``: a phone's browser talks with Aila over HTTPS on the network's own address."""

from collections.abc import Iterator

import httpx
import psutil
import pytest
from playwright.sync_api import Browser, WebSocket, expect

from cli import local_certificate
from tests.e2e.candidate import Candidate
from tests.e2e.stack import Stack

ADDRESS = "127.0.0.1"
"""Tests reach nothing but this machine; all else is as on a network."""

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def on_lan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    stack = Stack.start(tmp_path_factory.mktemp("lan") / "data", "--lan", AILA_LAN_ADDRESS=ADDRESS)
    yield stack
    stack.stop()


def test_a_phone_talks_with_aila_over_one_secure_address(on_lan: Stack, browser: Browser) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True, ignore_https_errors=True
    )
    candidate = Candidate(on_lan, context, "Lou Hand")
    sockets: list[str] = []

    def note(socket: WebSocket) -> None:
        sockets.append(socket.url.split("?")[0])

    candidate.page.on("websocket", note)
    candidate.begin_talking()
    assert candidate.next_turn().question_id == "helped_colleague"
    assert candidate.page.evaluate("window.isSecureContext")
    assert {url.rsplit("/rtc", 1)[0] for url in sockets} == {f"{on_lan.url.replace('https', 'wss')}/livekit"}
    candidate.press("Pause")
    expect(candidate.page.get_by_text("Aila waits until you press “Go on”")).to_be_visible()
    candidate.leave()
    context.close()


def test_the_certificate_holds_for_those_who_trust_the_authority(on_lan: Stack) -> None:
    trusted = local_certificate.for_address(on_lan.installation, ADDRESS).client_context()
    with httpx.Client(verify=trusted, trust_env=False) as client:
        assert client.get(f"{on_lan.url}/readyz").json()["ready"] is True
        authority = client.get(f"{on_lan.url}/local-authority.crt")
        assert authority.content == (on_lan.installation.data_dir / "tls" / "authority.pem").read_bytes()
        assert client.get(f"{on_lan.url}/livekit/rtc/validate").status_code == 401
        assert client.get(f"{on_lan.url}/livekit/metrics").status_code == 404
    with pytest.raises(httpx.ConnectError), httpx.Client(trust_env=False) as client:
        client.get(f"{on_lan.url}/healthz")


def test_nothing_listens_elsewhere_and_a_code_is_printed(on_lan: Stack) -> None:
    for process in psutil.Process(on_lan.process.pid).children(recursive=True):
        for connection in process.net_connections(kind="inet"):
            if connection.status == psutil.CONN_LISTEN:
                assert connection.laddr.ip in (ADDRESS, "::1"), connection
    assert any("█" in line for line in on_lan.lines)
