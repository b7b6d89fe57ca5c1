"""Rounds, sheets in versions, calibrations in force; and nothing of it outlives the interview."""

import pytest

from records import calibrations, panel_ratings, panel_rounds, retention
from records.errors import NotFound
from records.panel_ratings import NewRating
from records.panel_rounds import NewInterview
from records.panel_tables import PanelRater, PanelSheet
from tests.records.conftest import Records


def begin_round(records: Records, *session_ids: str, synthetic: bool = False) -> str:
    """Add a round in which Kim and Lee rate all of the interviews, Lee in the reverse order."""
    orders = {"Kim": session_ids, "Lee": tuple(reversed(session_ids))}
    new = [NewInterview(one, shared=True, transcript_hash=f"sha256:{one}") for one in session_ids]
    with records.database.transaction() as session:
        return panel_rounds.create(
            session, ("behavioural", "2.3.4"), new, orders, per_interview=2, seed=9, synthetic=synthetic
        ).id


def rater(records: Records, round_id: str, name: str = "Kim") -> PanelRater:
    with records.database.reading() as session:
        return next(one for one in panel_rounds.raters(session, round_id) if one.name == name)


def hand_in(
    records: Records, who: PanelRater, *ratings: NewRating, again: bool = False
) -> panel_ratings.Stored:
    with records.database.transaction() as session:
        return panel_ratings.store(session, who, ratings, "kim.xlsx", again=again)


def stored(records: Records, *round_ids: str) -> list[panel_ratings.StoredRating]:
    with records.database.reading() as session:
        return panel_ratings.newest(session, round_ids)


def test_a_round_knows_its_interviews_by_codes_and_raters_by_their_order(records: Records) -> None:
    first, second = records.begin("Ada Lind"), records.begin("Bo Ek")
    round_id = begin_round(records, first, second)
    with records.database.reading() as session:
        found = panel_rounds.interviews(session, round_id)
        kim, lee = panel_rounds.raters(session, round_id)
        orders = [panel_rounds.order_of(session, one.id) for one in (kim, lee)]
        progress = panel_rounds.progress(session, round_id)
        assert panel_rounds.get(session, round_id).seed == 9
    assert {one.session_id for one in found} == {first, second}
    assert len({one.code for one in found}) == 2
    assert all(one.session_id not in one.code and one.shared for one in found)
    assert orders == [{first: 1, second: 2}, {second: 1, first: 2}]
    assert [(one.rater, one.interviews, one.versions) for one in progress] == [("Kim", 2, 0), ("Lee", 2, 0)]


def test_a_round_of_an_unknown_interview_leaves_nothing(records: Records) -> None:
    with pytest.raises(NotFound):
        begin_round(records, records.begin(), "nobody")
    with records.database.reading() as session:
        assert panel_rounds.list_all(session) == []
        with pytest.raises(NotFound, match="the rounds are: none"):
            panel_rounds.get(session, "r0")


def test_a_corrected_sheet_is_a_new_version_and_the_same_one_again_changes_nothing(records: Records) -> None:
    interview = records.begin()
    kim = rater(records, begin_round(records, interview))
    whole = NewRating(interview, "teamwork", None, 2, "")
    part = NewRating(interview, "teamwork", "helped_colleague", None, "Not told.")
    first = hand_in(records, kim, whole, part)
    assert (first.outcome, first.version, first.added, first.changed, first.removed) == ("stored", 1, 2, 0, 0)
    same = hand_in(records, kim, part, whole)  # the order of the rows does not matter
    assert (same.outcome, same.version) == ("unchanged", 1)
    corrected = hand_in(records, kim, NewRating(interview, "teamwork", None, 3, ""))
    assert (corrected.version, corrected.added, corrected.changed, corrected.removed) == (2, 0, 1, 1)
    older = hand_in(records, kim, whole, part)
    assert (older.outcome, older.version) == ("older", 1)
    assert [r.level for r in stored(records, kim.round_id)] == [3]
    again = hand_in(records, kim, whole, part, again=True)
    assert (again.outcome, again.version) == ("stored", 3)
    with records.database.reading() as session:
        assert [sheet.version for sheet in session.query(PanelSheet).order_by(PanelSheet.id)] == [1, 2, 3]
        assert len(panel_ratings.of_session(session, interview)) == 5  # all versions are kept


def test_ratings_come_back_with_whose_they_are_and_where_in_the_order(records: Records) -> None:
    first, second = records.begin("Ada Lind"), records.begin("Bo Ek")
    round_id = begin_round(records, first, second, synthetic=True)
    for name in ("Lee", "Kim"):
        hand_in(records, rater(records, round_id, name), NewRating(second, "learning", None, 1, "=note"))
    kim, lee = stored(records, round_id)
    assert (kim.rater, kim.position, kim.session_id, kim.level, kim.note) == ("Kim", 2, second, 1, "=note")
    assert (lee.rater, lee.position, lee.synthetic, kim.synthetic) == ("Lee", 1, True, True)
    assert kim.transcript_hash == f"sha256:{second}" and kim.code == lee.code
    assert stored(records, "another") == []


def test_an_erased_interview_takes_its_ratings_along_and_leaves_the_others(records: Records) -> None:
    stays, goes = records.begin("Ada Lind"), records.begin("Bo Ek")
    round_id = begin_round(records, stays, goes)
    kim = rater(records, round_id)
    ratings = [NewRating(one, "teamwork", None, 2, f"About {one}.") for one in (stays, goes)]
    hand_in(records, kim, *ratings)
    hand_in(records, kim, *ratings[1:])  # a version that holds nothing else
    with records.database.transaction() as session:
        erased = retention.erase(session, records.installation, goes).erased
    assert (erased["panel_ratings"], erased["panel_assignments"], erased["panel_interviews"]) == (2, 2, 1)
    with records.database.reading() as session:
        assert [one.session_id for one in panel_rounds.interviews(session, round_id)] == [stays]
        assert list(panel_rounds.order_of(session, kim.id)) == [stays]
        assert panel_ratings.of_session(session, goes) == []
        assert len(panel_ratings.of_session(session, stays)) == 1


def calibration(name: str, version: str = "2.3.4") -> dict:
    return {"id": name, "rubric": {"id": "behavioural", "version": version}, "criteria": {}}


def test_of_a_rubrics_calibrations_the_one_activated_last_is_in_force(records: Records) -> None:
    first, second, other = calibration("cal-1"), calibration("cal-2"), calibration("cal-3", "3.0.0")
    with records.database.transaction() as session:
        assert [calibrations.store(session, one) for one in (first, second, other, first)] == [True] * 3 + [
            False
        ]
        assert calibrations.active(session) == {}
        for name in ("cal-1", "cal-2", "cal-2", "cal-3"):
            calibrations.activate(session, name)
        in_force = calibrations.active(session)
        assert in_force == {("behavioural", "2.3.4"): second, ("behavioural", "3.0.0"): other}
    with records.database.transaction() as session:
        assert calibrations.deactivate(session, "behavioural", "2.3.4") == "cal-2"
        assert calibrations.deactivate(session, "behavioural", "2.3.4") is None
        assert calibrations.active(session) == {("behavioural", "3.0.0"): other}
        calibrations.activate(session, "cal-1")
        assert calibrations.active(session)["behavioural", "2.3.4"] == first
        assert [one.calibration_id for one in calibrations.history(session)] == [
            "cal-1",
            "cal-2",
            "cal-3",
            None,
            "cal-1",
        ]
        with pytest.raises(NotFound, match="the calibrations are: cal-1, cal-2, cal-3"):
            calibrations.activate(session, "cal-9")
