"""One interview as recruiters see it: scores with their evidence, transcript, recording, decisions."""

from typing import cast

from api.calibration_in_force import shown_scores
from api.camera import camera_views
from api.context import Context
from api.own_answers_view import amendable_until, amended_answers
from api.positions_view import levels_view, position_rows
from api.recruiter_files import cv_view, recording_view
from api.rubric_view import rubric_view
from api.schemas import Mode, SessionStatus
from api.schemas_own_interview import HumanReviewView
from api.schemas_recruiter import ConsentRecord, Decision, DecisionView, SessionDetail
from records import camera, consents, decisions, human_reviews, media, positions, scores, sessions, tables
from records.amendments import in_force, muted_spans
from records.event_log import EventLog
from records.projection import as_said, project
from scoring.result import Scores


def session_detail(context: Context, session_id: str) -> SessionDetail:
    """Return the interview ``session_id`` in full.

    Raises
    ------
    NotFound
        If there is no such session.
    """
    with context.database.reading() as session:
        found = sessions.get(session, session_id)
        invitation = session.get_one(tables.Invitation, found.invitation_id)
        position = positions.get(session, found.position_id)
        [row] = position_rows(session, [position])
        stored = scores.newest(session, session_id)
        shown = shown_scores(session, {session_id: Scores.model_validate(stored)} if stored else {})
        history = decisions.history(session, session_id)
        given = consents.history(session, session_id)
        recording = media.newest(session, session_id, "recording")
        cv = media.newest(session, session_id, "cv")
        review = human_reviews.of_session(session, session_id)
        takes = camera.takes_of(session, session_id)
    events = EventLog(context.database, session_id).events()
    bank = context.banks.load(found.bank_id, found.bank_version)
    said, amendments = as_said(session_id, bank, events), in_force(events)
    return SessionDetail(
        session_id=session_id,
        position=row,
        candidate_name=invitation.candidate_name,
        status=cast(SessionStatus, found.status),
        mode=cast(Mode, found.mode),
        started_at=found.started_at,
        ended_at=found.ended_at,
        failure=found.failure,
        scores=shown.get(session_id),
        rubric=rubric_view(context.rubrics.load(found.rubric_id, found.rubric_version)),
        levels=levels_view(position),
        transcript=project(session_id, bank, events),
        amendments=amended_answers(said, amendments),
        amendable_until=amendable_until(context, found, amendments),
        # One that was joined before an answer was withdrawn is not handed out.
        recording=recording_view(recording) if recording and recording.revision == found.revision else None,
        camera=camera_views(context, takes, muted_spans(said.turns, amendments)),
        decisions=tuple(decision_view(decision) for decision in history),
        cv=cv_view(cv) if cv else None,
        consents=tuple(
            ConsentRecord(
                id=consent.consent_id,
                granted=consent.granted,
                text_version=consent.text_version,
                text_language=consent.text_language,
                at=consent.given_at,
            )
            for consent in given
        ),
        human_review=HumanReviewView(asked_at=review.asked_at, note=review.note) if review else None,
    )


def decision_view(decision: tables.Decision) -> DecisionView:
    """Return a stored decision."""
    return DecisionView(
        decision=cast(Decision, decision.decision),
        note=decision.note,
        by=decision.decided_by,
        at=decision.decided_at,
    )
