"""Plays Aila's words into the room, stops at once when asked, and tells the recording what was heard."""

import asyncio
import math
from collections import deque
from collections.abc import Callable
from contextlib import aclosing

import numpy as np
from livekit import rtc

from agent.speech.voice import Voice, sentences_of

FRAME_MS = 20
QUEUE_MS = 160
"""Audio handed to the room ahead of time: little, so that an interruption is heard at once."""
TAIL_S = 0.05
SILENT_BELOW = 0.006
"""Amplitude, full scale 1: about -45 dBFS."""
KEPT_SILENCE_S = 0.02, 0.06
"""Of a voice's own silence before the first and behind the last word: nobody waits through the rest."""
MURMUR_GAIN = 0.5
"""Of the voice's amplitude: a sound that only shows that she listens is soft."""


class Speaker:
    """One voice on one audio track.

    Parameters
    ----------
    on_played
        Called with each 20 ms of 16-bit audio and the session time at which it is heard.
    on_cut
        Called with the session time from which nothing of the voice is heard any more.
    """

    def __init__(
        self,
        voice: Voice,
        source: rtc.AudioSource,
        now_s: Callable[[], float],
        on_played: Callable[[bytes, float], None],
        on_cut: Callable[[float], None],
    ) -> None:
        self._voice, self._source, self._now_s = voice, source, now_s
        self._on_played, self._on_cut = on_played, on_cut
        self._recent: deque[bytes] = deque(maxlen=QUEUE_MS // FRAME_MS + 2)
        self._again: list[bytes] = []
        self._not_held = asyncio.Event()
        self._not_held.set()
        self._sentences: list[str] = []
        self._sentence, self._sentence_s, self._played_s = 0, 0.0, 0.0
        self._frame_samples = voice.sample_rate_hz * FRAME_MS // 1000

    @property
    def heard(self) -> str:
        """What of the latest text has been heard, to the word as far as its place in the sentence tells."""
        if not 0 <= self._sentence < len(self._sentences):
            return ""
        words = self._sentences[self._sentence].split()
        share = self._played_s / self._sentence_s if self._sentence_s else 0.0
        return " ".join([*self._sentences[: self._sentence], *words[: int(share * len(words))]])

    def hold(self) -> None:
        """Fall silent at once, in mid-word; :meth:`go_on` continues there."""
        if self._not_held.is_set() and self._recent:
            self._not_held.clear()
            unheard_s = self._source.queued_duration
            self._source.clear_queue()
            self._played_s = max(0.0, self._played_s - unheard_s)
            frames = min(len(self._recent), math.ceil(unheard_s * 1000 / FRAME_MS))
            self._again[:0] = [self._recent.pop() for _ in range(frames)][::-1]
            self._on_cut(self._now_s())

    def go_on(self) -> None:
        """Continue what :meth:`hold` stopped."""
        self._not_held.set()

    async def say(self, text: str) -> None:
        """Speak ``text`` to its end; cancel the task to stop at once.

        Raises
        ------
        SpeechServiceError
            If the voice cannot be reached.
        """
        await self._speak(text, 1.0)

    async def murmur(self, text: str) -> None:
        """Say ``text`` softly; otherwise as :meth:`say`."""
        await self._speak(text, MURMUR_GAIN)

    async def _speak(self, text: str, gain: float) -> None:
        rest = b""
        self._sentences, self._sentence = sentences_of(text), -1
        self._again = []
        self._recent.clear()
        self._not_held.set()
        frame_bytes = self._frame_samples * 2
        try:
            async with aclosing(self._voice.synthesise(text)) as pieces:
                async for piece in pieces:
                    rest += self._next_sentence(piece)
                    whole = len(rest) - len(rest) % frame_bytes
                    for offset in range(0, whole, frame_bytes):
                        await self._play(softened(rest[offset : offset + frame_bytes], gain))
                    rest = rest[whole:]
            if rest:
                await self._play(softened(rest.ljust(frame_bytes, b"\0"), gain))
            await self._source.wait_for_playout()
            while self._again or not self._not_held.is_set():
                await self._catch_up()
                await self._source.wait_for_playout()
            await asyncio.sleep(TAIL_S)
        except asyncio.CancelledError:
            self._played_s = max(0.0, self._played_s - self._source.queued_duration)
            self._source.clear_queue()
            self._on_cut(self._now_s())
            raise

    def _next_sentence(self, pcm: bytes) -> bytes:
        self._sentence += 1
        last = self._sentence == len(self._sentences) - 1
        pcm = without_silence(pcm, self._voice.sample_rate_hz, self._sentence == 0, last)
        self._sentence_s = len(pcm) / 2 / self._voice.sample_rate_hz
        self._played_s = 0.0
        return pcm

    async def _play(self, frame: bytes) -> None:
        await self._catch_up()
        await self._hand_over(frame)

    async def _catch_up(self) -> None:
        """Wait while held, then play again what was taken back."""
        await self._not_held.wait()
        while self._again and self._not_held.is_set():
            await self._hand_over(self._again.pop(0))

    async def _hand_over(self, frame: bytes) -> None:
        self._recent.append(frame)
        heard_at_s = self._now_s() + self._source.queued_duration
        await self._source.capture_frame(
            rtc.AudioFrame(frame, self._voice.sample_rate_hz, 1, self._frame_samples)
        )
        self._played_s += FRAME_MS / 1000
        self._on_played(frame, heard_at_s)


def without_silence(pcm: bytes, rate_hz: int, before: bool, behind: bool) -> bytes:
    """Return 16-bit audio without the silence before, or behind, its sound; all of it if it has no sound."""
    loud = np.flatnonzero(np.abs(np.frombuffer(pcm, dtype="<i2")) > SILENT_BELOW * 32768)
    if not loud.size:
        return pcm
    kept_before, kept_behind = (round(kept_s * rate_hz) for kept_s in KEPT_SILENCE_S)
    start = max(0, int(loud[0]) - kept_before) if before else 0
    end = int(loud[-1]) + kept_behind if behind else len(pcm) // 2
    return pcm[2 * start : 2 * end]


def softened(frame: bytes, gain: float) -> bytes:
    """Return 16-bit audio at ``gain`` in [0, 1] of its amplitude."""
    if gain == 1.0:
        return frame
    return (np.frombuffer(frame, dtype="<i2") * gain).astype("<i2").tobytes()


def resample(frame: bytes, from_hz: int, to_hz: int) -> np.ndarray:
    """Return 16-bit samples of ``frame`` at another rate, by linear interpolation (for the record only)."""
    samples = np.frombuffer(frame, dtype="<i2")
    count = round(samples.size * to_hz / from_hz)
    positions = np.arange(count) * (samples.size / count)
    return np.interp(positions, np.arange(samples.size), samples).astype("<i2")
