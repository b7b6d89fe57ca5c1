"""Finished interviews in a data folder, made by the real core, for the worker to process."""

import asyncio
import itertools
from datetime import timedelta

from agent.interview.follow_up import BankFollowUpWriter
from agent.interview.typed import TypedInterview
from question_bank.library import BankLibrary
from question_bank.loading import content_hash
from records import consents, invitations, sessions
from records.database import Database
from records.event_log import EventLog
from records.installation import Installation

ANSWER = (
    "Last spring our help desk lost its ticket system for two days. I set up a shared sheet within an hour, "
    "asked each colleague to log calls there, and rang the twelve most urgent customers myself. "
    "In the end nobody waited longer than half a day and we kept all of them."
)


def finished_interview(
    database: Database, installation: Installation, *, recording: bool = False, rubric_version: str = "1.0.0"
) -> str:
    """Hold a typed interview to its end; return the id of the session, which waits for processing."""
    bank = BankLibrary().load("demo", "1.0.0")
    pins = sessions.Pins(bank.id, bank.version, content_hash(bank), "behavioural", rubric_version)
    with database.transaction() as session:
        invitation, _ = invitations.create(session, installation, "demo", "Ola Nord", timedelta(days=7))
        session_id = sessions.create_or_get(session, invitation, "text", pins)[0].id
        consents.record(session, session_id, {"interview": True, "recording": recording}, "v1")
        sessions.mark_active(session, session_id)
    log, clock = EventLog(database, session_id), itertools.count(0.0, 0.5)
    interview = TypedInterview(bank, [], log.append, BankFollowUpWriter(), lambda: next(clock))

    async def hold() -> None:
        await interview.start()
        while interview.interview.state.ended is None:
            await interview.message(ANSWER)

    asyncio.run(hold())
    with database.transaction() as session:
        sessions.mark_ended(session, session_id, timedelta(days=30))
    return session_id
