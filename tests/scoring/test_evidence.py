"""Quotes are the clauses that show a behaviour; what denies or undoes it is shown beside them."""

import random
import re

import pytest

from scoring.evidence import ALIKE
from tests.scoring.conftest import Score
from tests.scoring.test_gates import STORY, points

MISTAKE = (
    "In May I sent forty letters to the wrong street. I told my supervisor the same afternoon that it was my mistake. "
    "I drove to the houses with a colleague and collected thirty-six of them. Since then I check each list twice."
)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def test_a_quote_is_the_clause_and_not_its_neighbours(score: Score) -> None:
    text = "It rained a lot that day, and I sat down with Petra for two evenings and showed her how to read the log."
    quotes = [e for i in score(text).indicators for e in i.evidence]
    assert quotes
    assert all(text[e.start : e.end] == e.quote for e in quotes)
    assert not any("rained" in e.quote for e in quotes)
    assert all(len(e.quote) < len(text) * 0.7 for e in quotes)


def test_what_was_said_twice_is_quoted_once(score: Score) -> None:
    twice = STORY + " As I said, I sat down with her for two evenings. I sat down with her for two evenings."
    for indicator in score(twice).indicators:
        quotes = [words(e.quote) for e in indicator.evidence]
        pairs = [(a, b) for place, a in enumerate(quotes) for b in quotes[place + 1 :]]
        assert all(len(a & b) / min(len(a), len(b)) < ALIKE for a, b in pairs)


def test_a_denied_act_is_shown_against_the_behaviour(score: Score) -> None:
    denied = MISTAKE.replace("I told my supervisor", "I did not tell my supervisor").replace(
        "I drove to the houses", "I should have driven to the houses"
    )
    against = {i.id: i for i in score(denied, criterion="ownership").indicators if i.contradicting}
    quotes = [e for i in against.values() for e in i.contradicting]
    assert any("did not tell my supervisor" in e.quote for e in quotes)
    assert all(denied[e.start : e.end] == e.quote for e in quotes)
    assert not any(i.contradicting for i in score(MISTAKE, criterion="ownership").indicators)


def test_a_contradiction_takes_nothing_from_the_score_but_the_interval_reaches_down(score: Score) -> None:
    undone = MISTAKE + " But I did not tell my supervisor that the other four were my mistake too."
    plain, both = (score(text, criterion="ownership") for text in (MISTAKE, undone))
    assert any(i.value != "no" and i.contradicting for i in both.indicators)
    assert plain.score is not None
    assert both.score is not None
    assert both.score >= plain.score - 0.1
    below = [(c.score or 0.0) - (c.interval or (0.0, 0.0))[0] for c in (plain, both)]
    assert below[1] > below[0]


def test_putting_the_fault_on_others_is_shown_against_owning_it(score: Score) -> None:
    blaming = MISTAKE + " It wasn't my fault. The office should have printed the list properly."
    owned = next(i for i in score(blaming, criterion="ownership").indicators if i.id == "took_responsibility")
    quotes = [e.quote for e in owned.contradicting]
    assert quotes == ["It wasn't my fault", "The office should have printed the list properly"]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_sentences_does_not_matter(score: Score, seed: int) -> None:
    sentences = re.split(r"(?<=[.])\s+", STORY)
    random.Random(seed).shuffle(sentences)
    assert points(score, " ".join(sentences)) == pytest.approx(points(score, STORY), abs=0.25)


@pytest.mark.parametrize(
    "text",
    [
        "I gave a colleague a hand when she was busy. I sat down with a colleague for an hour and showed him how to "
        "use the tool. We split the work between us. I stayed late to help the team finish. I asked the others what "
        "they thought.",
        "I worked well with others towards a shared result. I helped my colleagues with their work, shared tasks and "
        "passed on the information that others needed. I put the team's goal first and we reached our goal.",
        "I led fourteen projects in six years. I saved twenty percent of the budget. I won the award in 2019. I "
        "opened offices in Berlin and Oslo. I was promoted twice.",
    ],
    ids=["the sheet's anchors", "the sheet as one's own deeds", "a list of successes"],
)
def test_what_tells_no_story_stays_below_medium(score: Score, text: str) -> None:
    assert points(score, text) < 1.5


def test_empty_words_add_nothing(score: Score) -> None:
    padded = (
        STORY + " So that was that, and as I said it was one of those things that happen. I have thought "
        "about what else there is to say, and I think that is more or less how it was."
    )
    assert points(score, padded) == pytest.approx(points(score, STORY), abs=0.2)
