"""What candidates say about the interview, and what of theirs a position shows them."""

from functools import cache

from fastapi import APIRouter

from api.candidate_token import CandidateRoute, SessionIdDependency
from api.context import ContextDependency
from api.own_answers_view import amendable_until
from api.problems import Conflict
from api.schemas_amendments import FeedbackRequest, FeedbackView, StrengthsView, StrengthView
from records import feedback, positions, scores, sessions
from records.amendments import in_force
from records.event_log import EventLog
from scoring.library import RubricLibrary
from scoring.result import CriterionResult, IndicatorResult, Scores
from scoring.rubric import Rubric

MAX_STRENGTHS, MAX_QUOTES = 3, 2
_WEIGHT = {"no": 0, "yes": 1, "medium": 2, "high": 3}
router = APIRouter(prefix="/api/candidate", tags=["candidate"], route_class=CandidateRoute)


@router.post("/feedback", operation_id="give_feedback", status_code=201)
def give_feedback(
    context: ContextDependency, session_id: SessionIdDependency, body: FeedbackRequest
) -> FeedbackView:
    """Take how the interview felt: never shown beside the candidate, read in aggregates only."""
    context.rate_limits.typing(session_id)
    ratings: dict[str, int] = {
        statement: rating
        for statement in feedback.STATEMENTS
        if (rating := getattr(body, statement)) is not None
    }
    with context.database.transaction() as session:
        if sessions.get(session, session_id).status in sessions.OPEN_STATUSES:
            raise Conflict("The interview is still going on: say how it felt when it is over.")
        stored = feedback.give(session, session_id, ratings, body.comment)
        return FeedbackView(given_at=stored.given_at)


@router.get("/strengths", operation_id="read_own_strengths")
def read_own_strengths(context: ContextDependency, session_id: SessionIdDependency) -> StrengthsView:
    """Return what was found, in the candidate's own words, where the position shows it; no score."""
    with context.database.reading() as session:
        found = sessions.get(session, session_id)
        position = positions.get(session, found.position_id)
        stored = scores.newest(session, session_id)
    if not position.shows_strengths:
        return StrengthsView(available="not_shown", strengths=())
    amendments = in_force(EventLog(context.database, session_id).events())
    # What was found is told when nothing can be changed any more: it is no help for a better answer.
    amendable = amendable_until(context, found, amendments) is not None
    if found.status != "scored" or stored is None or amendable:
        return StrengthsView(available="not_yet", strengths=())
    rubric = context.rubrics.load(found.rubric_id, found.rubric_version)
    return StrengthsView(available="yes", strengths=_strengths(Scores.model_validate(stored), rubric))


def _strengths(scored: Scores, rubric: Rubric) -> tuple[StrengthView, ...]:
    """Return the plainest behaviour of each criterion, the plainest criteria first, no words quoted twice."""
    best = [
        (criterion, max(shown, key=_plainness))
        for criterion in scored.criteria
        if not criterion.abstained and (shown := [one for one in criterion.indicators if one.evidence])
    ]
    best.sort(key=lambda pair: _plainness(pair[1]), reverse=True)
    told: set[tuple[str, int]] = set()
    strengths = []
    for criterion, plainest in best:
        new = [evidence for evidence in plainest.evidence if (evidence.turn, evidence.start) not in told]
        if new:
            told |= {(evidence.turn, evidence.start) for evidence in new}
            strengths.append(_strength(criterion, plainest, [evidence.quote for evidence in new], rubric))
    return tuple(strengths[:MAX_STRENGTHS])


def _plainness(shown: IndicatorResult) -> tuple[int, int]:
    return _WEIGHT[shown.value], len(shown.evidence)


def _strength(
    scored: CriterionResult, shown: IndicatorResult, said: list[str], rubric: Rubric
) -> StrengthView:
    criterion = next(one for one in rubric.criteria if one.id == scored.id)
    behaviour = next(one for one in criterion.behaviours if one.id == shown.id)
    quotes = tuple(dict.fromkeys(said))
    shipped = (rubric.id, rubric.version) in _shipped()
    return StrengthView(
        criterion=criterion.name,
        statement=behaviour.statement,
        criterion_id=criterion.id if shipped else None,
        behaviour_id=behaviour.id if shipped else None,
        quotes=quotes[:MAX_QUOTES],
    )


@cache
def _shipped() -> frozenset[tuple[str, str]]:
    """Return the rubrics that ship with Aila: the pages have their own words for what is in them."""
    return frozenset((rubric.id, rubric.version) for rubric in RubricLibrary().list())
