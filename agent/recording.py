"""Records the interview as it happens: candidate left, Aila right, safe against a crash.

Raw 16 kHz stereo 16-bit samples are appended to a file named by its start in session milliseconds; a
killed process loses less than a second. ``records.recording`` joins the files at the end.
"""

from pathlib import Path
from typing import BinaryIO

import numpy as np

SAMPLE_RATE_HZ = 16_000
HOLD_BACK_S = 0.4
"""Kept in memory, for Aila's audio is known ahead of its playing and may still be cut."""
WRITE_EVERY_S = 0.25
DRIFT_S = 0.08
"""A frame this far from where the last one ended is placed by its own time."""


class StereoRecorder:
    """Places both sides on one time line of session seconds and appends what is settled."""

    def __init__(self, folder: Path, start_s: float) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        start_ms = round(start_s * 1000)
        self._origin = start_ms * SAMPLE_RATE_HZ // 1000
        self._file: BinaryIO = (folder / f"{start_ms:010d}.pcm").open("ab", buffering=0)
        self._buffer = np.zeros((SAMPLE_RATE_HZ * 4, 2), dtype=np.int32)
        self._base = self._origin
        """Sample number of the buffer's first row."""
        self._next = [0, 0]
        self._closed = False

    def candidate(self, samples: np.ndarray, end_s: float) -> None:
        """Add the candidate's 16-bit samples, the last of which was heard at ``end_s``."""
        self._place(0, samples, end_s - samples.size / SAMPLE_RATE_HZ)

    def aila(self, samples: np.ndarray, start_s: float) -> None:
        """Add Aila's 16-bit samples, the first of which is heard at ``start_s``."""
        self._place(1, samples, start_s)

    def cut_aila(self, at_s: float) -> None:
        """Silence what was placed ahead: Aila was stopped at ``at_s``."""
        row = round(at_s * SAMPLE_RATE_HZ) - self._base
        self._buffer[max(0, row) :, 1] = 0
        self._next[1] = 0

    def write(self, now_s: float, everything: bool = False) -> None:
        """Append what is older than the hold-back; blocks for one short write."""
        if self._closed:
            return
        until = round((now_s - (0.0 if everything else HOLD_BACK_S)) * SAMPLE_RATE_HZ)
        rows = min(max(0, until - self._base), len(self._buffer))
        if rows < (1 if everything else SAMPLE_RATE_HZ * WRITE_EVERY_S):
            return
        self._file.write(np.clip(self._buffer[:rows], -32768, 32767).astype("<i2").tobytes())
        self._buffer = np.roll(self._buffer, -rows, axis=0)
        self._buffer[-rows:] = 0
        self._base += rows

    def close(self, now_s: float) -> None:
        """Write the rest and close the file."""
        self.write(now_s, everything=True)
        self._closed = True
        self._file.close()

    def _place(self, channel: int, samples: np.ndarray, start_s: float) -> None:
        wanted = round(start_s * SAMPLE_RATE_HZ)
        first = self._next[channel]
        if abs(wanted - first) > DRIFT_S * SAMPLE_RATE_HZ:
            first = wanted
        self._next[channel] = first + samples.size
        row = first - self._base
        if row < 0:
            samples, row = samples[-row:], 0
        self._grow(row + samples.size)
        self._buffer[row : row + samples.size, channel] = samples

    def _grow(self, rows: int) -> None:
        if rows > len(self._buffer):
            more = np.zeros((rows - len(self._buffer) + SAMPLE_RATE_HZ, 2), dtype=np.int32)
            self._buffer = np.concatenate([self._buffer, more])
