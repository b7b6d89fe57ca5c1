"""Bodies of the voluntary questions about groups."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from api.schemas import RequestBody, ResponseBody
from records.group_categories import RaceEthnicity, Sex


class GroupAnswerRequest(RequestBody):
    agreed: Literal[True] = Field(description="That the answers are stored apart, for audits alone.")
    text_version: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,32}$")] = Field(
        description="Version of the text that was agreed to."
    )
    sex: Sex
    race_ethnicity: RaceEthnicity


class GroupAnswerView(ResponseBody):
    sex: Sex
    race_ethnicity: RaceEthnicity
    text_version: str
    given_on: date


class GroupQuestionsView(ResponseBody):
    offered: bool = Field(description="Whether this installation asks.")
    answer: GroupAnswerView | None = Field(description="One's own; null if none is stored.")
