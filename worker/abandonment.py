"""Ends interviews that nobody has come back to, so that what was said is scored."""

import logging
from datetime import timedelta

from records import sessions
from records.database import Database
from records.errors import SequenceConflict
from records.event_log import EventLog
from records.events import InterviewEnded
from records.settings import RecordsSettings
from records.tables import InterviewSession, now

logger = logging.getLogger(__name__)


def end_abandoned(database: Database, after_s: float) -> list[str]:
    """End interviews whose last event is older than ``after_s`` seconds; return their ids."""
    before = now() - timedelta(seconds=after_s)
    with database.reading() as session:
        stale = sessions.idle_since(session, before)
    return [found.id for found in stale if _end(database, found)]


def _end(database: Database, found: InterviewSession) -> bool:
    started_at = found.started_at or found.created_at
    log = EventLog(database, found.id)
    already = any(isinstance(event, InterviewEnded) for event in log.events())
    if not already:
        try:
            log.append(InterviewEnded((now() - started_at).total_seconds(), "abandoned"))
        except SequenceConflict:
            return False  # somebody came back just now
    with database.transaction() as session:
        sessions.mark_ended(session, found.id, timedelta(days=RecordsSettings().retention_days))
    logger.info("session %s was abandoned", found.id)
    return True
