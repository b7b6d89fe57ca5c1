"""The steps after an interview, each alone and each twice, over a real database."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from records import consents, demo, media, scores, sessions
from records.database import Database
from records.event_log import EventLog
from records.events import AnswerWithdrawn
from records.installation import Installation
from tests.worker.interviews import finished_interview
from worker.processing import Processing

RATE_HZ = 16_000


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation.open(tmp_path / "data")


@pytest.fixture
def database(installation: Installation) -> Iterator[Database]:
    database = Database(installation.database_url)
    database.migrate()
    with database.transaction() as session:
        demo.ensure_demo(session)
    yield database
    database.close()


@pytest.fixture
def processing(installation: Installation, database: Database) -> Processing:
    return Processing(installation, database)


def record_segments(installation: Installation, session_id: str) -> Path:
    """Write two seconds of stereo at 0 s and one at 4 s, as an agent that was killed between leaves them."""
    folder = media.segments_dir(installation, session_id)
    folder.mkdir(parents=True)
    tone = (np.sin(np.arange(2 * RATE_HZ) / 9) * 8000).astype("<i2")
    (folder / "0.pcm").write_bytes(np.column_stack([tone, tone // 2]).tobytes())
    (folder / "4000.pcm").write_bytes(np.column_stack([tone, tone])[:RATE_HZ].tobytes())
    return folder


def recording(database: Database, session_id: str):
    with database.reading() as session:
        return media.newest(session, session_id, "recording")


def test_segments_become_one_recording_however_often_the_step_runs(processing, database, installation):
    session_id = finished_interview(database, installation, recording=True)
    record_segments(installation, session_id)
    assert [processing.join_recording(session_id) for _ in range(2)] == [None, None]
    found = recording(database, session_id)
    assert found.duration_s == pytest.approx(5.0, abs=0.1)
    assert media.absolute_path(installation, found).stat().st_size == found.size_bytes > 1000


def test_without_consent_nothing_of_the_sound_is_kept(processing, database, installation):
    session_id = finished_interview(database, installation, recording=True)
    folder = record_segments(installation, session_id)
    with database.transaction() as session:
        consents.record(session, session_id, {"recording": False}, "v1")
    assert processing.join_recording(session_id) is None
    assert recording(database, session_id) is None
    assert not folder.exists()


def test_an_interview_without_sound_has_no_recording_and_no_failure(processing, database, installation):
    session_id = finished_interview(database, installation, recording=True)
    assert processing.join_recording(session_id) is None
    assert recording(database, session_id) is None


def test_a_recording_that_cannot_be_joined_is_a_reason_and_not_a_crash(processing, database, installation):
    session_id = finished_interview(database, installation, recording=True)
    record_segments(installation, session_id)
    media.recording_path(installation, session_id).mkdir()
    assert processing.join_recording(session_id) == "recording: IsADirectoryError"


def test_scores_are_stored_once_and_every_quote_is_verbatim(processing, database, installation):
    session_id = finished_interview(database, installation)
    assert [processing.score(session_id) for _ in range(2)] == [None, None]
    with database.reading() as session:
        result = scores.newest(session, session_id)
    assert result is not None
    assert result["schema"] == "aila.scores/1"
    evidence = [e for c in result["criteria"] for i in c["indicators"] for e in i["evidence"]]
    assert evidence, "the answers show something"
    assert all(len(piece["quote"]) == piece["end"] - piece["start"] for piece in evidence)


def test_a_session_that_is_not_there_is_a_reason(processing):
    assert processing.score("nobody") == "scoring: there is no interview session 'nobody'"


def test_the_outcome_is_noted(processing, database, installation):
    session_id = finished_interview(database, installation)
    seen = []
    for step in (
        processing.begin,
        lambda s: processing.fail(s, "scoring: MemoryError"),
        processing.begin,
        processing.succeed,
    ):
        step(session_id)
        with database.reading() as session:
            found = sessions.get(session, session_id)
            seen.append((found.status, found.failure))
    assert [status for status, _ in seen] == ["processing", "failed", "processing", "scored"]
    assert (seen[1][1], seen[3][1]) == ("scoring: MemoryError", None)


def test_a_withdrawn_answer_is_neither_scored_nor_heard_and_an_old_result_does_not_count(
    processing, database, installation
):
    session_id = finished_interview(database, installation, recording=True)
    record_segments(installation, session_id)
    revision = processing.begin(session_id)
    assert processing.score(session_id) is None
    with database.reading() as session:
        before = scores.newest(session, session_id)
    log = EventLog(database, session_id)
    quoted = next(
        piece["turn"] for c in before["criteria"] for i in c["indicators"] for piece in i["evidence"]
    )
    withdrawn = AnswerWithdrawn(500.0, quoted, "amendment-0001")
    log.append_all([withdrawn], lambda session: sessions.revise(session, session_id))
    processing.succeed(session_id, revision)
    with database.reading() as session:
        assert sessions.get(session, session_id).status == "ended", "the answers have changed meanwhile"
        assert scores.newest(session, session_id) is None
    revision = processing.begin(session_id)
    assert (processing.join_recording(session_id), processing.score(session_id)) == (None, None)
    processing.succeed(session_id, revision)
    with database.reading() as session:
        after, found = scores.newest(session, session_id), sessions.get(session, session_id)
        kept = media.newest(session, session_id, "recording")
    assert (found.status, found.revision, kept.revision) == ("scored", 1, 1)
    assert quoted not in {
        piece["turn"] for c in after["criteria"] for i in c["indicators"] for piece in i["evidence"]
    }
