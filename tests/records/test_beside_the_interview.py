"""What is stored beside an interview: positions, consents, decisions, scores, and lists over many of them."""

import pytest
from pydantic import ValidationError

from records import consents, decisions, demo, media, overview, positions, scores, sessions
from records.errors import NotFound
from records.overview import PositionCounts
from records.positions import RequiredLevel
from tests.records.conftest import Records


def scored(provenance: str, value: float) -> dict[str, object]:
    return {
        "schema": "aila.scores/1",
        "rubric": {"id": "behavioural", "version": "2.3.4"},
        "provenance": provenance,
        "criteria": [{"id": "teamwork", "score": value, "quote": "wir \0 🙂"}],
    }


def test_a_positions_levels_are_replaced_as_a_whole(records: Records) -> None:
    levels = {"teamwork": RequiredLevel(required=2.5, importance=3), "learning": RequiredLevel(required=0)}
    with records.database.transaction() as session:
        positions.create(
            session, "nurse", "Nurse", "Clinic", ("demo", "1.0.0"), ("behavioural", "2.0.0"), levels
        )
    with records.database.transaction() as session:
        assert positions.levels_of(positions.get(session, "nurse")) == levels
        positions.set_levels(session, "nurse", {"planning": RequiredLevel(required=1.25, importance=1)})
    with records.database.reading() as session:
        found = positions.get(session, "nurse")
        assert positions.levels_of(found) == {"planning": RequiredLevel(required=1.25, importance=1)}
        assert [p.id for p in positions.list_all(session)] == ["customer_support", "demo", "nurse"]
        with pytest.raises(NotFound, match="'pilot'"):
            positions.set_levels(session, "pilot", levels)


@pytest.mark.parametrize(
    "level",
    [{"required": 3.1}, {"required": -0.1}, {"required": float("nan")}, {"required": 1, "importance": 4}],
)
def test_a_level_out_of_range_is_refused(level: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        RequiredLevel.model_validate(level)


def test_the_demo_is_added_once_and_not_changed_back(records: Records) -> None:
    with records.database.transaction() as session:
        positions.set_levels(session, "demo", {})
        demo.ensure_demo(session)
        assert positions.levels_of(positions.get(session, "demo")) == {}
        positions.set_levels(session, "demo", {"teamwork": RequiredLevel(required=1.0)})


def test_the_newest_consent_of_each_kind_is_in_force_and_all_are_kept(records: Records) -> None:
    session_id, other = records.begin("Ada Lind"), records.begin("Bo Ek")
    with records.database.transaction() as session:
        consents.record(session, session_id, {"interview": True, "recording": True}, "v3")
        consents.record(session, other, {"recording": True}, "v3")
    with records.database.transaction() as session:
        consents.record(session, session_id, {"recording": False}, "v4")
    with records.database.reading() as session:
        assert consents.in_force(session, session_id) == {"interview": True, "recording": False}
        assert consents.in_force(session, "unknown") == {}
        history = [(c.consent_id, c.granted, c.text_version) for c in consents.history(session, session_id)]
    assert sorted(history[:2]) == [("interview", True, "v3"), ("recording", True, "v3")]
    assert history[2:] == [("recording", False, "v4")]


def test_decisions_are_added_and_never_replaced(records: Records) -> None:
    session_id = records.begin()
    with records.database.transaction() as session:
        decisions.record(session, session_id, "hold", "Wait for the reference.\0 🙂", "kim")
        decisions.record(session, session_id, "invite", "Reference is good.", "robin")
    with records.database.reading() as session:
        found = [(d.decision, d.note, d.decided_by) for d in decisions.history(session, session_id)]
    assert found == [
        ("hold", "Wait for the reference.\ufffd 🙂", "kim"),
        ("invite", "Reference is good.", "robin"),
    ]


def test_the_same_scores_are_stored_once_and_the_newest_count(records: Records) -> None:
    session_id = records.begin()
    for stored in (scored("sha256:a", 1.5), scored("sha256:b", 2.25), scored("sha256:a", 0.5)):
        with records.database.transaction() as session:
            scores.store(session, session_id, stored)
    with records.database.reading() as session:
        assert scores.newest(session, session_id) == scored("sha256:b", 2.25)
        assert scores.newest(session, "unknown") is None


def test_lists_hold_the_newest_of_every_session(records: Records) -> None:
    ada, bo, cy = (
        records.begin("Ada Lind"),
        records.begin("Bo Ek"),
        records.begin("Cy Holm", "customer_support"),
    )
    with records.database.transaction() as session:
        for provenance, value in (("sha256:a", 1.0), ("sha256:b", 2.0)):
            scores.store(session, ada, scored(provenance, value))
            session.flush()
        sessions.mark_scored(session, ada)
        decisions.record(session, bo, "hold", "First thought.", "kim")
        session.flush()
        decisions.record(session, bo, "invite", "Second thought.", "kim")
        media.store_cv(session, records.installation, cy, "cv.pdf", b"%PDF-1.7")
        media.store_cv(session, records.installation, cy, "cv.pdf", b"%PDF-1.8")
    with records.database.reading() as session:
        assert overview.count_by_status(session) == {"created": 2, "scored": 1}
        assert overview.count_by_position(session) == {
            "demo": PositionCounts(candidates=2, scored=1),
            "customer_support": PositionCounts(candidates=1, scored=0),
        }
        everyone = [ada, bo, cy, "unknown"]
        assert overview.newest_scores(session, everyone) == {ada: scored("sha256:b", 2.0)}
        assert {i: d.note for i, d in overview.newest_decisions(session, everyone).items()} == {
            bo: "Second thought."
        }
        assert overview.media_kinds(session, everyone) == {cy: frozenset({"cv"})}
        assert overview.newest_scores(session, []) == {}
