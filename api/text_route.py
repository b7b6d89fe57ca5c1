"""The typed interview's endpoints: messages and controls; one that is repeated counts once."""

from fastapi import APIRouter

from api.candidate_token import CandidateRoute, SessionIdDependency
from api.context import ContextDependency
from api.schemas_candidate import ControlRequest, MessageRequest, SessionView
from api.typed_interviews import session_view, take_control, take_message

router = APIRouter(prefix="/api/candidate", tags=["candidate"], route_class=CandidateRoute)


@router.post("/messages", operation_id="send_message")
def send_message(
    context: ContextDependency, session_id: SessionIdDependency, body: MessageRequest
) -> SessionView:
    """Take a typed answer, question or wish; return the interview with Aila's reply."""
    context.rate_limits.typing(session_id)
    take_message(context, session_id, body.id, body.text, body.reply_to)
    return session_view(context, session_id)


@router.post("/controls", operation_id="use_control")
def use_control(
    context: ContextDependency, session_id: SessionIdDependency, body: ControlRequest
) -> SessionView:
    """Take a pressed control: repeat, skip, done, moment, pause, resume or leave."""
    context.rate_limits.typing(session_id)
    take_control(context, session_id, body.id, body.control, body.reply_to)
    return session_view(context, session_id)
