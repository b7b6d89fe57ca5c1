"""What a camera recorded: appended in order, acknowledged twice, refused when it is something else."""

import math
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from records import camera, sessions
from records.camera_parts import parts
from records.errors import MediaRejected
from records.tables import CameraTake, now
from tests.records.conftest import Records

HEAD = b"\x1a\x45\xdf\xa3 head "


def store(
    records: Records, session_id: str, number: int, content: bytes, take: str = "take-one", **more: object
) -> int:
    with records.database.transaction() as session:
        began_at = now() - timedelta(seconds=5)
        return camera.store_chunk(
            session,
            records.installation,
            session_id,
            take,
            number,
            content,
            str(more.get("content_type", "video/webm")),  # type: ignore[arg-type]
            began_at,
        )


def takes(records: Records, session_id: str) -> list[CameraTake]:
    with records.database.reading() as session:
        return camera.takes_of(session, session_id)


def test_chunks_become_one_file_however_often_and_in_whatever_order_they_are_sent(records: Records) -> None:
    session_id = records.begin()
    assert store(records, session_id, 1, b"too early") == 0
    assert store(records, session_id, 0, HEAD) == 1
    assert store(records, session_id, 2, b"too early") == 1
    assert store(records, session_id, 0, HEAD) == 1
    assert store(records, session_id, 1, b"one ") == 2
    assert store(records, session_id, 2, b"two") == 3
    [take] = takes(records, session_id)
    assert camera.path_of(records.installation, take).read_bytes() == HEAD + b"one two"
    assert take.size_bytes == len(HEAD) + 7


def test_what_a_killed_process_wrote_without_noting_it_is_written_over(records: Records) -> None:
    session_id = records.begin()
    store(records, session_id, 0, HEAD)
    [take] = takes(records, session_id)
    path = camera.path_of(records.installation, take)
    path.write_bytes(HEAD + b"half of a chunk that was never noted")
    store(records, session_id, 1, b"one")
    assert path.read_bytes() == HEAD + b"one"


def test_a_take_begins_where_the_sound_recording_is_by_then(records: Records) -> None:
    session_id = records.begin()
    with records.database.transaction() as session:
        sessions.get(session, session_id).started_at = now() - timedelta(seconds=65)
    store(records, session_id, 0, HEAD)
    [take] = takes(records, session_id)
    assert take.start_s == pytest.approx(60, abs=5)


@pytest.mark.parametrize(
    ("number", "content", "take", "content_type"),
    [
        (0, b"GIF89a", "take-one", "video/webm"),
        (0, b"", "take-one", "video/webm"),
        (0, HEAD, "../../etc", "video/webm"),
        (0, HEAD, "take-one", "image/gif"),
        (0, HEAD, "take-one", "video/mp4"),
        (-1, HEAD, "take-one", "video/webm"),
        (0, HEAD + bytes(camera.MAX_CHUNK_BYTES), "take-one", "video/webm"),
    ],
)
def test_what_is_no_piece_of_a_video_is_refused(
    records: Records, number: int, content: bytes, take: str, content_type: str
) -> None:
    session_id = records.begin()
    with pytest.raises(MediaRejected):
        store(records, session_id, number, content, take, content_type=content_type)
    assert takes(records, session_id) == []


def test_an_interview_keeps_so_much_video_and_no_more(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera, "MAX_SESSION_BYTES", len(HEAD) + 3)
    monkeypatch.setattr(camera, "MAX_TAKES", 2)
    session_id = records.begin()
    store(records, session_id, 0, HEAD)
    with pytest.raises(MediaRejected, match="at most"):
        store(records, session_id, 1, b"four")
    store(records, session_id, 1, b"one")
    monkeypatch.setattr(camera, "MAX_SESSION_BYTES", 10**6)
    store(records, session_id, 0, HEAD, "take-two")
    with pytest.raises(MediaRejected, match="more than 2"):
        store(records, session_id, 0, HEAD, "take-three")


def test_players_can_seek_in_what_a_browser_streamed(records: Records, tmp_path: Path) -> None:
    take = filmed(records, webm(tmp_path, frames=30))
    assert length_s(camera.path_of(records.installation, take)) is None
    [part] = parts(records.installation, take, [])
    assert (part.start_s, length_s(part.path)) == (take.start_s, pytest.approx(3.0, abs=0.2))


def test_what_is_withheld_is_cut_out_with_a_margin_up_to_the_next_key_frame(
    records: Records, tmp_path: Path
) -> None:
    take = filmed(records, webm(tmp_path, frames=100))
    start_s = take.start_s
    first, last = parts(records.installation, take, [(start_s + 3.25, start_s + 4.6)])
    assert first.start_s == start_s
    assert seconds_shown(first.path) == about(0.0, 2.2)
    assert last.start_s == pytest.approx(start_s + 6.0)
    assert seconds_shown(last.path) == about(6.0, 9.9)
    [rest] = parts(records.installation, take, [(start_s - 20, start_s + 3.5)])
    assert rest.start_s == pytest.approx(start_s + 5.0)
    assert seconds_shown(rest.path) == about(5.0, 9.9)
    assert length_s(rest.path) == pytest.approx(5.0, abs=0.2)
    assert parts(records.installation, take, [(0.0, math.inf)]) == []
    assert not first.path.exists(), "what is not shown any more is kept in the take alone"
    [again] = parts(records.installation, take, [(0.0, start_s - 30)])
    assert seconds_shown(again.path) == about(0.0, 9.9)


def test_video_that_cannot_be_read_is_given_as_it_is_or_not_at_all(records: Records) -> None:
    take = filmed(records, HEAD)
    [part] = parts(records.installation, take, [])
    assert part.path.read_bytes() == HEAD
    assert parts(records.installation, take, [(0.0, math.inf)]) == []


def filmed(records: Records, video: bytes) -> CameraTake:
    session_id = records.begin()
    with records.database.transaction() as session:
        sessions.get(session, session_id).started_at = now() - timedelta(seconds=65)
    store(records, session_id, 0, video)
    [take] = takes(records, session_id)
    return take


def webm(folder: Path, frames: int) -> bytes:
    """Return ten frames a second, each brighter than the last and one in ten a key frame.

    As a browser's recorder writes them: without length and index.
    """
    path = folder / "streamed.webm"
    with av.open(str(path), "w", format="webm", options={"live": "1"}) as container:
        stream = container.add_stream("libvpx", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.gop_size = 10
        for number in range(frames):
            frame = av.VideoFrame.from_ndarray(
                np.full((48, 64, 3), number * 2, dtype=np.uint8), format="rgb24"
            )
            frame.pts, frame.time_base = number, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path.read_bytes()


def seconds_shown(path: Path) -> tuple[float, float]:
    """Return which seconds of :func:`webm` the first and the last frame show, by their brightness."""
    with av.open(str(path)) as container:
        shown = [frame.to_ndarray(format="rgb24").mean() / 20 for frame in container.decode(video=0)]
    return float(shown[0]), float(shown[-1])


def about(*seconds: float) -> object:
    """Return what compares equal to ``seconds`` as far as a compressed picture's brightness tells them."""
    return pytest.approx(seconds, abs=0.16)


def length_s(path: Path) -> float | None:
    with av.open(str(path)) as container:
        return None if container.duration is None else container.duration / av.time_base
