"""The words of a stretch before they are final: while it goes on, and at each silence in it.

Only what was said since an earlier pause is decoded, behind the words that were found before it: the end of a
long answer is known as soon as that of a short one. The final decode hears the stretch as a whole.
"""

import asyncio
from collections.abc import Awaitable, Callable

from agent.recogniser_load import RecogniserLoad
from agent.speech.recogniser import SAMPLE_RATE_HZ, Recognition, SpeechRecogniser
from agent.stretch import FRAME_S, KnownPlace, Stretch, agreed, behind, joined, sayable

INTERIM_EVERY_S = 0.9
INTERIM_REST = 2.0
"""A busy recogniser is asked seldom: after so many times as long as its last interim answer took."""
LAST_WORDS_AFTER_S = 0.1
"""Silence after which the words before it are looked for."""
LAST_WORDS_FROM_S = 2.2
"""A shorter stretch is decoded for good as quickly."""
ENDING_S, ENDING_APART_FROM_S = 2.2, 3.5
"""The very end is looked at apart, and known first, where so much more is decoded with it."""


class EarlyWords:
    """Asks for the words of one listener's stretches before they are final.

    Parameters
    ----------
    on_words
        Awaited with the words so far whenever there are newer ones.
    on_heard
        Called with a stretch, the words found in it, and the seconds of its voice that were listened to.
    on_ending
        Called with the last of the words, and the end of the voice (session s) that they were found before.
    on_last_words
        Called with a stretch, its words, and the end of the voice before which they were found (session s).
    load
        How busy the recogniser is: told what was learned of it.
    clock_s
        Tells how long the recogniser takes.
    """

    def __init__(
        self,
        recogniser: SpeechRecogniser,
        on_words: Callable[[str], Awaitable[None]],
        on_heard: Callable[[Stretch, str, float], None],
        on_ending: Callable[[str, float], None],
        on_last_words: Callable[[Stretch, str, float], None],
        load: RecogniserLoad,
        clock_s: Callable[[], float],
    ) -> None:
        self._recogniser, self._on_words, self._load, self._clock_s = recogniser, on_words, load, clock_s
        self._on_heard, self._on_ending, self._on_last_words = on_heard, on_ending, on_last_words
        self._interim: asyncio.Task[None] | None = None
        self._interim_at_s, self._interim_every_s = 0.0, INTERIM_EVERY_S
        self._last_words: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None
        self._text = ""

    @property
    def text(self) -> str:
        """The latest words; they may still change."""
        return self._text

    def begin(self, at_s: float) -> None:
        """A stretch begins: its first words are looked for after a while."""
        self._interim_at_s = at_s

    async def show(self, stretch: Stretch, text: str) -> None:
        """Take ``text`` for the words of ``stretch`` so far."""
        self._text = stretch.interim = text
        await self._on_words(text)

    def became_final(self) -> None:
        """The words shown are final, and shown as such by somebody else."""
        self._text = ""

    async def withdraw(self) -> None:
        """The words shown were none."""
        self._text = ""
        await self._on_words("")

    def while_speaking(self, stretch: Stretch, at_s: float) -> None:
        """Ask for the words so far, unless that was done a moment ago."""
        waiting = self._interim is not None and not self._interim.done()
        if waiting or at_s - self._interim_at_s < self._interim_every_s:
            return
        self._interim_at_s = at_s
        self._interim = asyncio.create_task(self._ask_interim(stretch))

    def in_silence(self, stretch: Stretch, silence_s: float) -> None:
        """Ask once for the words before a silence of ``silence_s``."""
        if silence_s < LAST_WORDS_AFTER_S or stretch.last_words_asked_s == stretch.last_voice_s:
            return
        stretch.last_words_asked_s = stretch.last_voice_s
        if stretch.duration_s >= LAST_WORDS_FROM_S:
            place = stretch.known_place()
            if (len(stretch.frames) - place.frames) * FRAME_S >= ENDING_APART_FROM_S:
                self._ending = asyncio.create_task(self._ask_ending(stretch))
            self._last_words = asyncio.create_task(self._ask_last_words(stretch, place))

    async def aclose(self) -> None:
        for task in (self._interim, self._last_words, self._ending):
            if task is not None:
                task.cancel()

    async def _ask_interim(self, stretch: Stretch) -> None:
        asked_s, voiced_s = self._clock_s(), stretch.voiced_s
        place = stretch.known_place()
        said = behind(stretch.agreed, place.text)
        found = await self._recogniser.recognise(stretch.audio_behind(place), "interim", said)
        self._interim_every_s = max(INTERIM_EVERY_S, INTERIM_REST * (self._clock_s() - asked_s))
        if found is None:
            return
        text = joined(place.text, found.text)
        self._on_heard(stretch, text, voiced_s)
        if found.text and not stretch.closed and not stretch.settled:
            stretch.agreed = agreed(stretch.interim, text)
            await self.show(stretch, text)

    async def _ask_ending(self, stretch: Stretch) -> None:
        voice_s = stretch.last_voice_s
        found = await self._ask_first(b"".join(stretch.frames[-round(ENDING_S / FRAME_S) :]))
        if found is not None and found.text:
            self._on_ending(found.text, voice_s)

    async def _ask_first(self, audio: bytes) -> Recognition | None:
        """Have ``audio`` recognised before all else; None if there is no time for it."""
        asked_s = self._clock_s()
        found = await self._recogniser.recognise(audio, "closing")
        if found is None:
            self._load.dropped()
        else:
            self._load.took(self._clock_s() - asked_s, len(audio) / 2 / SAMPLE_RATE_HZ)
        return found

    async def _ask_last_words(self, stretch: Stretch, place: KnownPlace) -> None:
        voice_s, voiced_s, frames = stretch.last_voice_s, stretch.voiced_s, len(stretch.frames)
        found = await self._ask_first(stretch.audio_behind(place))
        if found is None:
            return
        text = joined(place.text, found.text)
        self._on_heard(stretch, text, voiced_s)
        if not found.text or not sayable(stretch, text):
            return
        stretch.know(voice_s, frames, text)
        self._on_ending(text, voice_s)
        self._on_last_words(stretch, text, voice_s)
        if not stretch.closed and not stretch.settled and stretch.last_voice_s == voice_s:
            stretch.settled = True
            await self.show(stretch, text)
