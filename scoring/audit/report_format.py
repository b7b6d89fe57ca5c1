"""An audit's report, format ``aila.audit/1``: what a serious system reports, and what is missing."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Figure(_Frozen):
    name: str
    value: float | None = Field(None, description="Null where it is missing; `missing` then says why.")
    interval: tuple[float, float] | None = Field(None, description="95 % confidence; null without one.")
    of: str | None = Field(None, description="What it was computed from.")
    missing: str | None = Field(None, description="Why there is no value, and how many more it takes.")
    reached: bool | None = Field(
        None,
        description="Whether the serious level is reached; null where it sets none, or cannot be judged.",
    )


class PropertyRow(_Frozen):
    id: str
    property: str
    statistic: str
    level: str = Field(description="What a serious system reaches.")
    figures: Annotated[tuple[Figure, ...], Field(min_length=1)]


class GroupRow(_Frozen):
    """One line of Local Law 144's table."""

    category: tuple[str, ...] = Field(description="Sex, race/ethnicity, or both.")
    assessed: int | None = Field(description="Null: too few to be shown.")
    scoring_rate: Share | None = Field(description="Share above the sample's median score.")
    impact_ratio: float | None = Field(description="The rate by the highest group's rate.")
    impact_interval: tuple[float, float] | None
    fisher_p: Share | None = Field(description="Two-sided, beside the group with the highest rate.")
    below_four_fifths: bool | None
    note: str | None


class GroupTable(_Frozen):
    kind: Literal["sex", "race_ethnicity", "sex_and_race_ethnicity"]
    rows: tuple[GroupRow, ...]
    unknown: int | None = Field(description="Assessed, group not known. Null: too few to be shown.")


class DataSet(_Frozen):
    """What was audited."""

    source: str
    rubrics: tuple[str, ...] = Field(description="`id version` of each rubric that scored.")
    interviews: int = Field(description="Scored interviews.")
    transcripts: int
    with_group: int | None = Field(description="Interviews with self-reported groups. Null: too few to show.")
    ratings: int = Field(description="By people.")


class AuditReport(_Frozen):
    schema_: Literal["aila.audit/1"] = Field("aila.audit/1", alias="schema")
    data: DataSet
    rows: tuple[PropertyRow, ...]
    sample_median: float | None = Field(description="Of the overall scores, 0–3.")
    selection: tuple[GroupTable, ...] = Field(description="Local Law 144; empty where no group is known.")
    notes: tuple[str, ...]
