"""The transcript of an interview, format ``aila.transcript/1``: what the scorers read."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from records.events import AilaTurnKind, CandidateTurnKind

NonNegativeSeconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TranscriptWord(_Strict):
    text: str
    start: NonNegativeSeconds
    end: NonNegativeSeconds
    probability: Annotated[float, Field(ge=0, le=1)] | None = None


class BankReference(_Strict):
    id: str
    version: str


class Turn(_Strict):
    id: str
    speaker: Literal["aila", "candidate"]
    kind: AilaTurnKind | CandidateTurnKind
    text: str
    question_id: str | None = None
    criteria: tuple[str, ...] | None = None
    """Criteria that the question targets; None: all."""
    start: NonNegativeSeconds
    end: NonNegativeSeconds | None = None
    words: tuple[TranscriptWord, ...] | None = None


class Transcript(_Strict):
    """Turns in the order of their start; ids unique."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    schema_: Literal["aila.transcript/1"] = Field(default="aila.transcript/1", alias="schema")
    session_id: str
    bank: BankReference
    locale: str = "en"
    turns: tuple[Turn, ...]

    @model_validator(mode="after")
    def _unique_turn_ids(self) -> "Transcript":
        ids = [turn.id for turn in self.turns]
        repeated = sorted({i for i in ids if ids.count(i) > 1})
        if repeated:
            raise ValueError(f"turn ids must be unique, repeated: {', '.join(repeated)}")
        return self
