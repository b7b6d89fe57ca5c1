"""Recordings of real people, as the recogniser and the listener take them."""

import re
from pathlib import Path

import jiwer
import numpy as np
import soundfile

FOLDER = Path(__file__).parent.parent / "data" / "speech"
SAID = {
    "gov_jfk": (
        "And so my fellow Americans, ask not what your country can do for you, "
        "ask what you can do for your country."
    ),
    "ls_1998-15444-0001": (
        "he should make inquiries as to symptoms and time at which food or medicine was last taken"
    ),
    "ls_3080-5032-0004": "well the best on't is i have a squire now that is as good as a knight",
    "ami_trn04_MEE075_166": (
        "Can you just remind me, I don't have to tick the no n okay thing until I finish writing, "
        "but it's only if I go back to it I tick okay again."
    ),
}
RATE_HZ = 16_000


def clip(name: str) -> np.ndarray:
    """Return 16-bit samples at 16 kHz."""
    samples, rate_hz = soundfile.read(FOLDER / f"{name}.flac", dtype="int16")
    if rate_hz != RATE_HZ:
        raise ValueError(f"{name} has {rate_hz} Hz")
    return samples


def noise(seconds: float, dbfs: float = -60.0, seed: int = 5) -> np.ndarray:
    """Return the noise of a quiet room."""
    samples = np.random.default_rng(seed).normal(0.0, 10 ** (dbfs / 20), round(seconds * RATE_HZ))
    return (samples * 32767).astype("<i2")


def word_error_rate(reference: str, heard: str) -> float:
    return float(jiwer.wer(_plain(reference), _plain(heard)))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9' ]+", " ", text.lower()).split())
