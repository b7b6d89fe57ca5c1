"""Words lost by streaming: the listener beside decoding the whole answer at once with the same model.

Recordings of real people (``tests/data/speech``) and real written answers, said by espeak-ng and Piper with
thinking pauses over the noise of a quiet room. The listener gets 20 ms at a time; its decodes take no time:
nothing here depends on how fast the machine is. Run as ``python -m bench.streamed_words``; figures are
printed and written to ``bench-results/streamed_words.json``.
"""

import argparse
import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import jiwer
import numpy as np
from faster_whisper import WhisperModel
from piper import PiperVoice

from agent.listening import Listener
from agent.speech.recogniser import Recognition, SpeechRecogniser, Urgency
from agent.speech.vad import FRAME_SAMPLES, WebRtcVoiceActivityDetector
from agent.speech.voice_process import voice_paths
from agent.speech.whisper_engine import WhisperEngine
from agent.stretch import Utterance
from bench._spoken_answers import DATA, spoken_answers
from tests.agent.candidate import NOISE_RMS, RATE_HZ, recording, resampled, trimmed

SEED = 20_261_128
RESULTS = Path("bench-results")
ROOM_S = 1.5
"""Of a quiet room before and after each recording."""


@dataclass(frozen=True)
class Spoken:
    name: str
    text: str
    samples: np.ndarray
    real: bool


@dataclass(frozen=True)
class Compared:
    """Counts of wrong words (left out, added, replaced)."""

    name: str
    real: bool
    words: int
    wrong_whole: int
    wrong_streamed: int
    whole: str
    streamed: str


class EngineInProcess(SpeechRecogniser):
    """The same engine without its process: answers before anything else is heard."""

    def __init__(self, engine: WhisperEngine, interims: bool) -> None:
        self._engine, self._interims = engine, interims

    async def recognise(self, pcm: bytes, urgency: Urgency, said: str = "") -> Recognition | None:
        if urgency != "final" and not self._interims:
            return None
        return self._engine.recognise(as_floats(pcm), urgency, said=said)

    async def aclose(self) -> None:
        pass


def as_floats(pcm: bytes) -> np.ndarray:
    return np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768.0


def recordings(folder: Path) -> Iterator[Spoken]:
    """Yield the recordings of people in ``folder`` whose words are known."""
    rows = re.findall(r"^\| `(\w+)\.flac` \|[^|]*\| ([^|]+) \|", (folder / "README.md").read_text(), re.M)
    for name, text in rows:
        if text != "none":
            yield Spoken(name, text, recording(folder / f"{name}.flac"), real=True)


async def answers(count: int) -> list[Spoken]:
    """Return real written answers, said in turn by espeak-ng and Piper."""
    model, config = voice_paths(None)
    piper = PiperVoice.load(model, config)

    async def say(text: str) -> np.ndarray:
        pcm = b"".join(chunk.audio_int16_bytes for chunk in piper.synthesize(text))
        return trimmed(resampled(as_floats(pcm), piper.config.sample_rate))

    made = await spoken_answers(count, SEED, say)
    return [Spoken(answer.name, answer.text, answer.samples, real=False) for answer in made]


def in_a_room(samples: np.ndarray) -> np.ndarray:
    """Return 16-bit samples with a quiet room before, behind and under them."""
    room = round(ROOM_S * RATE_HZ)
    padded = np.pad(samples, (room, room))
    noisy = padded + np.random.default_rng(5).normal(0.0, NOISE_RMS, padded.size)
    return (np.clip(noisy, -1, 1) * 32767).astype("<i2")


async def streamed(engine: WhisperEngine, samples: np.ndarray, interims: bool) -> str:
    """Return what the listener makes of 16-bit ``samples``, frame by frame."""
    found: list[str] = []

    async def take(utterance: Utterance) -> None:
        found.append(utterance.text)

    async def ignore(text: str) -> None:
        pass

    listener = Listener(
        EngineInProcess(engine, interims), WebRtcVoiceActivityDetector(), take, ignore, clock_s=lambda: 0.0
    )
    for number, start in enumerate(range(0, samples.size - FRAME_SAMPLES + 1, FRAME_SAMPLES), start=1):
        listener.frame(samples[start : start + FRAME_SAMPLES].tobytes(), number * FRAME_SAMPLES / RATE_HZ)
        for _ in range(4):
            await asyncio.sleep(0)
    await listener.flush()
    await listener.aclose()
    return " ".join(found)


def wrong_words(reference: str, heard: str) -> tuple[int, int]:
    """Return how many words of ``heard`` are wrong, and how many there should be; fillers do not count."""
    reference, heard = plain(reference), plain(heard)
    if not heard:
        return len(reference.split()), len(reference.split())
    found = jiwer.process_words(reference, heard)
    return found.substitutions + found.deletions + found.insertions, len(reference.split())


def plain(text: str) -> str:
    words = re.sub(r"[^a-z0-9' ]+", " ", text.lower().replace("’", "'")).split()
    return " ".join(word for word in words if word not in ("um", "uh"))


def at_once(model: WhisperModel, samples: np.ndarray) -> str:
    """Return what the library itself makes of float32 ``samples`` of any length, without Aila's code."""
    segments, _ = model.transcribe(
        samples, language="en", beam_size=3, temperature=0.0, condition_on_previous_text=False
    )
    return " ".join(segment.text.strip() for segment in segments)


async def compare(engine: WhisperEngine, spoken: list[Spoken], interims: bool) -> list[Compared]:
    library = WhisperModel(engine.model_name, device="cpu", compute_type="int8", cpu_threads=1)
    compared = []
    for item in spoken:
        samples = in_a_room(item.samples)
        whole = at_once(library, as_floats(samples.tobytes()))
        pieces = await streamed(engine, samples, interims)
        (wrong_whole, words), (wrong_streamed, _) = (
            wrong_words(item.text, whole),
            wrong_words(item.text, pieces),
        )
        compared.append(Compared(item.name, item.real, words, wrong_whole, wrong_streamed, whole, pieces))
        print(f"{item.name:28}{words:5}{wrong_whole:7}{wrong_streamed:10}", flush=True)
    return compared


def figures(compared: list[Compared]) -> dict[str, float | int]:
    words = sum(item.words for item in compared)
    return {
        "words": words,
        "wer_whole": round(sum(item.wrong_whole for item in compared) / words, 4),
        "wer_streamed": round(sum(item.wrong_streamed for item in compared) / words, 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=int, default=24, help="written answers that are synthesised")
    parser.add_argument(
        "--speech", type=Path, default=DATA / "speech", help="folder of recordings with a README.md"
    )
    parser.add_argument(
        "--interims", action="store_true", help="decode interim words too (slower; changes no word)"
    )
    arguments = parser.parse_args()
    engine = WhisperEngine(None, 1)
    print(f"{'':28}words  whole  streamed")
    spoken = [*recordings(arguments.speech), *asyncio.run(answers(arguments.answers))]
    compared = asyncio.run(compare(engine, spoken, arguments.interims))
    report = {
        "people": figures([item for item in compared if item.real]),
        "synthesised": figures([item for item in compared if not item.real]),
        "all": figures(compared),
    }
    print(json.dumps(report, indent=1))
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / "streamed_words.json"
    path.write_text(
        json.dumps({"figures": report, "compared": [asdict(item) for item in compared]}, indent=1)
    )


if __name__ == "__main__":
    main()
