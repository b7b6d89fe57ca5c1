"""A real application over a real database in a temporary data folder."""

import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.context import Context
from api.settings import ApiSettings
from records import accounts, demo, invitations
from records.accounts import Role
from records.database import Database
from records.installation import Installation

ROLES: tuple[Role, ...] = ("admin", "recruiter", "product")
PASSWORDS = {"admin": "kettle-anchor-77", "recruiter": "maple-window-31", "product": "copper-lantern-58"}


@dataclass
class Api:
    """The application with what tests need around it."""

    app: FastAPI
    http: httpx.AsyncClient

    @property
    def context(self) -> Context:
        return self.app.state.context

    def invite(self, position_id: str = "demo", *, name: str = "Robin Reed", days: float = 7) -> str:
        """Return the token of a new invitation."""
        with self.context.database.transaction() as session:
            _, token = invitations.create(
                session, self.context.installation, position_id, name, timedelta(days=days)
            )
        return token

    async def log_in(self, role: str) -> dict[str, str]:
        """Log in as the user named like ``role``; return the headers of requests that change something."""
        answer = await self.http.post("/api/auth/login", json={"username": role, "password": PASSWORDS[role]})
        assert answer.status_code == 200, answer.text
        return {"X-CSRF-Token": answer.json()["csrf_token"]}

    async def join(self, invite: str, mode: str = "text", *, recording: bool = False) -> httpx.Response:
        consents = {"interview": True, "recording": recording}
        return await self.http.post(
            "/api/candidate/join", json={"invite": invite, "consents": consents, "mode": mode}
        )

    async def join_typed(self, invite: str | None = None) -> dict[str, str]:
        """Join a typed interview; return the headers of the candidate's further requests."""
        answer = await self.join(invite or self.invite())
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.json()['session_token']}"}


@pytest.fixture
def settings(tmp_path: Path) -> ApiSettings:
    # Ports at which nothing answers: no test of the api depends on other processes.
    return ApiSettings(
        livekit_url="ws://127.0.0.1:18099",
        agent_port=18098,
        web_client_dir=tmp_path / "dist",
        login_limit="1000/minute",
        join_limit="1000/minute",
        typing_limit="1000/minute",
    )


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database was built by the migrations, with one user a role and the demo."""
    data_dir = tmp_path_factory.mktemp("template") / "data"
    database = Database(Installation.open(data_dir).database_url)
    database.migrate()
    with database.transaction() as session:
        for role in ROLES:
            accounts.create_user(session, role, PASSWORDS[role], role)
        demo.ensure_demo(session)
    database.close()
    return data_dir


@pytest.fixture
def installation(template: Path, tmp_path: Path) -> Installation:
    shutil.copytree(template, tmp_path / "data")
    return Installation.open(tmp_path / "data")


@pytest.fixture
def app(installation: Installation, settings: ApiSettings) -> Iterator[FastAPI]:
    app = create_app(installation, settings)
    yield app
    app.state.context.database.close()


@pytest.fixture
async def api(app: FastAPI) -> AsyncIterator[Api]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://aila.test") as http:
        yield Api(app, http)
