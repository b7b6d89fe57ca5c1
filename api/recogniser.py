"""Asks the host's recogniser process for the words in a short sound, in memory only.

The frames are those of ``agent/speech/protocol.py``: four bytes of header length, four bytes of body
length (big endian), a JSON header, a body of raw audio. The api may not import the voice body, so it
speaks them itself.
"""

import asyncio
import json
import struct
from pathlib import Path
from typing import Any

from api.problems import Unavailable

TIMEOUT_S = 15.0
_LENGTHS = struct.Struct(">II")
_MAX_ANSWER_BYTES = 1 << 20
_AWAY = "Speech cannot be recognised right now. The interview can be begun all the same."


async def recognise(socket_path: Path, pcm: bytes, *, final: bool) -> str | None:
    """Return the words in ``pcm`` (16 kHz, mono, 16 bits little endian); empty if there are none.

    None if ``final`` is false and the recogniser had better things to do.

    Raises
    ------
    Unavailable
        If the recogniser does not answer in time, or refuses.
    """
    try:
        async with asyncio.timeout(TIMEOUT_S):
            answer = await _ask(socket_path, pcm, "final" if final else "interim")
    except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError):
        raise Unavailable(_AWAY) from None
    if answer.get("dropped"):
        return None
    if not isinstance(answer.get("text"), str):
        raise Unavailable(_AWAY)
    return str(answer["text"])


async def _ask(socket_path: Path, pcm: bytes, urgency: str) -> dict[str, Any]:
    reader, writer = await asyncio.open_unix_connection(str(socket_path))
    try:
        header = json.dumps({"id": 1, "urgency": urgency}).encode()
        writer.write(_LENGTHS.pack(len(header), len(pcm)) + header + pcm)
        await writer.drain()
        header_bytes, body_bytes = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
        if header_bytes + body_bytes > _MAX_ANSWER_BYTES:
            raise ValueError("the recogniser's answer is too long")
        answer = json.loads(await reader.readexactly(header_bytes))
        return answer if isinstance(answer, dict) else {}
    finally:
        writer.close()
