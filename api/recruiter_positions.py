"""Recruiters' endpoints around a position: what it can be made of, making it, what its order hangs on."""

import re
import secrets
import unicodedata
from typing import Annotated

from fastapi import APIRouter, Query

from agent.interview.estimate import expected_minutes
from api.authentication import RecruiterRoute
from api.context import Context, ContextDependency
from api.positions_view import checked_levels, position_view
from api.problems import Unprocessable
from api.schemas import FieldProblem, Identifier
from api.schemas_positions import (
    AvailableBank,
    MappedCriterion,
    PositionChoices,
    PositionRequest,
    RoleView,
    SensitivityView,
)
from api.schemas_recruiter import PositionView, VersionReference
from api.sensitivity_view import sensitivity_view
from question_bank.errors import UnknownBank
from question_bank.library import BankSummary
from records import positions
from scoring.errors import UnknownRubric
from scoring.role_profiles import importances, shipped_profiles

router = APIRouter(prefix="/api/recruiter", tags=["recruiter"], route_class=RecruiterRoute)
_MAX_SLUG = 40


@router.get("/position-choices", operation_id="list_position_choices")
def list_position_choices(context: ContextDependency) -> PositionChoices:
    """Return the banks and rubrics that there are, and the roles that fill in importances."""
    profiles = shipped_profiles()
    rubrics = {rubric.id: rubric for rubric in reversed(context.rubrics.list())}  # the newest stays
    return PositionChoices(
        banks=tuple(_bank(context, summary) for summary in _newest_banks(context)),
        rubrics=tuple(VersionReference(id=r.id, version=r.version) for _, r in sorted(rubrics.items())),
        roles=tuple(
            RoleView(
                id=role.id, title=role.title, soc_code=role.soc_code, importance=importances(profiles, role)
            )
            for role in profiles.roles
        ),
        mapping={
            criterion: MappedCriterion(work_styles=mapped.work_styles, match=mapped.match, why=mapped.why)
            for criterion, mapped in profiles.mapping.items()
        },
        attribution=profiles.source.attribution,
    )


@router.post("/positions", operation_id="create_position", status_code=201)
def create_position(context: ContextDependency, body: PositionRequest) -> PositionView:
    """Make a position with the newest version of its bank and rubric."""
    try:
        bank = context.banks.load(body.bank)
    except UnknownBank:
        raise _unknown("bank", [summary.id for summary in _newest_banks(context)]) from None
    try:
        rubric = context.rubrics.load(body.rubric)
    except UnknownRubric:
        raise _unknown("rubric", [rubric.id for rubric in context.rubrics.list()]) from None
    levels = checked_levels(rubric, body.levels)
    with context.database.transaction() as session:
        position = positions.create(
            session,
            f"{_slug(body.title)}-{secrets.token_hex(3)}",
            body.title,
            body.company,
            (bank.id, bank.version),
            (rubric.id, rubric.version),
            levels,
        )
    return position_view(context, position.id)


@router.get("/positions/{position_id}/ranking/sensitivity", operation_id="read_sensitivity")
def read_sensitivity(
    context: ContextDependency,
    position_id: Identifier,
    top: Annotated[int, Query(ge=1, le=100, description="How many the first places are.")] = 3,
) -> SensitivityView:
    """Return how safe the first places are, and what would turn each two neighbours of the order round."""
    return sensitivity_view(context, position_id, top)


def _newest_banks(context: Context) -> list[BankSummary]:
    newest: dict[str, BankSummary] = {}
    for summary in context.banks.list():
        newest.setdefault(summary.id, summary)
    return list(newest.values())


def _bank(context: Context, summary: BankSummary) -> AvailableBank:
    return AvailableBank(
        id=summary.id,
        version=summary.version,
        title=summary.title,
        questions=summary.questions,
        minutes=expected_minutes(context.banks.load(summary.id, summary.version), "voice"),
    )


def _unknown(field: str, known: list[str]) -> Unprocessable:
    expected = f"one of {', '.join(sorted(set(known)))}"
    problem = FieldProblem(field=field, message=f"There is no such {field}.", expected=expected)
    return Unprocessable(f"The position cannot be made: there is no such {field}.", errors=[problem])


def _slug(title: str) -> str:
    """Return what addresses show of a title: plain letters, digits and lines."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_MAX_SLUG].strip("-") or "position"
