"""Logging in and out, and the guard in front of recruiters' and the studio's endpoints."""

import threading
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Request, Response

from api.context import Context, ContextDependency
from api.guards import GuardedRoute
from api.problems import CsrfTokenMissing, Forbidden, NotLoggedIn
from api.schemas_authentication import LoginRequest, LoginView, Role, UserView
from records import accounts
from records.accounts import LOGIN_LIFETIME, Login

COOKIE = "aila_session"
CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_MAX_TOKEN_CHARACTERS = 256
_verifying = threading.BoundedSemaphore(2)
"""Verifying a password takes 64 MiB and a core for a moment: never more than two at once."""


def require_login(request: Request) -> Login:
    """Return the login that the request's cookie belongs to.

    Raises
    ------
    NotLoggedIn
        Without a cookie, or with one whose login ended or never was.
    CsrfTokenMissing
        If the request changes something and does not carry the login's CSRF token.
    """
    context: Context = request.app.state.context
    token = request.cookies.get(COOKIE, "")
    login = None
    if 0 < len(token) <= _MAX_TOKEN_CHARACTERS:
        with context.database.reading() as session:
            login = accounts.find_login(session, token)
    if login is None:
        raise NotLoggedIn("Log in with POST /api/auth/login; your login may have ended.")
    presented = request.headers.get(CSRF_HEADER, "")
    if request.method not in SAFE_METHODS and not accounts.csrf_matches(login, presented):
        raise CsrfTokenMissing(f"Send the csrf_token that logging in returned, as {CSRF_HEADER}.")
    return login


def require_role(request: Request, *roles: Role) -> None:
    """Let the request pass, with its login in ``request.state.login``, if the login has one of ``roles``."""
    login = require_login(request)
    if login.role not in roles:
        raise Forbidden(f"This needs the role {' or '.join(roles)}; yours is {login.role}.")
    request.state.login = login


class LoggedInRoute(GuardedRoute):
    """A route for anybody who has logged in."""

    @staticmethod
    def guard(request: Request) -> None:
        require_role(request, "admin", "recruiter", "product")


class RecruiterRoute(GuardedRoute):
    """A route for recruiters."""

    @staticmethod
    def guard(request: Request) -> None:
        require_role(request, "admin", "recruiter")


class StudioRoute(GuardedRoute):
    """A route for product teams."""

    @staticmethod
    def guard(request: Request) -> None:
        require_role(request, "admin", "product")


def _login(request: Request) -> Login:
    return cast(Login, request.state.login)


LoginDependency = Annotated[Login, Depends(_login)]
"""The caller's login, on the guarded routes above."""

router = APIRouter(prefix="/api/auth", tags=["authentication"])
_logged_in = APIRouter(route_class=LoggedInRoute)


@router.post("/login", operation_id="log_in")
def log_in(request: Request, response: Response, body: LoginRequest, context: ContextDependency) -> LoginView:
    """Start a login; the cookie identifies it, the CSRF token proves that our page sends the request."""
    context.rate_limits.login(request, body.username)
    with _verifying, context.database.reading() as reading:
        user = accounts.verify_password(reading, body.username, body.password)
    if user is None:
        raise NotLoggedIn("The user name or the password is wrong.")
    with context.database.transaction() as session:
        former = request.cookies.get(COOKIE)
        if former:
            accounts.log_out(session, former)
        login = accounts.open_login(session, user)
    response.set_cookie(
        COOKIE,
        login.token,
        max_age=int(LOGIN_LIFETIME.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=_is_secure(request, context),
        path="/",
    )
    return _view(login)


@_logged_in.post("/logout", operation_id="log_out", status_code=204)
def log_out(request: Request, response: Response, context: ContextDependency, login: LoginDependency) -> None:
    """End the login."""
    with context.database.transaction() as session:
        accounts.log_out(session, login.token)
    response.delete_cookie(
        COOKIE, httponly=True, samesite="lax", secure=_is_secure(request, context), path="/"
    )


@_logged_in.get("/me", operation_id="read_login")
def read_login(login: LoginDependency) -> LoginView:
    """Return who is logged in."""
    return _view(login)


router.include_router(_logged_in)


def _is_secure(request: Request, context: Context) -> bool:
    if context.settings.cookie_secure is not None:
        return context.settings.cookie_secure
    return request.url.scheme == "https" or (context.settings.public_url or "").startswith("https:")


def _view(login: Login) -> LoginView:
    return LoginView(
        user=UserView(username=login.username, role=cast(Role, login.role)), csrf_token=login.csrf_token
    )
