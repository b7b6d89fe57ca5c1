"""Starts processes, waits until each is healthy, restarts one that dies, and stops them all."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from cli.errors import ServiceFailed
from cli.service_log import ServiceLog

FIRST_BACKOFF_S = 0.5
MAX_BACKOFF_S = 30.0
STEADY_S = 60.0
"""Seconds of running after which an end counts as the first again."""
STARTS_BEFORE_GIVING_UP = 3
STOP_PATIENCE_S = 10.0
PROBE_EVERY_S = 0.1


@dataclass(frozen=True)
class Service:
    """One process of the stack."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    ready_line: str | None = None
    """Text of an output line that says it is ready; None: :attr:`probe` tells."""
    probe: Callable[[], Awaitable[bool]] | None = None
    """Whether it answers; None: :attr:`ready_line` tells."""
    start_timeout_s: float = 180.0


@dataclass(eq=False)
class _Running:
    service: Service
    log: ServiceLog
    process: asyncio.subprocess.Process | None = None
    following: asyncio.Task[None] | None = None
    """Copies the output to the log until the last holder of the pipe has ended."""
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    was_ready: bool = False
    unready_ends: int = 0
    backoff_s: float = FIRST_BACKOFF_S


class Supervisor:
    """Keeps services running until told to stop.

    Every service leads a process group of its own, so that Ctrl-C reaches the supervisor alone; a leash
    process ends the groups should the supervisor be killed.
    """

    def __init__(self, logs_dir: Path, say: Callable[[str], None], keep_open: Sequence[int] = ()) -> None:
        self._logs_dir = logs_dir
        self._say = say
        self._keep_open = tuple(keep_open)
        self._running: dict[str, _Running] = {}
        self._keeping: list[asyncio.Task[None]] = []
        self._leash: asyncio.subprocess.Process | None = None
        self.failed: asyncio.Future[ServiceFailed] = asyncio.get_running_loop().create_future()
        """Set when a service cannot be started."""

    async def open(self) -> None:
        """Start the leash; it holds the descriptors in ``keep_open`` until everything has ended."""
        self._leash = await asyncio.create_subprocess_exec(
            sys.executable,
            "-IS",
            str(Path(__file__).with_name("leash.py")),
            stdin=asyncio.subprocess.PIPE,
            start_new_session=True,
            pass_fds=self._keep_open,
        )

    def start(self, service: Service) -> None:
        """Begin to run ``service``; :meth:`wait_ready` tells when it is there."""
        running = _Running(service, ServiceLog(self._logs_dir / f"{service.name}.log"))
        self._running[service.name] = running
        self._keeping.append(asyncio.create_task(self._keep(running)))

    async def wait_ready(self, name: str) -> None:
        """Return when the service is ready.

        Raises
        ------
        ServiceFailed
            If it ended several times before, or was not ready in time; the message has its last lines.
        """
        running = self._running[name]
        ready = asyncio.create_task(running.ready.wait())
        try:
            await self.wait_failed_or(ready, running.service.start_timeout_s)
            if self.failed.done():
                raise self.failed.result()
            if not ready.done():
                raise self._failure(running, f"was not ready within {running.service.start_timeout_s:.0f} s")
        finally:
            ready.cancel()

    async def wait_failed_or(
        self, event: asyncio.Task[Literal[True]], timeout_s: float | None = None
    ) -> None:
        """Return when a service cannot be started, ``event`` happened, or the time is over."""
        waited: set[asyncio.Future[Any]] = {event, self.failed}
        await asyncio.wait(waited, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)

    def pid(self, name: str) -> int | None:
        """Return the process id of a service, None while it is not running."""
        process = self._running[name].process
        return process.pid if process is not None else None

    async def stop(self) -> None:
        """Stop all services, the last started first, then those that do not listen by force."""
        for task in self._keeping:
            task.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)
        running = [r for r in reversed(self._running.values()) if r.process is not None]
        await asyncio.gather(*(self._end(r) for r in running))
        for each in self._running.values():
            each.log.close()
        if self._leash is not None and self._leash.stdin is not None:
            self._leash.stdin.close()
            await self._leash.wait()

    async def _keep(self, running: _Running) -> None:
        while True:
            started_s = asyncio.get_running_loop().time()
            await self._run_once(running)
            if asyncio.get_running_loop().time() - started_s > STEADY_S:
                running.backoff_s = FIRST_BACKOFF_S
            if not running.was_ready:
                running.unready_ends += 1
                if running.unready_ends >= STARTS_BEFORE_GIVING_UP:
                    self._give_up(self._failure(running, "ended before it was ready"))
                    return
            self._say(f"{running.service.name} ended; starting it again in {running.backoff_s:g} s")
            await asyncio.sleep(running.backoff_s)
            running.backoff_s = min(MAX_BACKOFF_S, running.backoff_s * 2)

    async def _run_once(self, running: _Running) -> None:
        """Start the process and return when it has ended."""
        service = running.service
        # A pipe of our own: asyncio's would have us wait for the children that a dead process leaves.
        reading, writing = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                *service.command,
                env=dict(service.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                start_new_session=True,
            )
        finally:
            os.close(writing)
        running.process = process
        running.following = asyncio.create_task(self._follow_output(running, reading))
        self._tell_leash("+", process.pid)
        probing = asyncio.create_task(self._probe(running)) if service.probe is not None else None
        try:
            await process.wait()
        finally:
            if probing is not None:
                probing.cancel()
        self._forget(running, process.pid)
        await running.following

    async def _follow_output(self, running: _Running, reading: int) -> None:
        stream = asyncio.StreamReader()
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            transport, _ = await asyncio.get_running_loop().connect_read_pipe(
                lambda: asyncio.StreamReaderProtocol(stream), pipe
            )
            rest = b""
            while output := await stream.read(65_536):
                running.log.write(output)
                if running.ready.is_set() or running.service.ready_line is None:
                    continue
                *lines, rest = (rest + output).split(b"\n")
                if any(running.service.ready_line in line.decode(errors="replace") for line in lines):
                    self._now_ready(running)
            transport.close()

    async def _probe(self, running: _Running) -> None:
        probe = running.service.probe
        while probe is not None:
            if await probe():
                self._now_ready(running)
                return
            await asyncio.sleep(PROBE_EVERY_S)

    def _now_ready(self, running: _Running) -> None:
        if running.was_ready:
            self._say(f"{running.service.name} is back")
        running.ready.set()
        running.was_ready = True

    def _forget(self, running: _Running, pid: int) -> None:
        """End what a process that died may have left in its group."""
        running.ready.clear()
        running.process = None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        self._tell_leash("-", pid)

    async def _end(self, running: _Running) -> None:
        process = running.process
        if process is None:
            return
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            try:
                await asyncio.wait_for(process.wait(), STOP_PATIENCE_S)
            except TimeoutError:
                self._say(f"{running.service.name} did not stop in time and was ended")
        self._forget(running, process.pid)
        await process.wait()
        if running.following is not None:
            await running.following

    def _give_up(self, error: ServiceFailed) -> None:
        if not self.failed.done():
            self.failed.set_result(error)

    def _failure(self, running: _Running, what: str) -> ServiceFailed:
        return ServiceFailed(
            f"{running.service.name} {what}; its log is {running.log.path}, and ends:\n{running.log.tail()}"
        )

    def _tell_leash(self, sign: str, pid: int) -> None:
        if self._leash is not None and self._leash.stdin is not None:
            self._leash.stdin.write(f"{sign}{pid}\n".encode())
