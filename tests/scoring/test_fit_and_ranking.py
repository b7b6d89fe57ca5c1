"""Fit, the ranked order, and what would change it."""

from random import Random

import pytest

from records.positions import RequiredLevel
from scoring.fit import EXCEEDS_MARGIN, fit
from scoring.ranking import RankedCandidate, rank
from scoring.result import CriterionResult, RubricReference, Scores
from scoring.sensitivity import pair_sensitivities, top_shares

Result = tuple[float, float, float]


def scores(**results: Result | None) -> Scores:
    """Return scores; of each criterion low, score, high, or None where it was abstained."""
    criteria = tuple(
        CriterionResult(id=name, score=None, interval=None, abstained=True, reason="too little was said")
        if result is None
        else CriterionResult(
            id=name, score=result[1], interval=(result[0], result[2]), abstained=False, reason=None
        )
        for name, result in results.items()
    )
    reference = RubricReference(id="behavioural", version="2.0.0")
    return Scores(
        session_id="s", rubric=reference, calibrated=False, provenance="sha256:0", criteria=criteria
    )


def level(required: float | None, importance: int = 2, exceeds_margin: float = 0.75) -> RequiredLevel:
    return RequiredLevel(required=required, importance=importance, exceeds_margin=exceeds_margin)


def order(ranked: list[RankedCandidate]) -> list[tuple[str, int | None]]:
    return [(one.session_id, one.rank) for one in ranked]


@pytest.mark.parametrize(
    ("interval", "stands"),
    [
        ((1.5, 2.0), "fit"),
        ((1.49, 2.9), "uncertain"),
        ((0.2, 1.5), "uncertain"),
        ((0.2, 1.49), "below"),
        ((2.25, 2.4), "exceeds"),
        ((2.24, 3.0), "fit"),
    ],
)
def test_a_fit_is_said_only_when_the_whole_interval_clears_the_level(interval, stands):
    assert fit(interval, 1.5, 0.75) == stands


def test_the_stored_margin_and_the_scorers_agree():
    assert RequiredLevel(required=1.0).exceeds_margin == EXCEEDS_MARGIN


def test_the_margin_of_a_position_decides_what_exceeds():
    [one] = rank({"teamwork": level(1.0, exceeds_margin=1.5)}, {"a": scores(teamwork=(2.0, 2.2, 2.4))})
    [other] = rank({"teamwork": level(1.0, exceeds_margin=1.0)}, {"a": scores(teamwork=(2.0, 2.2, 2.4))})
    assert (one.standings[0].fit, other.standings[0].fit) == ("fit", "exceeds")


def test_without_a_required_level_a_criterion_counts_in_the_order_and_has_no_fit():
    levels = {"teamwork": level(None, 1), "planning": level(2.0, 3)}
    [one] = rank(levels, {"a": scores(teamwork=(2.0, 2.8, 3.0), planning=(0.5, 0.8, 1.2))})
    assert one.overall == 1.3  # (1 * 2.8 + 3 * 0.8) / 4
    assert [(s.criterion, s.fit) for s in one.standings] == [("teamwork", None), ("planning", "below")]


def test_a_required_level_changes_the_fit_and_never_the_order():
    people = {
        "a": scores(teamwork=(1.4, 1.5, 1.6), planning=(2.4, 2.5, 2.6)),
        "b": scores(teamwork=(1.9, 2.0, 2.1), planning=(1.4, 1.5, 1.6)),
    }
    low = rank({"teamwork": level(0.5), "planning": level(0.5)}, people)
    high = rank({"teamwork": level(2.9), "planning": level(0.5)}, people)
    assert order(low) == order(high)
    assert [s.fit for s in low[0].standings] != [s.fit for s in high[0].standings]


def test_overlapping_intervals_share_a_rank_and_the_next_rank_counts_them():
    people = {
        "c": scores(teamwork=(0.2, 0.4, 0.6)),
        "a": scores(teamwork=(1.9, 2.3, 2.7)),
        "b": scores(teamwork=(1.7, 2.0, 2.3)),
        "nobody": scores(teamwork=None),
    }
    ranked = rank({"teamwork": level(1.0)}, people)
    assert order(ranked) == [("a", 1), ("b", 1), ("c", 3), ("nobody", None)]
    assert [one.tied for one in ranked] == [True, True, False, False]


def test_what_was_abstained_neither_helps_nor_hurts():
    levels = {"teamwork": level(1.0, 3), "planning": level(1.0, 1)}
    [one] = rank(levels, {"a": scores(teamwork=None, planning=(1.0, 1.4, 1.8))})
    assert (one.overall, len(one.counted), len(one.standings)) == (1.4, 1, 2)


# --- what would change the order

LEVELS = {"teamwork": level(1.0, 3), "planning": level(1.0, 1)}
ADA = scores(teamwork=(1.9, 2.0, 2.1), planning=(0.9, 1.0, 1.1))  # 1.75
BO = scores(teamwork=(1.3, 1.4, 1.5), planning=(2.1, 2.2, 2.6))  # 1.60


def test_the_smallest_change_of_importance_that_turns_two_neighbours_is_found():
    [pair] = pair_sensitivities(rank(LEVELS, {"ada": ADA, "bo": BO}))
    assert (pair.upper, pair.lower, pair.difference) == ("ada", "bo", 0.15)
    change = pair.importance_change
    assert change is not None
    assert (change.criterion, change.now, change.then) == ("teamwork", 3, 1) or (
        change.criterion,
        change.now,
        change.then,
    ) == ("planning", 1, 2)
    # By the list itself: with that importance the order is the other way round, with less it is not.
    turned = LEVELS | {change.criterion: level(1.0, change.then)}
    assert [one.session_id for one in rank(turned, {"ada": ADA, "bo": BO})] == ["bo", "ada"]


def test_no_importance_turns_two_of_whom_one_is_better_at_everything():
    better = scores(teamwork=(2.4, 2.5, 2.6), planning=(2.4, 2.5, 2.6))
    [pair] = pair_sensitivities(rank(LEVELS, {"better": better, "bo": BO}))
    assert pair.importance_change is None
    assert pair.score_change is None
    assert not pair.tied


def test_a_score_inside_its_interval_that_makes_two_level_is_found():
    wide = scores(teamwork=(1.2, 1.8, 2.4), planning=(1.0, 1.1, 1.2))  # 1.62, 0.02 above
    [pair] = pair_sensitivities(rank(LEVELS, {"wide": wide, "bo": BO}))
    change = pair.score_change
    assert change is not None
    moved = {"wide": [1.8, 1.1], "bo": [1.4, 2.2]}
    moved[change.session_id][["teamwork", "planning"].index(change.criterion)] = change.then
    overall = {name: (3 * t + p) / 4 for name, (t, p) in moved.items()}
    assert overall["wide"] == pytest.approx(overall["bo"], abs=0.01)
    assert change.interval[0] <= change.then <= change.interval[1]


def test_equal_scores_are_said_to_be_equal():
    [pair] = pair_sensitivities(rank(LEVELS, {"one": ADA, "other": ADA}))
    assert (pair.difference, pair.tied, pair.importance_change, pair.score_change) == (0, True, None, None)


def test_the_shares_of_the_first_places_are_the_same_whatever_order_the_people_come_in():
    people = {"ada": ADA, "bo": BO, "cy": scores(teamwork=(0.0, 1.0, 3.0)), "nobody": scores(teamwork=None)}
    forwards = top_shares(rank(LEVELS, people), 1)
    backwards = top_shares(rank(LEVELS, dict(reversed(people.items()))), 1)
    assert forwards == backwards
    assert set(forwards) == {"ada", "bo", "cy"}
    assert sum(forwards.values()) == pytest.approx(1)
    assert forwards["bo"] < forwards["ada"]


def test_a_place_that_no_draw_can_take_away_is_certain():
    people = {"up": scores(teamwork=(2.5, 2.7, 2.9)), "down": scores(teamwork=(0.1, 0.2, 0.3))}
    assert top_shares(rank(LEVELS, people), 1) == {"up": 1.0, "down": 0.0}
    assert top_shares(rank(LEVELS, people), 5) == {"up": 1.0, "down": 1.0}
    assert top_shares(rank(LEVELS, {}), 3) == {}
    with pytest.raises(ValueError, match="top"):
        top_shares([], 0)


@pytest.mark.parametrize("interval", [(0.5, 1.5, 2.5), (0.0, 0.0, 0.0), (3.0, 3.0, 3.0)])
def test_shares_of_two_alike_are_even(interval: Result):
    alike = scores(teamwork=interval)
    shares = top_shares(rank(LEVELS, {"one": alike, "other": alike}), 1)
    assert shares["one"] == pytest.approx(0.5, abs=0.05)


def test_ranks_and_ties_of_many_are_those_of_comparing_everybody_with_everybody():
    draw = Random(3)
    people = {}
    for number in range(60):
        low = draw.uniform(0, 2.6)
        people[f"s{number}"] = scores(teamwork=(low, low, low + draw.uniform(0, 0.3)))
    ranked = rank({"teamwork": level(1.0)}, people)
    intervals = {one.session_id: one.interval for one in ranked if one.interval is not None}
    for one in ranked:
        low, high = intervals[one.session_id]
        others = [interval for name, interval in intervals.items() if name != one.session_id]
        assert one.rank == 1 + sum(other[0] > high for other in others)
        assert one.tied == any(other[0] <= high and low <= other[1] for other in others)
