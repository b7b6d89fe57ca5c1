"""A position's ranked list: everybody in it, ties shown, nothing decided."""

from dataclasses import dataclass
from typing import cast

from sqlalchemy.orm import Session

from api.context import Context
from api.positions_view import position_rows
from api.schemas import Mode, SessionStatus
from api.schemas_recruiter import OverallScore, RankedCriterion, RankingRow, RankingView
from api.session_detail import decision_view
from records import overview, positions, sessions
from records.tables import Decision, InterviewSession, Invitation
from scoring.ranking import CriterionStanding, RankedCandidate, rank
from scoring.result import NOT_ASKED, Scores


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
    scored = {entry.session_id: entry.scores for entry in entries if entry.scores is not None}
    ranked = {one.session_id: one for one in rank(positions.levels_of(position), scored)}
    order = {session_id: place for place, session_id in enumerate(ranked)}
    rubric = context.rubrics.load(position.rubric_id, position.rubric_version)
    names = {criterion.id: criterion.name for criterion in rubric.criteria}
    entries.sort(key=lambda entry: order.get(entry.session_id, len(order)))
    return RankingView(
        position=position_row,
        rows=tuple(_row(entry, ranked.get(entry.session_id), names) for entry in entries),
        calibrated=bool(scored) and all(scores.calibrated for scores in scored.values()),
    )


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


def _entries(session: Session, position_id: str) -> list[_Entry]:
    pairs = sessions.of_position(session, position_id)
    ids = [found.id for found, _ in pairs]
    scores = overview.newest_scores(session, ids)
    decisions = overview.newest_decisions(session, ids)
    media = overview.media_kinds(session, ids)
    return [
        _Entry(
            found=found,
            invitation=invitation,
            scores=Scores.model_validate(scores[found.id]) if found.id in scores else None,
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
        criteria=tuple(_criterion(standing, names) for standing in ranked.standings) if ranked else (),
        decision=decision_view(entry.decision) if entry.decision else None,
        ended_at=found.ended_at,
        has_recording="recording" in entry.media,
        has_cv="cv" in entry.media,
        failure=found.failure,
    )


def _criterion(standing: CriterionStanding, names: dict[str, str]) -> RankedCriterion:
    not_asked = standing.abstained and standing.reason == NOT_ASKED
    return RankedCriterion(
        id=standing.criterion,
        name=names.get(standing.criterion, standing.criterion),
        score=standing.score,
        interval=standing.interval,
        abstained=standing.abstained,
        reason=standing.reason,
        required=standing.required,
        fit="not_asked" if not_asked else standing.fit,
    )
