"""Frames between the agent and the speech processes on a Unix socket.

A frame is four bytes of header length, four bytes of body length (big endian), a JSON header, a body of
raw audio.
"""

import asyncio
import json
import struct
from typing import Any

from agent.errors import SpeechServiceError

_LENGTHS = struct.Struct(">II")
MAX_HEADER_BYTES = 1 << 20
MAX_BODY_BYTES = 64 << 20


def frame(header: dict[str, Any], body: bytes = b"") -> bytes:
    """Return one frame as it travels."""
    encoded = json.dumps(header).encode()
    return _LENGTHS.pack(len(encoded), len(body)) + encoded + body


async def write_frame(writer: asyncio.StreamWriter, header: dict[str, Any], body: bytes = b"") -> None:
    """Send one frame and wait until the buffer has room."""
    writer.write(frame(header, body))
    await writer.drain()


async def read_frame(reader: asyncio.StreamReader) -> tuple[dict[str, Any], bytes]:
    """Return the next frame.

    Raises
    ------
    asyncio.IncompleteReadError
        If the other side closed the connection.
    SpeechServiceError
        If what arrives is no frame.
    """
    header_bytes, body_bytes = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
    if header_bytes > MAX_HEADER_BYTES or body_bytes > MAX_BODY_BYTES:
        raise SpeechServiceError(f"a frame of {header_bytes} + {body_bytes} bytes is too large")
    try:
        header = json.loads(await reader.readexactly(header_bytes))
    except ValueError as error:
        raise SpeechServiceError("a frame's header is not JSON") from error
    if not isinstance(header, dict):
        raise SpeechServiceError("a frame's header is not an object")
    return header, await reader.readexactly(body_bytes)
