"""How often somebody may try to log in or to open an invitation."""

import hashlib
import math
import time

from fastapi import Request
from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from api.problems import TooManyRequests
from api.settings import ApiSettings

_ADDRESS_FACTOR = 5
"""An address may serve several people: it may try this many times what one user name may."""


class RateLimits:
    """Moving windows over attempts, by address and by what was tried."""

    def __init__(self, settings: ApiSettings) -> None:
        self._limiter = MovingWindowRateLimiter(storage_from_string(settings.rate_limit_storage))
        self._login = parse(settings.login_limit)
        self._join = parse(settings.join_limit)
        self._typing = parse(settings.typing_limit)

    def login(self, request: Request, username: str) -> None:
        """Count an attempt to log in.

        Raises
        ------
        TooManyRequests
            If the address, or this user name from this address, has been tried too often.
        """
        address = client_address(request)
        self._hit(_several(self._login), "login-address", address)
        self._hit(self._login, "login", address, _digest(username.casefold()))

    def join(self, request: Request, invite: str) -> None:
        """Count an attempt to join by an invitation; raises as :meth:`login`."""
        address = client_address(request)
        self._hit(_several(self._join), "join-address", address)
        self._hit(self._join, "join", address, _digest(invite))

    def look(self, request: Request) -> None:
        """Count a look at an invitation; raises as :meth:`login`."""
        self._hit(_several(self._join), "look", client_address(request))

    def typing(self, session_id: str) -> None:
        """Count a message or control of a typed interview; raises as :meth:`login`."""
        self._hit(self._typing, "typing", session_id)

    def speaking(self, request: Request, invite: str) -> None:
        """Count a look at what was said before the interview; raises as :meth:`login`."""
        self._hit(_several(self._typing), "speaking-address", client_address(request))
        self._hit(self._typing, "speaking", _digest(invite))

    def _hit(self, limit: RateLimitItem, *key: str) -> None:
        if self._limiter.hit(limit, *key):
            return
        reset_at = self._limiter.get_window_stats(limit, *key).reset_time
        retry_after_s = max(1, math.ceil(reset_at - time.time()))
        raise TooManyRequests(
            f"Please try again in {retry_after_s} seconds.", headers={"Retry-After": str(retry_after_s)}
        )


def client_address(request: Request) -> str:
    """Return the caller's address; behind a trusted proxy, the one that the proxy tells."""
    return request.client.host if request.client else "unknown"


def _several(limit: RateLimitItem) -> RateLimitItem:
    return type(limit)(limit.amount * _ADDRESS_FACTOR, limit.multiples)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
