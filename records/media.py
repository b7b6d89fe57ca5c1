"""Files of a session: the recording's segments, the joined recording, the CV that a recruiter added."""

import hashlib
import io
import secrets
import zipfile
from pathlib import Path
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from records.errors import MediaRejected
from records.installation import Installation
from records.tables import MediaFile

MediaKind = Literal["recording", "cv"]
CV_MAX_BYTES = 5 * 1024 * 1024
PDF_TYPE = "application/pdf"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def session_dir(installation: Installation, session_id: str) -> Path:
    return installation.media_dir / session_id


def segments_dir(installation: Installation, session_id: str) -> Path:
    """Where the agent writes segments; a file's name is its start in milliseconds of session time."""
    return session_dir(installation, session_id) / "segments"


def recording_path(installation: Installation, session_id: str) -> Path:
    return session_dir(installation, session_id) / "recording.m4a"


def newest(session: Session, session_id: str, kind: MediaKind) -> MediaFile | None:
    return session.scalar(
        select(MediaFile)
        .where(MediaFile.session_id == session_id, MediaFile.kind == kind)
        .order_by(MediaFile.created_at.desc())
        .limit(1)
    )


def of_session(session: Session, session_id: str) -> list[MediaFile]:
    """Return all finished files of a session, oldest first."""
    return list(
        session.scalars(
            select(MediaFile).where(MediaFile.session_id == session_id).order_by(MediaFile.created_at)
        )
    )


def absolute_path(installation: Installation, file: MediaFile) -> Path:
    return installation.media_dir / file.path


def register_recording(
    session: Session, installation: Installation, session_id: str, duration_s: float, revision: int = 0
) -> MediaFile:
    """Note the recording at :func:`recording_path`, joined for ``revision``; an earlier note is replaced."""
    session.execute(
        delete(MediaFile).where(MediaFile.session_id == session_id, MediaFile.kind == "recording")
    )
    path = recording_path(installation, session_id)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    row = MediaFile(
        id=secrets.token_hex(8),
        session_id=session_id,
        kind="recording",
        path=str(path.relative_to(installation.media_dir)),
        file_name="recording.m4a",
        content_type="audio/mp4",
        size_bytes=path.stat().st_size,
        sha256=digest,
        duration_s=duration_s,
        revision=revision,
    )
    session.add(row)
    session.flush()
    return row


def document_type(content: bytes) -> str:
    """Return the media type of a CV by what is in it, not by its name.

    Raises
    ------
    MediaRejected
        If it is empty, too large, or neither PDF nor Word (DOCX).
    """
    if len(content) > CV_MAX_BYTES:
        raise MediaRejected(f"the file is larger than {CV_MAX_BYTES // 1024 // 1024} MB; send a smaller one")
    if content.startswith(b"%PDF-"):
        return PDF_TYPE
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if "word/document.xml" in archive.namelist():
                    return DOCX_TYPE
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            pass  # a broken archive fails in each of these ways
    raise MediaRejected("a CV must be a PDF or a Word document (DOCX); this file is neither")


def store_cv(
    session: Session, installation: Installation, session_id: str, file_name: str, content: bytes
) -> MediaFile:
    """Store a CV beside the session; the newest is shown, earlier ones are kept.

    Raises
    ------
    MediaRejected
        As :func:`document_type`.
    """
    content_type = document_type(content)
    media_id = secrets.token_hex(8)
    suffix = ".pdf" if content_type == PDF_TYPE else ".docx"
    folder = session_dir(installation, session_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"cv-{media_id}{suffix}"
    path.touch(mode=0o600)
    try:
        path.write_bytes(content)
    except OSError:
        path.unlink()
        raise
    row = MediaFile(
        id=media_id,
        session_id=session_id,
        kind="cv",
        path=str(path.relative_to(installation.media_dir)),
        file_name=_plain_name(file_name, suffix),
        content_type=content_type,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    session.add(row)
    session.flush()
    return row


def _plain_name(file_name: str, suffix: str) -> str:
    kept = "".join(
        c for c in file_name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable() and c not in '"<>|'
    )
    stem = kept.rsplit(".", 1)[0].strip(" .") or "cv"
    return stem[:120] + suffix
