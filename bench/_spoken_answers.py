"""What the candidates of a benchmark say: written answers, spoken with thinking pauses, and real people."""

import asyncio
import csv
import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

import numpy as np

from tests.agent.candidate import RATE_HZ, espeak, recording, trimmed

DATA = Path(__file__).parent.parent / "tests" / "data"
MEDIAN_PAUSE_S, P95_PAUSE_S, LONGEST_PAUSE_S = 0.5, 2.0, 2.5
SHORTEST_PAUSE_S = 0.12
PauseKind = Literal["sentence", "filler", "clause", "comma"]
KIND_SHARES: dict[PauseKind, float] = {"sentence": 0.4, "filler": 0.3, "clause": 0.2, "comma": 0.1}
WORDS = range(25, 61)
PERSONS_WORDS = range(24, 86)
"""Of each of a person's answers: very long ones would take the benchmark's time for few turns."""
WORDS_A_PAUSE = 15
Synthesise = Callable[[str], Awaitable[np.ndarray]]


@dataclass(frozen=True)
class Pause:
    """A silence inside an answer; seconds from the answer's first sample."""

    start_s: float
    end_s: float
    kind: PauseKind

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True)
class SpokenAnswer:
    """``samples`` begin with the first and end with the last sound of the voice."""

    name: str
    text: str
    samples: np.ndarray
    pauses: tuple[Pause, ...]
    synthetic: bool = True

    @property
    def duration_s(self) -> float:
        return self.samples.size / RATE_HZ


async def spoken_answers(count: int, seed: int, piper: Synthesise) -> list[SpokenAnswer]:
    """Return ``count`` real written answers, said in turn by espeak-ng's voices and by Piper's."""
    rng = random.Random(seed)
    answers = []
    for number, text in enumerate(_texts(count, rng)):
        voices: list[Synthesise] = [_espeak("en-gb"), piper, _espeak("en-us")]
        answers.append(await _spoken(f"answer {number + 1}", text, voices[number % 3], rng))
    return answers


async def spoken_persons(count: int, seed: int, piper: Synthesise) -> list[list[SpokenAnswer]]:
    """Return the four written answers of each of ``count`` persons, one voice a person."""
    rng = random.Random(seed)
    persons = []
    for number, (name, texts) in enumerate(rng.sample(_persons(), count)):
        said_by: list[Synthesise] = [_espeak("en-gb", 175), piper, _espeak("en-us", 185)]
        persons.append(
            [await _spoken(f"{name}.{n}", t, said_by[number % 3], rng) for n, t in enumerate(texts)]
        )
    return persons


async def espeak_answers(count: int, seed: int) -> list[SpokenAnswer]:
    """Return ``count`` real written answers, said by espeak-ng."""
    return await spoken_answers(count, seed, _espeak("en-gb"))


def real_people() -> list[SpokenAnswer]:
    """Return recordings of people whose pauses lie where they lay."""
    said = {
        "mfa_cold_corpus": "spontaneous, hesitating, 1.2 s of silence inside",
        "gov_jfk": "a speech, 1.1 s of silence inside",
    }
    return [
        SpokenAnswer(
            name, text, trimmed(recording(DATA / "speech" / f"{name}.flac"), 0.05), (), synthetic=False
        )
        for name, text in said.items()
    ]


def _texts(count: int, rng: random.Random) -> list[str]:
    with (DATA / "siop2024" / "answers.csv").open(newline="", encoding="utf-8") as file:
        texts = [" ".join(row["answer"].split()) for row in csv.DictReader(file)]
    fitting = [
        t for t in texts if len(t.split()) in WORDS and t.endswith((".", "!")) and len(_sentences(t)) > 1
    ]
    return rng.sample(sorted(set(fitting)), count)


def _persons() -> list[tuple[str, list[str]]]:
    with (DATA / "siop2024" / "answers.csv").open(newline="", encoding="utf-8") as file:
        rows = [(row["person"], " ".join(row["answer"].split())) for row in csv.DictReader(file)]
    grouped = [(name, [text for _, text in group]) for name, group in groupby(rows, lambda row: row[0])]
    return [p for p in grouped if len(p[1]) == 4 and all(len(t.split()) in PERSONS_WORDS for t in p[1])]


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def _espeak(voice: str, words_per_minute: int = 160) -> Synthesise:
    async def say(text: str) -> np.ndarray:
        return await asyncio.to_thread(espeak, text, voice, words_per_minute)

    return say


async def _spoken(name: str, text: str, synthesise: Synthesise, rng: random.Random) -> SpokenAnswer:
    pieces = _pieces(text, rng)
    sound: list[np.ndarray] = []
    pauses: list[Pause] = []
    at_s = 0.0
    for piece, kind in pieces:
        spoken = await synthesise(piece)
        sound.append(spoken)
        at_s += spoken.size / RATE_HZ
        if kind is not None:
            silence_s = _pause_s(rng)
            sound.append(np.zeros(round(silence_s * RATE_HZ), dtype=np.float32))
            pauses.append(Pause(at_s, at_s + silence_s, kind))
            at_s += silence_s
    return SpokenAnswer(name, text, np.concatenate(sound), tuple(pauses))


def _pause_s(rng: random.Random) -> float:
    sigma = np.log(P95_PAUSE_S / MEDIAN_PAUSE_S) / 1.645
    drawn_s = MEDIAN_PAUSE_S * float(np.exp(rng.gauss(0.0, sigma)))
    return min(LONGEST_PAUSE_S, max(SHORTEST_PAUSE_S, drawn_s))


def _pieces(text: str, rng: random.Random) -> list[tuple[str, PauseKind | None]]:
    """Cut ``text`` at three or four places, at more if it is long; the last piece has no pause after it."""
    words = text.split()
    cuts: dict[int, PauseKind] = {}
    for _ in range(max(rng.choice((3, 4)), min(6, len(words) // WORDS_A_PAUSE))):
        kind = rng.choices(list(KIND_SHARES), list(KIND_SHARES.values()))[0]
        places = [n for n in range(3, len(words) - 2) if _fits(words[n - 1], kind) and not _near(n, cuts)]
        if not places:
            kind = "clause"
            places = [n for n in range(3, len(words) - 2) if _fits(words[n - 1], kind) and not _near(n, cuts)]
        if places:
            cuts[rng.choice(places)] = kind
    pieces: list[tuple[str, PauseKind | None]] = []
    before = 0
    for place, kind in sorted(cuts.items()):
        said = " ".join(words[before:place])
        pieces.append((f"{said}, um" if kind == "filler" else said, kind))
        before = place
    return [*pieces, (" ".join(words[before:]), None)]


def _fits(word_before: str, kind: PauseKind) -> bool:
    match kind:
        case "sentence":
            return word_before.endswith((".", "!", "?"))
        case "comma":
            return word_before.endswith((",", ";"))
        case "filler" | "clause":
            return word_before[-1].isalnum()


def _near(place: int, cuts: dict[int, PauseKind]) -> bool:
    return any(abs(place - other) < 3 for other in cuts)
