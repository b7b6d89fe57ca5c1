"""What a position shows its candidates afterwards: set by recruiters, off until they say so."""

from fastapi import APIRouter
from pydantic import Field

from api.authentication import RecruiterRoute
from api.context import ContextDependency
from api.schemas import Identifier, RequestBody, ResponseBody
from records import positions

router = APIRouter(prefix="/api/recruiter/positions", tags=["recruiter"], route_class=RecruiterRoute)
PATH = "/{position_id}/shown-to-candidates"


class ShownToCandidatesRequest(RequestBody):
    progress: bool = Field(description="That a recruiter has read the interview, and that one has decided.")
    strengths: bool = Field(
        description="Up to three behaviours that were found, in the candidate's own words; never scores."
    )


class ShownToCandidates(ResponseBody):
    progress: bool
    strengths: bool


@router.get(PATH, operation_id="read_shown_to_candidates")
def read_shown_to_candidates(context: ContextDependency, position_id: Identifier) -> ShownToCandidates:
    """Return what candidates of the position are shown afterwards."""
    with context.database.reading() as session:
        position = positions.get(session, position_id)
        return ShownToCandidates(progress=position.shows_progress, strengths=position.shows_strengths)


@router.put(PATH, operation_id="set_shown_to_candidates")
def set_shown_to_candidates(
    context: ContextDependency, position_id: Identifier, body: ShownToCandidatesRequest
) -> ShownToCandidates:
    """Set what candidates of the position are shown afterwards."""
    with context.database.transaction() as session:
        positions.show_candidates(session, position_id, progress=body.progress, strengths=body.strengths)
    return ShownToCandidates(progress=body.progress, strengths=body.strengths)
