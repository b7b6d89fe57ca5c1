"""Bodies of making a position, of the roles that fill in importances, and of what an order hangs on."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.schemas import Identifier, RequestBody, ResponseBody
from api.schemas_recruiter import Importance, LevelRequest, VersionReference
from scoring.result import Score

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]


class PositionRequest(RequestBody):
    """A new position; it is pinned to the newest versions of its bank and rubric."""

    title: Title
    company: Title = Field(description="As candidates read it.")
    bank: Identifier
    rubric: Identifier = "behavioural"
    levels: Annotated[dict[str, LevelRequest], Field(max_length=64)] = Field(
        default_factory=dict, description="What it asks of each criterion; may be set later."
    )


class AvailableBank(ResponseBody):
    id: str
    version: str
    title: str
    questions: int
    minutes: int = Field(description="How long its interview will probably take by talking; at least 1.")


class MappedCriterion(ResponseBody):
    """Which of O*NET's work styles stand for a criterion."""

    work_styles: tuple[str, ...]
    match: Literal["close", "loose"] = Field(description="How well they stand for it.")
    why: str


class RoleView(ResponseBody):
    id: str
    title: str = Field(description="As O*NET names the occupation.")
    soc_code: str
    importance: dict[str, Importance] = Field(description="A default; a recruiter may change each.")


class PositionChoices(ResponseBody):
    """What a position can be made of."""

    banks: tuple[AvailableBank, ...] = Field(description="The newest version of each.")
    rubrics: tuple[VersionReference, ...] = Field(description="The newest version of each.")
    roles: tuple[RoleView, ...]
    mapping: dict[str, MappedCriterion]
    attribution: str = Field(description="To be shown wherever the roles are.")


class ImportanceChangeView(ResponseBody):
    criterion: str
    criterion_name: str
    now: Annotated[int, Field(ge=0, le=3)]
    then: Annotated[int, Field(ge=0, le=3, description="0: it does not count.")]


class ScoreChangeView(ResponseBody):
    session_id: str = Field(description="Whose score it is.")
    criterion: str
    criterion_name: str
    now: Score
    then: Score = Field(description="The score, inside its interval, at which the two stand level.")
    interval: tuple[Score, Score]


class PairView(ResponseBody):
    """Two neighbours of the order, and what it hangs on."""

    upper: str = Field(description="Session id of the one who stands first.")
    upper_name: str
    lower: str
    lower_name: str
    difference: float = Field(description="Of the overall scores.")
    tied: bool = Field(description="Whether the intervals overlap.")
    importance_change: ImportanceChangeView | None = Field(
        description="The smallest change of one importance that turns them round; null: there is none."
    )
    score_change: ScoreChangeView | None = Field(
        description="The smallest move of one score inside its interval that makes them level; null: none."
    )


class PlaceView(ResponseBody):
    session_id: str
    candidate_name: str
    share: Annotated[float, Field(ge=0, le=1)] = Field(
        description="Share of draws from the intervals in which this candidate is among the first."
    )


class SensitivityView(ResponseBody):
    top: int = Field(description="How many the first are.")
    draws: int
    places: tuple[PlaceView, ...] = Field(description="Everybody who was scored, in their order.")
    pairs: tuple[PairView, ...] = Field(description="From the top of the list down.")
