"""What every endpoint works with: the installation, its database, banks, rubrics and settings."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request

from agent.interview.settings import LlmSettings
from api.metrics import Metrics
from api.rate_limits import RateLimits
from api.settings import ApiSettings
from question_bank.library import BankLibrary
from records.database import Database
from records.installation import Installation
from scoring.library import RubricLibrary


@dataclass(frozen=True)
class Context:
    """One per process, made by the app factory."""

    installation: Installation
    settings: ApiSettings
    database: Database
    banks: BankLibrary
    rubrics: RubricLibrary
    rate_limits: RateLimits
    metrics: Metrics
    retention: timedelta
    """How long an interview is kept after its end."""
    amendment_window: timedelta
    """How long after the end candidates may amend their answers."""
    llm: LlmSettings
    video_avatar_provider: str | None
    """Who shows Aila's face as video; None: it is drawn in the browser."""


def _context(request: Request) -> Context:
    return request.app.state.context


ContextDependency = Annotated[Context, Depends(_context)]
