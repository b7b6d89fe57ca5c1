"""What records tests begin from, and what they run in processes of their own."""

from datetime import timedelta

from records import demo, invitations, sessions
from records.database import Database
from records.errors import SequenceConflict
from records.event_log import EventLog
from records.events import ControlUsed
from records.installation import Installation
from records.sessions import Pins

PINS = Pins("demo", "1.0.0", "sha256:of-the-bank", "behavioural", "2.3.4")


def prepare(url: str) -> None:
    """Build the tables by the migrations, with the demo positions."""
    database = Database(url)
    database.migrate()
    with database.transaction() as session:
        demo.ensure_demo(session)
    database.close()


def begin(database: Database, installation: Installation, name: str, position_id: str) -> str:
    """Return the id of a new session of a new invitation."""
    with database.transaction() as session:
        invitation, _ = invitations.create(session, installation, position_id, name, timedelta(days=5))
        return sessions.create_or_get(session, invitation, "voice", PINS)[0].id


def migrate(url: str) -> None:
    """Migrate in this process."""
    database = Database(url)
    database.migrate()
    database.close()


def append_presses(url: str, session_id: str, writer: str, count: int) -> None:
    """Append ``count`` events, reading the log again whenever another writer was first."""
    database = Database(url)
    log = EventLog(database, session_id)
    for number in range(count):
        while True:
            try:
                log.append(ControlUsed(float(number), "repeat", "pressed", f"{writer}-{number}"))
                break
            except SequenceConflict:
                log.refresh()
    database.close()
