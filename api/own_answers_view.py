"""A candidate's own answers, with what became of each; and the amended ones as recruiters see them."""

from datetime import datetime

from api.context import Context
from api.schemas_amendments import AdditionView, AmendedAnswer, ChangeView, CorrectionView
from api.schemas_own_interview import HumanReviewView, OwnAnswersView, OwnTurn
from records import feedback, human_reviews, media, sessions
from records.amendments import AmendedTurn, Amendments, amended_turns, in_force
from records.event_log import EventLog
from records.projection import as_said
from records.tables import InterviewSession, now
from records.transcript import Transcript, Turn


def own_answers_view(context: Context, session_id: str) -> OwnAnswersView:
    """Return what was said, as it was said, with the candidate's amendments beside it.

    Raises
    ------
    NotFound
        If there is no such session.
    """
    with context.database.reading() as session:
        found = sessions.get(session, session_id)
        recording = media.newest(session, session_id, "recording")
        review = human_reviews.of_session(session, session_id)
        given = feedback.of_session(session, session_id)
    bank = context.banks.load(found.bank_id, found.bank_version)
    events = EventLog(context.database, session_id).events()
    said, amendments = as_said(session_id, bank, events), in_force(events)
    amended = {one.turn.id: one for one in amended_turns(said.turns, amendments)}
    return OwnAnswersView(
        reference=session_id,
        ended_at=found.ended_at,
        recording_s=recording.duration_s if recording else None,
        human_review=HumanReviewView(asked_at=review.asked_at, note=review.note) if review else None,
        amendable_until=amendable_until(context, found, amendments),
        feedback_given_at=given.given_at if given else None,
        turns=tuple(_own_turn(turn, amended.get(turn.id)) for turn in said.turns),
    )


def amendable_until(context: Context, found: InterviewSession, amendments: Amendments) -> datetime | None:
    """Return until when the answers may be amended; None if they may not, or no longer."""
    if found.ended_at is None or amendments.closed:
        return None
    until = found.ended_at + context.amendment_window
    return until if until > now() else None


def amended_answers(said: Transcript, amendments: Amendments) -> tuple[AmendedAnswer, ...]:
    """Return the amended answers as recruiters see them: of a withdrawn one, only that there was one."""
    found = []
    told: set[str] = set()
    for one in amended_turns(said.turns, amendments):
        turn = one.turn
        if one.withdrawal is not None:
            if turn.question_id in told:
                continue
            told |= {turn.question_id} if turn.question_id is not None else set()
        elif one.correction is None and one.addition is None:
            continue
        shown = one.withdrawal is None
        found.append(
            AmendedAnswer(
                turn_id=turn.id,
                question_id=turn.question_id,
                start_s=turn.start,
                withdrawn=not shown,
                recognised=turn.text if shown and one.correction is not None else None,
                correction=_correction(one) if shown else None,
                addition=_addition(one) if shown else None,
            )
        )
    return tuple(found)


def _own_turn(turn: Turn, amended: AmendedTurn | None) -> OwnTurn:
    answer = turn.speaker == "candidate" and turn.kind == "answer"
    return OwnTurn(
        id=turn.id,
        speaker=turn.speaker,
        kind=turn.kind,
        text=turn.text,
        question_id=turn.question_id,
        start_s=turn.start,
        end_s=turn.end,
        amendable=answer,
        correctable=answer and turn.words is not None,
        correction=_correction(amended) if amended else None,
        addition=_addition(amended) if amended else None,
        withdrawn_by=amended.withdrawal.id if amended and amended.withdrawal else None,
    )


def _correction(amended: AmendedTurn) -> CorrectionView | None:
    if amended.correction is None:
        return None
    return CorrectionView(
        id=amended.correction.id,
        text=amended.correction.text,
        changes=tuple(
            ChangeView(
                start=change.start,
                end=change.end,
                recognised=change.recognised,
                corrected=change.corrected,
                start_s=change.start_s,
                end_s=change.end_s,
                verdict=change.verdict,
            )
            for change in amended.changes
        ),
    )


def _addition(amended: AmendedTurn) -> AdditionView | None:
    if amended.addition is None:
        return None
    return AdditionView(id=amended.addition.id, text=amended.addition.text)
