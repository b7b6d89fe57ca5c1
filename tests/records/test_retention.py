"""Forgetting: when an interview's time is over, nothing of it is left, and nothing else is touched."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from records import camera, consents, decisions, feedback, human_reviews, media, retention, scores, sessions
from records.errors import NotFound
from records.event_log import EventLog
from records.events import CandidateSpoke
from records.tables import Base, now
from tests.records.conftest import Records


def fill(records: Records, name: str) -> str:
    """Begin an interview and store something of every kind with it."""
    session_id = records.begin(name)
    EventLog(records.database, session_id).append(CandidateSpoke(1.0, 2.0, "c1", f"I am {name}."))
    segments = media.segments_dir(records.installation, session_id)
    segments.mkdir(parents=True)
    (segments / "0000000000.pcm").write_bytes(b"\1\0" * 8)
    media.recording_path(records.installation, session_id).write_bytes(b"sound")
    with records.database.transaction() as session:
        consents.record(session, session_id, {"interview": True}, "v1")
        decisions.record(session, session_id, "hold", "Not yet.", "kim")
        media.store_cv(session, records.installation, session_id, "cv.pdf", b"%PDF-1.4")
        media.register_recording(session, records.installation, session_id, 1.5)
        reference = {"rubric": {"id": "behavioural", "version": "2.3.4"}, "provenance": f"sha256:{name}"}
        scores.store(session, session_id, reference)
        human_reviews.ask(session, session_id, "Please look at it.")
        feedback.give(session, session_id, {"fair": 4}, "Kind.")
        camera.store_chunk(
            session, records.installation, session_id, "take-one", 0, b"\x1a\x45\xdf\xa3", "video/webm", now()
        )
    return session_id


def rows(records: Records) -> dict[str, int]:
    with records.database.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def test_an_erased_interview_leaves_nothing_and_others_stay(records: Records) -> None:
    fill(records, "Ada Lind")
    before = rows(records)
    gone = fill(records, "Bo Ek")
    with records.database.transaction() as session:
        retention.erase(session, records.installation, gone)
    assert rows(records) == before | {"erasures": 1}
    assert before["human_reviews"] == before["interview_feedback"] == 1
    assert {
        "events",
        "consents",
        "media_files",
        "camera_takes",
        "scores",
        "decisions",
        "sessions",
        "invitations",
    } <= {name for name, count in before.items() if count}
    assert not media.session_dir(records.installation, gone).exists()
    assert len(list(records.installation.media_dir.iterdir())) == 1
    with pytest.raises(NotFound), records.database.transaction() as session:
        retention.erase(session, records.installation, gone)


def test_erasing_that_was_interrupted_can_be_done_again(records: Records) -> None:
    session_id = fill(records, "Ada Lind")
    with pytest.raises(KeyboardInterrupt), records.database.transaction() as session:
        retention.erase(session, records.installation, session_id)
        raise KeyboardInterrupt
    assert rows(records)["sessions"] == 1
    with records.database.transaction() as session:
        retention.erase(session, records.installation, session_id)
    assert rows(records)["sessions"] == 0


def test_an_interview_is_due_when_its_time_is_over_and_not_before(records: Records) -> None:
    long_ago, lately, _never_ended = (records.begin(name) for name in ("Ada Lind", "Bo Ek", "Cy Holm"))
    with records.database.transaction() as session:
        sessions.mark_ended(session, long_ago, timedelta(days=10))
        sessions.mark_ended(session, lately, timedelta(days=30))
    with records.database.reading() as session:
        assert retention.due(session, now()) == []
        assert retention.due(session, now() + timedelta(days=11)) == [long_ago]
        assert retention.due(session, now() + timedelta(days=31)) == [long_ago, lately]


@pytest.mark.parametrize("session_id", ["..", ".", "", "../../etc", "\0"])
def test_no_name_of_a_session_reaches_other_folders(records: Records, session_id: str) -> None:
    kept = records.installation.media_dir / "keep"
    kept.write_text("this")
    with pytest.raises(NotFound), records.database.transaction() as session:
        retention.erase(session, records.installation, session_id)
    assert kept.read_text() == "this"
