"""Candidates' wishes that a person looks at their interview."""

from sqlalchemy.orm import Session

from records.tables import HumanReview


def ask(session: Session, session_id: str, note: str) -> HumanReview:
    """Store the wish; asked again, the first one stays, with the newest note that says anything."""
    known = of_session(session, session_id)
    if known is None:
        known = HumanReview(session_id=session_id, note=note)
        session.add(known)
        session.flush()
    elif note:
        known.note = note
    return known


def of_session(session: Session, session_id: str) -> HumanReview | None:
    return session.get(HumanReview, session_id)
