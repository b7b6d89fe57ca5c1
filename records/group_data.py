"""Self-reported groups: given voluntarily after an interview, kept apart from it, read by audits alone.

They lie in an SQLite file of their own, or on PostgreSQL in a schema that another role owns, so that the role
of scorers, worker and recruiters' pages is refused. Only the candidate's own form, their own export and
``aila audit`` import this module; import-linter sees to it.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

from sqlalchemy import Column, Date, Engine, MetaData, String, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url

from records.errors import InstallationError
from records.group_categories import RaceEthnicity, Sex
from records.group_data_erasure import ANSWERS_FILE
from records.group_data_link import folder_of, link_of, make_key
from records.installation import Installation
from records.settings import RecordsSettings

_SCHEMA = "group_data"
_LOCK = 4_151_918
"""Key of PostgreSQL's advisory lock; any constant of our own."""
_FUNCTION = """
CREATE OR REPLACE FUNCTION group_data.forget(wanted text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = group_data, pg_temp
AS 'DELETE FROM group_data.group_answers WHERE link = wanted'
"""
_GRANTS = (
    "REVOKE ALL ON group_data.group_answers FROM PUBLIC",
    "GRANT USAGE ON SCHEMA group_data TO PUBLIC",
    "GRANT EXECUTE ON FUNCTION group_data.forget(text) TO PUBLIC",
)
"""Anybody may delete by a link that they can make; nobody but the owner may read."""


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    sex: Sex
    race_ethnicity: RaceEthnicity
    text_version: str
    """Of the text that was agreed to."""
    given_on: date
    """The day alone: the minute would lead to the interview."""


class GroupData:
    """The group answers of one installation; made on the first answer, not before."""

    def __init__(self, installation: Installation, settings: RecordsSettings | None = None) -> None:
        """
        Raises
        ------
        InstallationError
            If the settings would put the answers where scorers can read them.
        """
        settings = settings or RecordsSettings()
        self.offered = settings.group_data
        self._installation = installation
        self._url = _checked_url(installation, settings)
        self._table = _table(_SCHEMA if self._in_postgresql else None)
        self._engine: Engine | None = None

    def record(
        self, session_id: str, sex: Sex, race_ethnicity: RaceEthnicity, text_version: str
    ) -> GroupAnswer:
        """Store an answer in the place of an earlier one of the same session."""
        make_key(self._installation)
        answer = GroupAnswer(sex, race_ethnicity, text_version, datetime.now(UTC).date())
        values = {
            "sex": sex,
            "race_ethnicity": race_ethnicity,
            "text_version": text_version,
            "given_on": answer.given_on,
        }
        table = self._table
        dialect = postgresql if self._in_postgresql else sqlite
        insert = dialect.insert(table).values(link=self._link(session_id), **values)
        with self._prepared().begin() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=["link"], set_=values))
        return answer

    def of_session(self, session_id: str) -> GroupAnswer | None:
        """Return a session's answer, None if there is none."""
        return self.of_sessions([session_id]).get(session_id)

    def of_sessions(self, session_ids: Iterable[str]) -> dict[str, GroupAnswer]:
        """Return session id → answer of those that gave one: what an audit joins with scores."""
        links = {link: name for name in session_ids if (link := link_of(self._installation, name))}
        if not links or not self._exists():
            return {}
        with self._prepared().connect() as connection:
            rows = connection.execute(self._table.select()).all()
        return {
            links[row.link]: GroupAnswer(
                cast(Sex, row.sex), cast(RaceEthnicity, row.race_ethnicity), row.text_version, row.given_on
            )
            for row in rows
            if row.link in links
        }

    def withdraw(self, session_id: str) -> None:
        """Delete a session's answer, if there is one."""
        link = link_of(self._installation, session_id)
        if link is None or not self._exists():
            return
        with self._prepared().begin() as connection:
            connection.execute(self._table.delete().where(self._table.c.link == link))

    def close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()

    @property
    def _in_postgresql(self) -> bool:
        return self._url.get_backend_name() == "postgresql"

    def _link(self, session_id: str) -> str:
        link = link_of(self._installation, session_id)
        if link is None:
            raise InstallationError("the key of the group answers is not there; was its folder deleted?")
        return link

    def _exists(self) -> bool:
        return self._in_postgresql or (folder_of(self._installation) / ANSWERS_FILE).exists()

    def _prepared(self) -> Engine:
        """Return the engine, the table made."""
        if self._engine is None:
            if not self._in_postgresql:
                _keep_private(folder_of(self._installation) / ANSWERS_FILE)
            engine = _engine(self._url)
            with _alone(engine) as connection:
                if self._in_postgresql and not connection.dialect.has_schema(connection, _SCHEMA):
                    connection.execute(text(f"CREATE SCHEMA {_SCHEMA}"))
                self._table.metadata.create_all(connection)
                if self._in_postgresql:
                    for statement in (_FUNCTION, *_GRANTS):
                        connection.execute(text(statement))
            self._engine = engine
        return self._engine


def _keep_private(path: Path) -> None:
    """Make the file, readable by its owner alone: SQLite would let others read it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _table(schema: str | None) -> Table:
    return Table(
        "group_answers",
        MetaData(schema=schema),
        Column("link", String(64), primary_key=True),
        Column("sex", String(32), nullable=False),
        Column("race_ethnicity", String(48), nullable=False),
        Column("text_version", String(32), nullable=False),
        Column("given_on", Date, nullable=False),
        # In the order of the links: the order in which answers came would lead to interviews.
        sqlite_with_rowid=False,
    )


@contextmanager
def _alone(engine: Engine) -> Iterator:
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield connection


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 10})

    @event.listens_for(engine, "connect")
    def _configure(connection, _record) -> None:
        cursor = connection.cursor()
        # No write-ahead log: what is withdrawn is overwritten in the only file there is.
        cursor.execute("PRAGMA journal_mode=DELETE")
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    return engine


def _checked_url(installation: Installation, settings: RecordsSettings) -> URL:
    own = URL.create("sqlite+pysqlite", database=str(folder_of(installation) / ANSWERS_FILE))
    if settings.group_data_url is None:
        return own
    url, main = make_url(settings.group_data_url), make_url(installation.database_url)
    if url.get_backend_name() != "postgresql" or main.get_backend_name() != "postgresql":
        raise InstallationError(
            "AILA_GROUP_DATA_URL is for PostgreSQL, in the database of AILA_DATABASE_URL; leave it unset "
            "to keep the answers in a file of their own"
        )
    if (url.host, url.port or 5432, url.database) != (main.host, main.port or 5432, main.database):
        raise InstallationError(
            "AILA_GROUP_DATA_URL names another database than AILA_DATABASE_URL: erasing an interview could "
            "not reach the answers there"
        )
    if url.username == main.username:
        raise InstallationError(
            f"AILA_GROUP_DATA_URL uses the role {url.username!r} of AILA_DATABASE_URL: scorers could read "
            "the answers; make a role of its own (docs/audit.md)"
        )
    return url
