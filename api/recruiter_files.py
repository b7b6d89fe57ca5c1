"""Files of a session for recruiters: the recording, in ranges, and the CV beside it."""

from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import FileResponse

from api.authentication import RecruiterRoute
from api.context import Context, ContextDependency
from api.problems import BodyTooLarge, Conflict, NotFound
from api.schemas import Identifier
from api.schemas_recruiter import CvView, RecordingView
from records import media, sessions
from records.tables import MediaFile

_CACHING = {"Cache-Control": "private, no-cache"}
router = APIRouter(prefix="/api/recruiter/sessions", tags=["recruiter"], route_class=RecruiterRoute)


@router.get("/{session_id}/recording", operation_id="read_recording", response_class=FileResponse)
def read_recording(context: ContextDependency, session_id: Identifier) -> FileResponse:
    """Return the recording: candidate left, Aila right; a Range header gets a part of it."""
    return _file_response(context, session_id, "recording", inline=True)


@router.put("/{session_id}/cv", operation_id="put_cv", form_limits={"max_files": 1, "max_fields": 1})
def put_cv(context: ContextDependency, session_id: Identifier, file: Annotated[UploadFile, File()]) -> CvView:
    """Put a CV (PDF or DOCX, at most 5 MB) beside the interview; scoring never sees it."""
    content = file.file.read(media.CV_MAX_BYTES + 1)
    if len(content) > media.CV_MAX_BYTES:
        raise BodyTooLarge(f"A CV may have at most {media.CV_MAX_BYTES} bytes.")
    with context.database.transaction() as session:
        sessions.get(session, session_id)
        stored = media.store_cv(session, context.installation, session_id, file.filename or "cv", content)
        return cv_view(stored)


@router.get("/{session_id}/cv", operation_id="read_cv", response_class=FileResponse)
def read_cv(context: ContextDependency, session_id: Identifier) -> FileResponse:
    """Return the CV, to be saved."""
    return _file_response(context, session_id, "cv", inline=False)


def cv_view(file: MediaFile) -> CvView:
    """Return where a CV is, and what kind of file it is."""
    return CvView(
        url=f"/api/recruiter/sessions/{file.session_id}/cv",
        file_name=file.file_name,
        media_type=file.content_type,
        size_bytes=file.size_bytes,
        uploaded_at=file.created_at,
    )


def recording_view(file: MediaFile) -> RecordingView:
    """Return where a recording is, and how long it is."""
    return RecordingView(
        url=f"/api/recruiter/sessions/{file.session_id}/recording", duration_s=file.duration_s or 0.0
    )


def _file_response(context: Context, session_id: str, kind: media.MediaKind, *, inline: bool) -> FileResponse:
    with context.database.reading() as session:
        revision = sessions.get(session, session_id).revision
        found = media.newest(session, session_id, kind)
    if kind == "recording" and found is not None and found.revision != revision:
        raise Conflict("The candidate has changed an answer: the recording is being prepared again.")
    path = media.absolute_path(context.installation, found) if found else None
    if found is None or path is None or not path.is_file():
        raise NotFound(f"This session has no {'recording' if kind == 'recording' else 'CV'}.")
    return FileResponse(
        path,
        media_type=found.content_type,
        filename=found.file_name,
        content_disposition_type="inline" if inline else "attachment",
        headers=_CACHING,
    )
