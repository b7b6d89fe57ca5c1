"""What was heard just now: the beginning of a stretch is found in it, and its context."""

from collections import deque
from itertools import islice

from agent.stretch import FRAME_S, PRE_ROLL_S

CONTEXT_S, LONGEST_CONTEXT_S = 3.0, 7.0
"""What was heard just before is decoded along and left out again: short stretches alone lose words. It begins
in a pause if there is one between these."""
CONTEXT_PAUSE_S = 0.2
BEGINS_FRAMES = 3
"""Voice in one of the latest frames may be the first of more."""


class RecentSound:
    """The latest frames of 20 ms, and which of them hold voice."""

    def __init__(self) -> None:
        self._frames: deque[bytes] = deque(maxlen=round((LONGEST_CONTEXT_S + PRE_ROLL_S) / FRAME_S))
        self._voiced: deque[bool] = deque(maxlen=self._frames.maxlen)

    def add(self, frame: bytes, voiced: bool) -> None:
        self._frames.append(frame)
        self._voiced.append(voiced)

    @property
    def voice_begins(self) -> bool:
        """Whether there was voice in the last moment, which need not be speech yet."""
        return any(islice(reversed(self._voiced), BEGINS_FRAMES))

    def latest(self, count: int) -> list[bytes]:
        """Return the latest ``count`` frames, fewer if there are not so many."""
        return list(self._frames)[-count:] if count else []

    def context(self, behind: int, shortest: bool) -> list[bytes]:
        """Return what was heard before the latest ``behind`` frames.

        It is longer than ``CONTEXT_S`` where it then begins in a pause, unless the ``shortest`` is wanted.
        """
        frames, voiced = list(self._frames)[:-behind], list(self._voiced)[:-behind]
        pause = round(CONTEXT_PAUSE_S / FRAME_S)
        latest = len(frames) - round(CONTEXT_S / FRAME_S)
        if shortest:
            return frames[max(0, latest) :]
        starts = (n for n in range(latest, pause - 1, -1) if not any(voiced[n - pause : n]))
        return frames[max(0, next(starts, latest)) :]
