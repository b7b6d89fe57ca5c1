"""What candidates may change about their answers once the interview is over, while the window is open."""

from typing import assert_never

from fastapi import APIRouter
from sqlalchemy.orm import Session

from api.candidate_token import CandidateRoute, SessionIdDependency
from api.context import Context, ContextDependency
from api.own_answers_view import amendable_until, own_answers_view
from api.problems import (
    AlreadyAdded,
    AmendedMeanwhile,
    AnswersFinal,
    Conflict,
    NotACorrection,
    NothingChanged,
    Unprocessable,
)
from api.schemas import FieldProblem
from api.schemas_amendments import (
    AddRequest,
    AmendmentRequest,
    CloseRequest,
    CorrectRequest,
    UndoRequest,
    WithdrawRequest,
)
from api.schemas_own_interview import OwnAnswersView
from records import sessions
from records.amendments import Amendments, amended_turns, in_force
from records.corrections import changes_between, is_correction
from records.errors import SequenceConflict
from records.event_log import EventLog
from records.events import (
    Amendment,
    AmendmentsClosed,
    AmendmentUndone,
    AnswerCorrected,
    AnswerWithdrawn,
    Event,
    SentenceAdded,
)
from records.projection import as_said, project
from records.tables import InterviewSession, now
from records.transcript import Transcript, Turn

MAX_AMENDMENTS = 300
"""Of one interview, undone ones included: far more than anybody needs."""
_ATTEMPTS = 3
router = APIRouter(prefix="/api/candidate", tags=["candidate"], route_class=CandidateRoute)


@router.post("/amendments", operation_id="amend_answers")
def amend_answers(
    context: ContextDependency, session_id: SessionIdDependency, body: AmendmentRequest
) -> OwnAnswersView:
    """Correct, add to, withdraw or restore an answer; one that is sent again changes nothing.

    Where the answers that count are changed by it, they are scored again.
    """
    context.rate_limits.typing(session_id)
    for _ in range(_ATTEMPTS):
        try:
            _amend(context, session_id, body)
            return own_answers_view(context, session_id)
        except SequenceConflict:
            continue
    raise Conflict("Another change of this interview is still being stored. Please try again.")


def _amend(context: Context, session_id: str, body: AmendmentRequest) -> None:
    with context.database.reading() as session:
        found = sessions.get(session, session_id)
    if found.status in sessions.OPEN_STATUSES:
        raise Conflict("The interview is still going on: answers can be amended when it is over.")
    log = EventLog(context.database, session_id)
    events = log.events()
    known = [event for event in events if isinstance(event, Amendment)]
    if any(event.id == body.id for event in known):
        return
    amendments = in_force(events)
    if amendable_until(context, found, amendments) is None:
        raise AnswersFinal("These answers are final: the time in which they could be amended is over.")
    if len(known) >= MAX_AMENDMENTS:
        raise Conflict("These answers have been changed too often; ask the company to look at them.")
    bank = context.banks.load(found.bank_id, found.bank_version)
    event = _event(body, as_said(session_id, bank, events), amendments, _at_s(found, events))
    counts_before = project(session_id, bank, events)
    counts_after = project(session_id, bank, [*events, event])

    def note(session: Session) -> None:
        if counts_after != counts_before:
            sessions.revise(session, session_id)

    log.append_all([event], note)


def _event(body: AmendmentRequest, said: Transcript, amendments: Amendments, at_s: float) -> Amendment:
    match body:
        case CorrectRequest():
            turn = _own_answer(said, amendments, body.turn_id)
            text = " ".join(body.text.split())
            _require_correction(turn, text)
            return AnswerCorrected(at_s, turn.id, text, body.id)
        case AddRequest():
            turn = _own_answer(said, amendments, body.turn_id)
            if turn.id in amendments.additions:
                raise AlreadyAdded("A sentence was added to this answer already; remove it first.")
            return SentenceAdded(at_s, turn.id, " ".join(body.text.split()), body.id)
        case WithdrawRequest():
            turn = _own_answer(said, amendments, body.turn_id)
            return AnswerWithdrawn(at_s, turn.id, body.id)
        case UndoRequest():
            _require_in_force(amendments, body.amendment_id)
            return AmendmentUndone(at_s, body.amendment_id, body.id)
        case CloseRequest():
            return AmendmentsClosed(at_s, body.id)
        case _:
            assert_never(body)


def _own_answer(said: Transcript, amendments: Amendments, turn_id: str) -> Turn:
    found = next((one for one in amended_turns(said.turns, amendments) if one.turn.id == turn_id), None)
    if found is None or found.turn.kind != "answer":
        raise _invalid(
            "turn_id", "There is no such answer in this interview.", "the id of an answer of yours"
        )
    if found.withdrawal is not None:
        raise AmendedMeanwhile("This answer is withdrawn. Undo that first.")
    return found.turn


def _require_correction(turn: Turn, text: str) -> None:
    if turn.words is None:
        raise _invalid("text", "This answer was typed: nothing was misheard.", "a spoken answer")
    changes = changes_between(turn, text)
    if not changes:
        raise NothingChanged("No word was changed: case and punctuation do not count.")
    if not is_correction(turn, changes):
        raise NotACorrection(
            "A correction changes at most five words, or one in five of the answer. What you want to add "
            "goes into a sentence of its own."
        )


def _require_in_force(amendments: Amendments, amendment_id: str) -> None:
    kinds = (amendments.corrections, amendments.additions, amendments.withdrawals)
    if not any(event.id == amendment_id for kind in kinds for event in kind.values()):
        raise AmendedMeanwhile("There is nothing to undo: this change is not in force.")


def _invalid(field: str, message: str, expected: str) -> Unprocessable:
    return Unprocessable(message, errors=[FieldProblem(field=field, message=message, expected=expected)])


def _at_s(found: InterviewSession, events: list[Event]) -> float:
    wall_s = (now() - found.started_at).total_seconds() if found.started_at else 0.0
    return max([wall_s, *(event.at_s for event in events[-1:])])
