"""The whole way on PostgreSQL: two api processes' worth of requests, the worker, the ranked list."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import ApiSettings
from records import accounts, demo, sessions
from records.database import Database
from records.installation import Installation
from records.settings import RecordsSettings
from tests.api.conftest import PASSWORDS, ROLES, Api
from tests.postgres_process import running_postgres
from tests.worker.interviews import ANSWER

pytestmark = [pytest.mark.postgres, pytest.mark.stack]

PORT = 18095
PATIENCE_S = 180.0


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    with running_postgres(PORT) as url:
        yield url


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Installation:
    installation = Installation.open(tmp_path / "data", RecordsSettings(database_url=database_url))
    database = Database(database_url)
    database.migrate()
    with database.transaction() as session:
        for role in ROLES:
            accounts.create_user(session, role, PASSWORDS[role], role)
        demo.ensure_demo(session)
    database.close()
    return installation


async def test_an_interview_on_postgresql_from_joining_to_the_ranked_list(
    api: Api, settings: ApiSettings, installation: Installation, database_url: str
):
    invite = api.invite(name="Pia Berg")
    joined = await asyncio.gather(*(api.join(invite) for _ in range(6)))
    assert {answer.status_code for answer in joined} == {200}
    assert len({answer.json()["session_id"] for answer in joined}) == 1
    assert [answer.json()["resumed"] for answer in joined].count(False) == 1
    headers = {"Authorization": f"Bearer {joined[0].json()['session_token']}"}

    other = create_app(installation, settings)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(other), base_url="http://b") as second:
        body = {"id": "message-0001", "text": ANSWER}
        answers = await asyncio.gather(
            *(http.post("/api/candidate/messages", json=body, headers=headers) for http in (api.http, second))
        )
    assert [answer.status_code for answer in answers] == [200, 200]
    seen = answers[0].json()
    assert [turn["text"] for turn in seen["turns"]].count(ANSWER) == 1
    for number in range(30):
        if seen["status"] == "ended":
            break
        message = {"id": f"message-more-{number}", "text": ANSWER}
        seen = (await api.http.post("/api/candidate/messages", json=message, headers=headers)).json()

    await asyncio.to_thread(process_one, installation, database_url, api, seen["session_id"])
    await api.log_in("recruiter")
    [row] = (await api.http.get("/api/recruiter/positions/demo/ranking")).json()["rows"]
    assert (row["candidate_name"], row["status"], row["rank"]) == ("Pia Berg", "scored", 1)


def process_one(installation: Installation, database_url: str, api: Api, session_id: str) -> None:
    """Run the worker until the session is scored."""
    environment = os.environ | {"AILA_DATABASE_URL": database_url, "AILA_LIVEKIT_URL": "ws://127.0.0.1:18099"}
    command = [sys.executable, "-m", "worker.main", "--data", str(installation.data_dir)]
    worker = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        deadline_s = time.monotonic() + PATIENCE_S
        while scored_sessions(api) != [session_id]:
            assert time.monotonic() < deadline_s, "the session is never scored"
            time.sleep(0.2)
    finally:
        worker.send_signal(signal.SIGTERM)
        _, log = worker.communicate(timeout=60)
    assert worker.returncode == 0, log


def scored_sessions(api: Api) -> list[str]:
    with api.context.database.reading() as session:
        return [found.id for found, _ in sessions.of_position(session, "demo") if found.status == "scored"]
