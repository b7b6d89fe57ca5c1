"""A position's ranked list: everybody in it, ties shown, nothing decided."""

from dataclasses import dataclass
from typing import cast

from sqlalchemy.orm import Session

from api.calibration_in_force import shown_scores
from api.context import Context
from api.positions_view import position_rows
from api.schemas import Mode, SessionStatus
from api.schemas_recruiter import (
    OverallScore,
    RankedCriterion,
    RankingRow,
    RankingView,
    UnopenedInvitation,
)
from api.session_detail import decision_view
from records import invitations, overview, positions, sessions
from records.tables import Decision, InterviewSession, Invitation, Position, now
from scoring.ranking import CriterionStanding, RankedCandidate, rank
from scoring.result import NOT_ASKED_REASONS, Scores


def ranking_view(context: Context, position_id: str) -> RankingView:
    """Return the candidates of a position: the ranked ones in their order, then the unscored ones.

    Raises
    ------
    NotFound
        If there is no such position.
    """
    with context.database.reading() as session:
        position = positions.get(session, position_id)
        [position_row] = position_rows(session, [position])
        entries = _entries(session, position_id)
        unopened = invitations.without_session(session, position_id)
    ranked = {one.session_id: one for one in _ranked(position, entries)}
    order = {session_id: place for place, session_id in enumerate(ranked)}
    rubric = context.rubrics.load(position.rubric_id, position.rubric_version)
    names = {criterion.id: criterion.name for criterion in rubric.criteria}
    entries.sort(key=lambda entry: order.get(entry.session_id, len(order)))
    return RankingView(
        position=position_row,
        rows=tuple(_row(entry, ranked.get(entry.session_id), names) for entry in entries),
        not_begun=tuple(_unopened(invitation) for invitation in unopened),
        calibrated=bool(ranked) and all(e.scores.calibrated for e in entries if e.scores is not None),
    )


def ranked_candidates(context: Context, position_id: str) -> tuple[list[RankedCandidate], dict[str, str]]:
    """Return a position's scored candidates in their order, and the names of all: session id → name.

    Raises
    ------
    NotFound
        If there is no such position.
    """
    with context.database.reading() as session:
        position = positions.get(session, position_id)
        entries = _entries(session, position_id)
    return _ranked(position, entries), {e.session_id: e.invitation.candidate_name for e in entries}


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the record holds of one candidate, as far as the list needs it."""

    found: InterviewSession
    invitation: Invitation
    scores: Scores | None
    decision: Decision | None
    media: frozenset[str]

    @property
    def session_id(self) -> str:
        return self.found.id


def _ranked(position: Position, entries: list[_Entry]) -> list[RankedCandidate]:
    scored = {entry.session_id: entry.scores for entry in entries if entry.scores is not None}
    return rank(positions.levels_of(position), scored)


def _entries(session: Session, position_id: str) -> list[_Entry]:
    pairs = sessions.of_position(session, position_id)
    ids = [found.id for found, _ in pairs]
    stored = overview.newest_scores(session, ids)
    scores = shown_scores(session, {one: Scores.model_validate(found) for one, found in stored.items()})
    decisions = overview.newest_decisions(session, ids)
    media = overview.media_kinds(session, ids)
    return [
        _Entry(
            found=found,
            invitation=invitation,
            scores=scores.get(found.id),
            decision=decisions.get(found.id),
            media=media.get(found.id, frozenset()),
        )
        for found, invitation in pairs
    ]


def _row(entry: _Entry, ranked: RankedCandidate | None, names: dict[str, str]) -> RankingRow:
    found = entry.found
    overall = None
    if ranked is not None and ranked.overall is not None and ranked.interval is not None:
        overall = OverallScore(score=ranked.overall, interval=ranked.interval)
    return RankingRow(
        session_id=found.id,
        candidate_name=entry.invitation.candidate_name,
        status=cast(SessionStatus, found.status),
        mode=cast(Mode, found.mode),
        rank=ranked.rank if ranked else None,
        rank_tied=ranked.tied if ranked else False,
        overall=overall,
        counted=len(ranked.counted) if ranked else 0,
        criteria=tuple(_criterion(standing, names) for standing in ranked.standings) if ranked else (),
        decision=decision_view(entry.decision) if entry.decision else None,
        ended_at=found.ended_at,
        has_recording="recording" in entry.media,
        has_cv="cv" in entry.media,
        failure=found.failure,
    )


def _criterion(standing: CriterionStanding, names: dict[str, str]) -> RankedCriterion:
    not_asked = standing.abstained and standing.reason in NOT_ASKED_REASONS
    return RankedCriterion(
        id=standing.criterion,
        name=names.get(standing.criterion, standing.criterion),
        score=standing.score,
        interval=standing.interval,
        abstained=standing.abstained,
        reason=standing.reason,
        required=standing.required,
        importance=standing.importance,
        fit="not_asked" if not_asked and standing.required is not None else standing.fit,
    )


def _unopened(invitation: Invitation) -> UnopenedInvitation:
    expired = invitation.expires_at < now()
    return UnopenedInvitation(
        candidate_name=invitation.candidate_name,
        invited_at=invitation.created_at,
        expires_at=invitation.expires_at,
        state="withdrawn" if invitation.revoked else "expired" if expired else "open",
    )
