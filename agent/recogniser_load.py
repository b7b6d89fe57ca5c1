"""How busy the host's recogniser is, told by how long its answers take."""

QUICK_S = 0.4
USUAL_S, USUAL_PER_S = 0.15, 0.05
"""What a decode takes on two cores with two at once, and for each second of audio in it (docs/voice.md)."""
BUSY_FROM, IDLE_BELOW = 2.0, 1.2
"""Times as long as usual. Between them nothing changes, so that the work saved does not bring it back."""


class RecogniserLoad:
    """Judged by one interview for itself: what keeps it waiting are all the others."""

    def __init__(self) -> None:
        self._busy = False
        self._final_took_s = QUICK_S

    @property
    def busy(self) -> bool:
        """Whether to ask for less than is good for a lone interview."""
        return self._busy

    @property
    def quick(self) -> bool:
        """Whether the latest final words came so soon that a longer stretch may be decoded at once."""
        return self._final_took_s < QUICK_S

    def final_took(self, took_s: float, audio_s: float) -> None:
        """Note that final words of ``audio_s`` seconds of sound came after ``took_s``."""
        self._final_took_s = took_s
        self.took(took_s, audio_s)

    def took(self, took_s: float, audio_s: float) -> None:
        """Note that words of ``audio_s`` seconds of sound came after ``took_s``."""
        times_usual = took_s / (USUAL_S + USUAL_PER_S * audio_s)
        self._busy = times_usual >= BUSY_FROM or (self._busy and times_usual > IDLE_BELOW)

    def dropped(self) -> None:
        """Note that the recogniser had no time for what was asked."""
        self._busy = True
