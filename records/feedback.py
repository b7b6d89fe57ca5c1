"""How interviews felt to candidates: theirs alone one by one, and everybody's in aggregates."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.tables import InterviewFeedback, InterviewSession, now

Statement = Literal["understood", "time", "fair", "again"]
STATEMENTS: tuple[Statement, ...] = get_args(Statement)
FEWEST_SHOWN = 5
"""With fewer answers a mean would tell what single people said."""


@dataclass(frozen=True, slots=True)
class StatementSummary:
    """How a statement was rated; ``mean`` (1 to 5) is None where too few rated it."""

    statement: Statement
    n: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class FeedbackSummary:
    """What candidates of one bank's version said, by voice or typed."""

    bank_id: str
    bank_version: str
    mode: str
    n: int
    statements: tuple[StatementSummary, ...]
    comments: tuple[str, ...]
    """In alphabetical order, so that nothing tells who came when; empty where too few gave feedback."""


def give(session: Session, session_id: str, ratings: Mapping[str, int], comment: str) -> InterviewFeedback:
    """Store a candidate's feedback; given again, it replaces the earlier one."""
    stored = of_session(session, session_id)
    if stored is None:
        stored = InterviewFeedback(session_id=session_id)
        session.add(stored)
    stored.ratings, stored.comment, stored.given_at = dict(ratings), comment, now()
    session.flush()
    return stored


def of_session(session: Session, session_id: str) -> InterviewFeedback | None:
    return session.get(InterviewFeedback, session_id)


def summaries(session: Session) -> list[FeedbackSummary]:
    """Return the aggregates by bank, version and mode, in that order."""
    rows = session.execute(
        select(InterviewSession, InterviewFeedback).join(
            InterviewFeedback, InterviewFeedback.session_id == InterviewSession.id
        )
    )
    groups: dict[tuple[str, str, str], list[InterviewFeedback]] = {}
    for row in rows:
        found: InterviewSession = row.InterviewSession
        key = (found.bank_id, found.bank_version, found.mode)
        groups.setdefault(key, []).append(row.InterviewFeedback)
    return [_summary(key, given) for key, given in sorted(groups.items(), key=lambda item: item[0])]


def _summary(key: tuple[str, str, str], given: list[InterviewFeedback]) -> FeedbackSummary:
    statements = []
    for statement in STATEMENTS:
        ratings = [one.ratings[statement] for one in given if statement in one.ratings]
        mean = fmean(ratings) if len(ratings) >= FEWEST_SHOWN else None
        statements.append(StatementSummary(statement, len(ratings), mean))
    comments = sorted(one.comment for one in given if one.comment) if len(given) >= FEWEST_SHOWN else []
    return FeedbackSummary(*key, len(given), tuple(statements), tuple(comments))
