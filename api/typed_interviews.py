"""Typed interviews: the same core as the spoken ones, one request at a time, each stored whole.

The state is rebuilt from the record for every request, so any api process can take any request, and a
restart loses nothing. What a request causes is stored in one piece, or in two where a model words a
follow-up: the candidate's words are safe before the model is asked.
"""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, cast
from weakref import WeakValueDictionary

from agent.interview.actions import WordFollowUp
from agent.interview.follow_up import Draft
from agent.interview.interview import Interview
from agent.interview.llm_writer import writer_from_settings
from agent.interview.settings import LlmSettings
from agent.interview.typed import TypedInterview
from api.context import Context
from api.problems import Conflict, InterviewCompleted, MovedOn, WrongMode
from api.schemas import Mode, SessionStatus
from api.schemas_candidate import CandidateTurn, Progress, SessionView
from records import sessions
from records.errors import SequenceConflict
from records.event_log import EventLog
from records.events import CandidateSpoke, Control, ControlUsed, Event, UtteranceStarted
from records.projection import as_said
from records.tables import InterviewSession, now
from records.transcript import Transcript

_ATTEMPTS = 3
_LOCK_TIMEOUT_S = 10.0
_MAX_WAITING = 8
_BUSY = "Another message of this interview is still being worked on. Please try again."
_ASKING = ("practice", "question", "follow_up")
Work = Callable[[TypedInterview], Awaitable[Any]]


class _SessionLocks:
    """One lock for each session that is being worked on in this process."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: WeakValueDictionary[str, _SessionLock] = WeakValueDictionary()

    def of(self, session_id: str) -> "_SessionLock":
        with self._guard:
            lock = self._locks.get(session_id)
            if lock is None:
                lock = self._locks[session_id] = _SessionLock()
            return lock


class _SessionLock:
    """A lock for which only a few may wait: a flood of one session's messages must not hold up the others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(_MAX_WAITING)

    def __enter__(self) -> None:
        if not self._places.acquire(blocking=False):
            raise Conflict(_BUSY)
        if not self._lock.acquire(timeout=_LOCK_TIMEOUT_S):
            self._places.release()
            raise Conflict(_BUSY)

    def __exit__(self, *_: object) -> None:
        self._lock.release()
        self._places.release()


_locks = _SessionLocks()


class _Buffer:
    """Events of one request, stored together; the first carries the request's id."""

    def __init__(self, log: EventLog, request_id: str | None) -> None:
        self._log, self._request_id = log, request_id
        self._events: list[Event] = []

    def append(self, event: Event) -> None:
        if self._request_id is not None and isinstance(event, CandidateSpoke | ControlUsed):
            event = replace(event, id=self._request_id)
            self._request_id = None
        self._events.append(event)

    def store(self) -> None:
        if self._events:
            self._log.append_all(self._events)
            self._events = []


class _StoringWriter:
    """Stores what is known before a model, which may take its time, is asked."""

    def __init__(self, settings: LlmSettings, buffer: _Buffer) -> None:
        self._settings, self._buffer = settings, buffer

    async def word(self, action: WordFollowUp) -> Draft:
        self._buffer.store()
        return await writer_from_settings(self._settings).word(action)


def open_typed_interview(context: Context, session_id: str) -> None:
    """Begin a typed interview, or go on with it; Aila's first words are in the record afterwards."""
    with context.database.transaction() as session:
        sessions.mark_active(session, session_id)
    _work(context, session_id, None, lambda interview: interview.start())


def take_message(
    context: Context, session_id: str, message_id: str, text: str, reply_to: str | None = None
) -> None:
    """Take a typed message; one whose id was seen before changes nothing.

    Raises
    ------
    InterviewCompleted, WrongMode
        If the interview is over, or is not a typed one.
    MovedOn
        If something was asked after the turn ``reply_to``, which the candidate had before them.
    """
    _work(context, session_id, message_id, lambda interview: interview.message(text), reply_to)


def take_control(
    context: Context, session_id: str, control_id: str, control: Control, reply_to: str | None = None
) -> None:
    """Take a pressed control; ids and errors as with :func:`take_message`."""
    _work(context, session_id, control_id, lambda interview: interview.control(control), reply_to)


def session_view(context: Context, session_id: str) -> SessionView:
    """Return where an interview is and what was said, for the candidate."""
    with context.database.reading() as session:
        found = sessions.get(session, session_id)
    bank = context.banks.load(found.bank_id, found.bank_version)
    events = EventLog(context.database, session_id).events()
    progress = Interview(bank, events).progress(_now_s(found, events))
    return SessionView(
        session_id=session_id,
        mode=cast(Mode, found.mode),
        status=cast(SessionStatus, found.status),
        progress=Progress.model_validate(progress, from_attributes=True),
        turns=_shown_turns(as_said(session_id, bank, events), events),
    )


def _shown_turns(said: Transcript, events: list[Event]) -> tuple[CandidateTurn, ...]:
    """Return the turns, those of the practice question without their words, which are stored nowhere."""
    shown = [
        (turn.start, CandidateTurn(**turn.model_dump(include=set(CandidateTurn.model_fields))))
        for turn in said.turns
    ]
    for event in events:
        if isinstance(event, CandidateSpoke) and not event.text:
            turn = CandidateTurn(
                id=event.turn_id,
                speaker="candidate",
                kind=event.kind,
                text="",
                question_id=event.question_id,
            )
            before = sum(1 for start_s, _ in shown if start_s <= event.at_s)
            shown.insert(before, (event.at_s, turn))
    return tuple(turn for _, turn in shown)


def _work(
    context: Context, session_id: str, request_id: str | None, work: Work, reply_to: str | None = None
) -> None:
    """Let ``work`` move the interview on; if another process was faster, look again and repeat."""
    with _locks.of(session_id):
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                _work_once(context, session_id, request_id, work, reply_to)
                return
            except SequenceConflict:
                if attempt == _ATTEMPTS:
                    raise


def _work_once(
    context: Context, session_id: str, request_id: str | None, work: Work, reply_to: str | None
) -> None:
    with context.database.reading() as session:
        found = sessions.get(session, session_id)
    log = EventLog(context.database, session_id)
    events = log.events()
    if _is_known(events, request_id):
        work = _go_on
    elif found.status not in sessions.OPEN_STATUSES:
        raise InterviewCompleted("The interview is over; nothing more can be said.")
    elif found.mode != "text":
        raise WrongMode("This interview is spoken. Join again with mode `text` to go on in writing.")
    elif reply_to is not None and _has_moved_on(events, reply_to):
        raise MovedOn("Aila has asked something else meanwhile, perhaps in another tab. Nothing was sent.")
    bank = context.banks.load(found.bank_id, found.bank_version)
    buffer = _Buffer(log, request_id)
    writer = _StoringWriter(context.llm, buffer)
    interview = TypedInterview(bank, events, buffer.append, writer, _clock(found, events))
    asyncio.run(_run(interview, work))
    buffer.store()
    if interview.interview.state.ended is not None:
        with context.database.transaction() as session:
            sessions.mark_ended(session, session_id, context.retention)


async def _run(interview: TypedInterview, work: Work) -> None:
    await work(interview)


async def _go_on(interview: TypedInterview) -> None:
    """Do what a request that was stored, but perhaps not finished, has left to do."""
    if interview.interview.state.ended is None:
        await interview.start()


def _clock(found: InterviewSession, events: list[Event]) -> Callable[[], float]:
    """Return what tells session seconds during one request."""
    begun_s, offset_s = time.monotonic(), _now_s(found, events)
    return lambda: offset_s + time.monotonic() - begun_s


def _has_moved_on(events: list[Event], turn_id: str) -> bool:
    """Return whether Aila asked anything after her turn ``turn_id``; what she only repeats is nothing new."""
    said = [event for event in events if isinstance(event, UtteranceStarted)]
    places = [place for place, event in enumerate(said) if event.turn_id == turn_id]
    later = said[places[-1] + 1 :] if places else said
    return any(event.kind in _ASKING and event.repeats_turn_id is None for event in later)


def _is_known(events: list[Event], request_id: str | None) -> bool:
    return request_id is not None and any(
        isinstance(event, CandidateSpoke | ControlUsed) and event.id == request_id for event in events
    )


def _now_s(found: InterviewSession, events: list[Event]) -> float:
    """Return session seconds now; never before the last event, should a clock have been set back."""
    wall_s = (now() - found.started_at).total_seconds() if found.started_at else 0.0
    return max([wall_s, *(event.at_s for event in events[-1:])])
