"""Deletes interviews that have been kept for as long as their candidates were told."""

import logging

from records import retention
from records.database import Database
from records.installation import Installation
from records.tables import now

logger = logging.getLogger(__name__)


def erase_due(database: Database, installation: Installation) -> list[str]:
    """Erase every interview whose time is over; return the ids of those that were erased."""
    with database.reading() as session:
        due = retention.due(session, now())
    for session_id in due:
        with database.transaction() as session:
            retention.erase(session, installation, session_id)
        logger.info("session %s was erased: its time was over", session_id)
    if due:
        database.forget_deleted()
    return due
