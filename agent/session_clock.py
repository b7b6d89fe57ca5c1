"""Session seconds: wall-clock time since the session's first start, steady within one process."""

import time
from datetime import datetime


class SessionClock:
    """Anchored once at the stored start, then monotonic: a clock that jumps does not move the interview."""

    def __init__(self, started_at: datetime) -> None:
        self._offset_s = max(0.0, time.time() - started_at.timestamp()) - time.monotonic()

    def now_s(self) -> float:
        return self._offset_s + time.monotonic()
