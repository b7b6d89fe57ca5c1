"""Recruiters' endpoints: positions, invitations, the ranked list, one interview, decisions."""

from datetime import timedelta

from fastapi import APIRouter, Request

from api.authentication import LoginDependency, RecruiterRoute
from api.context import ContextDependency
from api.positions_view import checked_levels, position_rows, position_view
from api.ranking_view import ranking_view
from api.schemas import Identifier
from api.schemas_recruiter import (
    DecisionRequest,
    DecisionView,
    InvitationCreated,
    InvitationRequest,
    LevelsRequest,
    PositionRow,
    PositionView,
    RankingView,
    SessionDetail,
)
from api.session_detail import decision_view, session_detail
from records import decisions, invitations, positions, sessions

router = APIRouter(prefix="/api/recruiter", tags=["recruiter"], route_class=RecruiterRoute)


@router.get("/positions", operation_id="list_positions")
def list_positions(context: ContextDependency) -> list[PositionRow]:
    """Return all positions with the numbers of their interviews."""
    with context.database.reading() as session:
        return position_rows(session, positions.list_all(session))


@router.get("/positions/{position_id}", operation_id="read_position")
def read_position(context: ContextDependency, position_id: Identifier) -> PositionView:
    """Return a position with its required levels and its rubric's criteria."""
    return position_view(context, position_id)


@router.put("/positions/{position_id}/levels", operation_id="set_levels")
def set_levels(context: ContextDependency, position_id: Identifier, body: LevelsRequest) -> PositionView:
    """Replace the position's required levels."""
    with context.database.reading() as session:
        position = positions.get(session, position_id)
    rubric = context.rubrics.load(position.rubric_id, position.rubric_version)
    levels = checked_levels(rubric, body.levels)
    with context.database.transaction() as session:
        positions.set_levels(session, position_id, levels)
    return position_view(context, position_id)


@router.post("/positions/{position_id}/invitations", operation_id="invite", status_code=201)
def invite(
    request: Request, context: ContextDependency, position_id: Identifier, body: InvitationRequest
) -> InvitationCreated:
    """Make a candidate's link."""
    with context.database.transaction() as session:
        position = positions.get(session, position_id)
        invitation, token = invitations.create(
            session,
            context.installation,
            position.id,
            body.candidate_name,
            timedelta(days=body.expires_in_days),
        )
        expires_at = invitation.expires_at
    base = (context.settings.public_url or str(request.base_url)).rstrip("/")
    return InvitationCreated(invite=token, url=f"{base}/i/{token}", expires_at=expires_at)


@router.get("/positions/{position_id}/ranking", operation_id="read_ranking")
def read_ranking(context: ContextDependency, position_id: Identifier) -> RankingView:
    """Return the position's candidates in the order of their fit, ties shown, nobody left out."""
    return ranking_view(context, position_id)


@router.get("/sessions/{session_id}", operation_id="read_session")
def read_session(context: ContextDependency, session_id: Identifier) -> SessionDetail:
    """Return everything about one interview: scores, evidence, transcript, recording, decisions."""
    detail = session_detail(context, session_id)
    if detail.status in ("scored", "failed"):
        with context.database.transaction() as session:
            sessions.note_read(session, session_id)
    return detail


@router.post("/sessions/{session_id}/decisions", operation_id="decide", status_code=201)
def decide(
    context: ContextDependency, login: LoginDependency, session_id: Identifier, body: DecisionRequest
) -> DecisionView:
    """Add a decision with its reason; earlier ones stay."""
    with context.database.transaction() as session:
        sessions.get(session, session_id)
        decisions.record(session, session_id, body.decision, body.note, login.username)
        session.flush()
        return decision_view(decisions.history(session, session_id)[-1])
