"""An interview's way from joining to scores, and the lists that others work from."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from records import invitations, sessions
from records.errors import NotFound
from records.event_log import EventLog
from records.events import CandidateConnected, InterviewEnded
from records.tables import EventRow, InterviewSession, now
from tests.records.conftest import Records
from tests.records.interviews import PINS

KEPT = timedelta(days=60)


def get(records: Records, session_id: str) -> InterviewSession:
    with records.database.reading() as session:
        return sessions.get(session, session_id)


def test_two_tabs_that_join_at_once_get_one_interview(records: Records) -> None:
    with records.database.transaction() as session:
        token = invitations.create(session, records.installation, "demo", "Ada Lind", timedelta(days=1))[1]

    def join(_: int) -> tuple[str, bool]:
        with records.database.transaction() as session:
            invitation = invitations.read_token(session, records.installation, token)
            found, resumed = sessions.create_or_get(session, invitation, "voice", PINS)
            return found.id, resumed

    with ThreadPoolExecutor(4) as pool:
        joined = list(pool.map(join, range(12)))
    assert len({session_id for session_id, _ in joined}) == 1
    assert [resumed for _, resumed in joined].count(False) == 1


def test_a_session_keeps_the_versions_it_began_with(records: Records) -> None:
    found = get(records, records.begin())
    assert (found.bank_id, found.bank_version, found.bank_hash) == ("demo", "1.0.0", "sha256:of-the-bank")
    assert (found.rubric_id, found.rubric_version) == ("behavioural", "2.3.4")
    assert (found.status, found.mode, found.started_at, found.delete_after) == (
        "created",
        "voice",
        None,
        None,
    )


def test_the_way_from_joining_to_scores(records: Records) -> None:
    session_id = records.begin()
    seen: list[tuple[str, bool]] = []
    steps = (
        lambda s: sessions.mark_active(s, session_id),
        lambda s: sessions.mark_active(s, session_id),
        lambda s: sessions.set_mode(s, session_id, "text"),
        lambda s: sessions.mark_ended(s, session_id, KEPT),
        lambda s: sessions.mark_active(s, session_id),
        lambda s: sessions.mark_processing(s, session_id),
        lambda s: sessions.mark_ended(s, session_id, timedelta(days=1)),
        lambda s: sessions.mark_failed(s, session_id, "the recording could not be joined"),
        lambda s: sessions.mark_processing(s, session_id),
        lambda s: sessions.mark_scored(s, session_id),
    )
    started: set[datetime | None] = set()
    for step in steps:
        with records.database.transaction() as session:
            step(session)
        with records.database.reading() as session:
            pending = [found.id for found in sessions.pending_processing(session)]
        found = get(records, session_id)
        seen.append((found.status, pending == [session_id]))
        started.add(found.started_at)
    assert seen == [
        ("active", False),
        ("active", False),
        ("active", False),
        ("ended", True),
        ("ended", True),
        ("processing", True),
        ("processing", True),
        ("failed", True),
        ("processing", True),
        ("scored", False),
    ]
    assert len(started) == 1
    assert (found.mode, found.failure) == ("text", None)
    assert found.ended_at is not None and found.delete_after is not None
    assert abs(found.delete_after - found.ended_at - KEPT) < timedelta(seconds=5)


def test_only_open_spoken_interviews_need_an_agent(records: Records) -> None:
    waiting, typed, over = (records.begin(name) for name in ("Ada Lind", "Bo Ek", "Cy Holm"))
    with records.database.transaction() as session:
        sessions.set_mode(session, typed, "text")
        sessions.mark_ended(session, over, KEPT)
        assert [found.id for found in sessions.active_voice_sessions(session)] == [waiting]


def test_idle_interviews_are_those_whose_last_event_is_old(records: Records) -> None:
    quiet, busy, over, _never_begun = (records.begin(n) for n in ("Ada Lind", "Bo Ek", "Cy Holm", "Di Lund"))
    for session_id in (quiet, busy, over):
        EventLog(records.database, session_id).append_all([CandidateConnected(1.0), CandidateConnected(2.0)])
    with records.database.transaction() as session:
        for session_id, sequence in ((quiet, 1), (quiet, 2), (busy, 1), (over, 1), (over, 2)):
            session.get_one(EventRow, (session_id, sequence)).recorded_at = now() - timedelta(hours=2)
        sessions.mark_ended(session, over, KEPT)
    with records.database.reading() as session:
        assert [found.id for found in sessions.idle_since(session, now() - timedelta(hours=1))] == [quiet]
        assert sessions.idle_since(session, now() - timedelta(hours=3)) == []


def test_an_end_that_was_recorded_but_not_noted_is_found_once(records: Records) -> None:
    open_one, ended = records.begin("Ada Lind"), records.begin("Bo Ek")
    EventLog(records.database, open_one).append(CandidateConnected(1.0))
    EventLog(records.database, ended).append_all(
        [InterviewEnded(1.0, "abandoned"), InterviewEnded(2.0, "completed")]
    )
    with records.database.transaction() as session:
        assert [found.id for found in sessions.ended_in_record(session)] == [ended]
        sessions.mark_ended(session, ended, KEPT)
    with records.database.reading() as session:
        assert sessions.ended_in_record(session) == []


def test_sessions_are_listed_by_position_and_by_bank(records: Records) -> None:
    first, second = records.begin("Ada Lind"), records.begin("Bo Ek")
    other = records.begin("Cy Holm", "customer_support")
    with records.database.reading() as session:
        listed = [
            (found.id, invited.candidate_name) for found, invited in sessions.of_position(session, "demo")
        ]
        assert listed == [(first, "Ada Lind"), (second, "Bo Ek")]
        assert {found.id for found in sessions.of_bank(session, "demo", "1.0.0")} == {first, second, other}
        assert sessions.of_bank(session, "demo", "1.0.1") == []


@pytest.mark.parametrize("session_id", ["", "unknown", "\0", "../x", "' OR 1=1 --"])
def test_an_unknown_session_is_not_found(records: Records, session_id: str) -> None:
    with pytest.raises(NotFound, match="there is no interview session"):
        get(records, session_id)
