"""People who log in: recruiters, product teams, administrators."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from pwdlib import PasswordHash
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from records.errors import NameRejected, NotFound
from records.tables import LoginSession, User, now

Role = Literal["admin", "recruiter", "product"]
MAX_USERNAME = 64
"""Characters."""
LOGIN_LIFETIME = timedelta(hours=12)
_hasher = PasswordHash.recommended()
# Verified when the name is unknown, so that the answer takes as long as for a known one.
_DECOY_HASH = _hasher.hash(secrets.token_urlsafe(16))


@dataclass(frozen=True, slots=True)
class Login:
    """A logged-in user; ``token`` goes into the cookie and is stored only as a hash."""

    token: str
    csrf_token: str
    username: str
    role: str


def create_user(session: Session, username: str, password: str, role: Role) -> User:
    """Add a user; the caller has checked that the name is free.

    Raises
    ------
    NameRejected
        If the name is blank or longer than ``MAX_USERNAME``.
    """
    if not username.strip() or len(username) > MAX_USERNAME:
        raise NameRejected(
            f"a user's name has 1 to {MAX_USERNAME} characters; this one has {len(username.strip())}"
        )
    user = User(
        id=secrets.token_hex(8),
        username=username,
        role=role,
        password_hash=_hasher.hash(password),
        disabled=False,
    )
    session.add(user)
    session.flush()
    return user


def set_password(session: Session, username: str, password: str) -> None:
    """Change a password and end all of the user's logins."""
    user = session.scalar(select(User).where(User.username == username))
    if user is None:
        raise NotFound(f"there is no user {username!r}")
    user.password_hash = _hasher.hash(password)
    session.execute(delete(LoginSession).where(LoginSession.user_id == user.id))


def ensure_first_admin(session: Session) -> str | None:
    """Create ``admin`` with a generated password if there is no user yet; return it, else None."""
    if session.scalar(select(func.count()).select_from(User)):
        return None
    password = secrets.token_urlsafe(12)
    create_user(session, "admin", password, "admin")
    return password


def verify_password(session: Session, username: str, password: str) -> User | None:
    """Return the user, or None if name or password is wrong; both take the same time."""
    user = session.scalar(select(User).where(User.username == username))
    valid = _hasher.verify(password, user.password_hash if user else _DECOY_HASH)
    return user if user is not None and valid and not user.disabled else None


def open_login(session: Session, user: User) -> Login:
    """Return a new login of a user whose password was verified."""
    token, csrf_token = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    session.execute(delete(LoginSession).where(LoginSession.expires_at < now()))
    session.add(
        LoginSession(
            token_hash=_digest(token),
            user_id=user.id,
            csrf_token=csrf_token,
            expires_at=now() + LOGIN_LIFETIME,
        )
    )
    return Login(token, csrf_token, user.username, user.role)


def log_in(session: Session, username: str, password: str) -> Login | None:
    """Return a new login, or None if name or password is wrong; both take the same time."""
    user = verify_password(session, username, password)
    return None if user is None else open_login(session, user)


def find_login(session: Session, token: str) -> Login | None:
    """Return the login that ``token`` belongs to, or None if it ended or never was."""
    row = session.execute(
        select(LoginSession, User).join(User).where(LoginSession.token_hash == _digest(token))
    ).first()
    if row is None or row.LoginSession.expires_at < now() or row.User.disabled:
        return None
    return Login(token, row.LoginSession.csrf_token, row.User.username, row.User.role)


def log_out(session: Session, token: str) -> None:
    session.execute(delete(LoginSession).where(LoginSession.token_hash == _digest(token)))


def csrf_matches(login: Login, presented: str) -> bool:
    return hmac.compare_digest(login.csrf_token.encode(), presented.encode())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
