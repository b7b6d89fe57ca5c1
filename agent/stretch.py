"""One stretch of a candidate's speech: its audio, and which of the recognised words are its own."""

import asyncio
import itertools
from dataclasses import dataclass, field

from agent.speech.recogniser import RecognisedWord, Recognition
from agent.speech.vad import FRAME_MS
from records.events import Word

FRAME_S = FRAME_MS / 1000
PRE_ROLL_S = 0.6
"""Kept from before the detector fires, so that the first word is whole."""
BORDER_S = 0.15
"""Whisper's times of words are no better than that."""
REACHES_IN_S = 0.3
"""A word that ends so far behind the context was said after it: Whisper lets first words begin too early."""
MAY_CHANGE_WORDS = 3
"""Not counted as agreed on at the end of what was heard so far."""
KNOWN_FROM_S = 0.25
"""A shorter silence may lie within a phrase: what follows is not decoded without it."""
DECODED_ALONE_S = 3.0
"""Less audio alone loses words."""
WORDS_PER_S, WORDS_AT_LEAST = 8.0, 3.0
"""More words than this in so little voice were never said: the model made them up."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A finished stretch of speech; times in session seconds."""

    start_s: float
    end_s: float
    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place in a stretch, and the words before it."""

    frames: int
    text: str


@dataclass(eq=False)
class Stretch:
    """Speech that is going on; times in session seconds."""

    start_s: float
    frames: list[bytes] = field(default_factory=list)
    context: list[bytes] = field(default_factory=list)
    voiced_s: float = 0.0
    last_voice_s: float = 0.0
    closed: bool = False
    """Whether it is over: nothing is added to it, and its final words are on their way."""
    decoding: "asyncio.Task[Recognition | None] | None" = None
    """A final decode of all frames up to ``decoded_frames``."""
    decoded_frames: int = 0
    wordless_s: float = 0.0
    """Voice in it that the recogniser has listened to without finding a word."""
    interim: str = ""
    """The latest words that are not final."""
    agreed: str = ""
    """What of them need not be looked for again."""
    last_words_asked_s: float | None = None
    """End of the voice before which the last words were looked for."""
    settled: bool = False
    """Whether all of its voice has been decoded, with words."""
    _places: dict[float, KnownPlace] = field(default_factory=dict)
    """By the end of the voice before each silence in which words were found."""
    _pauses: set[float] = field(default_factory=set)
    """Which of these silences were pauses."""

    @property
    def duration_s(self) -> float:
        return len(self.frames) * FRAME_S

    def know(self, voice_s: float, frames: int, text: str) -> None:
        """Note the words of the first ``frames`` frames, which end in the silence behind ``voice_s``."""
        self._places[voice_s] = KnownPlace(frames, text)

    def paused(self, voice_s: float, pause_s: float) -> None:
        """Note that the voice that ended at ``voice_s`` went on after ``pause_s`` seconds."""
        if pause_s >= KNOWN_FROM_S:
            self._pauses.add(voice_s)

    def known_place(self) -> KnownPlace:
        """Return the latest pause up to which words are known and behind which enough was said to decode."""
        latest = len(self.frames) - round(DECODED_ALONE_S / FRAME_S)
        places = [place for voice_s, place in self._places.items() if voice_s in self._pauses]
        return max(
            (p for p in places if p.frames <= latest), key=lambda p: p.frames, default=KnownPlace(0, "")
        )

    def audio_behind(self, place: KnownPlace) -> bytes:
        """Return the 16-bit audio behind ``place``."""
        return b"".join(self.frames[place.frames :])


def agreed(earlier: str, later: str) -> str:
    """Return the words that two decodes of a growing stretch agree on.

    The last ones may still be heard otherwise with what follows them. LocalAgreement-2: Macháček, Dabre and
    Bojar (2023), Turning Whisper into a real-time transcription system.
    """
    pairs = zip(earlier.split(), later.split(), strict=False)
    same = [new for _, new in itertools.takewhile(lambda pair: plain(pair[0]) == plain(pair[1]), pairs)]
    return " ".join(same[: max(0, min(len(same), len(later.split()) - MAY_CHANGE_WORDS))])


def joined(earlier: str, later: str) -> str:
    """Return the words of two decodes, one behind the other."""
    return f"{earlier} {later}".strip()


def behind(text: str, earlier: str) -> str:
    """Return what ``text`` says behind the words of ``earlier``; nothing if it does not begin with them."""
    words, known = text.split(), earlier.split()
    return " ".join(words[len(known) :]) if words[: len(known)] == known else ""


def plain(word: str) -> str:
    """Return ``word`` without case and punctuation."""
    return "".join(character for character in word.lower() if character.isalnum())


def without_context(found: Recognition, context_s: float) -> Recognition:
    """Return the words that begin after the context; the border lies in a silence."""
    if context_s == 0.0:
        return found
    words = tuple(
        RecognisedWord(word.text, word.start_s - context_s, word.end_s - context_s, word.probability)
        for word in found.words
        if (word.start_s + word.end_s) / 2 >= context_s or word.end_s >= context_s + REACHES_IN_S
    )
    return Recognition(" ".join(word.text for word in words), words)


def sayable(stretch: Stretch, text: str) -> bool:
    """Return whether so many words can have been said in so much voice."""
    return len(text.split()) <= WORDS_AT_LEAST + WORDS_PER_S * stretch.voiced_s


def utterance(stretch: Stretch, recognition: Recognition) -> Utterance:
    """Return the words of a finished stretch with their times in the session."""
    begin_s, end_s = stretch.start_s, stretch.start_s + stretch.duration_s
    words = tuple(
        Word(
            word.text,
            round(min(begin_s + word.start_s, end_s), 3),
            round(min(begin_s + word.end_s, end_s), 3),
            min(1.0, max(0.0, word.probability)),
        )
        for word in recognition.words
    )
    start_s = words[0].start if words else begin_s + PRE_ROLL_S
    return Utterance(round(start_s, 3), round(max(stretch.last_voice_s, start_s), 3), recognition.text, words)
