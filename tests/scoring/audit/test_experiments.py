"""What is done to answers, and what experiments count."""

from random import Random

import jiwer
import pytest

from records.transcript import BankReference, Transcript, Turn
from scoring.audit.experiments import change, experiments, targeted
from scoring.audit.perturbations import (
    echo,
    misrecognised,
    negated,
    padded,
    salad,
    told_of_another,
    with_answers,
)
from scoring.audit.robustness_rows import words_about
from scoring.library import RubricLibrary
from scoring.result import CriterionResult, RubricReference, Scores

RUBRIC = RubricLibrary().load("behavioural")
TEXT = "We were late. I'd asked my lead for help, and I planned the week myself; I could not wait."


def transcript(text: str = TEXT, criteria: tuple[str, ...] | None = ("teamwork", "planning")) -> Transcript:
    question = Turn(
        id="t1",
        speaker="aila",
        kind="question",
        question_id="q1",
        criteria=criteria,
        text="What happened?",
        start=0,
    )
    answer = Turn(id="t2", speaker="candidate", kind="answer", question_id="q1", text=text, start=2)
    return Transcript(
        session_id="s1", bank=BankReference(id="behavioural", version="1.0.0"), turns=(question, answer)
    )


def test_every_act_is_denied():
    assert negated(TEXT) == (
        "We were never late. I never'd asked my lead for help, and I never planned the week myself; "
        "I could never not wait."
    )


def test_somebody_else_stands_in_the_speakers_place():
    assert told_of_another(TEXT) == (
        "They were late. He had asked his lead for help, and he planned the week himself; he could not wait."
    )
    assert told_of_another("") == ""


@pytest.mark.parametrize("rate", [0.05, 0.1, 0.2])
def test_about_as_many_words_are_wrong_as_said(rate: float):
    said = " ".join(f"w{i}" for i in range(2000))
    assert jiwer.wer(said, misrecognised(said, rate, Random(1))) == pytest.approx(rate, abs=0.02)
    assert misrecognised(said, 0.0, Random(1)) == said


def test_padding_keeps_the_answer_and_doubles_it():
    long = padded(TEXT, Random(1))
    assert long.startswith(TEXT)
    assert 2 <= len(long.split()) / len(TEXT.split()) < 3
    assert padded(TEXT, Random(1)) == long


def test_a_salad_has_the_sheets_words_and_an_echo_the_question():
    assert len(salad(RUBRIC, 30, Random(1)).split()) == 30
    said = echo(RUBRIC, ("leadership",), "What happened?")
    assert said.startswith("What happened?")
    [leadership] = [c for c in RUBRIC.criteria if c.id == "leadership"]
    assert all(b.statement in said for b in leadership.behaviours)


def test_only_the_named_turns_change_and_lose_their_word_times():
    changed = with_answers(transcript(), {"t2": "other"})
    assert [turn.text for turn in changed.turns] == ["What happened?", "other"]


def test_the_targeted_criteria_are_those_of_the_questions():
    assert targeted(transcript(), RUBRIC) == ("teamwork", "planning")
    assert len(targeted(transcript(criteria=None), RUBRIC)) == len(RUBRIC.criteria)


def test_the_words_about_a_criterion_are_those_answered_to_its_questions():
    one = transcript()
    other = Turn(
        id="t3", speaker="aila", kind="question", question_id="q2", criteria=("learning",), text="?", start=9
    )
    more = Turn(id="t4", speaker="candidate", kind="answer", question_id="q2", text="I learned it.", start=10)
    both = one.model_copy(update={"turns": (*one.turns, other, more)})
    told = len(TEXT.split())
    assert (words_about(both, "learning"), words_about(both, "planning")) == (3, told)
    assert words_about(both, "leadership") == 3 + told


def by_words(limit: int):
    """Return a scorer that pays for words and knows nothing else; below ``limit`` words it abstains."""

    def score(one: Transcript) -> Scores:
        words = len(one.turns[-1].text.split())
        level = min(3.0, words / 20)
        criteria = tuple(
            CriterionResult(
                id=name,
                score=None if words < limit else level,
                interval=None if words < limit else (level, level),
                abstained=words < limit,
                reason="too little was said" if words < limit else None,
            )
            for name in ("teamwork", "planning")
        )
        return Scores(
            session_id="s1",
            rubric=RubricReference(id="behavioural", version="2.0.0"),
            calibrated=False,
            provenance="sha256:0",
            criteria=criteria,
        )

    return score


def test_a_scorer_that_pays_for_words_is_found_out():
    found = experiments([transcript("word " * 40)], RUBRIC, by_words(5))
    assert found.padding.mean == 1.0, "twice the words for a score of 2: the highest"
    reached = {attack.kind: (attack.reached, attack.results) for attack in found.attacks}
    assert reached["keyword salad"] == (2, 2)
    assert reached["another topic"] == (2, 2)
    assert set(found.recognition) == {0.05, 0.1, 0.2}


def test_what_was_abstained_afterwards_is_counted_and_is_no_change():
    found = change([({"teamwork": 2.0, "planning": 1.0}, {"teamwork": 1.5}), ({}, {"planning": 3.0})])
    assert (found.results, found.mean, found.mean_absolute, found.abstained) == (2, -0.5, 0.5, 1)
    assert change([({"teamwork": 2.0}, {})]).mean is None


def test_the_same_transcripts_give_the_same_figures():
    several = [transcript("word " * 30), transcript(TEXT)]
    assert experiments(several, RUBRIC, by_words(5)) == experiments(several, RUBRIC, by_words(5))
