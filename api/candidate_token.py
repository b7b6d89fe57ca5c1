"""The token that a candidate holds after joining: which session is theirs, signed, for a day."""

from typing import Annotated

from fastapi import Depends, Request
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from api.context import Context
from api.guards import GuardedRoute
from api.problems import NotLoggedIn

LIFETIME_S = 86_400
_MAX_TOKEN_CHARACTERS = 1_024
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="aila"'}


def _serializer(context: Context) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(context.installation.session_secret, salt="candidate-session")


def issue_session_token(context: Context, session_id: str) -> str:
    """Return the token for ``session_id``."""
    return _serializer(context).dumps(session_id)


def read_session_token(context: Context, token: str) -> str:
    """Return the session that ``token`` was issued for.

    Raises
    ------
    NotLoggedIn
        If the token is older than a day, or not one of ours.
    """
    try:
        session_id = _serializer(context).loads(token, max_age=LIFETIME_S)
    except SignatureExpired:
        raise NotLoggedIn(
            "This page has been open for too long: open your invitation's link again.", headers=_CHALLENGE
        ) from None
    except BadSignature:
        raise NotLoggedIn("The session token is not valid.", headers=_CHALLENGE) from None
    return str(session_id)


class CandidateRoute(GuardedRoute):
    """A route for the candidate who has joined; 401 without a valid session token."""

    @staticmethod
    def guard(request: Request) -> None:
        request.state.session_id = _require_session(request)


def _require_session(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > _MAX_TOKEN_CHARACTERS:
        raise NotLoggedIn(
            "Send the session token that joining returned, as `Authorization: Bearer …`.", headers=_CHALLENGE
        )
    return read_session_token(request.app.state.context, token)


def _session_id(request: Request) -> str:
    return str(request.state.session_id)


SessionIdDependency = Annotated[str, Depends(_session_id)]
"""The session of the candidate who calls, on a :class:`CandidateRoute`."""
