"""Importances of common roles: from O*NET, whole, and refused with a place when damaged."""

from pathlib import Path

import pytest

from scoring.errors import RoleProfileError
from scoring.library import RubricLibrary
from scoring.role_profiles import SHIPPED_PROFILES, importances, load_profiles, mean_ratings, shipped_profiles


def test_ten_roles_cover_every_criterion_of_the_rubric_and_nothing_else():
    profiles = shipped_profiles()
    criteria = {criterion.id for criterion in RubricLibrary().load("behavioural").criteria}
    assert set(profiles.mapping) == criteria
    assert len(profiles.roles) == 10
    assert len({role.id for role in profiles.roles}) == 10
    for role in profiles.roles:
        assert set(importances(profiles, role)) == criteria
        assert set(importances(profiles, role).values()) <= {1, 2, 3}


def test_what_stands_out_of_a_role_is_essential_and_what_hardly_matters_is_useful():
    profiles = shipped_profiles()
    by_id = {role.id: role for role in profiles.roles}
    web_developer = importances(profiles, by_id["web_developer"])
    assert (web_developer["problem_solving"], web_developer["leadership"]) == (3, 1)
    assert importances(profiles, by_id["operations_manager"])["leadership"] == 3


def test_a_criterions_rating_is_the_mean_of_its_work_styles():
    profiles = shipped_profiles()
    nurse = next(role for role in profiles.roles if role.id == "registered_nurse")
    expected = (nurse.work_styles["Cooperation"] + nurse.work_styles["Concern for Others"]) / 2
    assert mean_ratings(profiles, nurse)["teamwork"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("work_styles: [Leadership]", "work_styles: [Charm]", "has no rating of Charm"),
        ("match: close", "match: perfect", "close"),
        ("      Leadership: ", "      Leadership: 7", "at most 5"),
        ("roles:", "rolls:", "unknown field"),
    ],
)
def test_a_damaged_file_is_refused_with_its_place(tmp_path: Path, old: str, new: str, said: str):
    path = tmp_path / "profiles.yaml"
    path.write_text(SHIPPED_PROFILES.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RoleProfileError, match=said):
        load_profiles(path)


def test_the_source_is_named_wherever_the_numbers_are():
    root = Path(__file__).resolve().parent.parent.parent
    third_party = " ".join((root / "THIRD_PARTY.md").read_text(encoding="utf-8").split())
    assert shipped_profiles().source.attribution.split(". ")[0] in third_party
