"""Notes the ends of interviews that no other process is left to note."""

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


class Endings:
    """Ends what nobody has come back to, and notes ends whose process died before it could."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._retention = timedelta(days=RecordsSettings().retention_days)

    def note_recorded(self) -> list[str]:
        """Mark sessions as ended whose record says so; return their ids."""
        with self._database.reading() as session:
            ended = [found.id for found in sessions.ended_in_record(session)]
        for session_id in ended:
            self._mark(session_id)
            logger.info("session %s had ended without being marked", session_id)
        return ended

    def end_abandoned(self, after_s: float) -> list[str]:
        """End interviews whose last event is older than ``after_s`` seconds; return their ids."""
        with self._database.reading() as session:
            stale = sessions.idle_since(session, now() - timedelta(seconds=after_s))
        return [found.id for found in stale if self._abandon(found)]

    def _abandon(self, found: InterviewSession) -> bool:
        log = EventLog(self._database, found.id)
        begun_at = found.started_at or found.created_at
        try:
            log.append(InterviewEnded((now() - begun_at).total_seconds(), "abandoned"))
        except SequenceConflict:
            return False  # somebody came back just now
        self._mark(found.id)
        logger.info("session %s was abandoned", found.id)
        return True

    def _mark(self, session_id: str) -> None:
        with self._database.transaction() as session:
            sessions.mark_ended(session, session_id, self._retention)
