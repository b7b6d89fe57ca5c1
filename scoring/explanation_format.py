"""What an explanation of a score says, format ``aila.explanation/1``."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from scoring.exclusion import Exclusion
from scoring.result import Evidence, IndicatorValue, RubricReference


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Payment(_Frozen):
    """What one statement pays for one behaviour."""

    quote: Evidence
    techniques: dict[str, float]
    """Strength by kind of technique; patterns and concepts are there (1) or not."""
    strength: float
    """Of the behaviour at this statement, from the techniques."""
    divided_by: int
    """1, 2, 4 …: the statement shows as many behaviours more plainly, and pays each by half."""
    times: float
    """1, 0.4, 0.16 …: by how much the behaviour's next statements count."""
    adds: float
    """``strength / divided_by × times``."""


class BehaviourPart(_Frozen):
    id: str
    statement: str
    value: IndicatorValue
    strength: float
    """In [0, 1]: the sum of what the statements add, at most 1."""
    payments: tuple[Payment, ...]
    further: float
    """What further statements add together, each next to nothing."""
    contradicting: tuple[Evidence, ...]


class Excluded(_Frozen):
    """A statement that would have counted if it told an own past act."""

    quote: Evidence
    reason: Exclusion
    in_words: str
    behaviour: str
    strength: float
    """Of the behaviour there, had the statement counted."""


class ResponsePart(_Frozen):
    """The computation for the answers to one question."""

    question_id: str | None
    question: str | None
    targets_the_criterion: bool
    turns: tuple[str, ...]
    words: int
    mean_probability: float | None
    clauses: int
    counted: int
    not_counted: dict[Exclusion, int]
    behaviours: tuple[BehaviourPart, ...]
    breadth_of_behaviours: float
    plainest_statements: tuple[float, ...]
    breadth_of_statements: float
    breadth: float
    concreteness: float
    acts: float
    result: float
    lesson: float
    told: float
    score: float
    nearest_not_counted: tuple[Excluded, ...]


class IntervalPart(_Frozen):
    """By how much the interval reaches above the score, and further below it, before it is cut at 0 and 3."""

    always: float
    few_answers: float
    lone: float
    """Behaviours that one kind of technique alone found."""
    recognition: float
    contradicted: float
    """Below only."""


class Explanation(_Frozen):
    """Format ``aila.explanation/1``."""

    schema_: Literal["aila.explanation/1"] = Field("aila.explanation/1", alias="schema")
    session_id: str
    rubric: RubricReference
    criterion: str
    name: str
    definition: str
    source: str | None
    abstained: bool
    reason: str | None
    score: float | None
    interval: tuple[float, float] | None
    decimals: int
    """Of the numbers in ``responses``."""
    responses: tuple[ResponsePart, ...]
    width: IntervalPart | None
    provenance: dict[str, str]
    """What decided the score; ``digest`` is the hash that the scores carry."""
