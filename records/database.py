"""The database: SQLite in one file by default, PostgreSQL at scale; the same SQL for both."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from records import panel_tables, tables

TABLE_MODULES = (tables, panel_tables)
"""Whoever opens the database knows all of its tables."""
_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_TIMEOUT_MS = 10_000
_MIGRATION_LOCK = 4_151_917
"""Key of PostgreSQL's advisory lock; any constant of our own."""


class Database:
    """Connections and transactions for one database address.

    Methods block; asynchronous callers go through ``asyncio.to_thread``.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._reading = sessionmaker(self.engine.execution_options(aila_reads=True), expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield a session that is committed at the end, or rolled back when an exception leaves it."""
        with self._sessions() as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that only reads: it never waits for a writer. Changes are not committed."""
        with self._reading() as session:
            yield session

    def ping(self) -> None:
        """Raise ``sqlalchemy.exc.SQLAlchemyError`` if the database does not answer."""
        with self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def forget_deleted(self) -> bool:
        """Let deleted rows leave SQLite's write-ahead log; false if a reader held it for too long.

        On PostgreSQL its own vacuum does this, in its own time: nothing is done, and true returned.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        connection = self.engine.raw_connection()  # a checkpoint runs outside of transactions
        try:
            busy = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            connection.close()
        return busy == 0

    def migrate(self) -> None:
        """Bring the tables to the newest revision, wholly or not at all.

        Of several processes one works and the others wait: the lock ends with the transaction.
        """
        with self.engine.begin() as connection:  # on SQLite this takes the writer's lock
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
            self._upgrade(connection)

    def _upgrade(self, connection: object) -> None:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    def close(self) -> None:
        self.engine.dispose()


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": _BUSY_TIMEOUT_MS / 1000})

    @event.listens_for(engine, "connect")
    def _configure(connection, _record) -> None:
        # The driver must not begin transactions itself: writers take the lock at BEGIN (below), so that
        # a read cannot fail to become a write half-way.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        # Deleted rows are overwritten: who asks to be forgotten is not left in the file's free pages.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection) -> None:
        reads = connection.get_execution_options().get("aila_reads", False)
        connection.exec_driver_sql("BEGIN DEFERRED" if reads else "BEGIN IMMEDIATE")

    return engine
