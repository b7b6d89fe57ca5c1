"""What the candidate sees in the room: messages, captions, Aila's state."""

import asyncio
import logging
from collections.abc import Awaitable

from livekit import rtc

from agent.captions import Captions
from agent.cues import CUE_TOPIC, AilaMessage, AliveMessage

logger = logging.getLogger(__name__)
ALIVE_EVERY_S = 1.0


class RoomStage:
    """Publishes to one room. A candidate who is away misses nothing that matters: failures are ignored.

    Parameters
    ----------
    only_to
        The participants who get messages and captions; empty: everybody in the room.
    """

    def __init__(self, room: rtc.Room, track_id: str, only_to: tuple[str, ...] = ()) -> None:
        self._room, self._track_id, self._only_to = room, track_id, list(only_to)
        self._captions = Captions(room.local_participant, only_to)
        self._state = ""

    async def show(self, message: AilaMessage) -> None:
        await self._attempt(
            self._room.local_participant.publish_data(
                message.model_dump_json(),
                reliable=True,
                destination_identities=self._only_to,
                topic=CUE_TOPIC,
            )
        )

    async def show_life(self) -> None:
        """Tell the page once a second, until cancelled, that somebody is there."""
        message = AliveMessage().model_dump_json()
        while True:
            publish = self._room.local_participant.publish_data
            await self._attempt(publish(message, reliable=False, topic=CUE_TOPIC))
            await asyncio.sleep(ALIVE_EVERY_S)

    async def aila_says(self, turn_id: str, text: str) -> None:
        await self._attempt(
            self._captions.publish(text, turn_id, True, self._room.local_participant.identity, self._track_id)
        )

    async def candidate_says(self, text: str, segment_id: str, final: bool, identity: str) -> None:
        await self._attempt(self._captions.publish(text, segment_id, final, identity, None))

    async def state(self, name: str) -> None:
        if name != self._state:
            self._state = name
            await self._attempt(self._room.local_participant.set_attributes({"lk.agent.state": name}))

    async def _attempt(self, sending: Awaitable[object]) -> None:
        try:
            await sending
        except Exception as error:
            # The SDK raises a different type for each call; none may end an interview.
            logger.warning("nothing could be shown: %s", type(error).__name__)
