"""What the candidates of these tests say: real answers in another voice than Aila's, and a real person."""

import csv
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import jiwer

DATA = Path(__file__).parent.parent / "data"
ANSWERS = {
    "helped_colleague": ("p019", "At one of my old jobs"),
    "difficult_problem": ("p045", "Once one of my coworkers"),
    "learned_from_mistake": ("p078", "One time I forgot"),
}
"""Question of the demo bank → person and opening words of an answer in the answers' data set."""


@dataclass(frozen=True)
class Speech:
    """A WAV file and the words in it."""

    path: Path
    text: str
    duration_s: float


def answer_text(question_id: str) -> str:
    """Return the real answer that the tests give to a question."""
    person, opening = ANSWERS[question_id]
    with (DATA / "siop2024" / "answers.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["person"] == person and row["answer"].startswith(opening):
                return row["answer"]
    raise LookupError(f"no answer of {person} begins with {opening!r}")


def spoken(text: str, path: Path, voice: str = "en-us") -> Speech:
    """Have ``text`` said by espeak-ng into ``path``, 16 kHz mono."""
    raw = path.with_suffix(".raw.wav")
    subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "-w", raw, text], check=True)
    return converted(raw, path, text)


def human(path: Path) -> Speech:
    """Return eleven seconds of a real person (public domain), 16 kHz mono."""
    text = (
        "And so, my fellow Americans, ask not what your country can do for you, "
        "ask what you can do for your country."
    )
    return converted(DATA / "speech" / "gov_jfk.flac", path, text)


def converted(source: Path, path: Path, text: str, filters: str = "anull") -> Speech:
    """Convert a recording to a 16 kHz mono WAV, through ffmpeg's ``filters``."""
    reading = ["ffmpeg", "-loglevel", "error", "-y", "-i", str(source)]
    subprocess.run([*reading, "-af", filters, "-ar", "16000", "-ac", "1", str(path)], check=True)
    return Speech(path, text, (path.stat().st_size - 44) / 32_000)


def word_error_rate(reference: str, heard: str) -> float:
    """Return the share of words that are wrong, case, punctuation and hyphens aside."""
    return float(jiwer.wer(_plain(reference), _plain(heard)))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9' ]+", " ", text.lower().replace("-", " ")).split())
