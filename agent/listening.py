"""Hears the candidate: audio frames in, finished stretches of speech out, and what is heard right now."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from agent.early_words import LAST_WORDS_FROM_S, EarlyWords
from agent.errors import SpeechServiceError
from agent.interview.actions import Hearing
from agent.recent_sound import CONTEXT_S, RecentSound
from agent.recogniser_load import RecogniserLoad
from agent.speech.recogniser import SAMPLE_RATE_HZ, Recognition, SpeechRecogniser
from agent.speech.vad import VoiceActivityDetector
from agent.stretch import (
    BORDER_S,
    FRAME_S,
    PRE_ROLL_S,
    Stretch,
    Utterance,
    plain,
    sayable,
    utterance,
    without_context,
)

CONTEXT_HELPS_S = 8.0
"""A longer stretch loses no words alone, and is decoded sooner."""
SPECULATE_EARLY_S, SPECULATE_AFTER_S, SPECULATE_LATE_S = 0.14, 0.24, 0.45
"""Silence after which a stretch is decoded for good, hoping that it is over: a short one at once, a longer
one behind its last words, later if that takes long."""
CLOSE_AFTER_S, CLOSE_BUSY_AFTER_S = 1.2, 0.6
"""A stretch goes on through shorter pauses: decoded in one piece it loses fewer words, and costs more."""
SPLIT_QUICK_FROM_S, SPLIT_FROM_S, SPLIT_BUSY_FROM_S = 20.0, 12.0, 6.0
"""In a longer stretch a short pause, once decoded, stays decoded: the rest becomes a stretch of its own. That
costs a few words and saves most of the work, so a busy recogniser has it earlier."""
SPLIT_PAUSE_S, SPLIT_ANYWHERE_MORE_S = 0.5, 4.0
"""A shorter pause may lie within a phrase: a stretch is split there only if it is so much longer."""
LONGEST_SEGMENT_S = 26.0
"""Whisper hears at most 30 s at once."""
SHORTEST_VOICE_S = 0.1
WORDLESS_S = 6.0
"""So much voice in which the recogniser finds no word is music, or other people's talk."""
ON_ITS_WAY_S = 0.15
"""Sound said before a button was pressed arrives up to so much after it."""


class Listener:
    """Follows one candidate's microphone.

    Parameters
    ----------
    on_utterance
        Awaited, in order, for every finished stretch with words in it.
    on_interim
        Awaited with the words so far while the candidate speaks.
    ends_at_once
        Whether a stretch with these words is over without a pause, such as "that's it".
    closes_answer
        Whether an answer that ends with these words is over.
    clock_s
        Tells how long the recogniser takes.
    """

    def __init__(
        self,
        recogniser: SpeechRecogniser,
        vad: VoiceActivityDetector,
        on_utterance: Callable[[Utterance], Awaitable[None]],
        on_interim: Callable[[str], Awaitable[None]],
        ends_at_once: Callable[[str], bool] = lambda text: False,
        closes_answer: Callable[[str], bool] = lambda text: False,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._recogniser, self._vad, self._clock_s = recogniser, vad, clock_s
        self._load = RecogniserLoad()
        self._ends_at_once, self._closes_answer = ends_at_once, closes_answer
        self._closed_at_s: float | None = None
        """End of the voice whose last words close the answer."""
        self._on_utterance = on_utterance
        self._early = EarlyWords(
            recogniser,
            on_interim,
            self._note_words,
            self._take_ending,
            self._take_last_words,
            self._load,
            clock_s,
        )
        self._recent = RecentSound()
        self._silent_frames = round(CONTEXT_S / FRAME_S)
        """Frames since the last stretch was closed; before the first there is no context either."""
        self._segment: Stretch | None = None
        self._finished: asyncio.Queue[Stretch] = asyncio.Queue()
        self._pending = 0
        self._last_word = ""
        self._last_words_s: float | None = None
        """End of the latest voice in which words were found."""
        self._wordless_s = 0.0
        """Voice in stretches that were closed since then."""
        self._speaking_since_s: float | None = None
        self._last_voice_s: float | None = None
        self._delivering = asyncio.create_task(self._deliver())

    @property
    def speaking_since_s(self) -> float | None:
        """When the present run of voice began; None in silence, and while there are no words in it."""
        return None if self._wordless else self._speaking_since_s

    @property
    def last_voice_s(self) -> float | None:
        """When the candidate's voice was last heard; None if never."""
        return self._last_voice_s

    @property
    def delivering(self) -> asyncio.Task[None]:
        """Runs until :meth:`aclose`; ends early only with an error."""
        return self._delivering

    def hearing(self, now_s: float, turn_since_s: float) -> Hearing:
        """Return what is heard at ``now_s``; silence counts only after speech later than ``turn_since_s``."""
        silence_s = None
        segment, wordless = self._segment, self._wordless
        voice_s = self._last_words_s if wordless else self._last_voice_s
        if voice_s is not None and voice_s > turn_since_s:
            silence_s = max(0.0, now_s - voice_s)
        pending = self._pending > 0 or (segment is not None and not wordless)
        since_s = self.speaking_since_s
        return Hearing(
            candidate_speaking=since_s is not None,
            speaking_s=max(0.0, now_s - since_s) if since_s is not None else None,
            voice_begins=since_s is None and self._recent.voice_begins,
            silence_s=silence_s,
            interim_text=(self._early.text or "…") if pending else "",
            interim_s=segment.voiced_s if segment is not None else 0.0,
            words_settled=self._pending == 0 and segment is not None and segment.settled,
            closed_in_words=self._closed_at_s is not None and self._closed_at_s == self._last_voice_s,
        )

    @property
    def _wordless(self) -> bool:
        """Whether what sounds like a voice says nothing; only if the recogniser has listened to it."""
        heard_s = self._segment.wordless_s if self._segment is not None else 0.0
        return self._wordless_s + heard_s >= WORDLESS_S

    def _note_words(self, segment: Stretch, text: str, voiced_s: float) -> None:
        """Note what was found in the first ``voiced_s`` seconds of a stretch's voice."""
        if text:
            segment.wordless_s = self._wordless_s = 0.0
            self._last_words_s = segment.last_voice_s
        else:
            segment.wordless_s = voiced_s

    def _long_enough(self, segment: Stretch, pause_s: float) -> bool:
        """Whether ``segment`` is split at a pause of this length."""
        more_s = 0.0 if pause_s >= SPLIT_PAUSE_S or self._load.busy else SPLIT_ANYWHERE_MORE_S
        from_s = SPLIT_QUICK_FROM_S if self._load.quick else SPLIT_FROM_S
        from_s = SPLIT_BUSY_FROM_S if self._load.busy else from_s
        return segment.decoded_frames * FRAME_S >= from_s + more_s

    def _speculate_after_s(self, segment: Stretch) -> float:
        if self._load.busy:
            return SPECULATE_LATE_S
        return SPECULATE_EARLY_S if segment.duration_s < LAST_WORDS_FROM_S else SPECULATE_AFTER_S

    def frame(self, frame: bytes, at_s: float) -> None:
        """Take the next 20 ms; ``at_s`` is the session time of its end."""
        speaking = self._vad.speaking(frame)
        if speaking and self._speaking_since_s is None:
            self._speaking_since_s = at_s
        elif not speaking:
            self._speaking_since_s = None
        voiced = speaking and self._vad.voiced
        segment = self._segment
        pause_s = at_s - segment.last_voice_s if segment is not None else 0.0
        if voiced:
            self._last_voice_s = at_s
        self._recent.add(frame, self._vad.voiced)
        if segment is None:
            self._silent_frames += 1
            if self._silent_frames * FRAME_S >= CONTEXT_S:
                self._wordless_s = 0.0
            if speaking:
                self._open(at_s)
            return
        segment.frames.append(frame)
        if speaking:
            segment.voiced_s += FRAME_S
        if voiced:
            segment.paused(segment.last_voice_s, pause_s)
            segment.last_voice_s = at_s
            if segment.decoding is not None and self._long_enough(segment, pause_s):
                self._split(segment, at_s)
                return
            self._discard_speculation(segment)
        silence_s = at_s - segment.last_voice_s
        close_after_s = CLOSE_BUSY_AFTER_S if self._load.busy else CLOSE_AFTER_S
        if silence_s >= close_after_s or segment.duration_s >= LONGEST_SEGMENT_S:
            self._close(segment)
        elif segment.decoding is None and silence_s >= self._speculate_after_s(segment):
            self._decode(segment)
        elif silence_s > 0.0 and not self._load.busy:
            self._early.in_silence(segment, silence_s)
        elif speaking:
            self._early.while_speaking(segment, at_s)

    async def flush(self) -> None:
        """Finish what is being said and wait until its words are delivered."""
        if self._segment is not None:
            await asyncio.sleep(ON_ITS_WAY_S)
        if self._segment is not None:
            self._close(self._segment)
        while self._pending:  # noqa: ASYNC110 — counted up and down many times while this waits
            await asyncio.sleep(0.02)

    async def aclose(self) -> None:
        self._delivering.cancel()
        await self._early.aclose()

    def _open(self, at_s: float) -> None:
        own = self._recent.latest(min(self._silent_frames, round(PRE_ROLL_S / FRAME_S)))
        # Only what belongs to the same train of thought: after a long silence there is none.
        recently = self._silent_frames * FRAME_S < CONTEXT_S
        context = self._recent.context(len(own), self._load.busy) if recently else []
        self._segment = Stretch(at_s - len(own) * FRAME_S, own, context, FRAME_S, at_s)
        self._early.begin(at_s)

    def _decode(self, segment: Stretch) -> None:
        segment.decoded_frames = len(segment.frames)
        segment.decoding = asyncio.create_task(self._recognise(segment))

    async def _recognise(self, segment: Stretch) -> Recognition | None:
        context = segment.context if segment.duration_s < CONTEXT_HELPS_S else []
        pcm = b"".join([*context, *segment.frames])
        asked_s, voiced_s, voice_s = self._clock_s(), segment.voiced_s, segment.last_voice_s
        found = await self._recogniser.recognise(pcm, "final")
        self._load.final_took(self._clock_s() - asked_s, len(pcm) / 2 / SAMPLE_RATE_HZ)
        if found is None:
            return None
        found = without_context(found, len(context) * FRAME_S)
        self._note_words(segment, found.text, voiced_s)
        if found.text and not segment.closed:
            if self._ends_at_once(found.text):
                self._close(segment)
            elif sayable(segment, found.text):
                segment.know(voice_s, segment.decoded_frames, found.text)
                segment.settled = True
                await self._early.show(segment, found.text)
        return found

    def _take_ending(self, text: str, voice_s: float) -> None:
        """Take the last of the words before the silence behind ``voice_s``, which may end the answer."""
        if self._closes_answer(text):
            self._closed_at_s = voice_s

    def _take_last_words(self, segment: Stretch, text: str, voice_s: float) -> None:
        """Take all words before the silence behind ``voice_s``; some need no pause to be over."""
        waits = not segment.closed and segment.decoding is None and segment.last_voice_s == voice_s
        if waits and self._ends_at_once(text):
            self._decode(segment)

    def _discard_speculation(self, segment: Stretch) -> None:
        segment.settled = False
        if segment.decoding is not None:
            segment.decoding.cancel()
            segment.decoding = None

    def _close(self, segment: Stretch) -> None:
        self._segment = None
        segment.closed = True
        self._silent_frames = 0
        if segment.voiced_s < SHORTEST_VOICE_S:
            self._discard_speculation(segment)
            return
        if segment.decoding is None:
            self._decode(segment)
        self._pending += 1
        self._finished.put_nowait(segment)

    def _split(self, segment: Stretch, at_s: float) -> None:
        """End ``segment`` where it was decoded; what came after goes on as a new one."""
        rest = segment.frames[segment.decoded_frames :]
        del segment.frames[segment.decoded_frames :]
        self._close(segment)
        context = self._recent.context(len(rest), self._load.busy)
        self._segment = Stretch(at_s - len(rest) * FRAME_S, rest, context, FRAME_S, at_s)
        self._early.begin(at_s)

    def _not_again(self, segment: Stretch, found: Recognition) -> Recognition:
        """Leave out a word that the stretch before ended with and that was heard across the border."""
        words = found.words
        if (
            segment.context
            and words
            and words[0].start_s < BORDER_S
            and plain(words[0].text) == self._last_word
        ):
            found = Recognition(" ".join(word.text for word in words[1:]), words[1:])
        if found.words:
            self._last_word = plain(found.words[-1].text)
        return found

    async def _deliver(self) -> None:
        while True:
            segment = await self._finished.get()
            try:
                recognition = await segment.decoding if segment.decoding else None
                if recognition is not None:
                    recognition = self._not_again(segment, recognition)
                if recognition is not None and recognition.text and sayable(segment, recognition.text):
                    self._early.became_final()
                    await self._on_utterance(utterance(segment, recognition))
                else:
                    self._wordless_s += segment.voiced_s
                    await self._early.withdraw()
            except SpeechServiceError:
                # The words of this stretch are lost to the transcript; the recording still has them.
                await self._early.withdraw()
            finally:
                self._pending -= 1
