"""Bodies of the studio's endpoints."""

from typing import Literal

from pydantic import Field

from api.schemas import Mode, ResponseBody
from records.feedback import Statement


class QuestionView(ResponseBody):
    id: str
    text: str
    criteria: tuple[str, ...]
    probes: int = Field(description="How many follow-ups the bank offers.")
    answers: int
    skipped: int
    median_words: float | None
    median_s: float | None = Field(description="Median spoken answer in seconds; null if none was spoken.")


class FindingView(ResponseBody):
    severity: Literal["error", "warning"]
    where: str
    message: str


class BankView(ResponseBody):
    id: str
    version: str
    title: str
    content_hash: str
    interview_s: float = Field(description="What the bank allows for the whole interview by talking.")
    minutes: int = Field(description="How long an interview will probably take by talking; at least 1.")
    minutes_typed: int
    questions: tuple[QuestionView, ...]
    findings: tuple[FindingView, ...]


class BehaviourView(ResponseBody):
    id: str
    statement: str
    techniques: tuple[str, ...]


class CriterionView(ResponseBody):
    id: str
    name: str
    behaviours: tuple[BehaviourView, ...]


class RubricView(ResponseBody):
    id: str
    version: str
    title: str
    criteria: tuple[CriterionView, ...]


class StatementSummaryView(ResponseBody):
    statement: Statement
    n: int
    mean: float | None = Field(description="1 not at all to 5 fully; null where too few rated it.")


class FeedbackSummaryView(ResponseBody):
    """How interviews with one version of a bank felt to candidates."""

    bank_id: str
    bank_version: str
    mode: Mode
    n: int
    statements: tuple[StatementSummaryView, ...]
    comments: tuple[str, ...] = Field(description="In alphabetical order; none where too few gave feedback.")
