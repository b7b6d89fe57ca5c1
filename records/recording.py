"""Joins a session's recorded segments into one file that browsers play."""

import os
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np

SAMPLE_RATE_HZ = 16_000
BYTES_PER_ROW = 4
"""Two channels of 16 bits."""
BIT_RATE = 64_000
_CHUNK_ROWS = SAMPLE_RATE_HZ


def join_segments(
    segments_dir: Path, target: Path, muted: Sequence[tuple[float, float]] = ()
) -> float | None:
    """Join raw stereo segments into ``target`` (AAC in MP4) and return its length in seconds.

    A segment's file name is its start in milliseconds of session time; gaps become silence, so that time 0
    of the file is second 0 of the session. Where segments overlap, the later one counts from its start.
    In the spans of ``muted`` (seconds from the start, to infinity if the rest is meant) both channels are
    silent; the segments stay as they are. The target appears only when it is whole. Returns None if there
    is nothing to join.
    """
    segments = _segments(segments_dir)
    if not segments:
        return None
    draft = target.with_name(f".{target.stem}.{os.getpid()}.m4a")
    try:
        rows = _encode(segments, draft, muted)
        draft.chmod(0o600)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return rows / SAMPLE_RATE_HZ


def _segments(folder: Path) -> list[tuple[int, Path]]:
    """Return ``(first row, file)`` of all segments that hold at least one row, in order."""
    if not folder.is_dir():
        return []
    found = [
        (int(path.stem) * SAMPLE_RATE_HZ // 1000, path)
        for path in folder.glob("*.pcm")
        if path.stem.isascii() and path.stem.isdigit() and path.stat().st_size >= BYTES_PER_ROW
    ]
    return sorted(found)


def _encode(segments: list[tuple[int, Path]], draft: Path, muted: Sequence[tuple[float, float]]) -> int:
    written = 0
    with av.open(str(draft), "w", format="mp4", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="stereo")
        stream.bit_rate = BIT_RATE

        def encode(rows: np.ndarray) -> None:
            nonlocal written
            for start_s, end_s in muted:
                first, last = (min(max(s * SAMPLE_RATE_HZ - written, 0), len(rows)) for s in (start_s, end_s))
                rows[int(first) : int(last)] = 0
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(rows).reshape(1, -1), format="s16", layout="stereo"
            )
            frame.sample_rate = SAMPLE_RATE_HZ
            frame.pts = written
            written += len(rows)
            container.mux(stream.encode(frame))

        for number, (first, path) in enumerate(segments):
            _pad(first - written, encode)
            following = segments[number + 1][0] if number + 1 < len(segments) else None
            _copy(path, max(0, written - first), None if following is None else following - first, encode)
        container.mux(stream.encode(None))
    return written


def _pad(rows: int, encode) -> None:
    while rows > 0:
        encode(np.zeros((min(rows, _CHUNK_ROWS), 2), dtype=np.int16))
        rows -= _CHUNK_ROWS


def _copy(path: Path, start: int, stop: int | None, encode) -> None:
    """Encode rows ``start`` to ``stop`` of a segment; an incomplete last row is left out."""
    total = path.stat().st_size // BYTES_PER_ROW
    samples = np.memmap(path, dtype="<i2", mode="r", shape=(total, 2))
    end = total if stop is None else min(total, stop)
    for row in range(start, end, _CHUNK_ROWS):
        encode(np.array(samples[row : min(row + _CHUNK_ROWS, end)]))
