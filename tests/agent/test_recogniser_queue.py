"""In which order the recogniser process works on what it is asked, and how much at once."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np

from agent.speech.recogniser import RecogniserClient, Recognition, Urgency
from agent.speech.recogniser_process import CLOSING_WAITS_S, RecogniserService


class HeldEngine:
    """Notes what it is given, and answers when it is let go."""

    def __init__(self) -> None:
        self.begun: list[tuple[Urgency, int, str]] = []
        self._go_on = threading.Semaphore(0)

    def recognise(self, samples: np.ndarray, urgency: Urgency, in_haste: bool, said: str) -> Recognition:
        self.begun.append((urgency, samples.size, said))
        self._go_on.acquire()
        return Recognition(f"{urgency} {samples.size}")

    def let_go(self, answers: int = 1) -> None:
        self._go_on.release(answers)

    async def has_begun(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.begun) < count:  # noqa: ASYNC110 — filled by another thread
                await asyncio.sleep(0.005)


@asynccontextmanager
async def served(engine: HeldEngine, at_once: int, folder: Path) -> AsyncIterator[RecogniserClient]:
    service = RecogniserService(engine, at_once)  # type: ignore[arg-type]
    working = asyncio.create_task(service.work())
    server = await asyncio.start_unix_server(service.connection, folder / "recogniser.sock")
    client = RecogniserClient(folder / "recogniser.sock")
    try:
        yield client
    finally:
        engine.let_go(100)
        await client.aclose()
        server.close()
        working.cancel()
        await asyncio.wait({working})


def ask(
    client: RecogniserClient, samples: int, urgency: Urgency, said: str = ""
) -> asyncio.Task[Recognition | None]:
    return asyncio.create_task(client.recognise(bytes(2 * samples), urgency, said))


async def test_closing_words_go_before_finals_and_finals_before_interims(tmp_path: Path) -> None:
    engine = HeldEngine()
    async with served(engine, 1, tmp_path) as client:
        asked = [ask(client, 1, "final")]
        await engine.has_begun(1)
        asked += [ask(client, 2, "interim", "so far"), ask(client, 3, "final"), ask(client, 4, "closing")]
        await asyncio.sleep(0.1)
        engine.let_go(4)
        answers = await asyncio.gather(*asked)
    assert [urgency for urgency, _, _ in engine.begun] == ["final", "closing", "final", "interim"]
    assert engine.begun[-1] == ("interim", 2, "so far")
    assert [answer.text for answer in answers if answer] == ["final 1", "interim 2", "final 3", "closing 4"]


async def test_closing_words_that_come_too_late_are_dropped_and_hold_up_no_final(tmp_path: Path) -> None:
    engine = HeldEngine()
    async with served(engine, 1, tmp_path) as client:
        asked = [ask(client, 1, "final")]
        await engine.has_begun(1)
        asked += [ask(client, 2, "final"), ask(client, 3, "closing")]
        await asyncio.sleep(CLOSING_WAITS_S + 0.1)
        asked.append(ask(client, 4, "closing"))
        await asyncio.sleep(0.1)
        engine.let_go(4)
        answers = await asyncio.gather(*asked)
    assert [samples for _, samples, _ in engine.begun] == [1, 2, 4], "a final that waited long goes first"
    assert answers[2] is None


async def test_a_final_does_not_wait_for_an_interim(tmp_path: Path) -> None:
    engine = HeldEngine()
    async with served(engine, 2, tmp_path) as client, served_again(client) as other:
        asked = [ask(client, 1, "interim"), ask(other, 2, "interim")]
        await engine.has_begun(1)
        asked.append(ask(client, 3, "final"))
        await engine.has_begun(2)
        assert [urgency for urgency, _, _ in engine.begun] == ["interim", "final"], "one place is the finals'"
        engine.let_go(3)
        assert None not in await asyncio.gather(*asked)


@asynccontextmanager
async def served_again(client: RecogniserClient) -> AsyncIterator[RecogniserClient]:
    """Another interview's connection to the same process."""
    other = RecogniserClient(client.socket_path)
    yield other
    await other.aclose()
