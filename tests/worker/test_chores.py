"""Abandoned interviews are ended, old ones erased, over a real database."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from records import (
    consents,
    decisions,
    demo,
    human_reviews,
    invitations,
    media,
    retention,
    scores,
    sessions,
    tables,
)
from records.database import Database
from records.event_log import EventLog
from records.events import AgentStarted, InterviewEnded, InterviewStarted
from records.installation import Installation
from records.tables import now
from worker.endings import Endings
from worker.retention import erase_due

PINS = sessions.Pins("demo", "1.0.0", "sha256:0", "behavioural", "1.0.0")


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation.open(tmp_path / "data")


@pytest.fixture
def database(installation: Installation) -> Iterator[Database]:
    database = Database(installation.database_url)
    database.migrate()
    with database.transaction() as session:
        demo.ensure_demo(session)
    yield database
    database.close()


def begin(database: Database, installation: Installation, *, events: bool = True) -> str:
    with database.transaction() as session:
        invitation, _ = invitations.create(session, installation, "demo", "Kim Low", timedelta(days=7))
        session_id = sessions.create_or_get(session, invitation, "voice", PINS)[0].id
        sessions.mark_active(session, session_id)
    if events:
        log = EventLog(database, session_id)
        log.append_all([InterviewStarted(0.0, "voice", "demo", "1.0.0", "sha256:0", "en"), AgentStarted(0.1)])
    return session_id


def age(database: Database, session_id: str, days: float) -> None:
    """Set the session and its events back by ``days``."""
    then = now() - timedelta(days=days)
    with database.transaction() as session:
        session.execute(
            update(tables.EventRow).where(tables.EventRow.session_id == session_id).values(recorded_at=then)
        )
        session.execute(
            update(tables.InterviewSession)
            .where(tables.InterviewSession.id == session_id)
            .values(created_at=then, started_at=then)
        )


def status(database: Database, session_id: str) -> str:
    with database.reading() as session:
        return sessions.get(session, session_id).status


def test_an_interview_that_nobody_comes_back_to_is_ended(database: Database, installation: Installation):
    old, fresh = begin(database, installation), begin(database, installation)
    age(database, old, days=4)
    assert Endings(database).end_abandoned(after_s=3 * 86_400) == [old]
    last = EventLog(database, old).events()[-1]
    assert isinstance(last, InterviewEnded) and last.reason == "abandoned"
    assert last.at_s == pytest.approx(4 * 86_400, abs=60)
    assert (status(database, old), status(database, fresh)) == ("ended", "active")
    assert Endings(database).end_abandoned(after_s=3 * 86_400) == []


def test_an_interview_that_was_never_begun_stays_open(database: Database, installation: Installation):
    session_id = begin(database, installation, events=False)
    age(database, session_id, days=9)
    assert Endings(database).end_abandoned(after_s=3 * 86_400) == []
    assert status(database, session_id) == "active"


def test_an_end_that_is_recorded_and_not_marked_is_marked(database: Database, installation: Installation):
    ended, open_one = begin(database, installation), begin(database, installation)
    EventLog(database, ended).append(InterviewEnded(300.0, "completed"))
    assert Endings(database).note_recorded() == [ended]
    assert (status(database, ended), status(database, open_one)) == ("ended", "active")
    assert Endings(database).note_recorded() == []


def test_what_is_past_its_time_leaves_no_row_and_no_file(database: Database, installation: Installation):
    due, kept = begin(database, installation), begin(database, installation)
    for session_id, lifetime in ((due, timedelta(days=-1)), (kept, timedelta(days=1))):
        with database.transaction() as session:
            consents.record(session, session_id, {"interview": True}, "v1")
            decisions.record(session, session_id, "hold", "later", "recruiter")
            media.store_cv(session, installation, session_id, "cv.pdf", b"%PDF-1.7 text")
            payload = {"provenance": "sha256:1", "rubric": {"id": "behavioural", "version": "1.0.0"}}
            scores.store(session, session_id, payload)
            human_reviews.ask(session, session_id, "Please look at it.")
            sessions.mark_ended(session, session_id, lifetime)
    assert erase_due(database, installation) == [due]
    assert not media.session_dir(installation, due).exists()
    assert media.session_dir(installation, kept).exists()
    with database.reading() as session:
        left = {
            table.name: set(session.scalars(select(table.c.session_id)))
            for table in tables.Base.metadata.sorted_tables
            if "session_id" in table.c
        }
        assert all(ids <= {kept} for ids in left.values()), left
        filled = {"events", "consents", "decisions", "media_files", "scores", "human_reviews"}
        assert filled <= {name for name, ids in left.items() if ids}
        assert session.scalar(select(func.count()).select_from(tables.Invitation)) == 1
        assert retention.due(session, now()) == []
