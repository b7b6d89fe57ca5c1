"""Recruiters' endpoints: positions, levels, invitations, one interview, files, decisions."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.settings import ApiSettings
from records import consents, media, sessions
from records.media import recording_path
from tests.api.conftest import Api

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n"


def docx() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return packed.getvalue()


async def session_of(api: Api, name: str = "Robin Reed") -> str:
    answer = await api.join(api.invite(name=name), "text", recording=True)
    return answer.json()["session_id"]


async def put_cv(api: Api, session_id: str, headers: dict[str, str], content: bytes, name: str = "cv.pdf"):
    return await api.http.put(
        f"/api/recruiter/sessions/{session_id}/cv",
        files={"file": (name, content, "application/octet-stream")},
        headers=headers,
    )


async def test_positions_are_listed_with_the_numbers_of_their_interviews(api: Api):
    await api.log_in("recruiter")
    session_id = await session_of(api)
    with api.context.database.transaction() as session:
        sessions.mark_ended(session, session_id, timedelta(days=9))
        sessions.mark_scored(session, session_id)
    await session_of(api, "Second")
    rows = (await api.http.get("/api/recruiter/positions")).json()
    by_id = {row["id"]: row for row in rows}
    assert (by_id["demo"]["candidates"], by_id["demo"]["scored"]) == (2, 1)
    assert by_id["demo"]["bank"] == {"id": "demo", "version": "1.0.0"}
    assert (by_id["customer_support"]["candidates"], by_id["customer_support"]["scored"]) == (0, 0)


async def test_a_position_names_its_rubrics_criteria_and_the_levels_it_requires(api: Api):
    await api.log_in("admin")
    view = (await api.http.get("/api/recruiter/positions/demo")).json()
    assert view["levels"]["problem_solving"] == {
        "required": 1.5,
        "importance": 3,
        "exceeds_margin": 0.75,
    }
    assert {"teamwork", "problem_solving", "learning"} <= {criterion["id"] for criterion in view["criteria"]}


async def test_levels_are_replaced_as_a_whole(api: Api):
    headers = await api.log_in("recruiter")
    levels = {
        "communication": {"required": 2, "importance": 1, "exceeds_margin": 1.25},
        "planning": {"required": None, "importance": 3},
    }
    answer = await api.http.put(
        "/api/recruiter/positions/demo/levels", json={"levels": levels}, headers=headers
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["levels"] == {
        "communication": {"required": 2.0, "importance": 1, "exceeds_margin": 1.25},
        "planning": {"required": None, "importance": 3, "exceeds_margin": 0.75},
    }
    assert (await api.http.get("/api/recruiter/positions/demo")).json()["levels"] == answer.json()["levels"]


@pytest.mark.parametrize(
    ("levels", "field"),
    [
        ({"charm": {"required": 1, "importance": 1}}, "levels.charm"),
        ({"teamwork": {"required": 3.5, "importance": 1}}, "levels.teamwork.required"),
        ({"teamwork": {"required": -1, "importance": 1}}, "levels.teamwork.required"),
        ({"teamwork": {"required": 1, "importance": 4}}, "levels.teamwork.importance"),
        ({"teamwork": {"required": "2", "importance": 1}}, "levels.teamwork.required"),
        ({"teamwork": {"required": 1, "importance": 1, "veto": True}}, "levels.teamwork.veto"),
        (
            {"teamwork": {"required": 1, "importance": 1, "exceeds_margin": 0}},
            "levels.teamwork.exceeds_margin",
        ),
        ({}, "levels"),
    ],
)
async def test_impossible_levels_change_nothing(api: Api, levels: dict[str, Any], field: str):
    headers = await api.log_in("recruiter")
    before = (await api.http.get("/api/recruiter/positions/demo")).json()
    answer = await api.http.put(
        "/api/recruiter/positions/demo/levels", json={"levels": levels}, headers=headers
    )
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert (await api.http.get("/api/recruiter/positions/demo")).json() == before


async def test_an_invitation_made_here_works(api: Api):
    headers = await api.log_in("recruiter")
    answer = await api.http.post(
        "/api/recruiter/positions/demo/invitations",
        json={"candidate_name": "  Zoë Ōta ", "expires_in_days": 3},
        headers=headers,
    )
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["url"] == f"http://aila.test/i/{made['invite']}"
    left = datetime.fromisoformat(made["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=2, hours=23) < left <= timedelta(days=3)
    view = await api.http.get("/api/candidate/invitation", params={"invite": made["invite"]})
    assert view.json()["candidate_name"] == "Zoë Ōta"


async def test_links_start_with_the_public_address(api: Api, settings: ApiSettings):
    headers = await api.log_in("recruiter")
    public = settings.model_copy(update={"public_url": "https://talk.example/"})
    app = create_app(api.context.installation, public)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://internal:8000", cookies=api.http.cookies
    ) as http:
        http.cookies.set("aila_session", api.http.cookies["aila_session"])
        answer = await http.post(
            "/api/recruiter/positions/demo/invitations", json={"candidate_name": "Li"}, headers=headers
        )
    assert answer.json()["url"].startswith("https://talk.example/i/")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"candidate_name": "   "}, "candidate_name"),
        ({"candidate_name": "x" * 121}, "candidate_name"),
        ({"candidate_name": "Li", "expires_in_days": 0}, "expires_in_days"),
        ({"candidate_name": "Li", "expires_in_days": 91}, "expires_in_days"),
        ({"candidate_name": "Li", "bank": "demo"}, "bank"),
    ],
)
async def test_a_malformed_invitation_is_422(api: Api, body: dict[str, Any], field: str):
    headers = await api.log_in("recruiter")
    answer = await api.http.post("/api/recruiter/positions/demo/invitations", json=body, headers=headers)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/recruiter/positions/nowhere", None),
        ("GET", "/api/recruiter/positions/nowhere/ranking", None),
        ("POST", "/api/recruiter/positions/nowhere/invitations", {"candidate_name": "Li"}),
        ("GET", "/api/recruiter/sessions/nobody", None),
        ("GET", "/api/recruiter/sessions/nobody/cv", None),
        ("GET", "/api/recruiter/sessions/nobody/recording", None),
        ("POST", "/api/recruiter/sessions/nobody/decisions", {"decision": "hold", "note": "later"}),
    ],
)
async def test_what_does_not_exist_is_404(api: Api, method: str, path: str, body: dict[str, Any] | None):
    headers = await api.log_in("recruiter")
    answer = await api.http.request(method, path, json=body, headers=headers)
    assert answer.status_code == 404, answer.text


async def test_decisions_add_up_and_name_who_decided(api: Api):
    headers = await api.log_in("recruiter")
    session_id = await session_of(api)
    url = f"/api/recruiter/sessions/{session_id}/decisions"
    first = await api.http.post(url, json={"decision": "hold", "note": "Wait for Ana"}, headers=headers)
    assert first.status_code == 201, first.text
    assert (first.json()["by"], first.json()["note"]) == ("recruiter", "Wait for Ana")
    headers = await api.log_in("admin")
    await api.http.post(url, json={"decision": "talk_first", "note": "Good evidence"}, headers=headers)
    detail = (await api.http.get(f"/api/recruiter/sessions/{session_id}")).json()
    assert [(d["decision"], d["by"]) for d in detail["decisions"]] == [
        ("hold", "recruiter"),
        ("talk_first", "admin"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"decision": "reject", "note": "no"},
        {"decision": "hold"},
        {"decision": "hold", "note": "  "},
        {"decision": "hold", "note": "x" * 4001},
    ],
)
async def test_there_is_no_rejection_and_no_decision_without_a_reason(api: Api, body: dict[str, str]):
    headers = await api.log_in("recruiter")
    session_id = await session_of(api)
    answer = await api.http.post(
        f"/api/recruiter/sessions/{session_id}/decisions", json=body, headers=headers
    )
    assert answer.status_code == 422
    assert (await api.http.get(f"/api/recruiter/sessions/{session_id}")).json()["decisions"] == []


async def test_an_interview_under_way_shows_transcript_and_consents_and_no_scores(api: Api):
    await api.log_in("recruiter")
    session_id = await session_of(api, "Ira Glas")
    detail = (await api.http.get(f"/api/recruiter/sessions/{session_id}")).json()
    assert (detail["candidate_name"], detail["status"], detail["mode"]) == ("Ira Glas", "active", "text")
    assert detail["transcript"]["schema"] == "aila.transcript/1"
    assert detail["transcript"]["turns"][0]["kind"] == "greeting"
    assert (detail["scores"], detail["recording"], detail["cv"]) == (None, None, None)
    assert {(c["id"], c["granted"]) for c in detail["consents"]} == {("interview", True), ("recording", True)}
    with api.context.database.reading() as session:
        assert detail["consents"][0]["text_version"] == consents.history(session, session_id)[0].text_version


async def test_the_recording_is_served_in_ranges(api: Api):
    await api.log_in("recruiter")
    session_id = await session_of(api)
    path = recording_path(api.context.installation, session_id)
    path.parent.mkdir(parents=True)
    path.write_bytes(bytes(range(200)))
    with api.context.database.transaction() as session:
        media.register_recording(session, api.context.installation, session_id, 12.5)
    detail = (await api.http.get(f"/api/recruiter/sessions/{session_id}")).json()
    assert detail["recording"]["duration_s"] == 12.5
    whole = await api.http.get(detail["recording"]["url"])
    part = await api.http.get(detail["recording"]["url"], headers={"Range": "bytes=50-59"})
    beyond = await api.http.get(detail["recording"]["url"], headers={"Range": "bytes=900-"})
    assert (whole.status_code, whole.headers["content-type"]) == (200, "audio/mp4")
    assert "no-store" not in whole.headers["cache-control"] and "private" in whole.headers["cache-control"]
    assert (part.status_code, part.content) == (206, bytes(range(50, 60)))
    assert part.headers["content-range"] == "bytes 50-59/200"
    assert beyond.status_code == 416


async def test_a_recording_whose_file_is_gone_is_404(api: Api):
    await api.log_in("recruiter")
    session_id = await session_of(api)
    path = recording_path(api.context.installation, session_id)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"sound")
    with api.context.database.transaction() as session:
        media.register_recording(session, api.context.installation, session_id, 3.0)
    path.unlink()
    assert (await api.http.get(f"/api/recruiter/sessions/{session_id}/recording")).status_code == 404


@pytest.mark.parametrize(
    ("content", "media_type", "saved_as"),
    [
        (PDF, "application/pdf", "Robin Reed.pdf"),
        (
            docx(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "Robin Reed.docx",
        ),
    ],
)
async def test_a_cv_is_kept_beside_the_interview(api: Api, content: bytes, media_type: str, saved_as: str):
    headers = await api.log_in("recruiter")
    session_id = await session_of(api)
    answer = await put_cv(api, session_id, headers, content, "../../Robin Reed.exe")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["media_type"], answer.json()["file_name"]) == (media_type, saved_as)
    back = await api.http.get(answer.json()["url"])
    assert back.content == content
    assert back.headers["content-disposition"].startswith("attachment")
    stored = list(api.context.installation.media_dir.rglob("cv-*"))
    assert [p.parent.name for p in stored] == [session_id]


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 415),
        (b"MZ\x90\x00 a program", 415),
        (b"<html>%PDF-1.7</html>", 415),
        (b"PK\x03\x04 not really a zip", 415),
        (PDF + b"0" * 5_400_000, 413),
    ],
)
async def test_a_cv_of_the_wrong_kind_or_size_is_refused_and_not_stored(
    api: Api, content: bytes, status: int
):
    headers = await api.log_in("recruiter")
    session_id = await session_of(api)
    answer = await put_cv(api, session_id, headers, content)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert not list(api.context.installation.media_dir.rglob("cv-*"))
    assert (await api.http.get(f"/api/recruiter/sessions/{session_id}")).json()["cv"] is None


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (PDF, "application/pdf"),
        (b"--b\r\nnonsense", "multipart/form-data; boundary=b"),
        (b"abc", "multipart/form-data"),
        (b'{"file": "x"}', "application/json"),
    ],
)
async def test_a_cv_that_is_no_form_is_refused(api: Api, content: bytes, content_type: str):
    headers = await api.log_in("recruiter")
    session_id = await session_of(api)
    answer = await api.http.put(
        f"/api/recruiter/sessions/{session_id}/cv",
        content=content,
        headers=headers | {"content-type": content_type},
    )
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
