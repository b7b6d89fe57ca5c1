"""The candidate's endpoints: look at the invitation, join, see the interview and what became of it."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Annotated, cast

import anyio.from_thread
from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session

from agent.interview.estimate import expected_minutes
from api.candidate_token import CandidateRoute, SessionIdDependency, issue_session_token
from api.consents import (
    DEFAULT_LANGUAGE,
    Circumstances,
    consent_text,
    consent_version,
    offered_consents,
    require_consents,
    require_text_that_was_shown,
)
from api.context import Context, ContextDependency
from api.health import ReadinessProbe
from api.invited import look_up, read_invited
from api.livekit_access import check_token, delete_room, room_token
from api.problems import Unavailable
from api.schemas import Mode, SessionStatus
from api.schemas_candidate import (
    AfterwardsView,
    BankInBrief,
    CheckRequest,
    CheckResponse,
    ConsentTextRead,
    InvitationView,
    JoinRequest,
    JoinResponse,
    SessionView,
)
from api.typed_interviews import open_typed_interview, session_view
from question_bank.bank import Bank
from question_bank.errors import BankError
from question_bank.loading import content_hash
from records import camera, consents, decisions, media, positions, sessions
from records.tables import InterviewSession, Invitation, Position

logger = logging.getLogger(__name__)
ROOM_CLOSING_TIMEOUT_S = 3.0
router = APIRouter(prefix="/api/candidate", tags=["candidate"])
_joined = APIRouter(route_class=CandidateRoute)


@router.get("/invitation", operation_id="read_invitation")
def read_invitation(
    request: Request,
    context: ContextDependency,
    invite: Annotated[str, Query(min_length=1, max_length=2048)],
    language: Annotated[
        str,
        Query(max_length=16, description="Of the text to agree to (BCP 47); English by default."),
    ] = DEFAULT_LANGUAGE,
) -> InvitationView:
    """Return what the candidate is invited to, and what there is to agree to."""
    context.rate_limits.look(request)
    with context.database.reading() as session:
        invited = read_invited(session, context, invite)
        position = positions.get(session, invited.invitation.position_id)
    invitation, found = invited.invitation, invited.interview
    bank = _pinned_bank(context, invitation, position, found)
    probe: ReadinessProbe = request.app.state.readiness
    return InvitationView(
        position_title=position.title,
        company=position.company,
        candidate_name=invitation.candidate_name,
        bank=BankInBrief(
            id=bank.id,
            version=bank.version,
            title=bank.title,
            question_count=len(bank.questions),
            minutes=expected_minutes(bank, "voice"),
            minutes_typed=expected_minutes(bank, "text"),
        ),
        consents=consent_text(
            position.company, context.retention.days, language, _circumstances(context, position)
        ),
        modes=("voice", "text"),
        status="new" if found is None else "completed" if invited.is_over else "in_progress",
        mode=cast(Mode, found.mode) if found else None,
        agent_available=anyio.from_thread.run(probe.voice_available),
        retention_days=context.retention.days,
        interview_language=bank.locale,
    )


@router.post("/join", operation_id="join")
def join(request: Request, context: ContextDependency, body: JoinRequest) -> JoinResponse:
    """Begin the interview of an invitation, or come back to it."""
    context.rate_limits.join(request, body.invite)
    joined = _enter(context, body)
    if joined.left_room:
        close_room(context, joined.left_room)
    if body.mode == "text":
        open_typed_interview(context, joined.session_id)
        url, token = None, None
    else:
        url = context.settings.livekit_browser_url
        token = room_token(context.installation, joined.session_id, joined.room_name, joined.candidate_name)
    return JoinResponse(
        session_id=joined.session_id,
        session_token=issue_session_token(context, joined.session_id),
        mode=body.mode,
        livekit_url=url,
        livekit_token=token,
        camera=joined.camera and body.mode == "voice",
        video_avatar=context.video_avatar_provider is not None and body.mode == "voice",
        resumed=joined.resumed,
    )


@router.post("/connection-check", operation_id="check_connection")
def check_connection(request: Request, context: ContextDependency, body: CheckRequest) -> CheckResponse:
    """Let a candidate's browser try, before the interview, whether calls get through its network."""
    context.rate_limits.join(request, body.invite)
    look_up(context, body.invite).require_not_over()
    return CheckResponse(
        livekit_url=context.settings.livekit_browser_url, livekit_token=check_token(context.installation)
    )


@_joined.get("/session", operation_id="read_own_session")
def read_own_session(context: ContextDependency, session_id: SessionIdDependency) -> SessionView:
    """Return where the candidate's interview is, and what was said."""
    return session_view(context, session_id)


@_joined.get("/status", operation_id="read_status")
def read_status(context: ContextDependency, session_id: SessionIdDependency) -> AfterwardsView:
    """Return what happened to the interview."""
    with context.database.reading() as session:
        found = sessions.get(session, session_id)
        recording = media.newest(session, session_id, "recording")
        position = positions.get(session, found.position_id)
        decided = bool(decisions.history(session, session_id))
        filmed = bool(camera.takes_of(session, session_id))
    processed = found.status in ("scored", "failed")
    return AfterwardsView(
        status=cast(SessionStatus, found.status),
        ended_at=found.ended_at,
        recording_kept=recording is not None if processed else None,
        camera_kept=filmed,
        read_at=found.first_read_at if position.shows_progress else None,
        decided=decided if position.shows_progress else None,
    )


router.include_router(_joined)


@dataclass(frozen=True, slots=True)
class _Joined:
    session_id: str
    room_name: str
    candidate_name: str
    resumed: bool
    left_room: str | None
    """The room of a voice interview that goes on typed; None otherwise."""
    camera: bool
    """Whether the position allows a camera, and the candidate agreed to it."""


def _circumstances(context: Context, position: Position) -> Circumstances:
    return Circumstances(position.allows_camera, context.video_avatar_provider)


def _enter(context: Context, body: JoinRequest) -> _Joined:
    """Create or find the session and store the consents, all or nothing."""
    with context.database.transaction() as session:
        invited = read_invited(session, context, body.invite)
        invited.require_not_over()
        invitation = invited.invitation
        require_consents(body.consents)
        position = positions.get(session, invitation.position_id)
        pins = _pins(context, invitation, position)
        found, resumed = sessions.create_or_get(session, invitation, body.mode, pins)
        _record_consents(session, found.id, body, _circumstances(context, position))
        left_room = _change_mode(session, found, body.mode)
        may_film = position.allows_camera and body.consents.camera
        return _Joined(found.id, found.room_name, invitation.candidate_name, resumed, left_room, may_film)


def _record_consents(
    session: Session, session_id: str, body: JoinRequest, circumstances: Circumstances
) -> None:
    """Store the consents, unless the newest stored ones say the same of the same text."""
    granted: dict[str, bool] = {
        name: getattr(body.consents, name) for name in offered_consents(circumstances)
    }
    history = consents.history(session, session_id)
    read = body.consent_text or ConsentTextRead(
        version=consent_version(circumstances), language=DEFAULT_LANGUAGE
    )
    require_text_that_was_shown(
        read.version, read.language, {row.text_version for row in history}, circumstances
    )
    newest = {row.consent_id: (row.granted, row.text_version, row.text_language) for row in history}
    given = {key: (value, read.version, read.language) for key, value in granted.items()}
    if newest != given:
        consents.record(session, session_id, granted, read.version, read.language)


def _change_mode(session: Session, found: InterviewSession, mode: Mode) -> str | None:
    """Let the interview go on the other way; return the room that is left by that, None if none is."""
    if found.mode == mode:
        return None
    sessions.set_mode(session, found.id, mode)
    return found.room_name if mode == "text" else None


def close_room(context: Context, room_name: str) -> None:
    """End the call, and Aila's job in it; if LiveKit is away, the record still keeps the job out."""

    async def close() -> None:
        async with asyncio.timeout(ROOM_CLOSING_TIMEOUT_S):
            await delete_room(context.installation, context.settings.livekit_url, room_name)

    try:
        anyio.from_thread.run(close)
    except Exception as error:
        logger.warning("room %s could not be closed (%s)", room_name, type(error).__name__)


def _pinned_bank(
    context: Context, invitation: Invitation, position: Position, found: InterviewSession | None
) -> Bank:
    if found is not None:
        return _load_bank(context, found.bank_id, found.bank_version)
    if invitation.bank_id is not None and invitation.bank_id != position.bank_id:
        return _load_bank(context, invitation.bank_id, None)
    return _load_bank(context, position.bank_id, position.bank_version)


def _load_bank(context: Context, bank_id: str, version: str | None) -> Bank:
    try:
        return context.banks.load(bank_id, version)
    except BankError as error:
        logger.error("bank %s %s cannot be loaded: %s", bank_id, version, error)
        raise Unavailable(
            "The questions of this interview cannot be read at the moment. Please try again later."
        ) from None


def _pins(context: Context, invitation: Invitation, position: Position) -> sessions.Pins:
    bank = _pinned_bank(context, invitation, position, None)
    return sessions.Pins(
        bank_id=bank.id,
        bank_version=bank.version,
        bank_hash=content_hash(bank),
        rubric_id=position.rubric_id,
        rubric_version=position.rubric_version,
    )
