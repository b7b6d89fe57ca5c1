"""LiveKit's signalling on the pages' own address: one certificate serves both (`AILA_LIVEKIT_PROXY`)."""

import asyncio
import logging

import httpx
import websockets
from fastapi import APIRouter, WebSocket
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocketDisconnect, WebSocketState
from websockets.asyncio.client import ClientConnection, connect

from api.context import Context
from api.problems import Unavailable

logger = logging.getLogger(__name__)
PREFIX = "/livekit"
MAX_MESSAGE_BYTES = 1_048_576
OPEN_TIMEOUT_S = 5.0
TOO_LATE = 1013
"""WebSocket close code: try again later."""
router = APIRouter(prefix=PREFIX, include_in_schema=False)


def _upstream(context: Context, path: str, query: str) -> str:
    base = context.settings.livekit_url.rstrip("/")
    return f"{base}/{path}?{query}" if query else f"{base}/{path}"


@router.websocket("/{path:path}")
async def signalling(browser: WebSocket, path: str) -> None:
    """Pass one browser's signalling to LiveKit and back, until either ends."""
    context: Context = browser.app.state.context
    try:
        server = await connect(
            _upstream(context, path, browser.url.query),
            open_timeout=OPEN_TIMEOUT_S,
            max_size=MAX_MESSAGE_BYTES,
            proxy=None,
        )
    except (OSError, TimeoutError, websockets.WebSocketException) as error:
        # Not accepted yet: this answers the handshake with 403, and LiveKit's client asks `validate` why.
        logger.warning("LiveKit did not take a connection (%s)", type(error).__name__)
        await browser.close(TOO_LATE)
        return
    async with server:
        await browser.accept()
        ways = [asyncio.create_task(_up(browser, server)), asyncio.create_task(_down(browser, server))]
        _, unfinished = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in unfinished:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
    if browser.application_state is not WebSocketState.DISCONNECTED:
        try:
            await browser.close()
        except RuntimeError:
            return  # the browser was gone first


async def _up(browser: WebSocket, server: ClientConnection) -> None:
    while True:
        try:
            message = await browser.receive()
        except (WebSocketDisconnect, RuntimeError):
            return
        if message["type"] == "websocket.disconnect":
            return
        content = message.get("bytes")
        await server.send(content if content is not None else message["text"])


async def _down(browser: WebSocket, server: ClientConnection) -> None:
    async for message in server:
        if isinstance(message, bytes):
            await browser.send_bytes(message)
        else:
            await browser.send_text(message)


@router.get("/{path:path}")
async def validation(request: Request, path: str) -> Response:
    """Pass on LiveKit's answer to why a connection was refused; nothing else of its HTTP interface."""
    context: Context = request.app.state.context
    if not path.endswith("validate"):
        return Response(status_code=404)
    url = _upstream(context, path, request.url.query).replace("ws", "http", 1)
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=OPEN_TIMEOUT_S) as client:
            answer = await client.get(url)
    except httpx.HTTPError:
        raise Unavailable("The call's server does not answer at the moment.") from None
    return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))
