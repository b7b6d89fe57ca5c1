"""The transcript of an interview, format ``aila.transcript/1``: what the scorers read."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from records.events import AilaTurnKind, CandidateTurnKind


def _encodable(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("holds half of a character (a lone surrogate)") from error
    return text


Text = Annotated[str, AfterValidator(_encodable)]
NonNegativeSeconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TranscriptWord(_Strict):
    text: Text
    start: NonNegativeSeconds
    end: NonNegativeSeconds
    probability: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None


class BankReference(_Strict):
    id: Text
    version: Text


class Turn(_Strict):
    id: Text
    speaker: Literal["aila", "candidate"]
    kind: Literal[AilaTurnKind, CandidateTurnKind]
    text: Text
    question_id: Text | None = None
    criteria: tuple[Text, ...] | None = None
    """Criteria that the question targets; None: all."""
    start: NonNegativeSeconds
    end: NonNegativeSeconds | None = None
    words: tuple[TranscriptWord, ...] | None = None
    withdrawn: bool = False
    """Of a question: the candidate took the answer back afterwards; nothing of it is in the transcript."""


class Transcript(_Strict):
    """Turns in the order of their start; ids unique."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    schema_: Literal["aila.transcript/1"] = Field(default="aila.transcript/1", alias="schema")
    session_id: Text
    bank: BankReference
    locale: Text = "en"
    turns: tuple[Turn, ...]

    @model_validator(mode="after")
    def _unique_turn_ids(self) -> "Transcript":
        seen: set[str] = set()
        for place, turn in enumerate(self.turns):
            if turn.id in seen:
                raise PydanticCustomError(
                    "repeated_turn_id",
                    "turn ids must be unique, repeated: {id}",
                    {"id": turn.id, "place": place},
                )
            seen.add(turn.id)
        return self
