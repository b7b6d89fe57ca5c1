"""Plays Aila's words into the room, stops at once when asked, and tells the recording what was heard."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing

import numpy as np
from livekit import rtc

from agent.speech.voice import Voice

FRAME_MS = 20
QUEUE_MS = 160
"""Audio handed to the room ahead of time: little, so that an interruption is heard at once."""
TAIL_S = 0.05
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
        self._frame_samples = voice.sample_rate_hz * FRAME_MS // 1000

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
        frame_bytes = self._frame_samples * 2
        try:
            async with aclosing(self._voice.synthesise(text)) as pieces:
                async for piece in pieces:
                    rest += piece
                    whole = len(rest) - len(rest) % frame_bytes
                    for offset in range(0, whole, frame_bytes):
                        await self._play(softened(rest[offset : offset + frame_bytes], gain))
                    rest = rest[whole:]
            if rest:
                await self._play(softened(rest.ljust(frame_bytes, b"\0"), gain))
            await self._source.wait_for_playout()
            await asyncio.sleep(TAIL_S)
        except asyncio.CancelledError:
            self._source.clear_queue()
            self._on_cut(self._now_s())
            raise

    async def _play(self, frame: bytes) -> None:
        heard_at_s = self._now_s() + self._source.queued_duration
        await self._source.capture_frame(
            rtc.AudioFrame(frame, self._voice.sample_rate_hz, 1, self._frame_samples)
        )
        self._on_played(frame, heard_at_s)


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
