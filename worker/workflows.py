"""The durable workflow after an interview: join the recording, score the transcript.

DBOS stores each finished step, so a worker that is killed goes on behind the last one when it
starts again. Every step may run twice and leaves the same state as if it had run once.
"""

from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID

from worker.processing import Processing
from worker.settings import WorkerSettings
from worker.sweep import Attempt

QUEUE = "finalise"
APPLICATION_VERSION = "finalise-1"
"""Changed only when the steps change: workflows of another version are not resumed."""
_STEP_RETRIES: dict[str, Any] = {"retries_allowed": True, "max_attempts": 3, "interval_seconds": 0.5}
_RUNNING = frozenset({"PENDING", "ENQUEUED", "DELAYED"})


def workflow_id(session_id: str, attempt: int, revision: int = 0) -> str:
    """Return the id under which the ``attempt`` (from 1) at a revision of the session runs, exactly once."""
    return f"{_prefix(session_id, revision)}{attempt}"


def _prefix(session_id: str, revision: int) -> str:
    return f"finalise-{session_id}-" if revision == 0 else f"finalise-{session_id}-r{revision}-"


class Workflows:
    """DBOS with Aila's one workflow; one per process."""

    def __init__(self, processing: Processing, database_url: str, settings: WorkerSettings) -> None:
        self._settings = settings
        config: DBOSConfig = {
            "name": "aila-worker",
            "system_database_url": database_url,
            "application_version": APPLICATION_VERSION,
            "executor_id": settings.worker_id,
            "log_level": "ERROR",
            "enable_otlp": False,
        }
        DBOS(config=config)
        self._finalise_and_score = _register(processing)

    def start(self) -> None:
        """Connect, resume what a killed worker left, and take new work."""
        DBOS.launch()
        DBOS.register_queue(
            QUEUE, worker_concurrency=self._settings.worker_concurrency, polling_interval_sec=0.5
        )

    def stop(self) -> None:
        """Finish the running steps and disconnect."""
        DBOS.destroy(workflow_completion_timeout_sec=5)

    def submit(self, session_id: str, attempt: int, revision: int = 0) -> None:
        """Have the session processed; a second call for the same attempt does nothing."""
        with SetWorkflowID(workflow_id(session_id, attempt, revision)):
            DBOS.enqueue_workflow(QUEUE, self._finalise_and_score, session_id)

    def attempts(self, session_id: str, revision: int = 0) -> list[Attempt]:
        """Return the attempts at a revision of the session so far, oldest first."""
        prefix = _prefix(session_id, revision)
        found = DBOS.list_workflows(workflow_id_prefix=prefix, load_input=False, load_output=False)
        return [
            Attempt(running=status.status in _RUNNING, changed_at_s=(status.updated_at or 0) / 1000)
            for status in found
        ]


def _register(processing: Processing) -> Callable[[str], None]:
    """Make the workflow and its steps known to DBOS, by names that stay."""

    @DBOS.step(name="begin", **_STEP_RETRIES)
    def begin(session_id: str) -> int | None:
        return processing.begin(session_id)

    @DBOS.step(name="join_recording")
    def join_recording(session_id: str) -> str | None:
        return processing.join_recording(session_id)

    @DBOS.step(name="score")
    def score(session_id: str) -> str | None:
        return processing.score(session_id)

    @DBOS.step(name="succeed", **_STEP_RETRIES)
    def succeed(session_id: str, revision: int) -> None:
        processing.succeed(session_id, revision)

    @DBOS.step(name="fail", **_STEP_RETRIES)
    def fail(session_id: str, reason: str, revision: int) -> None:
        processing.fail(session_id, reason, revision)

    @DBOS.workflow(name="finalise_and_score")
    def finalise_and_score(session_id: str) -> None:
        revision = begin(session_id) or 0  # a step stored by an earlier release has none
        reasons = [join_recording(session_id), score(session_id)]
        failures = [reason for reason in reasons if reason is not None]
        if failures:
            fail(session_id, "; ".join(failures), revision)
        else:
            succeed(session_id, revision)

    return finalise_and_score
