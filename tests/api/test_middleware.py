"""Limits on bodies, security headers, and errors that nothing else catches."""

import asyncio
import logging

import httpx
import pytest
from fastapi import FastAPI
from pydantic import Field

from api.middleware import BodyGuard, LastResort, SecurityHeaders, content_security_policy
from api.problems import install_problem_handlers
from api.schemas import RequestBody


class Note(RequestBody):
    text: str = Field(max_length=50)


def small_app(max_bytes: int = 200, deadline_s: float = 5.0) -> FastAPI:
    app = FastAPI()
    install_problem_handlers(app)

    @app.post("/note")
    def note(body: Note) -> dict[str, int]:
        return {"length": len(body.text)}

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("the candidate said something private")

    app.add_middleware(BodyGuard, max_bytes=lambda path: max_bytes, deadline_s=deadline_s)
    app.add_middleware(LastResort)
    app.add_middleware(SecurityHeaders, livekit_url="wss://calls.example:7443")
    return app


def client(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://aila.test")


async def test_a_body_that_declares_too_many_bytes_is_refused_unread():
    async with client(small_app()) as http:
        answer = await http.post("/note", content=b"x" * 201)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == "At most 200 bytes are accepted at this address."


async def test_a_body_that_grows_too_large_while_streaming_is_refused():
    async def chunks():
        for _ in range(50):
            yield b'{"text": "' + b"y" * 90

    async with client(small_app()) as http:
        answer = await http.post("/note", content=chunks(), headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["type"] == "urn:aila:problem:body-too-large"


async def test_a_body_that_arrives_too_slowly_is_given_up():
    async def chunks():
        yield b'{"text":'
        await asyncio.sleep(30)
        yield b'"late"}'

    async with client(small_app(deadline_s=0.05)) as http:
        answer = await http.post("/note", content=chunks(), headers={"content-type": "application/json"})
    assert answer.status_code == 408
    assert answer.headers["connection"] == "close"


async def test_a_body_within_the_limits_passes():
    async with client(small_app()) as http:
        answer = await http.post("/note", json={"text": "seven w"})
    assert (answer.status_code, answer.json()) == (200, {"length": 7})


async def test_an_unexpected_error_tells_the_caller_and_the_log_nothing_of_its_message(
    caplog: pytest.LogCaptureFixture,
):
    with caplog.at_level(logging.ERROR):
        async with client(small_app()) as http:
            answer = await http.get("/broken")
    assert answer.status_code == 500
    assert answer.json()["type"] == "urn:aila:problem:internal"
    assert "private" not in answer.text
    assert "RuntimeError" in caplog.text
    assert "private" not in caplog.text


@pytest.mark.parametrize(
    ("content", "content_type", "status", "field", "expected"),
    [
        (b"{", "application/json", 400, "body", "a JSON object"),
        (b"[]", "application/json", 422, "body", "a JSON object"),
        (b"{}", "application/json", 422, "text", None),
        (b'{"text": 7}', "application/json", 422, "text", "a string"),
        (b'{"text": "a", "more": 1}', "application/json", 422, "more", "only the fields"),
        (b'{"text": "a"}', "text/plain", 422, "body", "a JSON object"),
        (b'{"text": "' + b"a" * 51 + b'"}', "application/json", 422, "text", "at most 50 characters"),
    ],
)
async def test_a_bad_body_names_the_field_and_what_is_right(content, content_type, status, field, expected):
    async with client(small_app()) as http:
        answer = await http.post("/note", content=content, headers={"content-type": content_type})
    assert answer.status_code == status, answer.text
    problem = answer.json()
    assert problem["status"] == status
    assert problem["errors"][0]["field"] == field
    if expected:
        assert problem["errors"][0]["expected"].startswith(expected)


async def test_unknown_addresses_and_methods_are_problems_too():
    async with client(small_app()) as http:
        missing, wrong = await http.get("/nothing"), await http.delete("/note")
    assert (missing.status_code, missing.json()["title"]) == (404, "Not Found")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST")
    assert wrong.headers["content-type"] == "application/problem+json"


async def test_every_answer_carries_the_security_headers():
    async with client(small_app()) as http:
        answers = [await http.get(path) for path in ("/nothing", "/broken")]
        answers.append(await http.post("/note", content=b"x" * 201))
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_the_policy_lets_the_page_reach_livekit_and_nothing_else():
    policy = content_security_policy("ws://127.0.0.1:7880")
    assert "connect-src 'self' ws://127.0.0.1:7880 http://127.0.0.1:7880;" in policy
    assert "worker-src 'self' blob:" in policy
    assert "unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")
