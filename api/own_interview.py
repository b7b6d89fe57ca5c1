"""What candidates may do with their own interview once it is over: read, hear, take along, ask, delete."""

import json
import tempfile
import zipfile
from pathlib import Path
from typing import cast

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from api.candidate import close_room
from api.candidate_token import CandidateRoute, SessionIdDependency, issue_session_token
from api.context import Context, ContextDependency
from api.export import write_export
from api.invited import look_up
from api.own_answers_view import own_answers_view
from api.own_group_data import GroupDataDependency, exported
from api.problems import NotFound
from api.schemas import SessionStatus
from api.schemas_own_interview import (
    ErasureReceipt,
    HumanReviewRequest,
    HumanReviewView,
    OwnAnswersView,
    ReturnedView,
    ReturnRequest,
)
from records import human_reviews, media, retention, sessions

router = APIRouter(prefix="/api/candidate", tags=["candidate"])
_own = APIRouter(route_class=CandidateRoute)
_PRIVATE = {"Cache-Control": "private, no-store"}


@router.post("/return", operation_id="return_to_own_interview")
def return_to_own_interview(
    request: Request, context: ContextDependency, body: ReturnRequest
) -> ReturnedView:
    """Open an interview that is over again, by its invitation, to read, hear or delete it."""
    context.rate_limits.join(request, body.invite)
    found = look_up(context, body.invite).finished()
    return ReturnedView(
        session_token=issue_session_token(context, found.id), status=cast(SessionStatus, found.status)
    )


@_own.get("/answers", operation_id="read_own_answers")
def read_own_answers(context: ContextDependency, session_id: SessionIdDependency) -> OwnAnswersView:
    """Return what was said, with the times at which it is heard in the recording, and what was amended."""
    return own_answers_view(context, session_id)


@_own.get("/recording", operation_id="read_own_recording", response_class=FileResponse)
def read_own_recording(context: ContextDependency, session_id: SessionIdDependency) -> FileResponse:
    """Return the recording, if one was allowed and kept: candidate left, Aila right."""
    with context.database.reading() as session:
        found = media.newest(session, session_id, "recording")
    path = media.absolute_path(context.installation, found) if found else None
    if found is None or path is None or not path.is_file():
        raise NotFound("No sound was kept of this interview.")
    return FileResponse(path, media_type=found.content_type, headers=_PRIVATE)


@_own.get("/export", operation_id="export_own_data", response_class=FileResponse)
def export_own_data(
    context: ContextDependency, group_data: GroupDataDependency, session_id: SessionIdDependency
) -> FileResponse:
    """Return everything that is stored about this interview, as one ZIP."""
    draft = Path(tempfile.mkstemp(prefix="export-", suffix=".zip", dir=context.installation.cache_dir)[1])
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            write_export(archive, context, session_id)
            answer = exported(group_data.of_session(session_id))
            if answer is not None:
                archive.writestr("group_data.json", json.dumps(answer, indent=1))
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return FileResponse(
        draft,
        media_type="application/zip",
        filename=f"aila-interview-{session_id}.zip",
        headers=_PRIVATE,
        background=BackgroundTask(draft.unlink, missing_ok=True),
    )


@_own.post("/human-review", operation_id="ask_for_human_review", status_code=201)
def ask_for_human_review(
    context: ContextDependency, session_id: SessionIdDependency, body: HumanReviewRequest
) -> HumanReviewView:
    """Ask that a person looks at this interview; the recruiters see it. Asked again, the first counts."""
    with context.database.transaction() as session:
        sessions.get(session, session_id)
        stored = human_reviews.ask(session, session_id, body.note)
        return HumanReviewView(asked_at=stored.asked_at, note=stored.note)


@_own.delete("/interview", operation_id="erase_own_interview")
def erase_own_interview(context: ContextDependency, session_id: SessionIdDependency) -> ErasureReceipt:
    """Delete everything about this interview, at once and for good, for a receipt."""
    with context.database.reading() as session:
        found = sessions.get(session, session_id)
    if found.mode == "voice" and found.status in sessions.OPEN_STATUSES:
        close_room(context, found.room_name)
    receipt = _erase(context, session_id)
    context.database.forget_deleted()
    return receipt


def _erase(context: Context, session_id: str) -> ErasureReceipt:
    with context.database.transaction() as session:
        stored = retention.erase(session, context.installation, session_id, "candidate")
        return ErasureReceipt(receipt=stored.receipt, erased_at=stored.erased_at, erased=stored.erased)


router.include_router(_own)
