"""Routes that ask who calls before they read a byte of the body."""

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from fastapi import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool


class GuardedRoute(APIRoute):
    """A route whose guard runs first, in a worker thread; the guard raises to refuse."""

    guard: ClassVar[Callable[[Request], None]]

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()
        guard = type(self).guard

        async def guarded(request: Request) -> Response:
            await run_in_threadpool(guard, request)
            return await handler(request)

        return guarded
