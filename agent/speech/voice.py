"""Aila's voice: the seam, and the client of the host's voice process with its cache of ready audio."""

import asyncio
import contextlib
import hashlib
import os
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from pathlib import Path

from agent.errors import SpeechServiceError
from agent.speech.protocol import read_frame, write_frame


class Voice(ABC):
    """Turns text into speech: mono 16-bit audio at :attr:`sample_rate_hz`."""

    sample_rate_hz: int = 22_050

    @abstractmethod
    def synthesise(self, text: str) -> AsyncIterator[bytes]:
        """Yield the audio of ``text`` in pieces, the first as early as possible.

        Raises
        ------
        SpeechServiceError
            If the voice cannot be reached.
        """

    @abstractmethod
    async def prepare(self, text: str) -> None:
        """Have ``text`` ready, so that :meth:`synthesise` yields without waiting. Never raises."""


class VoiceClient(Voice):
    """Asks the host's voice process; finished utterances are kept in ``cache_dir``."""

    RETRY_S = (0.1, 0.3, 1.0, 2.0, 4.0, 8.0)

    def __init__(self, socket_path: Path, cache_dir: Path) -> None:
        self._socket_path = socket_path
        self._cache_dir = cache_dir
        cache_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._preparing = asyncio.Semaphore(1)

    async def synthesise(self, text: str) -> AsyncIterator[bytes]:
        cached = self._cached(text)
        if cached.exists():
            yield await asyncio.to_thread(cached.read_bytes)
            return
        pieces: list[bytes] = []
        async for piece in self._ask(text):
            pieces.append(piece)
            yield piece
        await asyncio.to_thread(self._keep, cached, b"".join(pieces))

    async def prepare(self, text: str) -> None:
        async with self._preparing:
            if self._cached(text).exists():
                return
            with contextlib.suppress(OSError, SpeechServiceError):
                async for _ in self.synthesise(text):
                    pass

    async def _ask(self, text: str) -> AsyncIterator[bytes]:
        reader, writer = await self._connect()
        try:
            await write_frame(writer, {"text": text})
            while True:
                header, piece = await read_frame(reader)
                if header.get("end"):
                    return
                yield piece
        except (OSError, asyncio.IncompleteReadError) as error:
            raise SpeechServiceError("the voice process went away") from error
        finally:
            writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        for delay_s in self.RETRY_S:
            try:
                return await asyncio.open_unix_connection(str(self._socket_path))
            except OSError:
                await asyncio.sleep(delay_s)
        raise SpeechServiceError("the voice process does not answer")

    def _cached(self, text: str) -> Path:
        digest = hashlib.sha256(f"{self.sample_rate_hz}\n{text}".encode()).hexdigest()
        return self._cache_dir / f"{digest[:32]}.pcm"

    def _keep(self, path: Path, pcm: bytes) -> None:
        draft = path.with_suffix(f".{os.getpid()}.part")
        draft.write_bytes(pcm)
        draft.replace(path)
