"""The recogniser process on recordings of real people, on silence and noise, killed and restarted."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import numpy as np
import pytest

from agent.errors import AudioRefused
from agent.speech.recogniser import RecogniserClient, Urgency
from tests.agent.clips import SAID, babble, clip, music, noise, word_error_rate
from tests.agent.stack import VoiceStack

pytestmark = [pytest.mark.stack, pytest.mark.models]


@pytest.fixture
async def recogniser(stack: VoiceStack) -> AsyncIterator[RecogniserClient]:
    client = RecogniserClient(stack.installation.run_dir / "recogniser.sock")
    yield client
    await client.aclose()


@pytest.mark.parametrize(
    ("name", "worst"),
    [("gov_jfk", 0.05), ("ls_1998-15444-0001", 0.2), ("ls_3080-5032-0004", 0.3)],
)
async def test_speech_becomes_its_words_with_times(
    recogniser: RecogniserClient, name: str, worst: float
) -> None:
    samples = clip(name)
    found = await recogniser.recognise(samples.tobytes(), "final")
    assert found is not None
    assert word_error_rate(SAID[name], found.text) <= worst
    assert " ".join(word.text for word in found.words) == found.text
    starts = [word.start_s for word in found.words]
    assert starts == sorted(starts)
    assert starts[0] >= 0.0 and found.words[-1].end_s <= samples.size / 16_000 + 0.2
    assert all(0.0 < word.probability <= 1.0 for word in found.words)


async def test_spontaneous_speech_of_a_meeting_is_understood(recogniser: RecogniserClient) -> None:
    found = await recogniser.recognise(clip("ami_trn04_MEE075_166").tobytes(), "final")
    assert found is not None
    assert word_error_rate(SAID["ami_trn04_MEE075_166"], found.text) <= 0.35


async def test_interim_words_come_without_times(recogniser: RecogniserClient) -> None:
    found = await recogniser.recognise(clip("gov_jfk")[: 16_000 * 8].tobytes(), "interim")
    assert found is not None
    assert "fellow americans" in found.text.lower()
    assert found.words == ()


async def test_an_interim_goes_on_from_the_words_agreed_on(recogniser: RecogniserClient) -> None:
    said = "And so, my fellow Canadians"
    found = await recogniser.recognise(clip("gov_jfk")[: 16_000 * 8].tobytes(), "interim", said)
    assert found is not None
    assert found.text.startswith(said)
    assert "your country can do" in found.text.lower()


@pytest.mark.parametrize("seconds", [0.05, 1.0, 8.0, 29.0])
@pytest.mark.parametrize("urgency", ["final", "interim"])
async def test_noise_and_silence_become_no_words(
    recogniser: RecogniserClient, seconds: float, urgency: str
) -> None:
    for samples in (noise(seconds), np.zeros(round(seconds * 16_000), dtype="<i2")):
        found = await recogniser.recognise(samples.tobytes(), urgency)  # type: ignore[arg-type]
        assert found is not None
        assert found.text == ""


@pytest.mark.parametrize("urgency", ["final", "interim", "closing"])
async def test_music_and_babble_become_no_words(recogniser: RecogniserClient, urgency: Urgency) -> None:
    for samples in (music(3.0), music(12.0), babble(10.0)):
        found = await recogniser.recognise(samples.tobytes(), urgency)
        assert found is not None
        assert found.text == ""


async def test_what_is_no_audio_is_refused_and_the_next_request_is_answered(
    recogniser: RecogniserClient,
) -> None:
    with pytest.raises(AudioRefused, match="16-bit"):
        await recogniser.recognise(b"odd", "final")
    with pytest.raises(AudioRefused, match="30 s"):
        await recogniser.recognise(bytes(2 * 16_000 * 31), "final")
    found = await recogniser.recognise(clip("ls_1998-15444-0001").tobytes(), "final")
    assert found is not None and "medicine" in found.text


async def test_of_many_interim_requests_only_the_newest_is_worked_on(recogniser: RecogniserClient) -> None:
    pcm = clip("ls_1998-15444-0001").tobytes()
    answers = await asyncio.gather(
        recogniser.recognise(pcm, "final"), *(recogniser.recognise(pcm, "interim") for _ in range(6))
    )
    assert answers[0] is not None and answers[-1] is not None
    assert answers.count(None) >= 4


async def test_a_final_request_that_is_withdrawn_keeps_nobody_waiting(recogniser: RecogniserClient) -> None:
    pcm = clip("gov_jfk").tobytes()
    running = asyncio.create_task(recogniser.recognise(pcm, "final"))
    withdrawn = [asyncio.create_task(recogniser.recognise(pcm, "final")) for _ in range(20)]
    await asyncio.sleep(0.2)
    for task in withdrawn:
        task.cancel()
    last = await recogniser.recognise(clip("ls_1998-15444-0001").tobytes(), "final")
    assert last is not None and "medicine" in last.text
    assert (await running) is not None
    assert all(task.cancelled() for task in withdrawn)


async def test_a_killed_recogniser_is_waited_for_and_hears_the_same_audio_again(
    stack: VoiceStack, recogniser: RecogniserClient
) -> None:
    samples = clip("gov_jfk")
    asked = asyncio.create_task(recogniser.recognise(samples.tobytes(), "final"))
    await asyncio.sleep(0.05)
    os.kill(stack.processes["recogniser"].pid, signal.SIGKILL)
    await asyncio.to_thread(stack.processes["recogniser"].wait)
    interim = await recogniser.recognise(samples.tobytes(), "interim")
    assert interim is None, "interim words are not worth waiting for"
    await asyncio.to_thread(stack.start_module, "recogniser", "agent.speech.recogniser_process")
    found = await asked
    assert found is not None
    assert word_error_rate(SAID["gov_jfk"], found.text) <= 0.05
