"""Consents, as given: append-only, the newest per kind is in force."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.tables import Consent


def record(
    session: Session,
    session_id: str,
    granted: Mapping[str, bool],
    text_version: str,
    text_language: str = "en",
) -> None:
    """Store a consent or refusal for each id in ``granted``.

    With it, the version and the language (BCP 47) of the text that was read.
    """
    session.add_all(
        Consent(
            session_id=session_id,
            consent_id=consent_id,
            granted=value,
            text_version=text_version,
            text_language=text_language,
        )
        for consent_id, value in granted.items()
    )


def history(session: Session, session_id: str) -> list[Consent]:
    return list(session.scalars(select(Consent).where(Consent.session_id == session_id).order_by(Consent.id)))


def in_force(session: Session, session_id: str) -> dict[str, bool]:
    """Return consent id → granted, by the newest entry of each."""
    return {row.consent_id: row.granted for row in history(session, session_id)}
