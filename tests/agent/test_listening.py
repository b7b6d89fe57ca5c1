"""The listener on recorded speech, with a recogniser that is told what to say and when."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from agent.errors import SpeechServiceError
from agent.listening import Listener
from agent.speech.recogniser import (
    RecognisedWord,
    RecogniserClient,
    Recognition,
    SpeechRecogniser,
    Urgency,
)
from agent.speech.vad import FRAME_SAMPLES, WebRtcVoiceActivityDetector
from agent.speech.whisper_engine import WhisperEngine
from agent.stretch import Utterance
from bench.streamed_words import EngineInProcess
from tests.agent.clips import SAID, clip, music, noise, word_error_rate
from tests.agent.stack import VoiceStack

BEGUN_AT_S = 100.0
SPEECH = "ls_1998-15444-0001"


@dataclass
class ScriptedRecogniser(SpeechRecogniser):
    """Says how long each stretch of audio was, or fails where told."""

    fails: int = 0
    asked: list[tuple[float, Urgency]] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    async def recognise(self, pcm: bytes, urgency: Urgency, said: str = "") -> Recognition | None:
        seconds = len(pcm) / 32_000
        self.asked.append((seconds, urgency))
        await self.gate.wait()
        if urgency != "final":
            return Recognition("so far")
        if self.fails:
            self.fails -= 1
            raise SpeechServiceError("the recogniser process does not come back")
        words = (
            RecognisedWord("heard", seconds - 2.5, seconds - 2.2, 0.8),
            RecognisedWord(f"{seconds:.1f}s", seconds - 2.0, seconds - 1.6, 0.7),
        )
        return Recognition(" ".join(word.text for word in words), words)

    async def aclose(self) -> None:
        pass


@dataclass
class Heard:
    listener: Listener
    utterances: list[Utterance]
    interims: list[str]
    now_s: float = BEGUN_AT_S

    async def hear(self, samples: np.ndarray) -> None:
        """Let ``samples`` pass, as fast as the loop can, at the times of their own."""
        for number, start in enumerate(range(0, samples.size - FRAME_SAMPLES + 1, FRAME_SAMPLES)):
            self.now_s += FRAME_SAMPLES / 16_000
            self.listener.frame(samples[start : start + FRAME_SAMPLES].tobytes(), self.now_s)
            if number % 5 == 0:
                await asyncio.sleep(0)
        await asyncio.sleep(0.01)


Listening = Callable[..., Heard]


@pytest.fixture
async def listening() -> AsyncIterator[Listening]:
    made: list[Listener] = []

    def make(recogniser: SpeechRecogniser, **options: Callable[..., Any]) -> Heard:
        utterances: list[Utterance] = []
        interims: list[str] = []

        def take(kept: list) -> Callable[..., Awaitable[None]]:
            async def keep(found: object) -> None:
                kept.append(found)

            return keep

        vad = WebRtcVoiceActivityDetector()
        listener = Listener(recogniser, vad, take(utterances), take(interims), **options)
        made.append(listener)
        return Heard(listener, utterances, interims)

    yield make
    for listener in made:
        await listener.aclose()


async def test_a_finished_stretch_comes_with_its_times(listening: Listening) -> None:
    heard = listening(ScriptedRecogniser())
    speech = clip(SPEECH)
    await heard.hear(np.concatenate([noise(3.0), speech, noise(2.0)]))
    [utterance] = heard.utterances
    assert utterance.text.startswith("heard ")
    assert abs(utterance.end_s - (BEGUN_AT_S + 3.0 + speech.size / 16_000)) < 0.5
    assert utterance.start_s == utterance.words[0].start
    assert utterance.words[0].text == "heard"
    assert BEGUN_AT_S + 3.0 < utterance.words[0].start < utterance.words[1].end < utterance.end_s


async def test_two_stretches_stay_in_order_even_if_the_first_is_slow(listening: Listening) -> None:
    recogniser = ScriptedRecogniser()
    heard = listening(recogniser)
    recogniser.gate.clear()
    speech = clip(SPEECH)
    await heard.hear(np.concatenate([speech, noise(1.5), speech[:40_000], noise(1.5)]))
    assert heard.utterances == []
    assert heard.listener.hearing(heard.now_s, BEGUN_AT_S).interim_text != ""
    recogniser.gate.set()
    await heard.listener.flush()
    first, second = heard.utterances
    assert first.end_s < second.start_s
    assert first.text != second.text
    assert heard.listener.hearing(heard.now_s, BEGUN_AT_S).interim_text == ""


async def test_silence_is_counted_from_the_end_of_the_voice(listening: Listening) -> None:
    heard = listening(ScriptedRecogniser())
    speech = clip("gov_jfk")
    end = int(np.flatnonzero(np.abs(speech) > 1500)[-1])
    await heard.hear(np.concatenate([speech[:end], noise(1.3)]))
    hearing = heard.listener.hearing(heard.now_s, BEGUN_AT_S)
    assert not hearing.candidate_speaking
    assert hearing.silence_s is not None
    assert 1.1 <= hearing.silence_s <= 1.5
    assert heard.listener.hearing(heard.now_s, heard.now_s).silence_s is None, "nothing on this turn"


async def test_the_last_stretch_is_decoded_before_its_pause_is_over(listening: Listening) -> None:
    recogniser = ScriptedRecogniser()
    heard = listening(recogniser)
    await heard.hear(np.concatenate([clip(SPEECH), noise(0.45)]))
    assert [urgency for _, urgency in recogniser.asked][-1] == "final"
    hearing = heard.listener.hearing(heard.now_s, BEGUN_AT_S)
    assert hearing.words_settled and hearing.interim_text.startswith("heard")
    assert hearing.interim_s > 3.0
    finals = sum(urgency == "final" for _, urgency in recogniser.asked)
    await heard.hear(noise(1.0))
    assert sum(urgency == "final" for _, urgency in recogniser.asked) == finals, "and only once"
    assert len(heard.utterances) == 1


async def test_words_so_far_are_shown_while_the_candidate_speaks(listening: Listening) -> None:
    heard = listening(ScriptedRecogniser())
    await heard.hear(clip(SPEECH)[: 16_000 * 4])
    assert "so far" in heard.interims
    assert heard.listener.speaking_since_s is not None
    assert heard.listener.hearing(heard.now_s, BEGUN_AT_S).interim_text == "so far"


async def test_words_that_end_an_answer_are_not_waited_for(listening: Listening) -> None:
    heard = listening(
        ScriptedRecogniser(), ends_at_once=lambda text: text == "so far" or text.startswith("heard")
    )
    await heard.hear(np.concatenate([clip(SPEECH), noise(0.4)]))
    assert len(heard.utterances) == 1
    await heard.hear(noise(2.0))
    assert len(heard.utterances) == 1, "and come once"


async def test_words_that_close_an_answer_are_heard_before_they_are_final(listening: Listening) -> None:
    recogniser = ScriptedRecogniser()
    heard = listening(recogniser, closes_answer=lambda text: text == "so far")
    await heard.hear(np.concatenate([clip(SPEECH), noise(0.2)]))
    assert heard.listener.hearing(heard.now_s, BEGUN_AT_S).closed_in_words
    assert heard.utterances == []
    await heard.hear(clip(SPEECH)[8_000:16_000])
    assert not heard.listener.hearing(heard.now_s, BEGUN_AT_S).closed_in_words, "the voice went on"


async def test_the_words_of_a_long_answer_are_known_at_each_silence_from_what_was_said_last(
    listening: Listening,
) -> None:
    recogniser = ScriptedRecogniser()
    heard = listening(recogniser)
    speech = clip(SPEECH)[8_000:-8_000]
    await heard.hear(np.concatenate([speech, noise(0.4), speech, noise(0.16)]))
    closing = [seconds for seconds, urgency in recogniser.asked if urgency == "closing"]
    assert closing[-1] < speech.size / 16_000 + 0.8, "not the whole stretch"
    hearing = heard.listener.hearing(heard.now_s, BEGUN_AT_S)
    assert hearing.words_settled and heard.utterances == []
    assert hearing.interim_text.startswith("heard") and hearing.interim_text.endswith("so far")


async def test_a_first_sound_is_noticed_before_it_counts_as_speech(listening: Listening) -> None:
    heard = listening(ScriptedRecogniser())
    speech = clip(SPEECH)
    loud = int(np.flatnonzero(np.abs(speech) > 3000)[0])
    await heard.hear(noise(1.0))
    assert not heard.listener.hearing(heard.now_s, BEGUN_AT_S).voice_begins
    await heard.hear(speech[loud : loud + 2 * FRAME_SAMPLES])
    hearing = heard.listener.hearing(heard.now_s, BEGUN_AT_S)
    assert hearing.voice_begins and not hearing.candidate_speaking
    await heard.hear(speech[loud + 2 * FRAME_SAMPLES : loud + 16_000])
    hearing = heard.listener.hearing(heard.now_s, BEGUN_AT_S)
    assert hearing.candidate_speaking and not hearing.voice_begins


async def test_a_stretch_is_decoded_with_what_came_before_and_gives_only_its_own_words(
    listening: Listening,
) -> None:
    recogniser = ScriptedRecogniser()
    heard = listening(recogniser)
    speech = clip(SPEECH)[: 16_000 * 4]
    await heard.hear(np.concatenate([speech, noise(1.0), speech, noise(1.5)]))
    first_s, second_s = dict.fromkeys(seconds for seconds, urgency in recogniser.asked if urgency == "final")
    assert second_s > first_s + 2.0, "three seconds of what came before"
    first, second = heard.utterances
    assert first.end_s < second.words[0].start
    assert second.text == f"heard {second_s:.1f}s"


async def test_in_a_long_answer_a_short_pause_is_decoded_once_and_for_all(listening: Listening) -> None:
    recogniser = ScriptedRecogniser()
    heard = listening(recogniser, clock_s=itertools.count(1.0, 2.0).__next__)
    begin, go_on = clip("gov_jfk")[: 16_000 * 3], clip(SPEECH)[: 16_000 * 4]
    long = np.concatenate([clip(SPEECH), clip(SPEECH)])
    await heard.hear(np.concatenate([long, noise(0.7), go_on, noise(0.7), begin, noise(1.5)]))
    finals = [seconds for seconds, urgency in recogniser.asked if urgency == "final"]
    assert finals[0] >= 6.0
    assert max(finals) < 15.0, "what was decoded is not decoded again, but for the context"
    starts = [utterance.words[0].start for utterance in heard.utterances]
    assert len(starts) >= 2
    assert starts == sorted(starts)


async def test_a_word_heard_across_the_border_of_two_stretches_comes_once(listening: Listening) -> None:
    class RepeatsItself(ScriptedRecogniser):
        async def recognise(self, pcm: bytes, urgency: Urgency, said: str = "") -> Recognition | None:
            seconds = len(pcm) / 32_000
            if seconds > 5.0 or urgency != "final":
                words = (RecognisedWord("Better.", 2.95, 3.2, 0.8), RecognisedWord("Indeed.", 4.0, 4.4, 0.8))
            else:
                words = (RecognisedWord("even", 0.6, 0.9, 0.8), RecognisedWord("better,", 1.0, 1.4, 0.8))
            self.asked.append((seconds, urgency))
            return Recognition(" ".join(word.text for word in words), words)

    recogniser = RepeatsItself()
    heard = listening(recogniser)
    speech = clip(SPEECH)[: 16_000 * 3]
    await heard.hear(np.concatenate([speech, noise(0.9), speech, noise(1.5)]))
    assert [utterance.text for utterance in heard.utterances] == ["even better,", "Indeed."]


async def test_words_of_the_time_before_are_not_heard_twice(listening: Listening) -> None:
    class SaysTheSame(ScriptedRecogniser):
        async def recognise(self, pcm: bytes, urgency: Urgency, said: str = "") -> Recognition | None:
            return Recognition("early", (RecognisedWord("early", 0.5, 0.9, 0.8),))

    heard = listening(SaysTheSame())
    speech = clip(SPEECH)[: 16_000 * 4]
    await heard.hear(np.concatenate([speech, noise(1.0), speech, noise(1.5)]))
    assert [utterance.text for utterance in heard.utterances] == ["early"]


async def test_a_recogniser_that_fails_for_good_costs_one_stretch_not_the_interview(
    listening: Listening,
) -> None:
    heard = listening(ScriptedRecogniser(fails=1))
    speech = clip(SPEECH)
    await heard.hear(np.concatenate([speech, noise(1.5)]))
    assert heard.utterances == []
    await heard.hear(np.concatenate([speech, noise(1.5)]))
    assert len(heard.utterances) == 1
    assert not heard.listener.delivering.done()


async def test_speech_without_a_pause_is_handed_over_in_pieces_of_what_whisper_hears(
    listening: Listening,
) -> None:
    recogniser = ScriptedRecogniser()
    heard = listening(recogniser)
    speech = clip(SPEECH)[8_000:-8_000]
    await heard.hear(np.tile(speech, 12))
    await heard.listener.flush()
    finals = [seconds for seconds, urgency in recogniser.asked if urgency == "final"]
    assert max(finals) <= 28.0
    assert len(heard.utterances) >= 2


async def test_noise_alone_is_never_recognised(listening: Listening) -> None:
    recogniser = ScriptedRecogniser()
    heard = listening(recogniser)
    await heard.hear(noise(30.0))
    await heard.listener.flush()
    assert recogniser.asked == []
    assert heard.listener.last_voice_s is None


@pytest.mark.stack
@pytest.mark.models
async def test_a_nearly_silent_meeting_becomes_only_what_was_said(
    listening: Listening, stack: VoiceStack
) -> None:
    recogniser = RecogniserClient(stack.installation.run_dir / "recogniser.sock")
    heard = listening(recogniser)
    await heard.hear(np.concatenate([clip("ami_trn02_full"), noise(1.0)]))
    await heard.listener.flush()
    await recogniser.aclose()
    # Somebody speaks once, from 20.7 s on for 0.7 s.
    assert all(20.0 < u.start_s - BEGUN_AT_S < 22.0 for u in heard.utterances)
    assert sum(len(u.text.split()) for u in heard.utterances) <= 3


@pytest.mark.stack
@pytest.mark.models
async def test_no_word_is_lost_between_stretches(listening: Listening, stack: VoiceStack) -> None:
    recogniser = RecogniserClient(stack.installation.run_dir / "recogniser.sock")
    heard = listening(recogniser)
    for name in SAID:
        await heard.hear(np.concatenate([clip(name), noise(1.2)]))
    await heard.listener.flush()
    await recogniser.aclose()
    said = " ".join(utterance.text for utterance in heard.utterances)
    assert word_error_rate(" ".join(SAID.values()), said) <= 0.3
    ends = [utterance.end_s for utterance in heard.utterances]
    assert ends == sorted(ends)


@pytest.mark.models
async def test_music_is_no_voice_once_no_word_was_found_in_it_and_words_over_it_are(
    listening: Listening,
) -> None:
    heard = listening(EngineInProcess(WhisperEngine(None, 1), interims=True))
    await heard.hear(music(3.0, peak=0.1))
    assert heard.listener.hearing(heard.now_s, BEGUN_AT_S).candidate_speaking
    await heard.hear(music(9.0, peak=0.1))
    hearing = heard.listener.hearing(heard.now_s, BEGUN_AT_S)
    assert not hearing.candidate_speaking and hearing.interim_text == "" and hearing.silence_s is None
    assert heard.listener.speaking_since_s is None, "music does not stop Aila"
    speech = clip(SPEECH)
    played = music(speech.size / 16_000, peak=0.02)
    both = (speech // 2 + played[: speech.size]).astype("<i2")
    await heard.hear(both[:38_400])
    assert heard.listener.hearing(heard.now_s, BEGUN_AT_S).candidate_speaking
    await heard.hear(np.concatenate([both[38_400:], noise(2.0)]))
    assert "medicine" in " ".join(utterance.text for utterance in heard.utterances)


async def test_a_recogniser_that_does_not_answer_makes_no_music_of_a_voice(listening: Listening) -> None:
    recogniser = ScriptedRecogniser()
    recogniser.gate.clear()
    heard = listening(recogniser)
    await heard.hear(music(12.0, peak=0.1))
    hearing = heard.listener.hearing(heard.now_s, BEGUN_AT_S)
    assert hearing.candidate_speaking or hearing.interim_text == "…"
