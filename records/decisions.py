"""A recruiter's decisions on a candidate: append-only, each with its reason."""

from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.tables import Decision

DecisionValue = Literal["invite", "talk_first", "hold"]
"""There is no rejection: the system never turns anybody away."""


def record(session: Session, session_id: str, decision: DecisionValue, note: str, decided_by: str) -> None:
    session.add(Decision(session_id=session_id, decision=decision, note=note, decided_by=decided_by))


def history(session: Session, session_id: str) -> list[Decision]:
    """Return the session's decisions, oldest first."""
    return list(
        session.scalars(select(Decision).where(Decision.session_id == session_id).order_by(Decision.id))
    )
