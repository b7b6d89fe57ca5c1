"""What every domain's bodies are made of: strict models, ids, the problem document."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

Mode = Literal["voice", "text"]
SessionStatus = Literal["created", "active", "ended", "processing", "scored", "failed"]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
ClientId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$", description="A UUID made by the client.")]
PROBLEM_MEDIA_TYPE = "application/problem+json"


class RequestBody(BaseModel):
    """A body sent to the api: no conversion of types, no unknown field."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @field_validator("*", mode="after")
    @classmethod
    def _without_nul(cls, value: Any) -> Any:
        """Refuse the one character that PostgreSQL cannot store."""
        if isinstance(value, str) and "\0" in value:
            raise ValueError("the NUL character is not allowed")
        return value


class ResponseBody(BaseModel):
    """A body that the api answers with."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldProblem(ResponseBody):
    """One thing that is wrong with a request."""

    field: str = Field(description="Where: the path of the field, joined with dots.")
    message: str = Field(description="What is wrong.")
    expected: str | None = Field(description="What would be right; null where the message says it all.")


class Problem(ResponseBody):
    """An error, as RFC 9457 has it."""

    type: str = Field(description="A URI of the kind of problem, `urn:aila:problem:…`.")
    title: str
    status: int
    detail: str
    errors: tuple[FieldProblem, ...] | None = None
