"""Impact ratios, Fisher's exact test and intervals, against published examples."""

import pytest

from scoring.audit.adverse_impact import Group, above_median, compare, ratio_interval, tally


def test_the_uniform_guidelines_example_of_four_groups():
    """Adoption of Questions and Answers ..., 44 FR 11996 (2 March 1979), on the four-fifths rule.

    Hiring rates: whites other than Hispanics 60 %, American Indians 45 %, Hispanics 48 %, Blacks 51 %; impact
    ratios 75, 80 and 85 %; adverse impact is indicated for American Indians only.
    """
    found = compare(
        {
            "white": Group(100, 60),
            "american_indian": Group(100, 45),
            "hispanic": Group(100, 48),
            "black": Group(100, 51),
        }
    )
    ratios = {name: one.impact_ratio for name, one in found.items()}
    assert ratios == pytest.approx({"white": 1.0, "american_indian": 0.75, "hispanic": 0.80, "black": 0.85})
    assert [name for name, one in found.items() if one.below_four_fifths] == ["american_indian"]


def test_fishers_tea_tasting_lady():
    """Fisher (1935), The Design of Experiments: three of four right; one-sided 17/70, two-sided 34/70."""
    found = compare({"milk first": Group(4, 3), "tea first": Group(4, 1)})
    assert found["tea first"].p == pytest.approx(34 / 70)
    assert found["milk first"].p is None


def test_the_score_interval_of_a_ratio():
    """Fagerland, Lydersen & Laake (2015), doi:10.1177/0962280211415469: 7/34 by 1/34, score interval 1.21 to 43."""
    low, high = ratio_interval(Group(34, 7), Group(34, 1)) or (0.0, 0.0)
    assert (round(low, 2), round(high)) == (1.21, 43)


@pytest.mark.parametrize(
    ("group", "highest"),
    [(Group(34, 0), Group(34, 10)), (Group(34, 34), Group(34, 34)), (Group(9, 1), Group(6, 6))],
)
def test_the_interval_holds_the_ratio_also_where_a_rate_is_none_or_all(group: Group, highest: Group):
    low, high = ratio_interval(group, highest) or (2.0, -1.0)
    assert low - 1e-9 <= group.rate / highest.rate <= high + 1e-9


def test_where_nobody_reached_anything_there_is_no_ratio():
    found = compare({"a": Group(20, 0), "b": Group(30, 0)})
    assert [(one.impact_ratio, one.interval, one.below_four_fifths) for one in found.values()] == [
        (None, None, None),
        (None, None, None),
    ]
    assert found["a"].p == 1.0
    assert compare({}) == {}
    assert compare({"nobody": Group(0, 0)}) == {}


def test_a_group_smaller_than_two_percent_is_listed_and_not_compared():
    found = compare({"large": Group(600, 300), "other": Group(390, 150), "tiny": Group(10, 10)})
    assert not found["tiny"].compared
    assert found["tiny"].impact_ratio is None
    assert found["large"].impact_ratio == 1.0, "the tiny group's rate is the highest and does not count"
    assert compare({"large": Group(600, 300), "edge": Group(12, 4)}, 600)["edge"].compared
    assert not compare({"large": Group(600, 300), "edge": Group(11, 4)}, 600)["edge"].compared


def test_a_score_at_the_median_is_not_above_it():
    assert above_median([2.0, 1.0, 2.0, 3.0, 2.0]) == [False, False, False, True, False]
    assert above_median([1.0, 2.0]) == [False, True]
    assert above_median([]) == []


def test_outcomes_are_counted_by_group():
    assert tally([("a", True), ("b", False), ("a", False)]) == {"a": Group(2, 1), "b": Group(1, 0)}
