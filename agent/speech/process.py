"""What the speech processes have in common: a Unix socket, "ready" when loaded, an end on SIGTERM."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

Connection = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def serve(socket_path: Path, connection: Connection, working: asyncio.Task[None] | None = None) -> None:
    """Serve ``connection`` on ``socket_path`` (0600) until SIGTERM or SIGINT, or until ``working`` fails."""
    socket_path.unlink(missing_ok=True)
    server = await asyncio.start_unix_server(connection, path=str(socket_path))
    socket_path.chmod(0o600)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    print("ready", flush=True)
    stopping = asyncio.create_task(stop.wait())
    tasks = {stopping} if working is None else {stopping, working}
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    server.close()
    socket_path.unlink(missing_ok=True)
    if working is not None:
        working.cancel()
        if working in done and working.exception() is not None:
            raise SystemExit(f"the speech process stopped: {type(working.exception()).__name__}")
