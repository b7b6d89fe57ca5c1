"""Routes that ask who calls before they read a byte of the body."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool


class GuardedRoute(APIRoute):
    """A route whose guard runs first, in a worker thread; the guard raises to refuse."""

    @staticmethod
    def guard(request: Request) -> None:
        """Raise an :class:`api.problems.ApiError` to refuse ``request``."""
        raise NotImplementedError

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            await run_in_threadpool(self.guard, request)
            return await handler(request)

        return guarded
