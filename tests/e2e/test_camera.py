"""The optional camera in a real browser: off until it is switched on, and nothing is lost on the way."""

from collections.abc import Iterator
from pathlib import Path

import av
import httpx
import pytest
from playwright.sync_api import BrowserContext, expect

from records import camera
from records.camera_parts import MARGIN_S, parts
from records.tables import CameraTake
from tests.e2e.candidate import Candidate
from tests.e2e.stack import Stack, eventually

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]
ALLOWED = "/api/recruiter/positions/demo/camera"
KEPT = """new Promise((resolve) => {
  const opening = indexedDB.open('aila-camera');
  opening.onsuccess = () => {
    const counting = opening.result.transaction('chunks').objectStore('chunks').count();
    counting.onsuccess = () => { opening.result.close(); resolve(counting.result); };
  };
})"""


@pytest.fixture
def staff(stack: Stack) -> Iterator[httpx.Client]:
    """The administrator, while the demo position allows a camera."""
    with stack.staff() as staff:
        staff.put(ALLOWED, json={"allowed": True}).raise_for_status()
        yield staff
        staff.put(ALLOWED, json={"allowed": False}).raise_for_status()


def test_what_was_recorded_outlives_a_lost_network_and_a_reload(
    stack: Stack, staff: httpx.Client, context: BrowserContext, tmp_path: Path
) -> None:
    def takes() -> list[CameraTake]:
        with stack.database.reading() as session:
            return camera.takes_of(session, candidate.session_id)

    candidate = Candidate(stack, context, "Kim Lake")
    page = candidate.page
    candidate.open()
    page.get_by_label("I agree that I may be filmed").check()
    candidate.agree("By talking")
    candidate.check_microphone()
    corner = page.get_by_role("region", name="Your camera")
    expect(corner.get_by_role("button", name="Turn camera on")).to_be_visible()
    assert takes() == []
    corner.get_by_role("button", name="Turn camera on").click()
    expect(corner.get_by_text("Camera on")).to_be_visible()
    expect(corner.get_by_role("img", name="You, as your camera sees you")).to_be_visible()
    eventually(lambda: takes() and takes()[0].chunks >= 1, "a piece of the video is stored", 60)

    context.set_offline(True)
    eventually(lambda: page.evaluate(KEPT) >= 2, "pieces are kept while the network is away", 60)
    stored = takes()[0].chunks
    kept = page.evaluate(KEPT)
    corner.get_by_role("button", name="Hide me").click()
    expect(corner.get_by_text("Camera on")).to_be_visible()
    corner.get_by_role("button", name="Turn off").click()
    context.set_offline(False)
    page.reload()
    page.get_by_role("button", name="Go on with the interview").click()
    expect(corner.get_by_role("button", name="Turn camera on")).to_be_visible()
    eventually(lambda: page.evaluate(KEPT) == 0, "what was kept is sent", 90)
    [take] = takes()
    assert take.chunks >= stored + kept - 1  # one may have been on its way

    detail = staff.get(f"/api/recruiter/sessions/{candidate.session_id}").raise_for_status().json()
    path = tmp_path / "seen.webm"
    path.write_bytes(staff.get(detail["camera"][0]["url"]).raise_for_status().content)
    with av.open(str(path)) as video:
        assert [stream.type for stream in video.streams] == ["video"]
        assert video.duration is not None
        assert video.duration / av.time_base > 2 * (take.chunks - 1)
    [rest] = parts(stack.installation, take, [(0.0, take.start_s)])
    assert rest.start_s >= take.start_s + MARGIN_S, "what is withdrawn can be cut out of what browsers record"
