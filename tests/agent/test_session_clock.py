"""The interview's time while the machine's clock is set."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from agent.session_clock import SessionClock


@pytest.mark.parametrize("jump_s", [-86_400.0, -30.0, 30.0, 86_400.0])
def test_a_clock_that_jumps_does_not_move_the_interview(
    monkeypatch: pytest.MonkeyPatch, jump_s: float
) -> None:
    clock = SessionClock(datetime.now(UTC) - timedelta(seconds=100))
    before_s = clock.now_s()
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + jump_s)
    assert 0.0 <= clock.now_s() - before_s < 5.0
    assert before_s == pytest.approx(100.0, abs=5.0)


def test_a_start_in_the_future_counts_as_now() -> None:
    assert SessionClock(datetime.now(UTC) + timedelta(hours=1)).now_s() == pytest.approx(0.0, abs=5.0)
