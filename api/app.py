"""Builds the api: one application per installation."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from fastapi import FastAPI

from agent.interview.settings import LlmSettings
from api import (
    amendments,
    authentication,
    camera,
    candidate,
    health,
    livekit_proxy,
    local_authority,
    own_feedback,
    own_group_data,
    own_interview,
    recruiter,
    recruiter_files,
    recruiter_positions,
    shown_to_candidates,
    spoken_sentence,
    studio,
    text_route,
)
from api.branding.brand import brand_of
from api.context import Context
from api.health import ReadinessProbe
from api.metrics import MeasureRequests, Metrics
from api.middleware import MAX_JSON_BYTES, MULTIPART_OVERHEAD_BYTES, BodyGuard, LastResort, SecurityHeaders
from api.problems import install_problem_handlers, problem_responses
from api.rate_limits import RateLimits
from api.settings import ApiSettings
from api.static import WebClient, default_web_client_dir
from question_bank.library import BankLibrary
from records.camera import MAX_CHUNK_BYTES
from records.database import Database
from records.group_data import GroupData
from records.installation import Installation
from records.media import CV_MAX_BYTES
from records.settings import RecordsSettings
from records.video_avatar_settings import VideoAvatarSettings
from scoring.library import RubricLibrary

VERSION = "0.1.0"
DESCRIPTION = "Candidates' interviews with Aila, recruiters' rankings, and the studio's question banks."


def create_app(installation: Installation, settings: ApiSettings | None = None) -> FastAPI:
    """Return the api of ``installation``; its database is migrated when the application starts.

    Raises
    ------
    BrandError
        If the installation has a brand, and something is wrong with it.
    """
    settings = settings or ApiSettings()
    database = Database(installation.database_url)
    metrics = Metrics(database)
    context = Context(
        installation=installation,
        settings=settings,
        database=database,
        banks=BankLibrary(installation.banks_dir),
        rubrics=RubricLibrary(installation.rubrics_dir),
        rate_limits=RateLimits(settings),
        metrics=metrics,
        retention=timedelta(days=RecordsSettings().retention_days),
        amendment_window=timedelta(hours=RecordsSettings().amendment_hours),
        llm=LlmSettings(),
        video_avatar_provider=_video_avatar_provider(),
    )
    app = FastAPI(
        title="Aila",
        version=VERSION,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
        responses=problem_responses(),
    )
    app.state.context = context
    app.state.readiness = ReadinessProbe(context)
    app.state.group_data = GroupData(installation)
    _add_routes(app, settings)
    app.router.default = WebClient(
        settings.web_client_dir or default_web_client_dir(), brand_of(installation.data_dir)
    )
    install_problem_handlers(app)
    _add_middleware(app, context)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    context: Context = app.state.context
    context.database.migrate()
    yield
    context.database.close()
    app.state.group_data.close()


def _video_avatar_provider() -> str | None:
    settings = VideoAvatarSettings()
    return settings.video_avatar_provider if settings.video_avatar else None


def _add_routes(app: FastAPI, settings: ApiSettings) -> None:
    for module in (
        candidate,
        own_interview,
        amendments,
        own_feedback,
        own_group_data,
        camera,
        text_route,
        authentication,
        recruiter,
        recruiter_files,
        recruiter_positions,
        shown_to_candidates,
        spoken_sentence,
        studio,
        health,
    ):
        app.include_router(module.router)
    if settings.livekit_proxy:
        app.include_router(livekit_proxy.router)
    if settings.local_authority is not None:
        app.include_router(local_authority.router)


def _add_middleware(app: FastAPI, context: Context) -> None:
    """Add what surrounds every request; the last added is the outermost."""
    cv_limit = CV_MAX_BYTES + MULTIPART_OVERHEAD_BYTES

    def max_bytes(path: str) -> int:
        if path.startswith("/api/candidate/camera/"):
            return MAX_CHUNK_BYTES
        if path == spoken_sentence.PATH:
            return spoken_sentence.MAX_BYTES
        return cv_limit if path.endswith("/cv") else MAX_JSON_BYTES

    app.add_middleware(BodyGuard, max_bytes=max_bytes)
    app.add_middleware(LastResort)
    app.add_middleware(MeasureRequests, metrics=context.metrics)
    app.add_middleware(SecurityHeaders, livekit_url=context.settings.livekit_browser_url)
