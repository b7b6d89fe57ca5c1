"""The append-only log: nothing is lost, nothing is written twice, everything comes back as it was."""

import dataclasses
import typing
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from records import retention
from records.errors import NotFound, SequenceConflict
from records.event_log import EventLog
from records.events import (
    AgentStarted,
    AmendmentsClosed,
    AmendmentUndone,
    AnswerCompleted,
    AnswerCorrected,
    AnswerReopened,
    AnswerWithdrawn,
    Backchannelled,
    CandidateConnected,
    CandidateDisconnected,
    CandidateSpoke,
    ControlUsed,
    Event,
    FollowUpDrafted,
    InterviewEnded,
    InterviewStarted,
    QuestionDropped,
    ReminderNoted,
    SentenceAdded,
    UtteranceEnded,
    UtteranceStarted,
    Word,
    decode,
)
from records.tables import EventRow
from tests.records import interviews
from tests.records.conftest import Records

ODD_TEXT = (
    "naïve 🙂👩‍🚒 漢字 \u202eright to left\u202c NUL:\0 \\u0000 \"quoted\" 'and' \r\n\t \x1b[31m \ud83d"
)
EVERY_KIND: tuple[Event, ...] = (
    InterviewStarted(0.0, "voice", "demo", "1.0.0", "sha256:1", "en"),
    AgentStarted(0.25, "text"),
    AgentStarted(0.5),
    CandidateConnected(1.0),
    CandidateDisconnected(2.0),
    UtteranceStarted(3.0, "a1", "question", ODD_TEXT, "q1", "llm", "a0"),
    UtteranceEnded(4.0, "a1", interrupted=True),
    CandidateSpoke(
        5.0,
        9.5,
        "c1",
        ODD_TEXT,
        "answer",
        "q1",
        (Word("näh", 5.0, 5.4, 0.125), Word("\0", 5.5, 5.5, 1.0)),
        "m1",
    ),
    CandidateSpoke(10.0, 10.0, "c2", "", "control"),
    Backchannelled(10.5, "q1", "Um-hum."),
    AnswerCompleted(11.0, "q1", "turn_policy"),
    AnswerReopened(12.0, "q1"),
    ControlUsed(13.0, "moment", "said"),
    ControlUsed(13.5, "leave", "pressed", "press-1"),
    FollowUpDrafted(14.0, "q1", "result", "What came of it?", "bank", "leading", "prompt", ODD_TEXT, 1.75),
    ReminderNoted(15.0, "assumes_watcher", "q1", spoken=False),
    QuestionDropped(16.0, "q3", "time"),
    InterviewEnded(17.0, "completed"),
    AnswerCorrected(18.0, "c1", ODD_TEXT, "amendment-1"),
    SentenceAdded(19.0, "c1", ODD_TEXT, "amendment-2"),
    AnswerWithdrawn(20.0, "c1", "amendment-3"),
    AmendmentUndone(21.0, "amendment-3", "amendment-4"),
    AmendmentsClosed(22.0, "amendment-5"),
)


def test_every_kind_of_event_comes_back_as_it_was_stored(records: Records) -> None:
    assert {type(event) for event in EVERY_KIND} == set(typing.get_args(Event))
    session_id = records.begin()
    log = EventLog(records.database, session_id)
    assert log.append_all(EVERY_KIND) == len(EVERY_KIND)
    assert EventLog(records.database, session_id).events() == list(EVERY_KIND)
    with records.database.reading() as session:
        types = session.scalars(select(EventRow.type).order_by(EventRow.sequence)).all()
    assert types == [event.type for event in EVERY_KIND]


def test_a_very_long_answer_comes_back_whole(records: Records) -> None:
    words = tuple(Word(f"wörd{n}", n * 0.1, n * 0.1 + 0.05, 0.5) for n in range(30_000))
    spoken = CandidateSpoke(0.5, 3000.5, "c1", " ".join(word.text for word in words), words=words)
    log = EventLog(records.database, records.begin())
    log.append(spoken)
    assert log.read() == [(1, spoken)]


def test_two_sessions_do_not_share_their_numbers(records: Records) -> None:
    one, other = (EventLog(records.database, records.begin(name)) for name in ("Ada Lind", "Bo Ek"))
    assert [one.append(CandidateConnected(1.0)), one.append(CandidateConnected(2.0))] == [1, 2]
    assert other.append(CandidateDisconnected(3.0)) == 1
    assert other.events() == [CandidateDisconnected(3.0)]


def test_reading_begins_behind_what_is_known(records: Records) -> None:
    log = EventLog(records.database, records.begin())
    log.append_all(EVERY_KIND[:5])
    assert [number for number, _ in log.read(after=3)] == [4, 5]
    assert log.read(after=5) == []
    assert log.append_all([]) == log.last_sequence == 5


def test_the_writer_that_was_overtaken_is_stopped_and_may_go_on_after_reading(records: Records) -> None:
    session_id = records.begin()
    first, second = EventLog(records.database, session_id), EventLog(records.database, session_id)
    first.append(CandidateConnected(1.0))
    with pytest.raises(SequenceConflict, match=r"event 1 was written by another process"):
        second.append_all([CandidateConnected(1.5), CandidateDisconnected(2.5)])
    assert first.events() == [CandidateConnected(1.0)]
    assert second.last_sequence == 0
    second.read()
    assert second.append(CandidateDisconnected(3.5)) == 2
    with pytest.raises(SequenceConflict):
        first.append_all([InterviewEnded(4.0, "completed"), InterviewEnded(5.0, "abandoned")])
    assert EventLog(records.database, session_id).last_sequence == 2


def test_an_erased_session_takes_no_more_events(records: Records) -> None:
    session_id = records.begin()
    log = EventLog(records.database, session_id)
    log.append(CandidateConnected(1.0))
    with records.database.transaction() as session:
        retention.erase(session, records.installation, session_id)
    with pytest.raises(NotFound, match=session_id):
        log.append(CandidateDisconnected(2.0))
    with pytest.raises(NotFound, match="never-begun"):
        EventLog(records.database, "never-begun").append(CandidateConnected(1.0))


def test_writers_in_threads_and_processes_lose_nothing_and_leave_no_gap(
    records: Records, processes: ProcessPoolExecutor
) -> None:
    session_id, each, url = records.begin(), 12, records.database.url
    with ThreadPoolExecutor(2) as threads:
        writing: list[Future[None]] = [
            pool.submit(interviews.append_presses, url, session_id, name, each)
            for pool, name in ((processes, "p1"), (processes, "p2"), (threads, "t1"), (threads, "t2"))
        ]
        for writer in writing:
            writer.result(timeout=200)
    stored = EventLog(records.database, session_id).read()
    assert [number for number, _ in stored] == list(range(1, 4 * each + 1))
    presses = [event.id for _, event in stored if isinstance(event, ControlUsed)]
    for name in ("p1", "p2", "t1", "t2"):
        assert [p for p in presses if p and p.startswith(name)] == [f"{name}-{n}" for n in range(each)]


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"type": "interview_paused", "at_s": 1.0},
        {"type": "candidate_connected"},
        {"type": "candidate_connected", "at_s": "soon"},
        {"type": "interview_ended", "at_s": 1.0, "reason": "bored"},
        {
            "type": "candidate_spoke",
            "at_s": 1.0,
            "end_s": 2.0,
            "turn_id": "c1",
            "text": "x",
            "words": [{"text": "x"}],
        },
    ],
)
def test_what_is_no_event_is_refused(payload: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        decode(payload)


def test_an_event_cannot_be_changed() -> None:
    for event in EVERY_KIND:
        with pytest.raises(dataclasses.FrozenInstanceError):
            event.at_s = 99.0  # type: ignore[misc]
