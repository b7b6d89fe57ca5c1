"""Which sessions are handed to the workflow, and when again after a failure."""

from worker.settings import WorkerSettings
from worker.sweep import Attempt, Pending, Sweep

SETTINGS = WorkerSettings(retry_first_s=10, max_attempts=3)


class ScriptedRunner:
    def __init__(self, **attempts: list[Attempt]) -> None:
        self.known = attempts
        self.submitted: list[tuple[str, int]] = []

    def submit(self, session_id: str, attempt: int, revision: int) -> None:
        self.submitted.append((session_id, attempt))
        self.known.setdefault(_key(session_id, revision), []).append(Attempt(running=True, changed_at_s=0.0))

    def attempts(self, session_id: str, revision: int) -> list[Attempt]:
        return self.known.get(_key(session_id, revision), [])


def _key(session_id: str, revision: int) -> str:
    return f"{session_id}_r{revision}" if revision else session_id


def failed(at_s: float) -> Attempt:
    return Attempt(running=False, changed_at_s=at_s)


def test_an_ended_interview_is_submitted_once():
    runner = ScriptedRunner()
    sweep = Sweep(runner, lambda: [Pending("s1"), Pending("s2")], SETTINGS, lambda: 500.0)
    assert sweep.look() == ["s1", "s2"]
    assert sweep.look() == []
    assert runner.submitted == [("s1", 1), ("s2", 1)]


def test_a_failed_attempt_is_followed_by_another_after_a_pause_that_doubles():
    runner = ScriptedRunner(once=[failed(100.0)], twice=[failed(60.0), failed(95.0)])
    at = {"now_s": 109.0}
    sweep = Sweep(runner, lambda: [Pending("once"), Pending("twice")], SETTINGS, lambda: at["now_s"])
    assert sweep.look() == []
    at["now_s"] = 110.0
    assert sweep.look() == ["once"]
    at["now_s"] = 115.0
    assert sweep.look() == ["twice"]
    assert runner.submitted == [("once", 2), ("twice", 3)]


def test_after_the_last_attempt_a_person_has_to_look():
    runner = ScriptedRunner(s4=[failed(10.0), failed(20.0), failed(30.0)])
    sweep = Sweep(runner, lambda: [Pending("s4")], SETTINGS, lambda: 9999.0)
    assert sweep.look() == []
    assert runner.submitted == []


def test_answers_amended_after_all_attempts_are_processed_anew_and_at_once():
    runner = ScriptedRunner(s5=[failed(10.0), failed(20.0), failed(30.0)])
    at = {"revision": 0}
    sweep = Sweep(runner, lambda: [Pending("s5", at["revision"])], SETTINGS, lambda: 31.0)
    assert sweep.look() == []
    at["revision"] = 1
    assert sweep.look() == ["s5"]
    assert runner.submitted == [("s5", 1)]
