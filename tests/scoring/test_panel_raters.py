"""Who rates what; each rater's severity and drift; what a meeting talks about."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from scoring.panel.assignment import assign
from scoring.panel.disagreements import disagreements
from scoring.panel.estimate import Estimate, NotEnough, Undefined
from scoring.panel.ratings import Rating
from scoring.panel.severity import profiles
from scoring.panel.synthetic import simulate

INTERVIEWS = [f"i{i:02d}" for i in range(37)]
RATERS = ["ann", "bo", "cy", "dee"]


def test_loads_are_balanced_pairs_overlap_and_the_shared_are_given_to_all():
    given = assign(INTERVIEWS, RATERS, per_interview=2, shared=7, seed=11)
    loads = [len(order) for order in given.orders.values()]
    assert max(loads) - min(loads) <= 1 and sum(loads) == 30 * 2 + 7 * 4
    assert all(
        given.shared <= set(order) and len(set(order)) == len(order) for order in given.orders.values()
    )
    raters_of = Counter(interview for order in given.orders.values() for interview in order)
    assert {raters_of[i] for i in INTERVIEWS if i not in given.shared} == {2}
    met = [len(set(given.orders[a]) & set(given.orders[b])) - 7 for a, b in combinations(RATERS, 2)]
    assert min(met) >= 4  # 30 interviews over 6 pairs: 5 each


def test_the_same_seed_gives_the_same_assignment_and_raters_have_orders_of_their_own():
    first, again, other = (assign(INTERVIEWS, RATERS, 2, 7, seed) for seed in (11, 11, 12))
    assert first == again and first != other
    in_common = [[i for i in first.orders[rater] if i in first.shared] for rater in RATERS]
    assert len({tuple(order) for order in in_common}) == len(RATERS)
    assert assign(list(reversed(INTERVIEWS)), RATERS, 2, 7, 11) == first


@pytest.mark.parametrize(
    ("interviews", "raters", "per_interview", "shared", "message"),
    [
        (["a", "a"], RATERS, 2, 0, "interviews are named once each; repeated: a"),
        (INTERVIEWS, ["ann", "ann"], 1, 0, "raters are named once each; repeated: ann"),
        (INTERVIEWS, [], 1, 0, "there are no raters"),
        ([], RATERS, 1, 0, "there are no interviews"),
        (INTERVIEWS, RATERS, 5, 0, r"1 to 4 \(the number of raters\); got 5"),
        (INTERVIEWS, RATERS, 2, 38, "got 38"),
        (INTERVIEWS, RATERS, 2, -1, "got -1"),
    ],
)
def test_what_cannot_be_assigned_is_refused(interviews, raters, per_interview, shared, message):
    with pytest.raises(ValueError, match=message):
        assign(interviews, raters, per_interview, shared, 1)


def panel(severity: dict[str, float], drift: dict[str, float], seed: int = 4) -> list[Rating]:
    """Return ratings with known severities and drifts (levels per interview)."""
    draw = np.random.default_rng(seed)
    interviews = [f"i{i:03d}" for i in range(120)]
    given = assign(interviews, list(severity), 2, 20, seed)
    level = {(i, c): draw.normal(1.5, 0.6) for i in interviews for c in ("x", "y", "z")}
    ratings = []
    for rater, order in given.orders.items():
        for place, interview in enumerate(order, start=1):
            for criterion in ("x", "y", "z"):
                lowered = severity[rater] + drift[rater] * (place - len(order) / 2)
                seen = level[interview, criterion] - lowered + draw.normal(0, 0.2)
                ratings.append(
                    Rating(interview, rater, criterion, None, int(np.clip(np.rint(seen), 0, 3)), place)
                )
    return ratings


def test_severity_and_drift_that_were_put_in_are_found():
    severity = {"ann": 0.4, "bo": -0.4, "cy": 0.0, "dee": 0.0}
    drift = {"ann": 0.0, "bo": 0.0, "cy": 0.012, "dee": -0.012}
    found = {profile.rater: profile for profile in profiles(panel(severity, drift))}
    for rater, profile in found.items():
        assert isinstance(profile.severity, Estimate) and isinstance(profile.drift, Estimate)
        assert profile.severity.value == pytest.approx(severity[rater], abs=0.12)
        assert profile.drift.value == pytest.approx(drift[rater] * 10, abs=0.05)
        assert profile.severity.low is not None and profile.severity.low < severity[rater]
    assert found["cy"].drift.low > 0 > found["dee"].drift.high


def test_a_rater_who_always_says_three_is_named():
    ratings = [r for r in panel(dict.fromkeys(RATERS, 0.0), dict.fromkeys(RATERS, 0.0)) if r.rater != "dee"]
    ratings += [
        Rating(r.interview, "dee", r.criterion, None, 3, r.position) for r in ratings if r.rater == "ann"
    ]
    dee = next(profile for profile in profiles(ratings) if profile.rater == "dee")
    assert dee.remark is not None and dee.remark.startswith(f"rated 3 in all of {dee.ratings} ratings")
    assert isinstance(dee.severity, Estimate) and dee.severity.high is not None and dee.severity.high < 0


def test_without_others_on_the_same_interviews_there_is_no_severity():
    alone = [Rating(f"i{i}", "ann", "x", None, i % 4, i + 1) for i in range(20)]
    [ann] = profiles(alone)
    assert isinstance(ann.severity, NotEnough) and (ann.severity.have, ann.severity.need) == (0, 10)
    two_groups = [
        Rating(f"{group}{i}", rater, "x", None, (i + len(rater)) % 4, i + 1)
        for group, raters in (("g", ("ann", "bo")), ("h", ("cy", "dee")))
        for rater in raters
        for i in range(12)
    ]
    found = profiles(two_groups)
    assert all(
        isinstance(p.severity, Undefined) and "no interview in common" in p.severity.message for p in found
    )


def test_drift_is_not_guessed_where_all_rated_in_the_same_order():
    ratings = [
        Rating(f"i{i}", rater, "x", None, (i * 7 + shift) % 4, i + 1)
        for shift, rater in enumerate(("ann", "bo"))
        for i in range(20)
    ]
    found = profiles(ratings)
    assert all(isinstance(p.severity, Estimate) for p in found)
    # Both drift against each other alike: only the difference is known, and nobody is blamed for it.
    assert all(isinstance(p.drift, Undefined) for p in found)


def test_the_widest_apart_come_first_with_their_behaviours_and_notes():
    ratings = [
        Rating("i1", "ann", "x", None, 1),
        Rating("i1", "bo", "x", None, 2),
        Rating("i2", "ann", "x", None, 0, note="Only “we”."),
        Rating("i2", "bo", "x", None, 3),
        Rating("i2", "ann", "x", "helped", 0),
        Rating("i2", "bo", "x", "helped", 2),
        Rating("i2", "ann", "x", "shared", 1),
        Rating("i2", "bo", "x", "shared", 2),
        Rating("i3", "ann", "x", None, 2),
        Rating("i3", "bo", "x", None, 2),
        Rating("i3", "cy", "x", None, None),
    ]
    first, second = disagreements(ratings, 10)
    assert (first.interview, first.spread, first.levels) == ("i2", 3, {"ann": 0, "bo": 3})
    assert first.behaviours == {"helped": {"ann": 0, "bo": 2}}
    assert first.notes == {"ann": "Only “we”."}
    assert (second.interview, second.spread) == ("i1", 1)
    assert disagreements(ratings, 1) == [first]


def test_simulated_ratings_are_levels_around_their_centre_and_repeat():
    orders = {"synthetic-1": ["i1", "i2"], "synthetic-2": ["i2"]}
    centres = {("i1", "x"): 0.0, ("i2", "x"): 3.0}
    written = list(simulate(orders, centres, {"x": ["helped"]}, 5))
    assert written == list(simulate(orders, centres, {"x": ["helped"]}, 5))
    assert len(written) == 6 and {r.level for r in written} <= {0, 1, 2, 3, None}
    assert {(r.rater, r.interview, r.position) for r in written} == {
        ("synthetic-1", "i1", 1),
        ("synthetic-1", "i2", 2),
        ("synthetic-2", "i2", 1),
    }
