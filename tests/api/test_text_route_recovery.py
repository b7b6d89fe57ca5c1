"""What the record holds when a process dies, or a model is out of order, in the middle of a message."""

import asyncio
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from agent.interview.llm_writer import writer_from_settings
from agent.interview.settings import LlmSettings
from records.event_log import EventLog
from records.events import AnswerCompleted, CandidateSpoke, FollowUpDrafted, UtteranceStarted
from tests.api.conftest import Api

VAGUE = "I usually help my colleagues whenever something goes wrong and things tend to work out fine."


async def view(api: Api, headers: dict[str, str]) -> dict:
    return (await api.http.get("/api/candidate/session", headers=headers)).json()


async def test_a_message_that_was_stored_and_not_answered_is_answered_when_it_comes_again(api: Api):
    headers = await api.join_typed()
    before = await view(api, headers)
    question_id = before["progress"]["question_id"]
    log = EventLog(api.context.database, before["session_id"])
    at_s = log.events()[-1].at_s + 5
    # As a process that died while the model was being asked leaves it.
    log.append_all(
        [
            CandidateSpoke(at_s, at_s, "c1", VAGUE, question_id=question_id, id="message-0001"),
            AnswerCompleted(at_s, question_id, "sent"),
        ]
    )
    answer = await api.http.post(
        "/api/candidate/messages", json={"id": "message-0001", "text": VAGUE}, headers=headers
    )
    assert answer.status_code == 200, answer.text
    turns = answer.json()["turns"]
    assert [turn["text"] for turn in turns].count(VAGUE) == 1
    assert turns[-1]["speaker"] == "aila"


@pytest.fixture
async def model(app: FastAPI):
    """A model that is out of order; ``asked`` holds the record's event types by the time of each request."""
    asked: list[list[str]] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        with app.state.context.database.reading() as session:
            kinds = session.connection().exec_driver_sql("SELECT type FROM events ORDER BY sequence").all()
        asked.append([kind for (kind,) in kinds])
        writer.write(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    settings = LlmSettings(
        api_key=SecretStr("none"), base_url=f"http://127.0.0.1:{port}/v1", model="broken", deadline_s=10
    )
    writer_from_settings(settings)
    app.state.context = replace(app.state.context, llm=settings)
    yield asked
    server.close()


async def test_the_candidates_words_are_stored_before_a_model_is_asked(api: Api, model: list[list[str]]):
    headers = await api.join_typed()
    answer: httpx.Response = await api.http.post(
        "/api/candidate/messages", json={"id": "message-0002", "text": VAGUE}, headers=headers
    )
    assert answer.status_code == 200, answer.text
    [stored] = model
    assert stored[-2:] == ["candidate_spoke", "answer_completed"]
    session_id = answer.json()["session_id"]
    events = EventLog(api.context.database, session_id).events()
    [draft] = [event for event in events if isinstance(event, FollowUpDrafted)]
    assert (draft.source, draft.verdict) == ("bank", "status_503")
    said = [event for event in events if isinstance(event, UtteranceStarted)]
    assert said[-1].text == draft.text
