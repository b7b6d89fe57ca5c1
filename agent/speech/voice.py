"""Aila's voice: the seam, and the client of the host's voice process with its cache of ready audio."""

import asyncio
import contextlib
import hashlib
import os
import re
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path
from typing import Literal

from agent.errors import SpeechServiceError
from agent.speech.protocol import read_frame, write_frame

VoiceUrgency = Literal["now", "next", "ahead"]
"""Somebody waits for it; it follows what is being said; it may be said later."""
_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+")


class Voice(ABC):
    """Turns text into speech: mono 16-bit audio at :attr:`sample_rate_hz`."""

    sample_rate_hz: int = 22_050

    @abstractmethod
    def synthesise(self, text: str) -> AsyncGenerator[bytes, None]:
        """Yield the audio of ``text``, one piece for each of :func:`sentences_of` it, as early as possible.

        Raises
        ------
        SpeechServiceError
            If the voice cannot be reached.
        """

    @abstractmethod
    async def prepare(self, text: str) -> None:
        """Have ``text``, which depends on no candidate, ready to be said without waiting. Never raises."""


def sentences_of(text: str) -> list[str]:
    """Return the pieces of ``text`` that are synthesised one by one."""
    return [sentence for sentence in _SENTENCE_END.split(text.strip()) if sentence]


class VoiceClient(Voice):
    """Asks the host's voice process for sentences; those of a bank are kept in ``cache_dir``.

    What was worded from a candidate's answer is not: it would outlive the interview's deletion.
    """

    RETRY_S = (0.1, 0.3, 1.0, 2.0, 4.0, 8.0)

    def __init__(self, socket_path: Path, cache_dir: Path) -> None:
        self._socket_path = socket_path
        self._cache_dir = cache_dir
        self._kept: set[str] = set()
        cache_dir.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, texts: Iterable[str]) -> None:
        """Allow the audio of ``texts``, which depend on no candidate, to be kept for other interviews."""
        self._kept.update(sentence for text in texts for sentence in sentences_of(text))

    async def synthesise(self, text: str) -> AsyncGenerator[bytes, None]:
        sentences = sentences_of(text)
        # The next sentence is made while this one is played.
        following: asyncio.Task[bytes] | None = None
        try:
            for number, sentence in enumerate(sentences):
                asked = following or asyncio.create_task(self._sentence(sentence, "now"))
                following = None
                if number + 1 < len(sentences):
                    following = asyncio.create_task(self._sentence(sentences[number + 1], "next"))
                yield await asked
        finally:
            if following is not None:
                following.cancel()

    async def prepare(self, text: str) -> None:
        self.keep([text])
        for sentence in sentences_of(text):
            if not self._cached(sentence).exists():
                with contextlib.suppress(OSError, SpeechServiceError):
                    await self._sentence(sentence, "ahead")

    async def _sentence(self, sentence: str, urgency: VoiceUrgency) -> bytes:
        cached = self._cached(sentence)
        if cached.exists():
            return await asyncio.to_thread(cached.read_bytes)
        pcm = await self._ask(sentence, urgency)
        if sentence in self._kept:
            await asyncio.to_thread(self._write, cached, pcm)
        return pcm

    async def _ask(self, sentence: str, urgency: VoiceUrgency) -> bytes:
        """Ask until a voice process answers; one that was killed is waited for."""
        for delay_s in (*self.RETRY_S, None):
            try:
                return await self._ask_once(sentence, urgency)
            except (OSError, asyncio.IncompleteReadError) as error:
                if delay_s is None:
                    raise SpeechServiceError("the voice process does not answer") from error
                await asyncio.sleep(delay_s)
        raise SpeechServiceError("the voice process does not answer")

    async def _ask_once(self, sentence: str, urgency: VoiceUrgency) -> bytes:
        reader, writer = await asyncio.open_unix_connection(str(self._socket_path))
        try:
            await write_frame(writer, {"text": sentence, "urgency": urgency})
            header, pcm = await read_frame(reader)
            if "error" in header:
                raise SpeechServiceError(str(header["error"]))
            return pcm
        finally:
            writer.close()

    def _cached(self, sentence: str) -> Path:
        digest = hashlib.sha256(f"{self.sample_rate_hz}\n{sentence}".encode()).hexdigest()
        return self._cache_dir / f"{digest[:32]}.pcm"

    def _write(self, path: Path, pcm: bytes) -> None:
        draft = path.with_suffix(f".{os.getpid()}.{id(pcm):x}.part")
        draft.write_bytes(pcm)
        draft.replace(path)
