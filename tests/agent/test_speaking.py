"""Aila's mouth on a real audio source: what is played is told, what is cut is cut at once."""

import asyncio
from collections.abc import AsyncGenerator

import numpy as np
import pytest
from livekit import rtc

from agent.errors import SpeechServiceError
from agent.speaking import Speaker, resample
from agent.speech.voice import Voice

RATE_HZ = 22_050


class ScriptedVoice(Voice):
    """Says pieces of audio of its own; an empty piece breaks it."""

    sample_rate_hz = RATE_HZ

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = pieces
        self.closed = False

    async def synthesise(self, text: str) -> AsyncGenerator[bytes, None]:
        try:
            for piece in self._pieces:
                if not piece:
                    raise SpeechServiceError("the voice process does not answer")
                yield piece
        finally:
            self.closed = True

    async def prepare(self, text: str) -> None:
        pass


class Played:
    def __init__(self, *pieces: bytes) -> None:
        self.voice = ScriptedVoice(*pieces)
        self.frames: list[tuple[bytes, float]] = []
        self.cuts: list[float] = []
        source = rtc.AudioSource(RATE_HZ, 1, queue_size_ms=160)
        now_s = asyncio.get_running_loop().time
        self.speaker = Speaker(
            self.voice, source, now_s, lambda *frame: self.frames.append(frame), self.cuts.append
        )


def audio(seconds: float, value: int = 900) -> bytes:
    return np.full(round(seconds * RATE_HZ), value, dtype="<i2").tobytes()


async def test_everything_is_played_in_order_at_times_that_follow_each_other() -> None:
    played = Played(audio(0.217, 100), audio(0.107, 200))
    await played.speaker.say("anything")
    joined = np.frombuffer(b"".join(frame for frame, _ in played.frames), dtype="<i2")
    assert (joined == 100).sum() == round(0.217 * RATE_HZ)
    assert (joined == 200).sum() == round(0.107 * RATE_HZ)
    assert list(np.unique(joined)) == [0, 100, 200]
    times = [at_s for _, at_s in played.frames]
    assert times == sorted(times)
    assert played.cuts == []


async def test_a_word_is_cut_in_its_middle_and_the_rest_is_never_played() -> None:
    played = Played(audio(30.0))
    saying = asyncio.create_task(played.speaker.say("anything"))
    while len(played.frames) < 5:  # noqa: ASYNC110 — what is waited for is a list
        await asyncio.sleep(0.01)
    saying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await saying
    assert len(played.cuts) == 1
    assert played.voice.closed
    # What was handed over ahead is a queue of 160 ms, and it is emptied.
    assert played.frames[-1][1] - played.cuts[0] < 0.2


async def test_what_is_held_is_silent_and_continues_where_it_stopped() -> None:
    played = Played(audio(0.6, 100), audio(0.2, 200))
    saying = asyncio.create_task(played.speaker.say("anything"))
    while len(played.frames) < 15:  # noqa: ASYNC110 — what is waited for is a list
        await asyncio.sleep(0.005)
    played.speaker.hold()
    before = len(played.frames)
    await asyncio.sleep(0.15)
    assert len(played.frames) <= before + 1, "the frame on its way at most"
    assert len(played.cuts) == 1
    unheard = sum(at_s > played.cuts[0] for _, at_s in played.frames)
    played.speaker.go_on()
    await saying
    joined = np.frombuffer(b"".join(frame for frame, _ in played.frames), dtype="<i2")
    again = (joined == 100).sum() - round(0.6 * RATE_HZ)
    assert 0 < again <= (unheard + 2) * RATE_HZ * 0.02, "what was not heard yet is said again, and no more"
    assert (joined == 200).sum() == round(0.2 * RATE_HZ)


async def test_it_is_known_which_words_were_heard_before_a_cut() -> None:
    played = Played(audio(0.1), audio(20.0))
    saying = asyncio.create_task(played.speaker.say("Hello there. One two three four."))
    while len(played.frames) < 10:  # noqa: ASYNC110 — what is waited for is a list
        await asyncio.sleep(0.005)
    saying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await saying
    assert played.speaker.heard == "Hello there."


async def test_a_voice_that_breaks_is_reported() -> None:
    played = Played(audio(0.05), b"")
    with pytest.raises(SpeechServiceError):
        await played.speaker.say("anything")


def test_resampling_for_the_record_keeps_length_and_level() -> None:
    frame = (np.sin(np.arange(441) / 441 * 2 * np.pi * 8) * 8000).astype("<i2")
    found = resample(frame.tobytes(), RATE_HZ, 16_000)
    assert found.size == 320
    assert abs(float(np.std(found.astype(float))) - float(np.std(frame.astype(float)))) < 250
