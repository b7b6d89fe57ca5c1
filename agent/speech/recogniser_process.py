"""The host's one recogniser: ``python -m agent.speech.recogniser_process --data DIR``.

All interviews share the model. Requests for closing words go first, unless a final one has waited long; those
that come too late are dropped, so that on a busy host few are worked on. Then come final ones; of the interim
requests of one connection only the newest is kept, and all wait while a final one does. Where several are
worked on at once, one place is left to finals. What is cancelled before its turn is not worked on.
"""

import argparse
import asyncio
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import numpy as np

from agent.errors import SpeechServiceError
from agent.settings import AgentSettings
from agent.speech.process import serve
from agent.speech.protocol import read_frame, write_frame
from agent.speech.recogniser import SAMPLE_RATE_HZ, Recognition, Urgency
from agent.speech.whisper_engine import LONGEST_S, WhisperEngine
from records.installation import Installation

logger = logging.getLogger(__name__)
CLOSING_WAITS_S, FINAL_WAITS_S = 0.4, 0.3
"""So long closing words are worth waiting for, and so long a final lets them pass."""
SLOW_FINAL_S = 0.8
"""A machine on which the last final took longer is busy: the next is decoded in haste."""


@dataclass(eq=False, slots=True)
class _Request:
    number: int
    urgency: Urgency
    pcm: bytes
    said: str
    writer: asyncio.StreamWriter
    asked_s: float = field(default_factory=time.monotonic)

    @property
    def waited_s(self) -> float:
        return time.monotonic() - self.asked_s


class RecogniserService:
    """Queues requests of all connections and works them off, ``at_once`` at the same time."""

    def __init__(self, engine: WhisperEngine, at_once: int) -> None:
        self._engine, self._at_once = engine, at_once
        self._interim_places = max(1, at_once - 1)
        self._working_on_interims = 0
        self._closings: deque[_Request] = deque()
        self._finals: deque[_Request] = deque()
        self._interims: OrderedDict[asyncio.StreamWriter, _Request] = OrderedDict()
        self._something = asyncio.Event()
        self._last_final_s = 0.0

    async def connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                header, pcm = await read_frame(reader)
                await self._accept(header, pcm, writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the agent left, or this process is stopping
        except SpeechServiceError as error:
            logger.warning("a connection was closed: %s", error)
        finally:
            self._interims.pop(writer, None)
            self._forget(lambda request: request.writer is writer)
            writer.close()

    async def _accept(self, header: dict[str, Any], pcm: bytes, writer: asyncio.StreamWriter) -> None:
        if "cancel" in header:
            self._forget(lambda request: request.writer is writer and request.number == header["cancel"])
            return
        number, urgency = header.get("id", 0), _urgency(header)
        if urgency is None:
            expected = ", ".join(get_args(Urgency))
            await write_frame(writer, {"id": number, "error": f"urgency must be one of: {expected}"})
            return
        if len(pcm) % 2 or len(pcm) > LONGEST_S * SAMPLE_RATE_HZ * 2:
            await write_frame(
                writer, {"id": number, "error": f"expected at most {LONGEST_S} s of 16-bit audio"}
            )
            return
        request = _Request(number, urgency, pcm, str(header.get("said", "")), writer)
        if urgency == "final":
            self._finals.append(request)
        elif urgency == "closing":
            self._closings.append(request)
        else:
            older = self._interims.pop(writer, None)
            if older is not None:
                await write_frame(writer, {"id": older.number, "dropped": True})
            self._interims[writer] = request
        self._something.set()

    def _forget(self, unwanted: Callable[[_Request], bool]) -> None:
        """Work on none of the waiting requests that are ``unwanted``."""
        self._closings = deque(request for request in self._closings if not unwanted(request))
        self._finals = deque(request for request in self._finals if not unwanted(request))

    async def work(self) -> None:
        """Answer requests until cancelled."""
        await asyncio.gather(*(self._work() for _ in range(self._at_once)))

    async def _work(self) -> None:
        while True:
            await self._drop_late_closings()
            request = self._next()
            if request is None:
                self._something.clear()
                await self._something.wait()
                continue
            self._working_on_interims += request.urgency == "interim"
            try:
                recognition = await self._recognised(request)
            finally:
                self._working_on_interims -= request.urgency == "interim"
                self._something.set()  # an interim may have waited for this place
            words = [[word.text, word.start_s, word.end_s, word.probability] for word in recognition.words]
            with suppress(ConnectionError):
                await write_frame(
                    request.writer, {"id": request.number, "text": recognition.text, "words": words}
                )

    async def _recognised(self, request: _Request) -> Recognition:
        samples = np.frombuffer(request.pcm, dtype="<i2").astype(np.float32) / 32768.0
        in_haste = bool(self._finals) or self._last_final_s > SLOW_FINAL_S
        began_s = time.monotonic()
        found = await asyncio.to_thread(
            self._engine.recognise, samples, request.urgency, in_haste, request.said
        )
        if request.urgency == "final":
            self._last_final_s = time.monotonic() - began_s
        return found

    async def _drop_late_closings(self) -> None:
        """Words that come too late to be worth anything only keep others waiting."""
        while self._closings and self._closings[0].waited_s > CLOSING_WAITS_S:
            late = self._closings.popleft()
            with suppress(ConnectionError):
                await write_frame(late.writer, {"id": late.number, "dropped": True})

    def _next(self) -> _Request | None:
        final_due = bool(self._finals) and self._finals[0].waited_s > FINAL_WAITS_S
        if self._closings and not final_due:
            return self._closings.popleft()
        if self._finals:
            return self._finals.popleft()
        if self._interims and self._working_on_interims < self._interim_places:
            return self._interims.popitem(last=False)[1]
        return None


def _urgency(header: dict[str, Any]) -> Urgency | None:
    return next((known for known in get_args(Urgency) if known == header.get("urgency")), None)


async def main(data_dir: Path | None) -> None:
    settings = AgentSettings()
    installation = Installation.open(data_dir)
    at_once = settings.whisper_at_once
    engine = await asyncio.to_thread(WhisperEngine, settings.whisper_model, settings.whisper_threads, at_once)
    service = RecogniserService(engine, at_once)
    working = asyncio.create_task(service.work())
    await serve(installation.run_dir / "recogniser.sock", service.connection, working)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    parser = argparse.ArgumentParser(description="Aila's speech recogniser")
    parser.add_argument("--data", type=Path, default=None)
    asyncio.run(main(parser.parse_args().data))
