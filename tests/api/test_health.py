"""Liveness, readiness by name, metrics."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.health import ReadinessProbe
from api.settings import ApiSettings
from tests.api.conftest import Api


async def answer_ok(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nOK")
    await writer.drain()
    writer.close()


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


@pytest.fixture
async def neighbours(api: Api, settings: ApiSettings) -> AsyncIterator[tuple[FastAPI, Path]]:
    """The api with everything that it depends on answering."""
    run_dir = api.context.installation.run_dir
    servers = [await asyncio.start_server(answer_ok, "127.0.0.1", 0) for _ in range(2)]
    sockets = [
        await asyncio.start_unix_server(hang_up, run_dir / f"{n}.sock") for n in ("recogniser", "voice")
    ]
    livekit, agent = (server.sockets[0].getsockname()[1] for server in servers)
    (run_dir / "worker.heartbeat").write_text("{}")
    changed = settings.model_copy(
        update={
            "livekit_url": f"ws://127.0.0.1:{livekit}",
            "agent_port": agent,
        }
    )
    yield create_app(api.context.installation, changed), run_dir
    for server in servers + sockets:
        server.close()


async def ready(app: FastAPI) -> httpx.Response:
    app.state.readiness = ReadinessProbe(app.state.context)  # forgets what it saw a moment ago
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://aila.test") as http:
        return await http.get("/readyz")


async def test_the_process_says_that_it_lives(api: Api):
    answer = await api.http.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_a_lonely_api_names_each_dependency_that_is_missing(api: Api):
    answer = await api.http.get("/readyz")
    assert answer.status_code == 503
    checks = answer.json()["checks"]
    assert {name for name, check in checks.items() if check["ok"]} == {"database"}
    assert set(checks) == {"database", "livekit", "agent", "worker", "recogniser", "voice"}
    assert all("running?" in check["detail"] for name, check in checks.items() if not check["ok"])


async def test_with_everything_answering_it_is_ready(neighbours: tuple[FastAPI, Path]):
    answer = await ready(neighbours[0])
    assert (answer.status_code, answer.json()["ready"]) == (200, True), answer.text


async def test_an_agent_of_which_nobody_told_the_port_says_which_setting_to_set(
    api: Api, settings: ApiSettings
):
    app = create_app(api.context.installation, settings.model_copy(update={"agent_port": 0}))
    assert "AILA_AGENT_PORT" in (await ready(app)).json()["checks"]["agent"]["detail"]


async def test_an_old_heartbeat_is_a_dead_worker(neighbours: tuple[FastAPI, Path]):
    app, run_dir = neighbours
    minute_ago = time.time() - 60
    os.utime(run_dir / "worker.heartbeat", (minute_ago, minute_ago))
    checks = (await ready(app)).json()["checks"]
    assert [name for name, check in checks.items() if not check["ok"]] == ["worker"]


async def test_the_invitation_offers_voice_only_while_it_would_work(
    neighbours: tuple[FastAPI, Path], api: Api
):
    app, run_dir = neighbours
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://aila.test") as http:
        invite = {"invite": api.invite()}
        able = (await http.get("/api/candidate/invitation", params=invite)).json()
        (run_dir / "voice.sock").unlink()
        app.state.readiness = ReadinessProbe(app.state.context)
        unable = (await http.get("/api/candidate/invitation", params=invite)).json()
    assert (able["agent_available"], unable["agent_available"]) == (True, False)


async def test_metrics_count_requests_by_route_and_never_by_id(api: Api):
    await api.http.get("/api/recruiter/sessions/one-particular-session")
    await api.http.get("/i/a-very-secret-token")
    await api.join_typed()
    answer = await api.http.get("/metrics")
    assert answer.status_code == 200
    text = answer.text
    route = (
        'aila_http_requests_total{method="GET",route="/api/recruiter/sessions/{session_id}",status="401"} 1.0'
    )
    assert route in text
    assert 'aila_interviews{status="active"} 1.0' in text
    assert "particular" not in text and "secret" not in text


async def test_metrics_are_for_this_machine_or_for_holders_of_the_token(api: Api, settings: ApiSettings):
    transport = httpx.ASGITransport(api.app, client=("203.0.113.9", 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://aila.test") as http:
        assert (await http.get("/metrics")).status_code == 403
    proxied = await api.http.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
    assert proxied.status_code == 403, "a proxy on this machine is not this machine's operator"
    guarded = create_app(
        api.context.installation,
        ApiSettings(metrics_token="scrape-me", **settings.model_dump(exclude={"metrics_token"})),
    )
    transport = httpx.ASGITransport(guarded, client=("203.0.113.9", 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://aila.test") as http:
        right = await http.get("/metrics", headers={"Authorization": "Bearer scrape-me"})
        wrong = await http.get("/metrics", headers=[(b"Authorization", "Bearer scrape-mé".encode("latin-1"))])
    assert (right.status_code, wrong.status_code) == (200, 403)


async def test_the_interface_describes_itself(api: Api):
    document = (await api.http.get("/openapi.json")).json()
    join = document["paths"]["/api/candidate/join"]["post"]
    assert join["operationId"] == "join"
    assert "application/problem+json" in join["responses"]["default"]["content"]
    operations = [o["operationId"] for methods in document["paths"].values() for o in methods.values()]
    assert len(operations) == len(set(operations)) == 48
