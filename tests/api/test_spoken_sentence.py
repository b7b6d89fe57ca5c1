"""A sentence read aloud before the interview: recognised, shown, and kept nowhere."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from agent.speech.protocol import read_frame, write_frame
from api.spoken_sentence import MAX_BYTES
from tests.api.conftest import Api

PCM = b"\x11\x22" * 8_000
HEARD = "On Monday I met the zweibelkuchen committee."


class Recogniser:
    """A recogniser at the socket, as the host's answers; it remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[dict[str, Any], bytes]] = []
        self.answer: dict[str, Any] = {"id": 1, "text": HEARD, "words": []}

    async def connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked.append(await read_frame(reader))
        await write_frame(writer, self.answer)
        writer.close()


@pytest.fixture
async def recogniser(api: Api) -> AsyncIterator[Recogniser]:
    found = Recogniser()
    run_dir = api.context.installation.run_dir
    run_dir.mkdir(exist_ok=True)
    server = await asyncio.start_unix_server(found.connection, run_dir / "recogniser.sock")
    yield found
    server.close()


async def send(api: Api, invite: str, pcm: bytes = PCM, *, final: bool = True, kind: str = "audio/l16"):
    return await api.http.post(
        "/api/candidate/spoken-sentence",
        params={"invite": invite, "final": str(final).lower()},
        content=pcm,
        headers={"Content-Type": kind},
    )


async def test_what_was_read_comes_back_in_words(api: Api, recogniser: Recogniser) -> None:
    answer = await send(api, api.invite())
    assert (answer.status_code, answer.json()) == (200, {"text": HEARD})
    assert recogniser.asked == [({"id": 1, "urgency": "final"}, PCM)]


async def test_a_look_on_the_way_gives_way_to_interviews(api: Api, recogniser: Recogniser) -> None:
    recogniser.answer = {"id": 1, "dropped": True}
    answer = await send(api, api.invite(), final=False)
    assert answer.json() == {"text": None}
    assert recogniser.asked[0][0]["urgency"] == "interim"


async def test_no_store_holds_the_sound_or_the_words(api: Api, recogniser: Recogniser) -> None:
    invite = api.invite()
    before = _contents(api.context.installation.data_dir)
    assert (await send(api, invite)).status_code == 200
    after = _contents(api.context.installation.data_dir)
    assert after.keys() == before.keys()
    held = b"".join(after.values())
    assert PCM[:64] not in held
    assert b"zweibelkuchen" not in held


async def test_without_a_recogniser_the_problem_says_that_one_may_begin(api: Api) -> None:
    answer = await send(api, api.invite())
    assert answer.status_code == 503
    assert "begun all the same" in answer.json()["detail"]


@pytest.mark.parametrize("garbage", [{"id": 1, "error": "no"}, {"id": 1, "text": 7}])
async def test_an_answer_that_is_none_is_no_answer(
    api: Api, recogniser: Recogniser, garbage: dict[str, Any]
) -> None:
    recogniser.answer = garbage
    assert (await send(api, api.invite())).status_code == 503


async def test_what_is_no_such_sound_is_refused(api: Api, recogniser: Recogniser) -> None:
    invite = api.invite()
    refused: list[tuple[httpx.Response, int]] = [
        (await send(api, "no.such"), 400),
        (await send(api, invite, b"\0" * (MAX_BYTES + 2)), 413),
        (await send(api, invite, b"\0\0\0"), 400),
        (await send(api, invite, kind="text/plain"), 415),
    ]
    assert [answer.status_code for answer, _ in refused] == [status for _, status in refused]
    assert recogniser.asked == []
    assert (await send(api, invite, b"")).json() == {"text": ""}


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
