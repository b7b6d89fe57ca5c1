"""How important each criterion is in common roles: defaults for importance, never for a required level."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from question_bank.yaml_file import parse_model, read_text
from scoring.errors import RoleProfileError
from scoring.rubric import Slug

SHIPPED_PROFILES = Path(__file__).parent / "profiles" / "onet-work-styles.yaml"
CLEARLY_APART = 0.25
"""On O*NET's 1–5 scale: a criterion this far above a role's mean is essential, this far below useful."""

Rating = Annotated[float, Field(ge=1, le=5)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Source(_Strict):
    name: str
    publisher: str
    licence: str
    url: str
    attribution: str


class Mapped(_Strict):
    """Which work styles stand for a criterion, and how well they do."""

    work_styles: Annotated[tuple[str, ...], Field(min_length=1)]
    match: Literal["close", "loose"]
    why: str


class Role(_Strict):
    id: Slug
    title: str
    soc_code: Annotated[str, Field(pattern=r"^\d\d-\d{4}\.\d\d$")]
    work_styles: Mapping[str, Rating]
    """O*NET's mean importance of each work style, 1–5."""


class RoleProfiles(_Strict):
    schema_: Literal["aila.role_profiles/1"] = Field(alias="schema")
    source: Source
    mapping: Mapping[Slug, Mapped]
    roles: tuple[Role, ...]

    @model_validator(mode="after")
    def _every_style_is_rated(self) -> "RoleProfiles":
        wanted = {style for mapped in self.mapping.values() for style in mapped.work_styles}
        for role in self.roles:
            missing = sorted(wanted - set(role.work_styles))
            if missing:
                raise ValueError(f"role {role.id} has no rating of {', '.join(missing)}")
        return self


@cache
def shipped_profiles() -> RoleProfiles:
    """Return the profiles that ship with Aila; raises RoleProfileError if the file is damaged."""
    return load_profiles(SHIPPED_PROFILES)


def load_profiles(path: Path) -> RoleProfiles:
    """Return the profiles in ``path``; raises RoleProfileError with file, line and column."""
    return parse_model(read_text(path, RoleProfileError), path, RoleProfiles, RoleProfileError)


def mean_ratings(profiles: RoleProfiles, role: Role) -> dict[str, float]:
    """Return criterion → mean rating (1–5) of the work styles that stand for it."""
    return {
        criterion: fmean(role.work_styles[style] for style in mapped.work_styles)
        for criterion, mapped in profiles.mapping.items()
    }


def importances(profiles: RoleProfiles, role: Role) -> dict[str, int]:
    """Return criterion → importance: 1 useful, 2 important, 3 essential.

    Nearly all work styles are important in nearly all roles, so what counts is where a criterion stands
    within its role: essential at least ``CLEARLY_APART`` above the role's mean over all criteria, useful as
    far below it, else important.
    """
    ratings = mean_ratings(profiles, role)
    middle = fmean(ratings.values())

    def step(rating: float) -> int:
        # Rounded: the mean of two-decimal ratings must not fall off the edge by a binary fraction.
        apart = round(rating - middle, 6)
        return 3 if apart >= CLEARLY_APART else 1 if apart <= -CLEARLY_APART else 2

    return {criterion: step(rating) for criterion, rating in ratings.items()}
