"""Real databases: every test here runs on SQLite and on PostgreSQL."""

import itertools
import multiprocessing
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from cli import ports
from records.database import Database
from records.installation import Installation
from records.settings import RecordsSettings
from records.tables import Base
from tests.postgres_process import running_postgres
from tests.records import interviews

BACKENDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Records:
    """A migrated database with the demo positions, and the installation that it belongs to."""

    database: Database
    installation: Installation

    def begin(self, name: str = "Ada Lind", position_id: str = "demo") -> str:
        """Return the id of a new session of a new invitation."""
        return interviews.begin(self.database, self.installation, name, position_id)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a migrated database that is emptied for each test."""
    with running_postgres(ports.any_free()) as url:
        interviews.prepare(url)
        yield url


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that others are copied from."""
    path = tmp_path_factory.mktemp("template") / "aila.sqlite"
    interviews.prepare(f"sqlite+pysqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def processes() -> Iterator[ProcessPoolExecutor]:
    """Two processes beside this one."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def new_database(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., str]:
    """Make a database, empty or as migrated, and return its address."""

    def make(*, migrated: bool) -> str:
        if backend == "sqlite":
            path = tmp_path / f"{next(_numbers)}.sqlite"
            if migrated:
                shutil.copy(request.getfixturevalue("sqlite_file"), path)
            return f"sqlite+pysqlite:///{path}"
        shared = request.getfixturevalue("postgres")
        engine = create_engine(shared)
        with engine.begin() as connection:
            if migrated:
                tables = ", ".join(name for name in Base.metadata.tables if name != "positions")
                connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
                connection.execute(text("DELETE FROM positions WHERE id NOT IN ('demo', 'customer_support')"))
                url = shared
            else:
                schema = f"empty_{next(_numbers)}"
                connection.execute(text(f"CREATE SCHEMA {schema}"))
                url = f"{shared}?options=-csearch_path%3D{schema}"
        engine.dispose()
        return url

    return make


@pytest.fixture
def records(new_database: Callable[..., str], tmp_path: Path) -> Iterator[Records]:
    url = new_database(migrated=True)
    database = Database(url)
    yield Records(database, Installation.open(tmp_path / "data", RecordsSettings(database_url=url)))
    database.close()
