"""Candidates read, hear, take along and delete their own interview; nothing of it is left anywhere."""

import io
import json
import zipfile
from pathlib import Path

import httpx
import pytest

from records import camera, media, panel_ratings, panel_rounds, sessions
from records.tables import EventRow, Invitation, now
from tests.api.conftest import Api

NAME = "Quenby Zuckerbrot"
ANSWER = "I reorganised the zweibelkuchen deliveries together with my colleague Ottoline."
NOTE = "Please look at the xylophone story."
DECISION = "Mentions the xylophone incident."
RATING_NOTE = "Her own part is told: rebuilt it alone."
OWN = (
    ("GET", "/api/candidate/answers"),
    ("GET", "/api/candidate/recording"),
    ("GET", "/api/candidate/export"),
    ("POST", "/api/candidate/human-review"),
    ("DELETE", "/api/candidate/interview"),
)


class Finished:
    """A finished typed interview with a sound file, a CV and a decision, and its candidate's headers."""

    def __init__(self, api: Api, invite: str, headers: dict[str, str], session_id: str) -> None:
        self.api, self.invite, self.headers, self.session_id = api, invite, headers, session_id

    async def call(self, method: str, path: str, **more: object) -> httpx.Response:
        return await self.api.http.request(method, path, headers=self.headers, **more)  # type: ignore[arg-type]


@pytest.fixture
async def finished(api: Api) -> Finished:
    invite = api.invite(name=NAME)
    headers = await api.join_typed(invite)
    said = {"id": "message-0001", "text": ANSWER}
    answer = await api.http.post("/api/candidate/messages", json=said, headers=headers)
    assert answer.status_code == 200, answer.text
    left = {"id": "control-0001", "control": "leave"}
    answer = await api.http.post("/api/candidate/controls", json=left, headers=headers)
    assert answer.json()["status"] == "ended", answer.text
    session_id = answer.json()["session_id"]
    installation = api.context.installation
    with api.context.database.transaction() as session:
        media.store_cv(session, installation, session_id, "cv.pdf", b"%PDF-1.4 " + NAME.encode())
        media.recording_path(installation, session_id).write_bytes(b"the sound of " + NAME.encode())
        media.register_recording(session, installation, session_id, 61.5)
        filmed = b"\x1a\x45\xdf\xa3 the face of " + NAME.encode()
        camera.store_chunk(session, installation, session_id, "take-one", 0, filmed, "video/webm", now())
        new = panel_rounds.NewInterview(session_id, shared=True, transcript_hash="sha256:0")
        panel = panel_rounds.create(
            session,
            ("behavioural", "2.0.0"),
            [new],
            {"Ruth": [session_id]},
            per_interview=1,
            seed=1,
            synthetic=False,
        )
        [rater] = panel_rounds.raters(session, panel.id)
        rating = panel_ratings.NewRating(session_id, "teamwork", None, 2, RATING_NOTE)
        panel_ratings.store(session, rater, [rating], "sheet.csv")
    recruiter = await api.log_in("recruiter")
    decided = {"decision": "hold", "note": DECISION}
    path = f"/api/recruiter/sessions/{session_id}/decisions"
    assert (await api.http.post(path, json=decided, headers=recruiter)).status_code == 201
    return Finished(api, invite, headers, session_id)


@pytest.mark.parametrize(("method", "path"), OWN)
async def test_nobody_gets_in_without_the_token(api: Api, method: str, path: str) -> None:
    answer = await api.http.request(method, path, json={} if method == "POST" else None)
    assert answer.status_code == 401


async def test_own_answers_are_read_word_for_word(finished: Finished) -> None:
    view = (await finished.call("GET", "/api/candidate/answers")).json()
    assert [turn["text"] for turn in view["turns"] if turn["speaker"] == "candidate"] == [ANSWER]
    assert view["reference"] == finished.session_id
    assert view["recording_s"] == 61.5
    assert view["human_review"] is None


async def test_own_recording_is_heard_and_only_one_s_own(finished: Finished) -> None:
    heard = await finished.call("GET", "/api/candidate/recording")
    assert heard.content == b"the sound of " + NAME.encode()
    other = await finished.api.join_typed(finished.api.invite(name="Somebody Else"))
    assert (await finished.api.http.get("/api/candidate/recording", headers=other)).status_code == 404


async def test_the_export_holds_everything_and_leaves_no_copy(finished: Finished) -> None:
    await finished.call("POST", "/api/candidate/human-review", json={"note": NOTE})
    answer = await finished.call("GET", "/api/candidate/export")
    assert answer.headers["content-type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    interview = json.loads(archive.read("interview.json"))
    assert interview["name"] == NAME
    assert interview["decisions"][0]["why"] == DECISION
    assert interview["human_review"]["note"] == NOTE
    assert {c["id"]: c["granted"] for c in interview["consents"]} == {"interview": True, "recording": False}
    rating = {"criterion": "teamwork", "behaviour": None, "level": 2, "note": RATING_NOTE}
    assert interview["panel_ratings"] == [rating]
    assert b"Ruth" not in archive.read("interview.json")
    assert ANSWER in archive.read("transcript.json").decode()
    assert any(e["type"] == "candidate_spoke" for e in json.loads(archive.read("events.json")))
    names = archive.namelist()
    assert "files/recording.m4a" in names
    assert any(name.startswith("files/cv-") for name in names)
    assert list(finished.api.context.installation.cache_dir.glob("export-*")) == []


async def test_a_wish_for_a_person_reaches_the_recruiter_once(finished: Finished) -> None:
    first = await finished.call("POST", "/api/candidate/human-review", json={"note": NOTE})
    assert first.status_code == 201
    again = await finished.call("POST", "/api/candidate/human-review", json={})
    assert again.json() == first.json()
    await finished.api.log_in("recruiter")
    detail = await finished.api.http.get(f"/api/recruiter/sessions/{finished.session_id}")
    assert detail.json()["human_review"] == first.json()


async def test_the_link_leads_back_to_a_finished_interview_only(finished: Finished) -> None:
    api = finished.api
    back = await api.http.post("/api/candidate/return", json={"invite": finished.invite})
    assert back.json()["status"] == "ended"
    token = {"Authorization": f"Bearer {back.json()['session_token']}"}
    view = await api.http.get("/api/candidate/answers", headers=token)
    assert view.json()["reference"] == finished.session_id
    new = await api.http.post("/api/candidate/return", json={"invite": api.invite()})
    assert new.status_code == 409
    forged = await api.http.post("/api/candidate/return", json={"invite": "no.such"})
    assert forged.status_code == 400


async def test_the_way_back_does_not_expire_with_the_invitation(finished: Finished) -> None:
    api = finished.api
    with api.context.database.transaction() as session:
        found = sessions.get(session, finished.session_id)
        session.get_one(Invitation, found.invitation_id).expires_at = now().replace(year=2020)
    assert (await api.http.post("/api/candidate/return", json={"invite": finished.invite})).status_code == 200
    looked = await api.http.get("/api/candidate/invitation", params={"invite": finished.invite})
    assert looked.json()["status"] == "completed"


async def test_after_deletion_no_store_holds_a_word_of_it(finished: Finished) -> None:
    data_dir = finished.api.context.installation.data_dir
    await finished.call("POST", "/api/candidate/human-review", json={"note": NOTE})
    added = {"id": "amendment-0001", "kind": "add", "turn_id": "c1", "text": "It was about kumquats."}
    assert (await finished.call("POST", "/api/candidate/amendments", json=added)).status_code == 200
    felt = await finished.call(
        "POST", "/api/candidate/feedback", json={"fair": 4, "comment": "Ask of gnocchi."}
    )
    assert felt.status_code == 201
    words = [
        NAME,
        "kumquats",
        "gnocchi",
        "Quenby",
        RATING_NOTE,
        ANSWER,
        "zweibelkuchen",
        "xylophone",
        finished.session_id,
    ]
    before = _files_with(data_dir, words)
    assert any(path.name.startswith("aila.sqlite") for path in before), "the search finds what is there"
    assert {"recording.m4a", "take-one.webm"} <= {path.name for path in before}

    erased = await finished.call("DELETE", "/api/candidate/interview")
    assert erased.status_code == 200, erased.text
    receipt = erased.json()
    assert receipt["erased"]["media_files"] == 2
    assert receipt["erased"]["camera_takes"] == 1
    assert receipt["erased"]["files"] == 3
    assert receipt["erased"]["decisions"] == 1
    assert receipt["erased"]["human_reviews"] == 1
    assert receipt["erased"]["interview_feedback"] == 1
    assert receipt["erased"]["panel_ratings"] == 1
    assert receipt["erased"]["events"] > 3
    assert _files_with(data_dir, words) == []
    with finished.api.context.database.reading() as session:
        assert session.query(EventRow).filter_by(session_id=finished.session_id).count() == 0


async def test_after_deletion_the_link_tells_of_it_and_the_token_opens_nothing(finished: Finished) -> None:
    api = finished.api
    receipt = (await finished.call("DELETE", "/api/candidate/interview")).json()["receipt"]
    looked = await api.http.get("/api/candidate/invitation", params={"invite": finished.invite})
    assert looked.status_code == 410
    assert looked.json()["type"] == "urn:aila:problem:invitation-erased"
    assert receipt in looked.json()["detail"]
    for method, path in OWN:
        answer = await finished.call(method, path, json={} if method == "POST" else None)
        assert answer.status_code == 404, path
    again = await api.join(finished.invite)
    assert again.status_code == 410


def _files_with(folder: Path, words: list[str]) -> list[Path]:
    """Return every file below ``folder`` whose bytes or name hold one of ``words``."""
    needles = [word.encode() for word in words]
    return [
        path
        for path in folder.rglob("*")
        if any(word in str(path) for word in words)
        or (path.is_file() and any(needle in path.read_bytes() for needle in needles))
    ]
