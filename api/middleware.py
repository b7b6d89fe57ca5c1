"""What happens around every request: limits of body and time, security headers, the last resort."""

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import ApiError, BodyTooLarge, internal_problem, problem_response

MAX_JSON_BYTES = 65_536
MULTIPART_OVERHEAD_BYTES = 4_096
BODY_DEADLINE_S = 30.0


class _BodyTimeout(ApiError):
    status_code, kind, title = 408, "body-timeout", "The request took too long to arrive"


class BodyGuard:
    """Refuses bodies that are too large (413) or arrive too slowly (408), while they stream in.

    Parameters
    ----------
    max_bytes : callable
        From a path to the most bytes that a body sent there may have.
    deadline_s : float
        Seconds in which the whole body must have arrived.
    """

    def __init__(
        self, app: ASGIApp, max_bytes: Callable[[str], int], deadline_s: float = BODY_DEADLINE_S
    ) -> None:
        self.app, self.max_bytes, self.deadline_s = app, max_bytes, deadline_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.max_bytes(scope["path"])
        if _declared_length(scope) > limit:
            await problem_response(_too_large(limit))(scope, receive, send)
            return
        await self._pass_on(scope, receive, send, limit)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        received_bytes, complete, started = 0, False, False
        refusal: ApiError | None = None
        deadline = asyncio.get_running_loop().time() + self.deadline_s

        async def guarded_receive() -> Message:
            nonlocal received_bytes, complete, refusal
            if complete:
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                refusal = _too_slow(self.deadline_s)
                raise refusal from None
            received_bytes += len(message.get("body", b""))
            complete = not message.get("more_body", False)
            if received_bytes > limit:
                refusal = _too_large(limit)
                raise refusal
            return message

        async def guarded_send(message: Message) -> None:
            nonlocal started
            if refusal is not None and not started:
                return  # the framework's own idea of the error; ours follows
            started = True
            await send(message)

        try:
            await self.app(scope, guarded_receive, guarded_send)
        except ApiError as error:
            if error is not refusal:
                raise
        if refusal is not None and not started:
            await problem_response(refusal)(scope, receive, send)


def _declared_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


def _too_slow(deadline_s: float) -> ApiError:
    return _BodyTimeout(f"The body did not arrive within {deadline_s:g} s.", headers={"Connection": "close"})


def _too_large(limit: int) -> BodyTooLarge:
    return BodyTooLarge(
        f"At most {limit} bytes are accepted at this address.", headers={"Connection": "close"}
    )


def content_security_policy(livekit_url: str) -> str:
    """Return the policy for the web client: nothing from elsewhere but LiveKit's connection."""
    parts = urlsplit(livekit_url)
    secure = parts.scheme in {"wss", "https"}
    ws, http = ("wss", "https") if secure else ("ws", "http")
    directives = {
        "default-src": "'self'",
        "script-src": "'self' 'wasm-unsafe-eval' blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' blob: data:",
        "worker-src": "'self' blob:",
        "connect-src": f"'self' {ws}://{parts.netloc} {http}://{parts.netloc}",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


class SecurityHeaders:
    """Adds the security headers to every response, and keeps /api/ answers out of caches."""

    def __init__(self, app: ASGIApp, livekit_url: str) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": content_security_policy(livekit_url),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "microphone=(self), camera=(self), geolocation=(), payment=(), usb=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        private = scope["path"].startswith("/api/")
        secure = scope["scheme"] == "https"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if private:
                    headers.setdefault("Cache-Control", "no-store")
                if secure:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        await self.app(scope, receive, send_with_headers)


class LastResort:
    """Answers an exception that nothing else has caught with a 500 that tells nothing of it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def noting_send(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noting_send)
        except Exception as error:
            if started:
                internal_problem(error)
                raise ConnectionAbortedError("the response broke off") from None
            response = problem_response(error) if isinstance(error, ApiError) else internal_problem(error)
            await response(scope, receive, noting_send)
