"""Migrations, transactions and what the database is asked to hold."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, inspect, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from records import positions
from records.database import Database
from records.tables import Base, Consent, Invitation, Position
from tests.records import interviews
from tests.records.conftest import Records

HELD_BACK_S = 0.5


def test_migrating_an_empty_database_builds_exactly_the_tables_of_the_model(
    new_database: Callable[..., str],
) -> None:
    database = Database(new_database(migrated=False))
    database.migrate()
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
        tables = set(inspect(connection).get_table_names())
    assert differences == []
    assert tables == {*Base.metadata.tables, "alembic_version"}
    database.migrate()  # a second time changes nothing
    database.close()


def test_processes_that_migrate_at_once_all_find_the_tables(
    new_database: Callable[..., str], processes: ProcessPoolExecutor
) -> None:
    url = new_database(migrated=False)
    for migrating in [processes.submit(interviews.migrate, url) for _ in range(4)]:
        migrating.result(timeout=120)
    database = Database(url)
    with database.transaction() as session:
        assert session.scalar(text("SELECT count(*) FROM alembic_version")) == 1
        assert positions.list_all(session) == []
    database.close()


def test_a_second_process_waits_until_the_first_one_has_stored_its_tables(
    new_database: Callable[..., str],
) -> None:
    url = new_database(migrated=False)
    first, second = Database(url), Database(url)
    storing, go_on = threading.Event(), threading.Event()

    statements: list[str] = []

    @event.listens_for(first.engine, "before_cursor_execute")
    def _note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    @event.listens_for(first.engine, "commit")
    def _hold(_connection: object) -> None:
        if any("CREATE TABLE" in statement for statement in statements):
            storing.set()
            go_on.wait(60)

    with ThreadPoolExecutor(2) as pool:
        migrating = pool.submit(first.migrate)
        assert storing.wait(60)
        waiting = pool.submit(second.migrate)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=HELD_BACK_S)
        go_on.set()
        migrating.result(60)
        waiting.result(60)
    first.close()
    second.close()


def test_a_migration_that_fails_leaves_nothing_and_keeps_nobody_waiting(
    new_database: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = new_database(migrated=False)
    failing, other = Database(url), Database(url)

    @event.listens_for(failing.engine, "before_cursor_execute")
    def _fail(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "CREATE TABLE scores" in statement:
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="the disk is full"):
        failing.migrate()
    with other.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    with ThreadPoolExecutor(1) as pool:
        pool.submit(other.migrate).result(timeout=60)
    failing.close()
    other.close()


def test_an_exception_takes_back_the_whole_transaction(records: Records) -> None:
    with pytest.raises(LookupError), records.database.transaction() as session:
        session.add(Position(**_position("nurse")))
        session.flush()
        raise LookupError
    with records.database.reading() as session:
        assert session.get(Position, "nurse") is None


def test_what_refers_to_nothing_is_refused(records: Records) -> None:
    with pytest.raises(IntegrityError), records.database.transaction() as session:
        session.add(Consent(session_id="nobody", consent_id="interview", granted=True, text_version="v7"))


def test_times_come_back_as_the_same_moment_in_utc(records: Records) -> None:
    at = datetime(2031, 2, 3, 23, 30, 15, 250_000, timezone(timedelta(hours=-5)))
    with records.database.transaction() as session:
        session.add(
            Invitation(id="i1", position_id="demo", candidate_name="Ida", expires_at=at, revoked=False)
        )
    with records.database.reading() as session:
        found = session.get_one(Invitation, "i1").expires_at
    assert found == at
    assert found.astimezone(UTC).utcoffset() == found.utcoffset()


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("Zoë 🙂 Ωμέγα 漢字", "Zoë 🙂 Ωμέγα 漢字"),
        ("be\0fore", "be\ufffdfore"),
        ("half \ud83d of one", "half ? of one"),
        ("'; DROP TABLE positions; --", "'; DROP TABLE positions; --"),
    ],
)
def test_any_text_can_be_stored_and_looked_for(records: Records, given: str, stored: str) -> None:
    with records.database.transaction() as session:
        session.add(Position(**_position("teacher") | {"title": given}))
    with records.database.reading() as session:
        assert session.get_one(Position, "teacher").title == stored
        assert session.get(Position, given) is None
        assert session.query(Position).filter(Position.title == given).count() == 1


def test_reading_goes_on_while_somebody_writes(records: Records) -> None:
    with records.database.transaction() as writing:
        writing.add(Position(**_position("cook")))
        writing.flush()
        with records.database.reading() as session:
            assert {found.id for found in positions.list_all(session)} == {"demo", "customer_support"}


def test_a_database_that_is_not_there_is_said_to_be(records: Records) -> None:
    records.database.ping()
    away = "sqlite+pysqlite:////nowhere/at/all.sqlite"
    if records.database.engine.dialect.name == "postgresql":
        away = "postgresql+psycopg://aila@127.0.0.1:9/aila"
    with pytest.raises(SQLAlchemyError):
        Database(away).ping()


def test_a_damaged_sqlite_file_is_refused_and_left_as_it_is(tmp_path) -> None:
    path = tmp_path / "aila.sqlite"
    path.write_bytes(b"These are not pages. " * 400)
    with pytest.raises((SQLAlchemyError, sqlite3.DatabaseError)):
        Database(f"sqlite+pysqlite:///{path}").migrate()
    assert path.read_bytes() == b"These are not pages. " * 400


def _position(position_id: str) -> dict[str, object]:
    return {
        "id": position_id,
        "title": "A title",
        "company": "A company",
        "bank_id": "demo",
        "bank_version": "1.0.0",
        "rubric_id": "behavioural",
        "rubric_version": "2.0.0",
        "levels": {},
    }
