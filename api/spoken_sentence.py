"""A sentence read aloud before the interview: its words come back to the browser, and nothing is kept."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field

from api.context import ContextDependency
from api.invited import look_up
from api.problems import BadRequest, BodyTooLarge, Unavailable, UnsupportedMedia
from api.recogniser import recognise
from api.schemas import ResponseBody

SAMPLE_RATE_HZ, BYTES_PER_SAMPLE = 16_000, 2
MAX_S = 12
MAX_BYTES = MAX_S * SAMPLE_RATE_HZ * BYTES_PER_SAMPLE
PATH = "/api/candidate/spoken-sentence"
MEDIA_TYPE = "audio/l16"
_AT_ONCE = asyncio.BoundedSemaphore(2)
"""Interviews come first: no more checks than this wait for the host's one recogniser."""
router = APIRouter(tags=["candidate"])


class HeardSentence(ResponseBody):
    text: str | None = Field(
        description="What was recognised, empty if nothing was; null if there was no time for a first look."
    )


@router.post(
    PATH,
    operation_id="hear_sentence",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def hear_sentence(
    request: Request,
    context: ContextDependency,
    invite: Annotated[str, Query(min_length=1, max_length=2048)],
    final: Annotated[bool, Query(description="False for a look at what has been said so far.")] = True,
) -> HeardSentence:
    """Return the words in a sound of at most 12 s (16 kHz, mono, 16 bits little endian); keep nothing."""
    context.rate_limits.speaking(request, invite)
    (await run_in_threadpool(look_up, context, invite)).require_not_over()
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != MEDIA_TYPE:
        raise UnsupportedMedia(f"Send the sound as `{MEDIA_TYPE}`.")
    pcm = await request.body()
    if len(pcm) > MAX_BYTES:
        raise BodyTooLarge(f"A sentence may take at most {MAX_S} s.")
    if len(pcm) % BYTES_PER_SAMPLE:
        raise BadRequest("The sound is not of 16-bit samples.")
    if not pcm:
        return HeardSentence(text="")
    if _AT_ONCE.locked():
        raise Unavailable("Others are trying their microphones just now. Please try again in a moment.")
    async with _AT_ONCE:
        return HeardSentence(
            text=await recognise(context.installation.run_dir / "recogniser.sock", pcm, final=final)
        )
