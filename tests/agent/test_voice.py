"""The voice process: it can be understood, what is urgent comes first, a killed one is waited for."""

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from agent.errors import SpeechServiceError
from agent.speech.recogniser import RecogniserClient
from agent.speech.voice import VoiceClient, sentences_of
from agent.speech.voice_process import VoiceService
from tests.agent.candidate import resampled
from tests.agent.clips import word_error_rate
from tests.agent.stack import VoiceStack

TEXT = "Thank you for telling me. What did you do yourself, and what came of it in the end?"


@dataclass
class SlowVoice:
    """Synthesises one sentence whenever the test lets it, and notes the order."""

    made: list[str] = field(default_factory=list)
    may_go_on: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    config: Any = field(default_factory=lambda: SimpleNamespace(sample_rate=22_050))

    def synthesize(self, text: str) -> Iterator[Any]:
        if "unspeakable" in text:
            raise ValueError(text)
        self.may_go_on.acquire()
        self.made.append(text)
        yield SimpleNamespace(audio_int16_bytes=text.encode())


@dataclass
class RunningService:
    voice: SlowVoice
    socket: Path
    folder: Path

    def client(self, name: str) -> VoiceClient:
        """A client with a cache of its own, as a process of another interview's that found nothing in it."""
        return VoiceClient(self.socket, self.folder / name)


@pytest.fixture
async def service(tmp_path: Path):
    voice = SlowVoice()
    served = VoiceService(voice)  # type: ignore[arg-type]
    socket = tmp_path / "voice.sock"
    server = await asyncio.start_unix_server(served.connection, path=str(socket))
    working = asyncio.create_task(served.work())
    yield RunningService(voice, socket, tmp_path)
    voice.may_go_on.release(100)
    server.close()
    working.cancel()


async def heard(client: VoiceClient, text: str) -> bytes:
    return b"".join([piece async for piece in client.synthesise(text)])


def test_a_text_is_synthesised_sentence_by_sentence():
    assert sentences_of("One. Two? Three!  Four: five; six") == [
        "One.",
        "Two?",
        "Three!",
        "Four:",
        "five;",
        "six",
    ]
    assert sentences_of(" 3.5 people ") == ["3.5 people"]
    assert sentences_of("") == []


async def test_what_somebody_waits_for_comes_before_what_may_be_said_later(service: RunningService):
    ahead = asyncio.create_task(service.client("a").prepare("First ahead. Second ahead."))
    others = [asyncio.create_task(service.client(f"b{n}").prepare(f"Ahead {n}.")) for n in range(5)]
    await asyncio.sleep(0.1)
    now = asyncio.create_task(heard(service.client("c"), "Said now. Said next."))
    await asyncio.sleep(0.1)
    service.voice.may_go_on.release(100)
    assert await now == b"Said now.Said next."
    await asyncio.gather(ahead, *others)
    # One sentence was being made already; everything else waits.
    assert service.voice.made[1:3] == ["Said now.", "Said next."]
    assert service.voice.made[-1] == "Second ahead."


async def test_a_sentence_that_two_want_is_made_once_and_at_the_better_place(service: RunningService):
    ahead = [asyncio.create_task(service.client(f"a{n}").prepare(f"Ahead {n}.")) for n in range(4)]
    await asyncio.sleep(0.1)
    now = asyncio.create_task(heard(service.client("b"), "Ahead 3."))
    await asyncio.sleep(0.1)
    service.voice.may_go_on.release(100)
    await asyncio.gather(now, *ahead)
    assert service.voice.made[1] == "Ahead 3."
    assert sorted(service.voice.made) == ["Ahead 0.", "Ahead 1.", "Ahead 2.", "Ahead 3."]


async def test_a_sentence_made_once_is_kept_for_every_interview_after_it(service: RunningService):
    service.voice.may_go_on.release(2)
    await service.client("a").prepare("Kept one. Kept two.")
    assert await heard(service.client("a"), "Kept two. Kept one.") == b"Kept two.Kept one."
    assert service.voice.made == ["Kept one.", "Kept two."]


async def test_what_was_worded_for_one_candidate_leaves_nothing_behind(service: RunningService):
    service.voice.may_go_on.release(2)
    client = service.client("a")
    client.keep(["A bank's sentence."])
    assert await heard(client, "A bank's sentence. You said that Petra fell ill.") != b""
    assert len(list((service.folder / "a").iterdir())) == 1


async def test_a_sentence_that_cannot_be_said_fails_alone(service: RunningService):
    service.voice.may_go_on.release(1)
    with pytest.raises(SpeechServiceError, match="could not be synthesised"):
        await heard(service.client("a"), "An unspeakable thing.")
    assert await heard(service.client("a"), "A good one.") == b"A good one."


@pytest.mark.stack
@pytest.mark.models
async def test_what_aila_says_can_be_understood(stack: VoiceStack, tmp_path: Path):
    said = await heard(VoiceClient(stack.installation.run_dir / "voice.sock", tmp_path / "cache"), TEXT)
    samples = resampled(np.frombuffer(said, dtype="<i2").astype(np.float32) / 32768.0, 22_050)
    recogniser = RecogniserClient(stack.installation.run_dir / "recogniser.sock")
    found = await recogniser.recognise((samples * 32767).astype("<i2").tobytes(), "final")
    await recogniser.aclose()
    assert found is not None
    assert word_error_rate(TEXT, found.text) <= 0.15


@pytest.mark.stack
@pytest.mark.models
async def test_a_voice_killed_in_mid_sentence_is_waited_for_and_says_all_of_it(
    stack: VoiceStack, tmp_path: Path
):
    client = VoiceClient(stack.installation.run_dir / "voice.sock", tmp_path / "cache")
    os.kill(stack.processes["voice"].pid, signal.SIGSTOP)
    asked = asyncio.create_task(heard(client, TEXT))
    await asyncio.sleep(0.1)
    os.kill(stack.processes["voice"].pid, signal.SIGKILL)
    await asyncio.to_thread(stack.processes["voice"].wait)
    await asyncio.to_thread(stack.start_module, "voice", "agent.speech.voice_process")
    said = await asked
    again = await heard(VoiceClient(stack.installation.run_dir / "voice.sock", tmp_path / "other"), TEXT)
    assert len(said) > 22_050 * 2 * 3
    assert abs(len(said) - len(again)) < 22_050 * 2 * 1.5
