"""People who log in: passwords, logins, roles."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from records import accounts
from records.errors import NameRejected, NotFound
from records.tables import LoginSession, User, now
from tests.records.conftest import Records

PASSWORD = "märzbecher 🌱 unter dem Schnee"


@pytest.fixture
def robin(records: Records) -> Records:
    """A database with the user ``robin``."""
    with records.database.transaction() as session:
        accounts.create_user(session, "robin", PASSWORD, "recruiter")
    return records


def test_a_login_is_found_by_its_token_until_it_is_closed(robin: Records) -> None:
    with robin.database.transaction() as session:
        login = accounts.log_in(session, "robin", PASSWORD)
        assert login is not None
    with robin.database.transaction() as session:
        assert accounts.find_login(session, login.token) == login
        assert (login.username, login.role) == ("robin", "recruiter")
        assert accounts.find_login(session, login.token[:-1]) is None
        accounts.log_out(session, login.token)
    with robin.database.reading() as session:
        assert accounts.find_login(session, login.token) is None


def test_neither_password_nor_token_is_stored(robin: Records) -> None:
    with robin.database.transaction() as session:
        login = accounts.log_in(session, "robin", PASSWORD)
        assert login is not None
        accounts.create_user(session, "kim", PASSWORD, "admin")
        session.flush()
        hashes = session.scalars(select(User.password_hash)).all()
        stored = session.scalars(select(LoginSession)).one()
    assert len(set(hashes)) == 2
    assert all(found.startswith("$argon2id$") for found in hashes)
    assert login.token not in (stored.token_hash, stored.csrf_token)
    assert len(login.token) >= 32


def test_a_wrong_name_or_password_opens_nothing(robin: Records) -> None:
    wrong = [
        ("robin", PASSWORD + " "),
        ("robin", ""),
        ("robin", "\0"),
        ("Robin", PASSWORD),
        ("robin\0", PASSWORD),
        ("r\ud800bin", PASSWORD),
        ("' OR 1=1 --", PASSWORD),
        ("x" * 5000, "y" * 100_000),
    ]
    with robin.database.transaction() as session:
        for username, password in wrong:
            assert accounts.log_in(session, username, password) is None, (username[:20], password[:20])
        assert session.scalars(select(LoginSession)).all() == []


def test_an_unknown_name_costs_the_same_work_as_a_wrong_password(
    robin: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    class Counting(type(accounts._hasher)):  # type: ignore[misc]
        def verify(self, password: str, hash: str) -> bool:
            checked.append(hash.split("$")[3])
            return super().verify(password, hash)

    monkeypatch.setattr(accounts._hasher, "__class__", Counting)
    with robin.database.transaction() as session:
        assert accounts.verify_password(session, "robin", "wrong") is None
        assert accounts.verify_password(session, "nobody", "wrong") is None
    assert len(checked) == 2
    assert checked[0] == checked[1]  # memory, rounds and lanes of the hash


def test_a_disabled_user_is_out_at_once(robin: Records) -> None:
    with robin.database.transaction() as session:
        login = accounts.log_in(session, "robin", PASSWORD)
        assert login is not None
        session.scalars(select(User)).one().disabled = True
    with robin.database.transaction() as session:
        assert accounts.find_login(session, login.token) is None
        assert accounts.log_in(session, "robin", PASSWORD) is None


def test_a_login_ends_by_itself_and_is_then_cleared_away(robin: Records) -> None:
    with robin.database.transaction() as session:
        old = accounts.log_in(session, "robin", PASSWORD)
        assert old is not None
        session.flush()
        session.scalars(select(LoginSession)).one().expires_at = now() - timedelta(seconds=1)
    with robin.database.transaction() as session:
        assert accounts.find_login(session, old.token) is None
        new = accounts.log_in(session, "robin", PASSWORD)
        session.flush()
        assert len(session.scalars(select(LoginSession)).all()) == 1
        assert new is not None and accounts.find_login(session, new.token) is not None


def test_a_new_password_ends_every_login(robin: Records) -> None:
    with robin.database.transaction() as session:
        logins = [accounts.log_in(session, "robin", PASSWORD) for _ in range(2)]
    with robin.database.transaction() as session:
        accounts.set_password(session, "robin", "quiet-harbour-40")
    with robin.database.transaction() as session:
        assert [accounts.find_login(session, login.token) for login in logins if login] == [None, None]
        assert accounts.log_in(session, "robin", PASSWORD) is None
        assert accounts.log_in(session, "robin", "quiet-harbour-40") is not None
        with pytest.raises(NotFound, match="'nobody'"):
            accounts.set_password(session, "nobody", "quiet-harbour-41")


def test_the_first_administrator_is_made_once(records: Records) -> None:
    with records.database.transaction() as session:
        password = accounts.ensure_first_admin(session)
        assert password is not None
        assert accounts.ensure_first_admin(session) is None
    with records.database.transaction() as session:
        login = accounts.log_in(session, "admin", password)
        assert login is not None and login.role == "admin"


def test_a_name_is_given_once_and_fits(robin: Records) -> None:
    with pytest.raises(IntegrityError), robin.database.transaction() as session:
        accounts.create_user(session, "robin", "another-9", "product")
    for name in ("", " \t", "x" * 65):
        with pytest.raises(NameRejected, match="1 to 64"), robin.database.transaction() as session:
            accounts.create_user(session, name, "another-9", "product")


def test_requests_that_change_something_carry_the_logins_own_mark(robin: Records) -> None:
    with robin.database.transaction() as session:
        one, other = (accounts.log_in(session, "robin", PASSWORD) for _ in range(2))
    assert one is not None and other is not None
    assert accounts.csrf_matches(one, one.csrf_token)
    for wrong in (other.csrf_token, one.token, one.csrf_token[:-1], "", "é"):
        assert not accounts.csrf_matches(one, wrong)
