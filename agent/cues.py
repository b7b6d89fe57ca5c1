"""What travels on Aila's own data topics; JSON, schemas in ``docs/schemas``."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from records.events import Control, EndReason

CUE_TOPIC = "aila.cue"
CONTROL_TOPIC = "aila.control"


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CueMessage(_Message):
    """A hint for the avatar."""

    type: Literal["cue"] = "cue"
    name: Literal["listening", "nod", "encourage", "waiting", "thinking", "reminder"]
    at_s: float


class ProgressMessage(_Message):
    """Where the interview stands; sent whenever it changes and when the candidate connects."""

    type: Literal["progress"] = "progress"
    phase: Literal["waiting", "opening", "practice", "questions", "closing", "ended"]
    question_id: str | None
    question_text: str | None
    question_number: int
    question_count: int
    minutes_left: int
    floor: Literal["aila", "candidate", "nobody"]
    paused: bool


class EndedMessage(_Message):
    type: Literal["ended"] = "ended"
    reason: EndReason


class ControlAckMessage(_Message):
    """The control of this id has been stored."""

    type: Literal["control_ack"] = "control_ack"
    id: str


class AliveMessage(_Message):
    """Sent once a second: a page that hears none for some seconds tells the candidate that Aila is gone."""

    type: Literal["alive"] = "alive"


class ControlMessage(_Message):
    """A button of the candidate's; one sent twice with the same id counts once."""

    control: Control
    id: Annotated[str, Field(min_length=8, max_length=64)]


AilaMessage = CueMessage | ProgressMessage | EndedMessage | ControlAckMessage | AliveMessage
