"""The studio's endpoints: banks with what their questions earned, and rubrics."""

from collections.abc import Iterable
from typing import cast

from fastapi import APIRouter

from agent.interview.estimate import expected_minutes
from api.authentication import StudioRoute
from api.context import Context, ContextDependency
from api.rubric_view import rubric_view
from api.schemas import Mode
from api.schemas_studio import (
    BankView,
    FeedbackSummaryView,
    FindingView,
    QuestionView,
    RubricView,
    StatementSummaryView,
)
from question_bank.analytics import QuestionStatistics, question_statistics
from question_bank.bank import Bank, Question
from question_bank.lint import lint
from records import feedback, sessions
from records.event_log import EventLog
from records.projection import project
from records.transcript import Transcript

router = APIRouter(prefix="/api/studio", tags=["studio"], route_class=StudioRoute)


@router.get("/banks", operation_id="list_banks")
def list_banks(context: ContextDependency) -> list[BankView]:
    """Return every version of every bank, newest first, with each question's answers."""
    return [_bank_view(context, row.id, row.version, row.content_hash) for row in context.banks.list()]


@router.get("/rubrics", operation_id="list_rubrics")
def list_rubrics(context: ContextDependency) -> list[RubricView]:
    """Return every version of every rubric."""
    return [rubric_view(context.rubrics.load(row.id, row.version)) for row in context.rubrics.list()]


@router.get("/feedback", operation_id="list_feedback")
def list_feedback(context: ContextDependency) -> list[FeedbackSummaryView]:
    """Return how interviews felt to candidates, by bank, version and mode; few answers are not told."""
    with context.database.reading() as session:
        found = feedback.summaries(session)
    return [
        FeedbackSummaryView(
            bank_id=summary.bank_id,
            bank_version=summary.bank_version,
            mode=cast(Mode, summary.mode),
            n=summary.n,
            statements=tuple(
                StatementSummaryView(statement=one.statement, n=one.n, mean=one.mean)
                for one in summary.statements
            ),
            comments=summary.comments,
        )
        for summary in found
    ]


def _bank_view(context: Context, bank_id: str, version: str, bank_hash: str) -> BankView:
    bank = context.banks.load(bank_id, version)
    found = question_statistics(_transcripts(context, bank))
    return BankView(
        id=bank.id,
        version=bank.version,
        title=bank.title,
        content_hash=bank_hash,
        interview_s=bank.interview_s,
        minutes=expected_minutes(bank, "voice"),
        minutes_typed=expected_minutes(bank, "text"),
        questions=tuple(_question_view(question, found.get(question.id)) for question in bank.questions),
        findings=tuple(
            FindingView(severity=finding.severity, where=finding.where, message=finding.message)
            for finding in lint(bank)
        ),
    )


def _transcripts(context: Context, bank: Bank) -> Iterable[Transcript]:
    with context.database.reading() as session:
        ids = [found.id for found in sessions.of_bank(session, bank.id, bank.version)]
    for session_id in ids:
        yield project(session_id, bank, EventLog(context.database, session_id).events())


def _question_view(question: Question, found: QuestionStatistics | None) -> QuestionView:
    probes = question.probes
    return QuestionView(
        id=question.id,
        text=question.text,
        criteria=question.criteria,
        probes=sum(len(part) for part in (probes.situation, probes.action, probes.result, probes.example)),
        answers=found.answers if found else 0,
        skipped=found.skipped if found else 0,
        median_words=found.median_words if found else None,
        median_s=found.median_s if found else None,
    )
