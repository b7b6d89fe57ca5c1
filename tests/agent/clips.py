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


def music(seconds: float, peak: float = 0.3, seed: int = 3) -> np.ndarray:
    """Return four chords over and over, with a drum: voice to a detector, and no words in it."""
    rng = np.random.default_rng(seed)
    out = np.zeros(round(seconds * RATE_HZ) + RATE_HZ)
    chords = [(261.6, 329.6, 392.0), (220.0, 261.6, 329.6), (174.6, 220.0, 261.6), (196.0, 246.9, 293.7)]
    for beat in range(round(seconds / 0.5)):
        start = round(beat * 0.5 * RATE_HZ)
        for pitch_hz in chords[beat // 4 % 4]:
            sound = _note(pitch_hz * (1 + beat % 2), 0.9)
            out[start : start + sound.size] += sound
        out[start : start + 1600] += rng.normal(0.0, 1.0, 1600) * np.exp(-np.arange(1600) / 300)
    out = out[: round(seconds * RATE_HZ)]
    return (out / np.abs(out).max() * peak * 32767).astype("<i2")


def _note(pitch_hz: float, seconds: float) -> np.ndarray:
    at_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    partials = sum(np.sin(2 * np.pi * pitch_hz * n * at_s) / n**1.5 for n in range(1, 7))
    return np.asarray(partials * np.exp(-2.5 * at_s) * np.minimum(1.0, 50 * at_s))


def babble(seconds: float, peak: float = 0.3) -> np.ndarray:
    """Return ten voices at once, half of them backwards: talk of which nobody could say a word."""
    size = round(seconds * RATE_HZ)
    out = np.zeros(size)
    for number, name in enumerate([*SAID, "mfa_cold_corpus"]):
        voice = np.resize(clip(name).astype(float), size)
        out += np.roll(voice, 7_000 * number) + np.roll(voice[::-1], -9_000 * number - 5_000)
    return (out / np.abs(out).max() * peak * 32767).astype("<i2")
