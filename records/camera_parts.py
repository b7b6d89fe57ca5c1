"""What recruiters see of a take: files that players can seek in, without what is withheld from them.

A take of which nothing is withheld is one part. Otherwise the stretches of withdrawn answers are cut out, and
what is left around them are parts of their own. Nothing is encoded again, so that a part can begin only at
a key frame: what lies between the end of a stretch and the next one goes too.
"""

import hashlib
import math
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path

import av
from av.packet import Packet
from av.video.stream import VideoStream

from records.camera import path_of
from records.installation import Installation
from records.tables import CameraTake

Span = tuple[float, float]
"""Seconds, from and to; to infinity if the rest is meant."""
MARGIN_S = 1.0
"""So far may the picture's times and the session's be apart: stretches are cut wider by it at both ends."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a take that may be shown, as a file of its own."""

    start_s: float
    """Second of the session at which it begins."""
    path: Path


def within(take: CameraTake, withheld: Iterable[Span]) -> list[Span]:
    """Return the spans of ``withheld`` (seconds of the session) that reach the take, in its own seconds."""
    moved = ((start - take.start_s - MARGIN_S, end - take.start_s + MARGIN_S) for start, end in withheld)
    return [(max(0.0, start), end) for start, end in moved if end > 0]


def parts(installation: Installation, take: CameraTake, withheld: Iterable[Span]) -> list[Part]:
    """Return the parts of a take without the spans ``withheld`` (seconds of the session), earliest first.

    Blocks while they are made; they are kept until other ones are asked for. A take that cannot be read is
    given as it is if nothing of it is withheld, otherwise not at all.
    """
    source, spans = path_of(installation, take), within(take, withheld)
    key = hashlib.sha256(repr(spans).encode()).hexdigest()[:12]
    folder = source.with_name(f"{take.take}.{take.chunks}.{key}")
    if not folder.is_dir():
        try:
            _make(source, folder, spans)
        except (av.FFmpegError, OSError, ValueError):
            return [] if spans else [Part(take.start_s, source)]
        _remove_others(source, folder)
    found = sorted(folder.glob(f"*{source.suffix}"))
    return [Part(take.start_s + int(path.stem) / 1000, path) for path in found]


def _make(source: Path, folder: Path, withheld: Sequence[Span]) -> None:
    """Write the parts into ``folder``, which appears when it is whole; a file's name is its start in ms."""
    draft = Path(tempfile.mkdtemp(prefix=".parts-", dir=source.parent))
    try:
        with av.open(str(source)) as reading:
            video = reading.streams.video[0]
            for _, run in groupby(_shown(reading.demux(video), withheld), key=itemgetter(0)):
                _write(run, video, draft, source.suffix)
        try:
            draft.replace(folder)
        except OSError:
            if not folder.is_dir():  # Somebody else has made it meanwhile.
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _shown(packets: Iterable[Packet], withheld: Sequence[Span]) -> Iterator[tuple[int, float, Packet]]:
    """Yield each packet that is not withheld, with the number of its part and its second of the take."""
    origin_s, number, cut = math.nan, 0, True
    for packet in packets:
        if packet.dts is None or packet.time_base is None:
            continue  # The end: no frame.
        second = float((packet.dts if packet.pts is None else packet.pts) * packet.time_base)
        origin_s = second if math.isnan(origin_s) else origin_s
        at_s = second - origin_s
        if any(start <= at_s <= end for start, end in withheld):
            cut = True
        elif cut and packet.is_keyframe:
            number, cut = number + 1, False
        if not cut:
            yield number, at_s, packet


def _write(run: Iterable[tuple[int, float, Packet]], video: VideoStream, folder: Path, suffix: str) -> None:
    """Copy the packets of one part into a file of ``folder`` whose time begins at 0."""
    rest = iter(run)
    first = next(rest)
    _, start_s, key_frame = first
    origin = key_frame.dts or 0
    target = folder / f"{round(start_s * 1000):010}{suffix}"
    with av.open(str(target), "w") as writing:
        out = writing.add_stream_from_template(video)
        for _, _, packet in chain([first], rest):
            packet.dts = (packet.dts or 0) - origin
            packet.pts = None if packet.pts is None else packet.pts - origin
            packet.stream = out
            writing.mux(packet)
    target.chmod(0o600)


def _remove_others(source: Path, folder: Path) -> None:
    for path in source.parent.glob(f"{source.stem}.*"):
        if path.is_dir() and path != folder:
            shutil.rmtree(path, ignore_errors=True)
