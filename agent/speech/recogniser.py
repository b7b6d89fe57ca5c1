"""Speech recognition: the seam, and the client of the host's recogniser process."""

import asyncio
import itertools
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from agent.errors import AudioRefused, SpeechServiceError
from agent.speech.protocol import frame, read_frame, write_frame

SAMPLE_RATE_HZ = 16_000
Urgency = Literal["closing", "final", "interim"]
"""``closing``: the words before a silence, which may end the answer: an interim that goes first."""


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """Times in seconds from the start of the audio handed over."""

    text: str
    start_s: float
    end_s: float
    probability: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """``text`` is empty where no speech was recognised."""

    text: str
    words: tuple[RecognisedWord, ...] = ()


class SpeechRecogniser(ABC):
    """Turns 16 kHz mono 16-bit speech into words."""

    @abstractmethod
    async def recognise(self, pcm: bytes, urgency: Urgency, said: str = "") -> Recognition | None:
        """Return the words in ``pcm``; None if a request that is not final was dropped under load.

        ``said`` is what an interim is taken to begin with: these words stay as they are.

        Raises
        ------
        SpeechServiceError
            If recognition failed and trying again did not help.
        """

    @abstractmethod
    async def aclose(self) -> None: ...


class RecogniserClient(SpeechRecogniser):
    """Asks the host's one recogniser process; waits for it while it is being restarted."""

    RETRY_S = (0.1, 0.3, 0.6, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0)

    def __init__(self, socket_path: Path) -> None:
        self.socket_path = socket_path
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Recognition | None]] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self._connecting = asyncio.Lock()

    async def recognise(self, pcm: bytes, urgency: Urgency, said: str = "") -> Recognition | None:
        for delay_s in (*self.RETRY_S, None):
            try:
                return await self._ask(pcm, urgency, said)
            except AudioRefused:
                raise
            except (OSError, SpeechServiceError) as error:
                if urgency != "final":
                    return None
                if delay_s is None:
                    raise SpeechServiceError("the recogniser process does not come back") from error
                await asyncio.sleep(delay_s)
        raise SpeechServiceError("the recogniser process does not come back")

    async def _ask(self, pcm: bytes, urgency: Urgency, said: str) -> Recognition | None:
        writer = await self._connected()
        number = next(self._numbers)
        answer: asyncio.Future[Recognition | None] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        try:
            await write_frame(writer, {"id": number, "urgency": urgency, "said": said}, pcm)
            return await answer
        except asyncio.CancelledError:
            # Nobody wants these words any more: they need not keep others waiting.
            if not writer.is_closing():
                writer.write(frame({"cancel": number}))
            raise
        finally:
            self._waiting.pop(number, None)

    async def _connected(self) -> asyncio.StreamWriter:
        async with self._connecting:
            if self._writer is None or self._writer.is_closing():
                reader, self._writer = await asyncio.open_unix_connection(str(self.socket_path))
                self._reading = asyncio.create_task(self._read(reader, self._writer))
            return self._writer

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                header, _ = await read_frame(reader)
                answer = self._waiting.get(header.get("id", 0))
                if answer is not None and not answer.done():
                    _settle(answer, header)
        except (OSError, asyncio.IncompleteReadError, SpeechServiceError):
            writer.close()
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(SpeechServiceError("the recogniser process went away"))

    async def aclose(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        if self._writer is not None:
            self._writer.close()


def _settle(answer: asyncio.Future[Recognition | None], header: dict) -> None:
    if "error" in header:
        answer.set_exception(AudioRefused(str(header["error"])))
    elif header.get("dropped"):
        answer.set_result(None)
    else:
        words = tuple(RecognisedWord(*word) for word in header["words"])
        answer.set_result(Recognition(header["text"], words))
