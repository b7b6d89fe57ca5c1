"""What the driver needs of a candidate's side, of Aila's voice and of the page."""

from typing import Protocol

from agent.cues import AilaMessage
from agent.interview.actions import Hearing


class Ears(Protocol):
    """What the driver needs of the candidate's side; see :class:`agent.listening.Listener`."""

    @property
    def speaking_since_s(self) -> float | None: ...

    def hearing(self, now_s: float, turn_since_s: float) -> Hearing: ...

    async def flush(self) -> None: ...


class Mouth(Protocol):
    """What the driver needs of Aila's side; see :class:`agent.speaking.Speaker`."""

    async def say(self, text: str) -> None: ...

    def hold(self) -> None: ...

    def go_on(self) -> None: ...

    @property
    def heard(self) -> str:
        """What of the latest text has been heard."""
        ...

    async def murmur(self, text: str) -> None: ...


class Stage(Protocol):
    """What the candidate sees; see :class:`agent.stage.RoomStage`."""

    async def show(self, message: AilaMessage) -> None: ...

    async def aila_says(self, turn_id: str, text: str) -> None: ...

    async def state(self, name: str) -> None: ...
