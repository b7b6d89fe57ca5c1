"""Invitations, consents, joining by voice and in writing, and what a second join does."""

import json
from datetime import timedelta

import jwt
import pytest
from itsdangerous import URLSafeTimedSerializer

from api.app import create_app
from api.settings import ApiSettings
from records import consents, invitations, sessions
from records.event_log import EventLog
from records.events import (
    CandidateConnected,
    InterviewEnded,
    InterviewStarted,
    UtteranceEnded,
    UtteranceStarted,
)
from tests.api.conftest import Api


def claims(api: Api, token: str) -> dict:
    return jwt.decode(token, api.context.installation.livekit_secret, algorithms=["HS256"])


async def test_the_invitation_tells_what_the_candidate_needs_before_agreeing(api: Api):
    answer = await api.http.get("/api/candidate/invitation", params={"invite": api.invite(name="Ana Ruiz")})
    assert answer.status_code == 200, answer.text
    view = answer.json()
    assert view["candidate_name"] == "Ana Ruiz"
    assert view["position_title"] == "Demo: customer support specialist"
    assert (view["bank"]["id"], view["bank"]["question_count"]) == ("demo", 3)
    assert (view["status"], view["mode"], view["modes"]) == ("new", None, ["voice", "text"])
    assert view["agent_available"] is False
    assert [(item["id"], item["required"]) for item in view["consents"]["items"]] == [
        ("interview", True),
        ("recording", False),
    ]
    words = " ".join(view["consents"]["introduction"]).split()
    assert len(words) <= 250, "the trust page must be read in a minute"
    texts = [text for item in view["consents"]["items"] for text in item.values() if isinstance(text, str)]
    assert not any("{" in text for text in [*texts, *words])


async def test_looking_at_an_invitation_stores_nothing(api: Api):
    invite = api.invite()
    await api.http.get("/api/candidate/invitation", params={"invite": invite})
    with api.context.database.reading() as session:
        assert sessions.of_position(session, "demo") == []


async def test_joining_by_voice_gives_a_token_for_one_room_a_microphone_and_aila(api: Api):
    answer = await api.join(api.invite(name="Ana Ruiz"), "voice")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    session_id = body["session_id"]
    assert (body["livekit_url"], body["mode"], body["resumed"]) == ("ws://127.0.0.1:18099", "voice", False)
    token = claims(api, body["livekit_token"])
    assert (token["sub"], token["name"]) == (f"candidate-{session_id}", "Ana Ruiz")
    assert token["video"]["room"] == f"aila-{session_id}"
    assert token["video"]["canPublishSources"] == ["microphone"]
    assert token["video"].get("roomAdmin") is None and token["video"].get("roomCreate") is None
    [dispatch] = token["roomConfig"]["agents"]
    assert (dispatch["agentName"], json.loads(dispatch["metadata"])) == ("aila", {"session_id": session_id})
    assert token["roomConfig"]["departureTimeout"] >= 600


async def test_the_same_invitation_again_resumes_the_same_session(api: Api):
    invite = api.invite()
    first, second = await api.join(invite, "voice"), await api.join(invite, "voice")
    assert second.json()["session_id"] == first.json()["session_id"]
    assert (first.json()["resumed"], second.json()["resumed"]) == (False, True)
    view = await api.http.get("/api/candidate/invitation", params={"invite": invite})
    assert (view.json()["status"], view.json()["mode"]) == ("in_progress", "voice")


async def test_consents_are_stored_once_with_the_version_of_their_text(api: Api):
    invite = api.invite()
    shown = (await api.http.get("/api/candidate/invitation", params={"invite": invite})).json()["consents"]
    for recording in (True, True, False):
        session_id = (await api.join(invite, "voice", recording=recording)).json()["session_id"]
    with api.context.database.reading() as session:
        history = consents.history(session, session_id)
    assert [(row.consent_id, row.granted) for row in history] == [
        ("interview", True),
        ("recording", True),
        ("interview", True),
        ("recording", False),
    ]
    assert {(row.text_version, row.text_language) for row in history} == {(shown["version"], "en")}


async def test_the_text_is_there_in_the_candidates_language_and_that_is_stored(api: Api):
    invite = api.invite()
    views = {
        language: (
            await api.http.get("/api/candidate/invitation", params={"invite": invite, "language": language})
        ).json()
        for language in ("de-AT", "tlh")
    }
    german, other = views["de-AT"]["consents"], views["tlh"]["consents"]
    assert (german["language"], other["language"]) == ("de", "en")
    assert german["items"][0]["title"].startswith("Ich willige ein")
    assert [item["id"] for item in german["items"]] == [item["id"] for item in other["items"]]
    assert views["de-AT"]["interview_language"] == "en"
    body = {"invite": invite, "consents": {"interview": True}, "mode": "text"}
    read = {"version": german["version"], "language": "de"}
    joined = await api.http.post("/api/candidate/join", json={**body, "consent_text": read})
    with api.context.database.reading() as session:
        history = consents.history(session, joined.json()["session_id"])
    assert {(row.text_version, row.text_language) for row in history} == {(german["version"], "de")}


@pytest.mark.parametrize(
    "read", [{"version": "1999-1", "language": "en"}, {"version": None, "language": "tlh"}]
)
async def test_agreeing_to_a_text_that_is_not_shown_stores_nothing(api: Api, read: dict[str, str | None]):
    invite = api.invite()
    shown = (await api.http.get("/api/candidate/invitation", params={"invite": invite})).json()["consents"]
    text = {"version": read["version"] or shown["version"], "language": read["language"]}
    body = {"invite": invite, "consents": {"interview": True}, "mode": "text", "consent_text": text}
    answer = await api.http.post("/api/candidate/join", json=body)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:aila:problem:consent-text-changed")
    with api.context.database.reading() as session:
        assert sessions.of_position(session, "demo") == []


async def test_who_agreed_to_an_older_text_may_come_back_with_it(api: Api):
    invite = api.invite()
    session_id = (await api.join(invite, "text")).json()["session_id"]
    with api.context.database.transaction() as session:
        consents.record(session, session_id, {"interview": True, "recording": False}, "2025-1", "de")
    body = {"invite": invite, "consents": {"interview": True}, "mode": "text"}
    again = await api.http.post(
        "/api/candidate/join", json={**body, "consent_text": {"version": "2025-1", "language": "de"}}
    )
    assert again.status_code == 200
    with api.context.database.reading() as session:
        assert consents.history(session, session_id)[-1].text_version == "2025-1"


async def test_without_the_consent_to_the_interview_nothing_is_stored(api: Api):
    invite = api.invite()
    answer = await api.http.post(
        "/api/candidate/join",
        json={"invite": invite, "consents": {"interview": False, "recording": True}, "mode": "voice"},
    )
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:aila:problem:consent-withheld"
    assert answer.json()["errors"][0]["field"] == "consents.interview"
    with api.context.database.reading() as session:
        assert sessions.of_position(session, "demo") == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"consents": {"recording": True}}, "consents.interview"),
        ({"consents": {"interview": 1}}, "consents.interview"),
        ({"consents": {"interview": "true"}}, "consents.interview"),
        ({"consents": {"interview": True, "fingerprint": True}}, "consents.fingerprint"),
        ({"consents": []}, "consents"),
        ({"mode": "video"}, "mode"),
        ({"invite": ""}, "invite"),
        ({"invite": "x" * 2049}, "invite"),
        ({"session_id": "s1"}, "session_id"),
    ],
)
async def test_a_malformed_join_names_the_field(api: Api, change: dict, field: str):
    body = {"invite": api.invite(), "consents": {"interview": True}, "mode": "voice"}
    answer = await api.http.post("/api/candidate/join", json=body | change)
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_expired_withdrawn_and_forged_invitations_say_what_to_do(api: Api):
    expired, good = api.invite(days=-1), api.invite()
    withdrawn = api.invite()
    with api.context.database.transaction() as session:
        invitation = invitations.read_token(session, api.context.installation, withdrawn)
        invitations.revoke(session, invitation.id)
    position = good.index(".") + 3
    forged = good[:position] + ("A" if good[position] != "A" else "B") + good[position + 1 :]
    for invite, status, kind in (
        (expired, 410, "expired"),
        (withdrawn, 410, "revoked"),
        (forged, 400, "forged"),
        ("nonsense", 400, "forged"),
        ("é.ü", 400, "forged"),
    ):
        for answer in (
            await api.join(invite),
            await api.http.get("/api/candidate/invitation", params={"invite": invite}),
        ):
            assert answer.status_code == status, (invite, answer.text)
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["type"] == f"urn:aila:problem:invitation-{kind}"
            assert answer.json()["detail"].endswith(".")


async def test_an_invitation_signed_with_another_key_is_forged(api: Api):
    other = URLSafeTimedSerializer("another secret", salt="aila.invitation/1").dumps("a1b2")
    assert (await api.join(other)).status_code == 400


async def test_a_completed_interview_cannot_be_joined_again(api: Api):
    invite = api.invite()
    session_id = (await api.join(invite, "voice")).json()["session_id"]
    with api.context.database.transaction() as session:
        sessions.mark_active(session, session_id)
        sessions.mark_ended(session, session_id, timedelta(days=30))
    answer = await api.join(invite, "voice")
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:aila:problem:interview-completed"
    view = await api.http.get("/api/candidate/invitation", params={"invite": invite})
    assert view.json()["status"] == "completed"


async def test_joining_is_limited_for_each_address(api: Api, settings: ApiSettings):
    strict = create_app(api.context.installation, settings.model_copy(update={"join_limit": "2/minute"}))
    limited = Api(strict, api.http)
    api.http._transport.app = strict  # type: ignore[attr-defined]
    invite = limited.invite()
    statuses = [(await limited.join(invite)).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = await limited.join(invite)
    assert int(refused.headers["retry-after"]) >= 1


async def test_a_spoken_interview_can_go_on_typed_and_spoken_again(api: Api):
    invite = api.invite()
    session_id = (await api.join(invite, "voice")).json()["session_id"]
    bank = api.context.banks.load("demo")
    log = EventLog(api.context.database, session_id)
    first = bank.questions[0]
    log.append_all(
        [
            InterviewStarted(0.0, "voice", bank.id, bank.version, "sha256:0", "en"),
            CandidateConnected(0.5),
            UtteranceStarted(1.0, "a1", "greeting", bank.greeting),
            UtteranceEnded(4.0, "a1", interrupted=False),
            UtteranceStarted(5.0, "a2", "question", first.text, first.id),
        ]
    )
    typed = await api.join(invite, "text")
    assert typed.status_code == 200, typed.text
    assert (typed.json()["resumed"], typed.json()["livekit_token"]) == (True, None)
    headers = {"Authorization": f"Bearer {typed.json()['session_token']}"}
    seen = (await api.http.get("/api/candidate/session", headers=headers)).json()
    assert (seen["mode"], seen["progress"]["question_id"]) == ("text", first.id)
    assert seen["turns"][-1]["text"] == first.text, "the question that was cut off is asked again"
    spoken = await api.join(invite, "voice")
    assert (spoken.status_code, spoken.json()["session_id"]) == (200, session_id)
    late = await api.http.post(
        "/api/candidate/messages", json={"id": "from-the-old-tab", "text": "Hello"}, headers=headers
    )
    assert late.json()["type"] == "urn:aila:problem:wrong-mode"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer forged", "Bearer " + "x" * 5000, "bearer a.b.c"]
)
async def test_a_session_token_that_is_not_ours_is_refused(api: Api, header: str):
    answer = await api.http.get("/api/candidate/session", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_an_invitation_is_no_session_token_and_the_reverse(api: Api):
    invite = api.invite()
    token = (await api.join(invite)).json()["session_token"]
    as_session = await api.http.get("/api/candidate/session", headers={"Authorization": f"Bearer {invite}"})
    as_invite = await api.http.get("/api/candidate/invitation", params={"invite": token})
    assert (as_session.status_code, as_invite.status_code) == (401, 400)


async def test_the_status_tells_what_became_of_the_interview(api: Api):
    headers = await api.join_typed()
    before = await api.http.get("/api/candidate/status", headers=headers)
    untold = {"read_at": None, "decided": None, "camera_kept": False}
    assert before.json() == {"status": "active", "ended_at": None, "recording_kept": None} | untold
    session_id = (await api.http.get("/api/candidate/session", headers=headers)).json()["session_id"]
    EventLog(api.context.database, session_id).append(InterviewEnded(9.0, "candidate_left"))
    with api.context.database.transaction() as session:
        sessions.mark_ended(session, session_id, timedelta(days=30))
        sessions.mark_scored(session, session_id)
    after = (await api.http.get("/api/candidate/status", headers=headers)).json()
    assert (after["status"], after["recording_kept"]) == ("scored", False)
    assert after["ended_at"] is not None


async def test_the_connection_is_tried_in_an_empty_room_without_aila(api: Api) -> None:
    answer = await api.http.post("/api/candidate/connection-check", json={"invite": api.invite()})
    assert answer.status_code == 200
    claims = jwt.decode(answer.json()["livekit_token"], options={"verify_signature": False})
    assert claims["video"]["room"].startswith("aila-check-")
    assert claims["video"]["canSubscribe"] is False
    assert "agents" not in claims["roomConfig"]
    assert claims["roomConfig"]["maxParticipants"] == 1
    assert claims["exp"] - claims["nbf"] <= 120


async def test_the_connection_is_tried_for_invited_people_only(api: Api) -> None:
    forged = await api.http.post("/api/candidate/connection-check", json={"invite": "no.such"})
    assert forged.status_code == 400
    expired = await api.http.post("/api/candidate/connection-check", json={"invite": api.invite(days=-1)})
    assert expired.status_code == 410
