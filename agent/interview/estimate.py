"""How long an interview will probably take, before it has begun: the estimate that it shows once it has."""

from agent.interview import pacing
from agent.interview.state import InterviewState
from question_bank.bank import Bank
from records.events import Mode


def expected_minutes(bank: Bank, mode: Mode) -> int:
    """Return the minutes that an interview by ``mode`` will probably take; at least 1."""
    begun = InterviewState(mode=mode, started_at_s=0.0)
    return max(1, round(pacing.expected_rest_s(bank, begun, 0.0) / 60))
