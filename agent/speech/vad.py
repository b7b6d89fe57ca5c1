"""Voice activity detection: the seam, and webrtcvad behind it, smoothed."""

from abc import ABC, abstractmethod
from collections import deque

import numpy as np
import webrtcvad

FRAME_MS = 20
FRAME_SAMPLES = 16_000 * FRAME_MS // 1000


class VoiceActivityDetector(ABC):
    """Decides for each 20 ms frame of 16 kHz mono 16-bit audio whether the speaker is talking."""

    @abstractmethod
    def speaking(self, frame: bytes) -> bool:
        """Return whether speech is going on after ``frame`` (640 bytes)."""

    @property
    @abstractmethod
    def voiced(self) -> bool:
        """Whether the latest frame itself holds voice; speech goes on through short gaps between such."""


class WebRtcVoiceActivityDetector(VoiceActivityDetector):
    """webrtcvad, with a floor on loudness and hysteresis over a short window.

    webrtcvad alone flickers and takes steady noise for voice. Speech begins when 5 of the last 10 frames
    are voiced and ends when at most 1 of the last 10 is.
    """

    WINDOW = 10
    BEGIN = 5
    END = 1
    ABOVE_NOISE_DB = 5.0
    QUIETEST_DBFS = -52.0

    def __init__(self, aggressiveness: int = 2) -> None:
        self._vad = webrtcvad.Vad(aggressiveness)
        self._window: deque[bool] = deque(maxlen=self.WINDOW)
        self._noise_dbfs = -65.0
        self._speaking = False
        self._voiced = False

    @property
    def voiced(self) -> bool:
        return self._voiced

    def speaking(self, frame: bytes) -> bool:
        level_dbfs = _level_dbfs(frame)
        loud = level_dbfs > max(self.QUIETEST_DBFS, self._noise_dbfs + self.ABOVE_NOISE_DB)
        self._voiced = loud and self._vad.is_speech(frame, 16_000)
        self._follow_noise(level_dbfs)
        self._window.append(self._voiced)
        count = sum(self._window)
        if self._speaking:
            self._speaking = count > self.END
        else:
            self._speaking = count >= self.BEGIN
        return self._speaking

    def _follow_noise(self, level_dbfs: float) -> None:
        """Follow the noise floor: quickly down, very slowly up, so that speech does not raise it."""
        rate = 0.2 if level_dbfs < self._noise_dbfs else 0.002
        self._noise_dbfs += rate * (max(level_dbfs, -80.0) - self._noise_dbfs)


def _level_dbfs(frame: bytes) -> float:
    samples = np.frombuffer(frame, dtype="<i2").astype(np.float32) / 32768.0
    power = float(np.mean(samples * samples)) if samples.size else 0.0
    return 10.0 * float(np.log10(power + 1e-12))
