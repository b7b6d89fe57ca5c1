"""Poor conduct told as a deed is no evidence, and is shown against what it goes against; good conduct keeps its credit."""

import pytest

from language.clauses import clauses
from language.conduct import Conduct
from scoring.result import CriterionResult
from tests.scoring.conftest import Score, shared_scorer, transcript


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I told the driver that it was his own fault.", "blame"),
        ("I said that the supplier was to blame.", "blame"),
        ("I told them that it was not my problem.", "blame"),
        ("I put the blame on the trainee.", "blame"),
        ("I yelled at the porter.", "hostility"),
        ("I hung up.", "hostility"),
        ("I called him an idiot.", "hostility"),
        ("I covered up the leak.", "concealment"),
        ("I kept the news to myself.", "concealment"),
        ("I lied to the landlord.", "concealment"),
        ("I ignored the warning.", "neglect"),
        ("I refused to help her.", "neglect"),
        ("I let the guests wait.", "neglect"),
        ("I told her to look it up herself.", "neglect"),
        ("I sent the old man away.", "neglect"),
        ("I went on exactly as before.", "unchanged"),
        ("I kept working the way I always do.", "unchanged"),
        ("I just took the boxes out like before.", "unchanged"),
        ("I sent the wrong drawings to the printer.", "mishap"),
        ("I forgot the appointment.", "mishap"),
        ("We delivered two weeks after the agreed day.", "mishap"),
        ("I told the driver that it was my own fault.", None),
        ("I told the driver that it was not his fault.", None),
        ("I took the blame for it.", None),
        ("I shouted for help.", None),
        ("I hung up the coats.", None),
        ("I ignored the noise and finished the drawing.", None),
        ("I avoided technical words.", None),
        ("I refused to give up.", None),
        ("I let her finish.", None),
        ("I asked him to show me the steps himself.", None),
        ("I gave up my free Saturday.", None),
        ("I corrected the wrong drawings.", None),
        ("I stayed late.", None),
        ("I kept quiet and heard him out.", None),
    ],
)
def test_what_the_words_of_an_act_say(text: str, kind: Conduct | None) -> None:
    first = next(clause for clause in clauses(text) if clause.actor in ("i", "we"))
    assert first.conduct == kind


def quotes(result: CriterionResult) -> str:
    return " | ".join(e.quote for indicator in result.indicators for e in indicator.evidence)


def against(result: CriterionResult) -> str:
    return " | ".join(e.quote for indicator in result.indicators for e in indicator.contradicting)


@pytest.mark.parametrize(
    ("criterion", "fair", "poor", "told"),
    [
        (
            "customer_focus",
            "A lodger said that her heating was broken. I drove over with an electric heater the same evening and rang her the next day to ask whether it was warm enough.",
            "A lodger said that her heating was broken. I told her that it was her own mistake, sent her away without a heater and hung up when she rang the next day.",
            "her own mistake",
        ),
        (
            "ownership",
            "I had ordered forty chairs too few for a hall. I told the owner that it was my mistake and borrowed the chairs from the school by noon.",
            "I had ordered forty chairs too few for a hall. I told the owner that it was the school's fault and hid the order form by noon.",
            "the school's fault",
        ),
        (
            "learning",
            "I cut a suit too short in my second year. Since then I have measured every sleeve twice and written it on a card.",
            "I cut a suit too short in my second year. Since then I have gone on exactly as before with every sleeve and every card.",
            "exactly as before",
        ),
    ],
)
def test_poor_conduct_is_quoted_against_and_never_for(
    score: Score, criterion: str, fair: str, poor: str, told: str
) -> None:
    better, worse = (score(text, criterion=criterion) for text in (fair, poor))
    assert any(indicator.value != "no" for indicator in better.indicators)
    assert not against(better)
    assert told not in quotes(worse)
    assert told in against(worse)
    assert (better.score or 0.0) > (worse.score or 0.0) + 0.3


def test_a_mistake_is_not_its_own_remedy(score: Score) -> None:
    mistake = "In May I sent a wrong invoice to a dentist, with two zeros too many, and she saw it at once."
    values = {i.id: i.value for i in score(mistake, criterion="ownership").indicators}
    assert values["put_right"] == "no"
    mended = mistake + " I rang her the same hour and sent the right invoice by courier."
    found = {i.id: i for i in score(mended, criterion="ownership").indicators}["put_right"]
    assert "right invoice" in " | ".join(e.quote for e in found.evidence)


def test_what_was_not_looked_into_is_shown(score: Score) -> None:
    text = (
        "Every Friday two of our parcels were wet when they arrived in Turin. I thought that the supplier was to blame, "
        "I did not look into why it happened, and we lost the contract in June."
    )
    assert "did not look into" in against(score(text, criterion="problem_solving"))


def test_what_was_left_out_is_no_part_of_the_act() -> None:
    said = transcript("I kept the boots without giving her a new pair, and I went on without being asked.")
    statements = [s.text for r in shared_scorer().responses(said) for _, s in r.statements]
    assert statements == ["I kept the boots", "I went on without being asked"]


def test_what_one_had_to_do_is_not_counted_against_one(score: Score) -> None:
    choice = "There were two evening courses, one near my flat and one across the town, and I had a week to choose."
    told = f"{choice} I had to weigh what both cost and what each would bring, so I wrote it down in two columns."
    left = (
        f"{choice} I should have weighed what both cost and what each would bring, and I took the nearer one."
    )
    assert not against(score(told, criterion="problem_solving"))
    assert "should have weighed" in against(score(left, criterion="problem_solving"))


def test_who_has_somebody_complain_has_done_nothing(score: Score) -> None:
    setting = "It was on a Saturday in the shop, with a long queue behind the two of us and the radio on."
    happened = score(f"{setting} I had a new lad explain the recipe to me.", criterion="communication")
    done = score(f"{setting} I had the new lad explain the recipe to me.", criterion="communication")
    assert not any(indicator.evidence for indicator in happened.indicators)
    assert any(indicator.evidence for indicator in done.indicators)
