"""Finds interviews that ended and are not yet scored, and hands each to the workflow once."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from worker.settings import WorkerSettings

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run of the workflow for a session."""

    running: bool
    changed_at_s: float
    """When it last changed, seconds of the wall clock."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A session that waits for processing, and how often its answers were amended."""

    session_id: str
    revision: int = 0


class Runner(Protocol):
    """What runs the workflow: ``worker.workflows.Workflows``."""

    def submit(self, session_id: str, attempt: int, revision: int) -> None: ...

    def attempts(self, session_id: str, revision: int) -> list[Attempt]: ...


class Sweep:
    """One look at all sessions that wait for processing."""

    def __init__(
        self,
        runner: Runner,
        pending: Callable[[], Sequence[Pending]],
        settings: WorkerSettings,
        now_s: Callable[[], float] = time.time,
    ) -> None:
        self._runner, self._pending, self._now_s = runner, pending, now_s
        self._settings = settings
        self._given_up: set[Pending] = set()

    def look(self) -> list[str]:
        """Look once; return the ids of the sessions that were submitted."""
        return [one.session_id for one in self._pending() if self._submit_if_due(one)]

    def _submit_if_due(self, pending: Pending) -> bool:
        if pending in self._given_up:
            return False
        attempts = self._runner.attempts(pending.session_id, pending.revision)
        if any(attempt.running for attempt in attempts):
            return False
        if len(attempts) >= self._settings.max_attempts:
            self._given_up.add(pending)
            logger.error("session %s failed %d times; it needs a person", pending.session_id, len(attempts))
            return False
        if attempts and self._now_s() < attempts[-1].changed_at_s + self._backoff_s(len(attempts)):
            return False
        self._runner.submit(pending.session_id, len(attempts) + 1, pending.revision)
        return True

    def _backoff_s(self, attempts: int) -> float:
        return self._settings.retry_first_s * 2.0 ** (attempts - 1)


async def keep_sweeping(sweep: Sweep, every_s: float) -> None:
    """Look again and again; a database that does not answer is logged and waited for."""
    while True:
        try:
            await asyncio.to_thread(sweep.look)
        except Exception as error:
            logger.warning("the sweep failed (%s); trying on", type(error).__name__)
        await asyncio.sleep(every_s)
