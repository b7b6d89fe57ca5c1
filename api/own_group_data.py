"""A candidate's own answers about groups: given voluntarily afterwards, seen and withdrawn at any time.

No other page reads them; see :mod:`records.group_data`.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from api.candidate_token import CandidateRoute, SessionIdDependency
from api.context import ContextDependency
from api.problems import Conflict
from api.schemas_group_data import GroupAnswerRequest, GroupAnswerView, GroupQuestionsView
from records import sessions
from records.group_data import GroupAnswer, GroupData

router = APIRouter(prefix="/api/candidate", tags=["candidate"], route_class=CandidateRoute)


def _group_data(request: Request) -> GroupData:
    return request.app.state.group_data


GroupDataDependency = Annotated[GroupData, Depends(_group_data)]


@router.get("/group-data", operation_id="read_own_group_data")
def read_own_group_data(
    context: ContextDependency, group_data: GroupDataDependency, session_id: SessionIdDependency
) -> GroupQuestionsView:
    """Return whether the questions are asked here, and one's own answer."""
    with context.database.reading() as session:
        sessions.get(session, session_id)
    return _view(group_data, session_id)


@router.put("/group-data", operation_id="give_own_group_data")
def give_own_group_data(
    context: ContextDependency,
    group_data: GroupDataDependency,
    session_id: SessionIdDependency,
    body: GroupAnswerRequest,
) -> GroupQuestionsView:
    """Store one's answers apart from the interview, in the place of earlier ones."""
    if not group_data.offered:
        raise Conflict("These questions are not asked here; nothing was stored.")
    with context.database.reading() as session:
        found = sessions.get(session, session_id)
    if found.status in sessions.OPEN_STATUSES:
        raise Conflict("These questions are asked after the interview; nothing was stored.")
    group_data.record(session_id, body.sex, body.race_ethnicity, body.text_version)
    return _view(group_data, session_id)


@router.delete("/group-data", operation_id="withdraw_own_group_data")
def withdraw_own_group_data(
    context: ContextDependency, group_data: GroupDataDependency, session_id: SessionIdDependency
) -> GroupQuestionsView:
    """Delete one's answers for good; nothing else changes."""
    with context.database.reading() as session:
        sessions.get(session, session_id)
    group_data.withdraw(session_id)
    return _view(group_data, session_id)


def exported(answer: GroupAnswer | None) -> dict[str, str] | None:
    """Return an answer as it stands in the candidate's export; None if there is none."""
    if answer is None:
        return None
    return {
        "sex": answer.sex,
        "race_ethnicity": answer.race_ethnicity,
        "text_version": answer.text_version,
        "given_on": answer.given_on.isoformat(),
    }


def _view(group_data: GroupData, session_id: str) -> GroupQuestionsView:
    found = group_data.of_session(session_id)
    answer = None
    if found is not None:
        answer = GroupAnswerView(
            sex=found.sex,
            race_ethnicity=found.race_ethnicity,
            text_version=found.text_version,
            given_on=found.given_on,
        )
    return GroupQuestionsView(offered=group_data.offered, answer=answer)
