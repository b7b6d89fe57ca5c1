"""Self-reported groups lie apart: nothing leads to them without the key, and scorers' roles are refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError

from records import retention
from records.database import Database
from records.errors import InstallationError
from records.group_data import GroupData
from records.group_data_link import folder_of, link_of
from records.installation import Installation
from records.settings import RecordsSettings
from records.tables import now
from tests.records import interviews
from tests.records.conftest import Records

ON = RecordsSettings(group_data=True)


def answers_file(installation: Installation) -> Path:
    return folder_of(installation) / "answers.sqlite"


def test_an_answer_is_given_changed_and_withdrawn(records: Records) -> None:
    ada, bo = records.begin("Ada Lind"), records.begin("Bo Ek")
    store = GroupData(records.installation, ON)
    assert store.of_session(ada) is None
    store.record(ada, "female", "asian", "v1")
    store.record(ada, "another", "prefer_not_to_say", "v2")
    store.record(bo, "male", "white", "v2")
    found = store.of_sessions([ada, bo, "nobody"])
    assert {name: (a.sex, a.race_ethnicity, a.text_version) for name, a in found.items()} == {
        ada: ("another", "prefer_not_to_say", "v2"),
        bo: ("male", "white", "v2"),
    }
    assert found[ada].given_on == now().date()
    store.withdraw(ada)
    store.withdraw(ada)
    assert set(GroupData(records.installation, ON).of_sessions([ada, bo])) == {bo}


def test_nothing_is_made_where_nobody_answers(records: Records) -> None:
    session_id = records.begin("Ada Lind")
    store = GroupData(records.installation, RecordsSettings())
    assert not store.offered
    assert store.of_session(session_id) is None
    store.withdraw(session_id)
    assert not folder_of(records.installation).exists()


def test_neither_store_names_the_other(records: Records) -> None:
    session_id = records.begin("Ada Lind")
    GroupData(records.installation, ON).record(session_id, "female", "asian", "v1")
    link = link_of(records.installation, session_id)
    assert link is not None
    stored = answers_file(records.installation).read_bytes()
    assert link.encode() in stored
    assert session_id.encode() not in stored
    others = [
        p for p in records.installation.data_dir.rglob("*") if p.is_file() and "group_data" not in p.parts
    ]
    assert [p for p in others if link.encode() in p.read_bytes()] == []
    assert {p.name: p.stat().st_mode & 0o077 for p in folder_of(records.installation).iterdir()} == {
        "link.key": 0,
        "answers.sqlite": 0,
    }
    assert folder_of(records.installation).stat().st_mode & 0o077 == 0


def test_an_erased_interview_takes_its_answer_along(records: Records) -> None:
    ada, bo = records.begin("Ada Lind"), records.begin("Bo Ek")
    store = GroupData(records.installation, ON)
    store.record(ada, "female", "asian", "v1")
    store.record(bo, "male", "white", "v1")
    link = link_of(records.installation, ada)
    assert link is not None
    with records.database.transaction() as session:
        retention.erase(session, records.installation, ada)
    assert set(store.of_sessions([ada, bo])) == {bo}
    assert link.encode() not in answers_file(records.installation).read_bytes()


def test_a_damaged_key_is_said_and_never_replaced(records: Records) -> None:
    session_id = records.begin("Ada Lind")
    store = GroupData(records.installation, ON)
    store.record(session_id, "female", "asian", "v1")
    key = folder_of(records.installation) / "link.key"
    key.write_text("short")
    with pytest.raises(InstallationError, match="damaged"):
        store.of_session(session_id)
    assert key.read_text() == "short"


@pytest.mark.parametrize(
    ("main", "own", "said"),
    [
        (None, "postgresql+psycopg://g@localhost/aila", "for PostgreSQL"),
        ("postgresql+psycopg://a@localhost/aila", "sqlite:///x.sqlite", "for PostgreSQL"),
        (
            "postgresql+psycopg://a@localhost/aila",
            "postgresql+psycopg://g@localhost/other",
            "another database",
        ),
        ("postgresql+psycopg://a@localhost/aila", "postgresql+psycopg://a@localhost:5432/aila", "role"),
    ],
)
def test_settings_that_would_let_scorers_read_are_refused(
    tmp_path: Path, main: str | None, own: str, said: str
) -> None:
    settings = RecordsSettings(database_url=main, group_data=True, group_data_url=own)
    with pytest.raises(InstallationError, match=said):
        GroupData(Installation.open(tmp_path, settings), settings)


@pytest.fixture
def roles(postgres: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of a database for its scorers' role and for the role of the group answers."""
    server = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with server.connect() as admin:
        for statement in ("ROLE scorer LOGIN", "ROLE groups LOGIN", "DATABASE apart"):
            admin.execute(text(f"CREATE {statement}"))
    inside = create_engine(make_url(postgres).set(database="apart"), isolation_level="AUTOCOMMIT")
    with inside.connect() as admin:
        admin.execute(text("CREATE SCHEMA group_data AUTHORIZATION groups"))
        admin.execute(text("GRANT CREATE ON SCHEMA public TO scorer"))
    inside.dispose()
    of_role = make_url(postgres).set(database="apart").set
    yield of_role(username="scorer").render_as_string(), of_role(username="groups").render_as_string()
    with server.connect() as admin:
        for statement in ("DATABASE apart", "ROLE groups", "ROLE scorer"):
            admin.execute(text(f"DROP {statement}"))
    server.dispose()


@pytest.mark.postgres
def test_on_postgresql_the_scorers_role_is_refused_and_can_still_erase(
    roles: tuple[str, str], tmp_path: Path
) -> None:
    settings = RecordsSettings(database_url=roles[0], group_data=True, group_data_url=roles[1])
    installation = Installation.open(tmp_path / "data", settings)
    interviews.prepare(installation.database_url)
    database = Database(installation.database_url)
    ada, bo = (interviews.begin(database, installation, name, "demo") for name in ("Ada Lind", "Bo Ek"))
    store = GroupData(installation, settings)
    try:
        store.record(ada, "female", "asian", "v1")
        store.record(bo, "male", "white", "v1")
        for statement in (
            "SELECT * FROM group_data.group_answers",
            "SELECT link FROM group_data.group_answers",
            "DELETE FROM group_data.group_answers",
            "UPDATE group_data.group_answers SET sex = 'male'",
            "DROP FUNCTION group_data.forget(text)",
        ):
            with (
                pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
                database.transaction() as session,
            ):
                session.execute(text(statement))
        with database.transaction() as session:
            retention.erase(session, installation, ada)
        assert set(store.of_sessions([ada, bo])) == {bo}
        store.withdraw(bo)
        assert store.of_sessions([ada, bo]) == {}
    finally:
        store.close()
        database.close()
