"""The optional camera: off unless position and candidate allow it, theirs to send, recruiters' to see."""

import io
import zipfile
from pathlib import Path

import httpx
import pytest

from records import sessions
from records.event_log import EventLog
from records.events import CandidateSpoke, InterviewEnded, UtteranceEnded, UtteranceStarted
from records.tables import CameraTake
from tests.api.conftest import Api
from tests.records.test_camera import about, seconds_shown, webm

HEAD = b"\x1a\x45\xdf\xa3 head "
WEBM = {"Content-Type": "video/webm;codecs=vp8"}


async def allow(api: Api, allowed: bool = True) -> None:
    headers = await api.log_in("recruiter")
    answer = await api.http.put(
        "/api/recruiter/positions/demo/camera", json={"allowed": allowed}, headers=headers
    )
    assert answer.status_code == 200, answer.text


async def join(api: Api, invite: str, *, camera: bool) -> httpx.Response:
    consents = {"interview": True, "recording": False, "camera": camera}
    return await api.http.post(
        "/api/candidate/join", json={"invite": invite, "consents": consents, "mode": "voice"}
    )


async def filmed(api: Api, *, camera: bool = True) -> tuple[str, dict[str, str]]:
    """Return a session and the candidate's headers."""
    answer = (await join(api, api.invite(), camera=camera)).json()
    return answer["session_id"], {"Authorization": f"Bearer {answer['session_token']}"}


async def send(
    api: Api, headers: dict[str, str], number: int, content: bytes, take: str = "take-one"
) -> httpx.Response:
    address = f"/api/candidate/camera/{take}/{number}?began_ms_ago=5000"
    return await api.http.put(address, content=content, headers=headers | WEBM)


async def test_without_the_positions_say_there_is_no_camera_anywhere(api: Api) -> None:
    invite = api.invite()
    text = (await api.http.get("/api/candidate/invitation", params={"invite": invite})).json()["consents"]
    assert [item["id"] for item in text["items"]] == ["interview", "recording"]
    assert "camera" not in text["version"]
    assert any("There is no camera and no video." in paragraph for paragraph in text["introduction"])
    joined = (await join(api, invite, camera=True)).json()
    assert joined["camera"] is False
    headers = {"Authorization": f"Bearer {joined['session_token']}"}
    assert (await send(api, headers, 0, HEAD)).status_code == 403


@pytest.mark.parametrize("language", ["en", "de"])
async def test_where_it_is_allowed_it_is_one_more_thing_to_agree_to(api: Api, language: str) -> None:
    await allow(api)
    query = {"invite": api.invite(), "language": language}
    text = (await api.http.get("/api/candidate/invitation", params=query)).json()["consents"]
    assert text["version"].endswith("+camera")
    camera = next(item for item in text["items"] if item["id"] == "camera")
    assert camera["required"] is False
    assert not any("{" in paragraph for paragraph in text["introduction"])
    assert not any("There is no camera" in paragraph for paragraph in text["introduction"])


async def test_without_consent_nothing_is_taken(api: Api) -> None:
    await allow(api)
    session_id, headers = await filmed(api, camera=False)
    assert (await send(api, headers, 0, HEAD)).status_code == 403
    with api.context.database.reading() as session:
        assert session.get(CameraTake, (session_id, "take-one")) is None


async def test_chunks_are_taken_once_and_in_order_and_seen_by_recruiters_only(api: Api) -> None:
    await allow(api)
    session_id, headers = await filmed(api)
    assert (await send(api, headers, 0, HEAD)).json() == {"next": 1}
    assert (await send(api, headers, 0, HEAD)).json() == {"next": 1}
    assert (await send(api, headers, 5, b"five")).json() == {"next": 1}
    assert (await send(api, headers, 1, b"one")).json() == {"next": 2}
    detail = (await api.http.get(f"/api/recruiter/sessions/{session_id}")).json()
    [take] = detail["camera"]
    assert take["size_bytes"] == len(HEAD) + 3
    video = await api.http.get(take["url"], headers={"Range": "bytes=0-3"})
    assert (video.status_code, video.content) == (206, HEAD[:4])
    assert (await api.http.get(take["url"].replace("take-one", "take-two"))).status_code == 404
    api.http.cookies.clear()
    assert (await api.http.get(take["url"])).status_code == 401
    assert (await send(api, {}, 1, b"one")).status_code == 401


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"GIF89a", WEBM, 415),
        (HEAD, {"Content-Type": "text/html"}, 415),
        (bytes(4 * 1024 * 1024 + 1), WEBM, 413),
    ],
)
async def test_what_is_no_video_is_refused(
    api: Api, content: bytes, headers: dict[str, str], status: int
) -> None:
    await allow(api)
    _, own = await filmed(api)
    address = "/api/candidate/camera/take-one/0?began_ms_ago=0"
    answer = await api.http.put(address, content=content, headers=own | headers)
    assert answer.status_code == status, answer.text


async def test_recruiters_get_no_picture_of_a_withdrawn_answer_until_it_is_put_back(
    api: Api, tmp_path: Path
) -> None:
    await allow(api)
    session_id, headers = await filmed(api)
    video = webm(tmp_path, frames=100)
    await send(api, headers, 0, video)
    log = EventLog(api.context.database, session_id)
    with api.context.database.transaction() as session:
        sessions.mark_active(session, session_id)
        session.get_one(CameraTake, (session_id, "take-one")).start_s = 0.0
    question = UtteranceStarted(1.0, "a1", "question", "What did you do?", "helped_team")
    answer = CandidateSpoke(4.0, 5.0, "c1", "I left the shop", "answer", "helped_team")
    log.append_all([question, UtteranceEnded(3.5, "a1", interrupted=False), answer])
    log.append_all([UtteranceStarted(5.5, "a2", "closing", "Thank you."), InterviewEnded(9.0, "completed")])
    with api.context.database.transaction() as session:
        sessions.mark_ended(session, session_id, api.context.retention)

    async def shown() -> list[tuple[float, float, float]]:
        """Return where each part begins, and which seconds its frames show."""
        await api.log_in("recruiter")
        takes = (await api.http.get(f"/api/recruiter/sessions/{session_id}")).json()["camera"]
        found = []
        for number, take in enumerate(takes):
            path = tmp_path / f"{number}.webm"
            path.write_bytes((await api.http.get(take["url"])).content)
            found.append((take["start_s"], *seconds_shown(path)))
        return found

    assert await shown() == [about(0.0, 0.0, 9.9)]
    withdraw = {"id": "amendment-0001", "kind": "withdraw", "turn_id": "c1"}
    await api.http.post("/api/candidate/amendments", json=withdraw, headers=headers)
    assert await shown() == [about(0.0, 0.0, 2.4), about(8.0, 8.0, 9.9)]
    beyond = await api.http.get(f"/api/recruiter/sessions/{session_id}/camera/take-one?part=2")
    assert beyond.status_code == 404
    own = await api.http.get("/api/candidate/export", headers=headers)
    assert zipfile.ZipFile(io.BytesIO(own.content)).read("camera/take-one.webm") == video
    undo = {"id": "amendment-0002", "kind": "undo", "amendment_id": "amendment-0001"}
    await api.http.post("/api/candidate/amendments", json=undo, headers=headers)
    assert await shown() == [about(0.0, 0.0, 9.9)]


async def test_it_goes_with_everything_else_and_can_be_taken_along(api: Api) -> None:
    await allow(api)
    session_id, headers = await filmed(api)
    await send(api, headers, 0, HEAD)
    archive = zipfile.ZipFile(
        io.BytesIO((await api.http.get("/api/candidate/export", headers=headers)).content)
    )
    assert archive.read("camera/take-one.webm") == HEAD
    status = (await api.http.get("/api/candidate/status", headers=headers)).json()
    assert status["camera_kept"] is True
    receipt = (await api.http.delete("/api/candidate/interview", headers=headers)).json()
    assert receipt["erased"]["camera_takes"] == 1
    assert not (api.context.installation.media_dir / session_id).exists()
    assert (await send(api, headers, 1, b"one")).status_code == 404


async def test_whoever_shows_her_as_video_is_named_to_candidates(api: Api) -> None:
    object.__setattr__(api.context, "video_avatar_provider", "Faces Ltd")
    for language in ("en", "de"):
        query = {"invite": api.invite(), "language": language}
        text = (await api.http.get("/api/candidate/invitation", params=query)).json()["consents"]
        assert text["version"].endswith("+video-avatar")
        assert sum("Faces Ltd" in paragraph for paragraph in text["introduction"]) == 1
    assert (await join(api, api.invite(), camera=False)).json()["video_avatar"] is True


async def test_pages_may_ask_for_the_camera(api: Api) -> None:
    policy = (await api.http.get("/healthz")).headers["Permissions-Policy"]
    assert "camera=(self)" in policy
