"""Liveness, readiness of each dependency by name, and metrics for Prometheus."""

import asyncio
import ipaddress
import secrets
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from api.context import Context, ContextDependency
from api.problems import Forbidden
from api.schemas import ResponseBody
from records.database import Database

CHECK_TIMEOUT_S = 2.0
HEARTBEAT_MAX_AGE_S = 15.0
_REMEMBERED_S = 1.0


class Check(ResponseBody):
    ok: bool
    detail: str = Field(description="What was found, and what to do if it is not well.")


class Readiness(ResponseBody):
    ready: bool
    checks: dict[str, Check]


class _Unknown(Exception):
    """A dependency of which nobody has said where it is."""


class ReadinessProbe:
    """Looks at each dependency, all at once, and remembers what it saw for a second."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lock = asyncio.Lock()
        self._seen: Readiness | None = None
        self._seen_at_s = 0.0

    async def look(self) -> Readiness:
        """Return the state of every dependency by name."""
        async with self._lock:
            if self._seen is None or time.monotonic() - self._seen_at_s > _REMEMBERED_S:
                self._seen = await self._check_all()
                self._seen_at_s = time.monotonic()
            return self._seen

    async def voice_available(self) -> bool:
        """Return whether a voice interview could start now."""
        checks = (await self.look()).checks
        return all(checks[name].ok for name in ("livekit", "agent", "recogniser", "voice"))

    async def _check_all(self) -> Readiness:
        context, run_dir = self._context, self._context.installation.run_dir
        livekit_http = context.settings.livekit_url.replace("ws", "http", 1)
        checks: dict[str, Callable[[], Awaitable[str]]] = {
            "database": lambda: asyncio.to_thread(_check_database, context.database),
            "livekit": lambda: _check_http(livekit_http),
            "agent": lambda: _check_agent(context.settings.agent_port),
            "worker": lambda: asyncio.to_thread(_check_heartbeat, run_dir / "worker.heartbeat"),
            "recogniser": lambda: _check_socket(run_dir / "recogniser.sock"),
            "voice": lambda: _check_socket(run_dir / "voice.sock"),
        }
        results = await asyncio.gather(*(_run_check(check) for check in checks.values()))
        named = dict(zip(checks, results, strict=True))
        return Readiness(ready=all(check.ok for check in results), checks=named)


async def _run_check(check: Callable[[], Awaitable[str]]) -> Check:
    try:
        async with asyncio.timeout(CHECK_TIMEOUT_S):
            return Check(ok=True, detail=await check())
    except TimeoutError:
        return Check(ok=False, detail=f"no answer within {CHECK_TIMEOUT_S:g} s")
    except _Unknown as error:
        return Check(ok=False, detail=str(error))
    except Exception as error:
        return Check(ok=False, detail=f"not reachable ({type(error).__name__}); is the process running?")


def _check_database(database: Database) -> str:
    database.ping()
    return "answers"


async def _check_http(url: str) -> str:
    async with httpx.AsyncClient(trust_env=False, timeout=CHECK_TIMEOUT_S) as client:
        (await client.get(url)).raise_for_status()
    return "answers"


async def _check_agent(port: int) -> str:
    if port == 0:
        raise _Unknown("set AILA_AGENT_PORT to the port of its health page, for the agent and for the api")
    return await _check_http(f"http://127.0.0.1:{port}/")


async def _check_socket(path: Path) -> str:
    _, writer = await asyncio.open_unix_connection(str(path))
    writer.close()
    await writer.wait_closed()
    return "answers"


def _check_heartbeat(path: Path) -> str:
    age_s = time.time() - path.stat().st_mtime
    if age_s > HEARTBEAT_MAX_AGE_S:
        raise TimeoutError
    return f"last heartbeat {max(age_s, 0):.0f} s ago"


router = APIRouter(tags=["health"])


@router.get("/healthz", operation_id="read_liveness")
async def read_liveness() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "ok"}


@router.get("/readyz", operation_id="read_readiness", response_model=Readiness)
async def read_readiness(request: Request) -> Response:
    """Say of each dependency whether it answers; 503 unless all do."""
    probe: ReadinessProbe = request.app.state.readiness
    readiness = await probe.look()
    return JSONResponse(readiness.model_dump(), status_code=200 if readiness.ready else 503)


@router.get("/metrics", operation_id="read_metrics", response_class=Response)
def read_metrics(request: Request, context: ContextDependency) -> Response:
    """Return the metrics in Prometheus' text format."""
    _require_scraper(request, context)
    body, media_type = context.metrics.exposition()
    return Response(body, media_type=media_type)


def _require_scraper(request: Request, context: Context) -> None:
    token = context.settings.metrics_token
    if token is not None:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if secrets.compare_digest(given.encode(), token.get_secret_value().encode()):
            return
        raise Forbidden("The metrics need the token that AILA_METRICS_TOKEN sets, as a bearer token.")
    proxied = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    if proxied or not _is_loopback(request.client.host if request.client else ""):
        raise Forbidden("The metrics are for this machine only, unless AILA_METRICS_TOKEN is set.")


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
