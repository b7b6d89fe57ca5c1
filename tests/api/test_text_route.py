"""A typed interview, from the greeting to the closing, and what tries to upset it."""

import asyncio
import uuid
from collections import Counter

import httpx
import pytest

from api.app import create_app
from api.settings import ApiSettings
from records import positions, sessions
from records.event_log import EventLog
from records.events import CandidateSpoke, InterviewEnded, UtteranceStarted
from tests.api.conftest import Api

ANSWER = (
    "Last spring our help desk lost its ticket system for two days. I set up a shared sheet within an hour, "
    "asked each colleague to log calls there, and rang the twelve most urgent customers myself. "
    "In the end nobody waited longer than half a day and we kept all of them."
)


def message(text: str, message_id: str | None = None) -> dict[str, str]:
    return {"id": message_id or str(uuid.uuid4()), "text": text}


async def say(api: Api, headers: dict[str, str], text: str, message_id: str | None = None) -> httpx.Response:
    body = message(text, message_id)
    return await api.http.post("/api/candidate/messages", json=body, headers=headers)


async def press(api: Api, headers: dict[str, str], control: str, control_id: str | None = None):
    body = {"id": control_id or str(uuid.uuid4()), "control": control}
    return await api.http.post("/api/candidate/controls", json=body, headers=headers)


async def view(api: Api, headers: dict[str, str]) -> dict:
    answer = await api.http.get("/api/candidate/session", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_joining_shows_the_greeting_and_the_first_thing_to_answer(api: Api):
    seen = await view(api, await api.join_typed())
    assert seen["turns"][0]["kind"] == "greeting"
    assert {turn["speaker"] for turn in seen["turns"]} == {"aila"}
    assert (seen["status"], seen["mode"], seen["progress"]["floor"]) == ("active", "text", "candidate")


async def test_a_whole_interview_asks_every_question_in_order_and_ends(api: Api):
    headers = await api.join_typed()
    seen = await view(api, headers)
    for _ in range(30):
        if seen["progress"]["phase"] in ("closing", "ended"):
            break
        answer = await say(api, headers, ANSWER)
        assert answer.status_code == 200, answer.text
        seen = answer.json()
    bank = api.context.banks.load("demo")
    asked = [turn["question_id"] for turn in seen["turns"] if turn["kind"] == "question"]
    assert asked == [question.id for question in bank.questions]
    assert seen["status"] == "ended"
    with api.context.database.reading() as session:
        assert [found.id for found in sessions.pending_processing(session)] == [seen["session_id"]]
    assert (await say(api, headers, "One more thing")).status_code == 409


async def test_a_message_sent_twice_counts_once(api: Api):
    headers = await api.join_typed()
    message_id = str(uuid.uuid4())
    first = await say(api, headers, ANSWER, message_id)
    second = await say(api, headers, ANSWER, message_id)
    assert second.json()["turns"] == first.json()["turns"]


async def test_a_control_pressed_twice_with_one_id_counts_once(api: Api):
    headers = await api.join_typed()
    await press(api, headers, "skip")
    control_id = str(uuid.uuid4())
    first, second = [await press(api, headers, "skip", control_id) for _ in range(2)]
    assert first.status_code == 200, first.text
    assert second.json()["progress"]["question_id"] == first.json()["progress"]["question_id"]


async def test_repeat_says_the_question_again(api: Api):
    headers = await api.join_typed()
    before = await view(api, headers)
    after = (await press(api, headers, "repeat")).json()
    assert len(after["turns"]) == len(before["turns"]) + 1
    assert after["turns"][-1]["text"] == before["turns"][-1]["text"]


async def test_a_reload_loses_nothing_and_asks_nothing_twice(api: Api):
    invite = api.invite()
    headers = await api.join_typed(invite)
    await say(api, headers, ANSWER)
    before = await view(api, headers)
    again = await api.join_typed(invite)
    after = await view(api, again)
    assert after["turns"][: len(before["turns"])] == before["turns"]
    assert after["progress"]["question_id"] == before["progress"]["question_id"]


async def test_another_process_can_take_over_at_any_message(api: Api, settings: ApiSettings):
    headers = await api.join_typed()
    await say(api, headers, ANSWER)
    other = create_app(api.context.installation, settings)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(other), base_url="http://b") as http:
        seen = (await http.get("/api/candidate/session", headers=headers)).json()
        answer = await http.post("/api/candidate/messages", json=message(ANSWER), headers=headers)
    assert answer.status_code == 200
    assert len(answer.json()["turns"]) > len(seen["turns"])
    assert (await view(api, headers))["turns"] == answer.json()["turns"]


async def test_two_tabs_and_two_processes_cannot_corrupt_the_record(api: Api, settings: ApiSettings):
    headers = await api.join_typed()
    session_id = (await view(api, headers))["session_id"]
    other = create_app(api.context.installation, settings)
    same = message(ANSWER)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(other), base_url="http://b") as http:
        clients = [api.http, http] * 3
        answers = await asyncio.gather(
            *(c.post("/api/candidate/messages", json=same, headers=headers) for c in clients),
            *(
                c.post(
                    "/api/candidate/controls", json={"id": "press-0001", "control": "repeat"}, headers=headers
                )
                for c in clients
            ),
        )
    assert {answer.status_code for answer in answers} <= {200, 409}
    log = EventLog(api.context.database, session_id)
    numbers = [number for number, _ in log.read()]
    assert numbers == list(range(1, len(numbers) + 1))
    spoken = [event for event in log.events() if isinstance(event, CandidateSpoke)]
    assert [event.id for event in spoken] == [same["id"]]
    said = Counter(event.turn_id for event in log.events() if isinstance(event, UtteranceStarted))
    assert max(said.values()) == 1


async def test_leaving_ends_the_interview(api: Api):
    headers = await api.join_typed()
    seen = (await press(api, headers, "leave")).json()
    assert (seen["status"], seen["progress"]["phase"]) == ("ended", "ended")
    last = EventLog(api.context.database, seen["session_id"]).events()[-1]
    assert isinstance(last, InterviewEnded) and last.reason == "candidate_left"


async def test_a_spoken_interview_takes_no_typed_message(api: Api):
    joined = (await api.join(api.invite(), "voice")).json()
    answer = await say(api, {"Authorization": f"Bearer {joined['session_token']}"}, "Hello")
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:aila:problem:wrong-mode"


async def test_messages_are_limited(api: Api, settings: ApiSettings):
    headers = await api.join_typed()
    strict = create_app(api.context.installation, settings.model_copy(update={"typing_limit": "1/minute"}))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(strict), base_url="http://b") as http:
        first = await http.post("/api/candidate/messages", json=message("yes"), headers=headers)
        second = await http.post("/api/candidate/messages", json=message("yes"), headers=headers)
    assert (first.status_code, second.status_code) == (200, 429)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "hello"}, "id"),
        ({"id": "short", "text": "hello"}, "id"),
        ({"id": "not an id!", "text": "hello"}, "id"),
        ({"id": "12345678", "text": "   "}, "text"),
        ({"id": "12345678", "text": "a" * 12_001}, "text"),
        ({"id": "12345678", "text": "a\0b"}, "text"),
        ({"id": "12345678", "text": "hello", "at": 3}, "at"),
    ],
)
async def test_a_malformed_message_changes_nothing(api: Api, body: dict, field: str):
    headers = await api.join_typed()
    before = await view(api, headers)
    answer = await api.http.post("/api/candidate/messages", json=body, headers=headers)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert (await view(api, headers))["turns"] == before["turns"]


async def test_a_message_can_be_longer_than_any_answer_and_in_any_script(api: Api):
    headers = await api.join_typed()
    for text in ("ünïcödé 🙂 " * 900, "a" * 12_000, "<script>alert(1)</script>", "'; DROP TABLE events; --"):
        assert (await say(api, headers, text.strip())).status_code == 200


async def test_a_flood_of_one_interview_is_turned_away_and_the_rest_goes_on(api: Api):
    headers = await api.join_typed()
    flood = [say(api, headers, "One moment, please.", f"flood-{number:04}") for number in range(40)]
    *answers, health = await asyncio.gather(*flood, api.http.get("/healthz"))
    statuses = {answer.status_code for answer in answers}
    assert 200 in statuses and statuses <= {200, 409}
    assert health.status_code == 200
    assert (await say(api, headers, ANSWER)).status_code == 200


async def test_an_answer_from_a_tab_left_behind_is_not_taken_for_the_next_question(api: Api):
    headers = await api.join_typed()
    before = (await view(api, headers))["turns"][-1]["id"]
    first = await say(api, headers, ANSWER)
    now = first.json()["turns"][-1]["id"]
    late = message("I gave the other tab's question this answer.") | {"reply_to": before}
    for path, body in (
        ("messages", late),
        ("controls", {"id": str(uuid.uuid4()), "control": "skip", "reply_to": before}),
        ("messages", late | {"id": str(uuid.uuid4()), "reply_to": "no-such-turn"}),
    ):
        refused = await api.http.post(f"/api/candidate/{path}", json=body, headers=headers)
        assert refused.status_code == 409
        assert refused.json()["type"] == "urn:aila:problem:moved-on"
    assert (await view(api, headers))["turns"] == first.json()["turns"]
    await press(api, headers, "repeat")
    taken = await api.http.post("/api/candidate/messages", json=late | {"reply_to": now}, headers=headers)
    assert taken.status_code == 200, "a question that was only repeated is still the one to answer"
    again = await api.http.post("/api/candidate/messages", json=late | {"reply_to": now}, headers=headers)
    assert again.json()["turns"] == taken.json()["turns"]


async def test_who_types_in_a_pause_is_answered_and_not_welcomed_back(api: Api):
    headers = await api.join_typed()
    await press(api, headers, "pause")
    answer = await say(api, headers, ANSWER)
    welcomes = api.context.banks.load("demo").phrases.welcome_back
    said = [turn["text"] for turn in answer.json()["turns"] if turn["speaker"] == "aila"]
    assert not set(said) & set(welcomes)
    assert answer.json()["progress"]["paused"] is False
    assert answer.json()["turns"][-1]["speaker"] == "aila"


async def test_the_invitation_and_the_interview_tell_the_same_minutes(api: Api):
    invite = api.invite()
    told = (await api.http.get("/api/candidate/invitation", params={"invite": invite})).json()
    headers = await api.join_typed(invite)
    shown = (await view(api, headers))["progress"]["minutes_left"]
    assert abs(told["bank"]["minutes_typed"] - shown) <= 1
    assert told["bank"]["minutes"] < told["bank"]["minutes_typed"]
    assert " minutes" not in " ".join(told["consents"]["introduction"]), (
        "they depend on the way that is chosen"
    )
    await api.log_in("recruiter")
    options = (await api.http.get("/api/recruiter/position-choices")).json()
    [listed] = [bank for bank in options["banks"] if bank["id"] == told["bank"]["id"]]
    assert listed["minutes"] == told["bank"]["minutes"]


async def test_no_store_holds_a_word_of_the_practice_answer(api: Api):
    banks = api.context.banks
    assert banks.load("behavioural").practice is not None
    with api.context.database.transaction() as session:
        positions.get(session, "demo").bank_id = "behavioural"
        positions.get(session, "demo").bank_version = banks.load("behavioural").version
    headers = await api.join_typed()
    answer = await say(api, headers, "Last week I planted rutabagas and I watered them all myself.")
    shown = answer.json()
    assert shown["turns"][-1]["text"] == "I heard the situation and what you did. Say how it ended."
    assert [turn["text"] for turn in shown["turns"] if turn["speaker"] == "candidate"] == [""]
    await say(api, headers, "In the end every one of the rutabagas came up.")
    assert (await view(api, headers))["progress"]["phase"] == "questions"
    await say(api, headers, ANSWER)
    held = b"".join(
        path.read_bytes() for path in api.context.installation.data_dir.rglob("*") if path.is_file()
    )
    assert b"ticket system" in held, "the search finds what is stored"
    assert b"rutabagas" not in held
