"""What a candidate's camera recorded, stored chunk by chunk as the browser delivers it.

A take is one stretch that the camera was on. Its chunks are the pieces of one media file, so they are
appended in the order of their numbers; a number that was stored is acknowledged again, one that is ahead is
refused by naming the next. It is for recruiters' eyes only, has no sound, and nothing of it is scored.
"""

import os
import re
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from records import sessions
from records.errors import MediaRejected
from records.installation import Installation
from records.media import session_dir
from records.tables import CameraTake, InterviewSession

CameraType = Literal["video/webm", "video/mp4"]
MAX_CHUNK_BYTES = 4 * 1024 * 1024
MAX_SESSION_BYTES = 400 * 1024 * 1024
"""About three hours of what the page records."""
MAX_TAKES = 40
_TAKE = re.compile(r"[a-z0-9-]{8,32}")
_SUFFIX: dict[str, str] = {"video/webm": ".webm", "video/mp4": ".mp4"}


def store_chunk(
    session: Session,
    installation: Installation,
    session_id: str,
    take: str,
    number: int,
    content: bytes,
    content_type: CameraType,
    began_at: datetime,
) -> int:
    """Append chunk ``number`` (from 0) of a take that ``began_at`` and return the number of the next one.

    Raises
    ------
    MediaRejected
        If it is no piece of a video, or too large, or there is too much of it.
    NotFound
        If there is no such session.
    """
    _require_acceptable(take, number, content, content_type)
    # One writer at a time: two tabs may send the same chunk.
    found = sessions.get(session, session_id)
    session.refresh(found, with_for_update=True)
    stored = session.get(CameraTake, (session_id, take))
    if stored is None:
        if number != 0:
            return 0
        stored = _new_take(session, found, take, content_type, began_at)
    if number != stored.chunks:
        return stored.chunks
    _require_room(session, session_id, len(content))
    _append(path_of(installation, stored), stored.size_bytes, content)
    stored.size_bytes += len(content)
    stored.chunks += 1
    return stored.chunks


def takes_of(session: Session, session_id: str) -> list[CameraTake]:
    """Return the takes of a session, earliest first."""
    return list(
        session.scalars(
            select(CameraTake).where(CameraTake.session_id == session_id).order_by(CameraTake.start_s)
        )
    )


def path_of(installation: Installation, take: CameraTake) -> Path:
    folder = session_dir(installation, take.session_id) / "camera"
    return folder / f"{take.take}{_SUFFIX[take.content_type]}"


def _require_acceptable(take: str, number: int, content: bytes, content_type: str) -> None:
    if content_type not in get_args(CameraType):
        raise MediaRejected(f"a camera's video is {' or '.join(get_args(CameraType))}, not {content_type}")
    if _TAKE.fullmatch(take) is None or number < 0:
        raise MediaRejected(
            "a take has a name of 8 to 32 letters a-z, digits and hyphens; chunks count from 0"
        )
    if not 0 < len(content) <= MAX_CHUNK_BYTES:
        raise MediaRejected(f"a chunk has 1 to {MAX_CHUNK_BYTES} bytes; this one has {len(content)}")
    if number == 0 and not _begins_as(content, content_type):
        raise MediaRejected(f"the first chunk is not the beginning of {content_type}")


def _begins_as(content: bytes, content_type: str) -> bool:
    return (
        content.startswith(b"\x1a\x45\xdf\xa3") if content_type == "video/webm" else content[4:8] == b"ftyp"
    )


def _new_take(
    session: Session, found: InterviewSession, take: str, content_type: CameraType, began_at: datetime
) -> CameraTake:
    count = session.scalar(
        select(func.count()).select_from(CameraTake).where(CameraTake.session_id == found.id)
    )
    if (count or 0) >= MAX_TAKES:
        raise MediaRejected(f"the camera was switched on more than {MAX_TAKES} times")
    origin = found.started_at or found.created_at
    new = CameraTake(
        session_id=found.id,
        take=take,
        content_type=content_type,
        chunks=0,
        size_bytes=0,
        start_s=max(0.0, (began_at - origin).total_seconds()),
    )
    session.add(new)
    return new


def _require_room(session: Session, session_id: str, size: int) -> None:
    taken = session.scalar(select(func.sum(CameraTake.size_bytes)).where(CameraTake.session_id == session_id))
    if (taken or 0) + size > MAX_SESSION_BYTES:
        raise MediaRejected(f"an interview keeps at most {MAX_SESSION_BYTES // 1024 // 1024} MB of video")


def _append(path: Path, size_bytes: int, content: bytes) -> None:
    """Write after what is known to be stored: what a killed process wrote beyond it is written over."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("r+b") as file:
        file.truncate(size_bytes)
        file.seek(size_bytes)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
