"""A real HTTP server on the loopback that answers like a language model service, well or badly."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

Reply = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class ModelServer:
    """Plays ``reply`` to every request and keeps what was asked."""

    reply: Reply
    requests: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = next(
                int(line.split(":")[1])
                for line in head.splitlines()
                if line.lower().startswith("content-length")
            )
            self.requests.append(json.loads(await reader.readexactly(length)))
            await self.reply(writer)
        writer.close()


@contextlib.asynccontextmanager
async def model_server(reply: Reply) -> AsyncIterator[ModelServer]:
    """Run a server for the time of the block; what still answers at its end is stopped."""
    model = ModelServer(reply)
    serving: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(model.serve(reader, writer))
        serving.add(task)
        task.add_done_callback(serving.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    model.url = f"http://{host}:{port}/v1"
    try:
        yield model
    finally:
        server.close()
        for task in list(serving):
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)


def _head(status: str, kind: str, length: int | None) -> bytes:
    body = f"content-length: {length}" if length is not None else "transfer-encoding: chunked"
    return f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\n{body}\r\nconnection: close\r\n\r\n".encode()


def body(text: str, status: str = "200 OK", kind: str = "application/json") -> Reply:
    """Reply with these characters."""

    async def reply(writer: asyncio.StreamWriter) -> None:
        payload = text.encode()
        writer.write(_head(status, kind, len(payload)) + payload)
        await writer.drain()

    return reply


def says(content: Any) -> Reply:
    """Reply as the service does when the model has said ``content``."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    completion = {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    return body(json.dumps(completion))


def hangs() -> Reply:
    """Never reply."""

    async def reply(writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    return reply


def never_stops() -> Reply:
    """Begin a reply and send more and more of it."""

    async def reply(writer: asyncio.StreamWriter) -> None:
        writer.write(_head("200 OK", "application/json", None))
        while True:
            writer.write(b"6\r\n and..\r\n")
            await writer.drain()
            await asyncio.sleep(0.01)

    return reply


def hangs_up() -> Reply:
    """Close the connection in the middle of a reply."""

    async def reply(writer: asyncio.StreamWriter) -> None:
        writer.write(_head("200 OK", "application/json", 4000) + b'{"choices"')
        await writer.drain()

    return reply
