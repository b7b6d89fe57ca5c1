"""The append-only event log of one session."""

from collections.abc import Callable, Sequence

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from records import sessions
from records.database import Database
from records.errors import SequenceConflict
from records.events import Event, decode, encode
from records.tables import EventRow


class EventLog:
    """Reads and appends the events of ``session_id``; the sequence starts at 1, without holes.

    A log remembers the last sequence number that it has read or written. If another process appended
    in between, :meth:`append` raises instead of interleaving two interviewers.
    """

    def __init__(self, database: Database, session_id: str) -> None:
        self._database = database
        self.session_id = session_id
        self._last = self.refresh()

    @property
    def last_sequence(self) -> int:
        return self._last

    def refresh(self) -> int:
        """Accept what others appended; return the newest sequence number, 0 if there is none."""
        with self._database.reading() as session:
            newest = session.scalar(
                select(func.max(EventRow.sequence)).where(EventRow.session_id == self.session_id)
            )
        self._last = newest or 0
        return self._last

    def append(self, event: Event) -> int:
        """Store ``event`` durably and return its sequence number.

        Raises
        ------
        SequenceConflict
            If another writer appended since this log last read or wrote.
        NotFound
            If there is no such session, or no longer.
        """
        return self.append_all([event])

    def append_all(self, events: Sequence[Event], with_it: Callable[[Session], object] | None = None) -> int:
        """Store all of ``events`` or none, in one transaction with ``with_it``; return the last number."""
        first = self._last + 1
        rows = [
            EventRow(session_id=self.session_id, sequence=number, type=event.type, payload=encode(event))
            for number, event in enumerate(events, start=first)
        ]
        try:
            with self._database.transaction() as session:
                session.add_all(rows)
                if with_it is not None:
                    with_it(session)
        except IntegrityError as error:
            with self._database.reading() as session:
                sessions.get(session, self.session_id)
            raise SequenceConflict(
                f"session {self.session_id}: event {first} was written by another process; "
                "this one must stop and read the log again"
            ) from error
        self._last += len(rows)
        return self._last

    def read(self, after: int = 0) -> list[tuple[int, Event]]:
        """Return ``(sequence, event)`` of all events after sequence number ``after``, and accept them."""
        with self._database.reading() as session:
            found = session.execute(
                select(EventRow.sequence, EventRow.payload)
                .where(EventRow.session_id == self.session_id, EventRow.sequence > after)
                .order_by(EventRow.sequence)
            ).all()
        if found:
            self._last = max(self._last, found[-1].sequence)
        return [(row.sequence, decode(row.payload)) for row in found]

    def events(self) -> list[Event]:
        """Return all events in order, and accept them."""
        return [event for _, event in self.read()]
