"""The optional camera: chunks from the candidate's browser, takes for the recruiter, the position's say."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from api.authentication import RecruiterRoute
from api.candidate_token import CandidateRoute, SessionIdDependency
from api.context import Context, ContextDependency
from api.problems import Conflict, Forbidden, NotFound, UnsupportedMedia
from api.schemas import Identifier, RequestBody, ResponseBody
from api.schemas_recruiter import CameraTakeView
from records import camera, consents, positions, sessions
from records.amendments import in_force, muted_spans
from records.camera_parts import parts, within
from records.event_log import EventLog
from records.projection import as_said
from records.tables import CameraTake, now

router = APIRouter(tags=["camera"])
_own = APIRouter(prefix="/api/candidate", route_class=CandidateRoute)
_recruiter = APIRouter(prefix="/api/recruiter", route_class=RecruiterRoute)
UPLOADS_FOR = timedelta(hours=24)
"""After the interview's end: what was recorded while the network was away still comes."""
MAX_AGE_MS = 172_800_000
_PRIVATE = {"Cache-Control": "private, no-cache"}


class CameraChunkStored(ResponseBody):
    next: int = Field(description="Number of the chunk that is wanted next; lower ones are stored.")


class CameraAllowed(ResponseBody):
    allowed: bool


class CameraAllowedRequest(RequestBody):
    allowed: bool = Field(description="Whether candidates may switch their camera on, for recruiters' eyes.")


@_own.put("/camera/{take}/{number}", operation_id="put_camera_chunk")
async def put_camera_chunk(
    request: Request,
    context: ContextDependency,
    session_id: SessionIdDependency,
    take: Annotated[str, Path(pattern=r"^[a-z0-9-]{8,32}$")],
    number: Annotated[int, Path(ge=0, le=100_000)],
    began_ms_ago: Annotated[
        int, Query(ge=0, le=MAX_AGE_MS, description="Milliseconds since the take began.")
    ],
) -> CameraChunkStored:
    """Store one piece (WebM or MP4, at most 4 MB) of what the candidate's camera records.

    Sent again, it is acknowledged again; pieces are stored in the order of their numbers.
    """
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type not in ("video/webm", "video/mp4"):
        raise UnsupportedMedia("Send a piece of video/webm or video/mp4.")
    # Before the piece itself is read, which may take seconds on a slow network.
    began_at = now() - timedelta(milliseconds=began_ms_ago)
    content = await request.body()

    def store() -> int:
        with context.database.transaction() as session:
            _require_camera(context, session_id)
            return camera.store_chunk(
                session,
                context.installation,
                session_id,
                take,
                number,
                content,
                "video/mp4" if content_type == "video/mp4" else "video/webm",
                began_at,
            )

    return CameraChunkStored(next=await run_in_threadpool(store))


def _require_camera(context: Context, session_id: str) -> None:
    """Check that the position allows a camera, the candidate agreed to it, and the time is not over."""
    with context.database.reading() as session:
        found = sessions.get(session, session_id)
        position = positions.get(session, found.position_id)
        agreed = consents.in_force(session, session_id).get("camera", False)
    if not (position.allows_camera and agreed):
        raise Forbidden("No video is taken: the camera was not agreed to, or this position does not use one.")
    if found.ended_at is not None and now() - found.ended_at > UPLOADS_FOR:
        raise Conflict("The interview ended too long ago to add video to it.")


@_recruiter.get(
    "/sessions/{session_id}/camera/{take}", operation_id="read_camera_take", response_class=FileResponse
)
def read_camera_take(
    context: ContextDependency,
    session_id: Identifier,
    take: Identifier,
    part: Annotated[
        int, Query(ge=0, description="From 0; a take has several where answers were withdrawn.")
    ] = 0,
) -> FileResponse:
    """Return one part of a take, in ranges; it has no sound, and nothing of withdrawn answers."""
    with context.database.reading() as session:
        stored = session.get(CameraTake, (session_id, take))
    shown = parts(context.installation, stored, _withdrawn_spans(context, session_id)) if stored else []
    if stored is None or part >= len(shown) or not shown[part].path.is_file():
        raise NotFound("There is no such video.")
    return FileResponse(shown[part].path, media_type=stored.content_type, headers=_PRIVATE)


def _withdrawn_spans(context: Context, session_id: str) -> list[tuple[float, float]]:
    """Return the seconds of the session in which withdrawn answers were given."""
    with context.database.reading() as session:
        found = sessions.get(session, session_id)
    events = EventLog(context.database, session_id).events()
    said = as_said(session_id, context.banks.load(found.bank_id, found.bank_version), events)
    return muted_spans(said.turns, in_force(events))


@_recruiter.get("/positions/{position_id}/camera", operation_id="read_camera_allowed")
def read_camera_allowed(context: ContextDependency, position_id: Identifier) -> CameraAllowed:
    """Return whether candidates of the position may switch their camera on."""
    with context.database.reading() as session:
        return CameraAllowed(allowed=positions.get(session, position_id).allows_camera)


@_recruiter.put("/positions/{position_id}/camera", operation_id="set_camera_allowed")
def set_camera_allowed(
    context: ContextDependency, position_id: Identifier, body: CameraAllowedRequest
) -> CameraAllowed:
    """Let candidates of the position switch their camera on, if they want to, or no longer."""
    with context.database.transaction() as session:
        positions.get(session, position_id).allows_camera = body.allowed
    return CameraAllowed(allowed=body.allowed)


def camera_views(
    context: Context, takes: list[CameraTake], withheld: list[tuple[float, float]]
) -> tuple[CameraTakeView, ...]:
    """Return where a session's takes are, without the spans ``withheld`` (seconds of the session)."""
    return tuple(view for take in takes for view in _views(context, take, withheld))


def _views(
    context: Context, take: CameraTake, withheld: list[tuple[float, float]]
) -> Iterator[CameraTakeView]:
    url = f"/api/recruiter/sessions/{take.session_id}/camera/{take.take}"
    if not within(take, withheld):
        # It is made when it is looked at: it may still grow.
        yield CameraTakeView(url=url, start_s=take.start_s, size_bytes=take.size_bytes)
        return
    for number, part in enumerate(parts(context.installation, take, withheld)):
        size_bytes = part.path.stat().st_size
        yield CameraTakeView(url=f"{url}?part={number}", start_s=part.start_s, size_bytes=size_bytes)


router.include_router(_own)
router.include_router(_recruiter)
