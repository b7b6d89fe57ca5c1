"""Soft sounds that show that Aila listens, and leave the floor."""

from itertools import pairwise

import pytest

from agent.interview.actions import Backchannel, CompleteAnswer, Hearing, Say
from agent.interview.interview import Interview
from agent.interview.simulated_candidates import PERSONAS
from agent.interview.simulation import SpokenSimulation
from question_bank.bank import Bank
from question_bank.library import BankLibrary
from records.events import Backchannelled, UtteranceStarted
from records.projection import project
from tests.interview.stage import FULL, Stage, at_first_question

SENTENCE = "Last year there was a colleague in our shop who could not finish her report in time."


def _sounds(stage: Stage, silence_s: float, **hearing: float | bool | str | None) -> list[str]:
    """Return the soft sounds of a decision ``silence_s`` after the candidate's last word."""
    assert stage.heard_until_s is not None
    stage.now_s = stage.heard_until_s + silence_s
    decided = stage.interview.decide(stage.now_s, stage.hearing(**hearing))
    return [action.text for action in decided if isinstance(action, Backchannel)]


def _told(bank: Bank, text: str = SENTENCE, seconds: float = 9.0) -> Stage:
    stage = at_first_question(bank)
    stage.speak(text, seconds)
    return stage


def test_a_pause_after_a_sentence_gets_one_in_its_middle_and_never_late(bank: Bank) -> None:
    stage = _told(bank)
    assert _sounds(stage, 0.5) == []
    assert _sounds(stage, 0.8, voice_begins=True) == []
    assert _sounds(stage, 0.8) == [bank.phrases.backchannels[0]]
    assert _sounds(stage, 1.5) == []


def test_it_leaves_the_floor_and_the_answer_open(bank: Bank) -> None:
    stage = _told(bank)
    stage.now_s += 0.8
    stage.record(Backchannelled(stage.now_s, "first", "Um-hum."))
    assert stage.interview.state.speaking is None
    decided = stage.interview.decide(stage.now_s, stage.hearing())
    assert not any(isinstance(action, Say | Backchannel | CompleteAnswer) for action in decided)
    stage.speak("I sorted the numbers with her until the evening.", 4.0, after_s=0.4)
    assert stage.interview.state.answer("first").text.startswith(SENTENCE)
    turns = project("s1", bank, stage.events).turns
    assert [turn.text for turn in turns if turn.speaker == "candidate"][-1].endswith("until the evening.")
    assert all(turn.text != "Um-hum." for turn in turns)


@pytest.mark.parametrize(
    "text",
    [
        "Last year there was a colleague in our shop and",
        "We were five people in that team so I um",
        "I went to the",
        "Not much.",
        f"{SENTENCE} And that's it.",
    ],
)
def test_there_is_none_in_mid_clause_after_a_word_or_two_or_when_it_is_over(bank: Bank, text: str) -> None:
    assert _sounds(_told(bank, text), 0.9) == []


def test_there_is_none_over_speech_before_words_are_final_or_while_thinking(bank: Bank) -> None:
    stage = _told(bank)
    assert _sounds(stage, 0.9, candidate_speaking=True) == []
    assert _sounds(stage, 0.9, interim_text="and then") == []
    stage.press("moment")
    stage.rest()
    assert _sounds(stage, 0.9) == []


def test_they_are_rare_and_vary(bank: Bank) -> None:
    stage = at_first_question(bank)
    heard: list[tuple[float, str]] = []
    for _ in range(14):
        stage.speak("Then I went through one more page of it with her.", 3.0, after_s=0.2)
        for text in _sounds(stage, 0.9):
            heard.append((stage.now_s, text))
            stage.record(Backchannelled(stage.now_s, "first", text))
    assert 2 <= len(heard) <= 4
    assert all(later - earlier >= 10.0 for (earlier, _), (later, _) in pairwise(heard))
    assert all(first != second for (_, first), (_, second) in pairwise(heard))


def test_an_answer_that_may_be_over_gets_one_before_aila_takes_the_floor(bank: Bank) -> None:
    stage = _told(bank, FULL, 40.0)
    assert _sounds(stage, 0.8) != []
    assert stage.wait(1.0)[-1] == bank.questions[1].text


def test_a_bank_without_such_sounds_has_aila_silent(bank: Bank) -> None:
    silent = bank.model_copy(update={"phrases": bank.phrases.model_copy(update={"backchannels": ()})})
    assert _sounds(_told(silent), 0.9) == []


def test_in_writing_there_are_none(bank: Bank) -> None:
    stage = _told(bank)
    typed = Interview(bank, stage.events)
    object.__setattr__(typed, "state", typed.state.__class__(mode="text"))
    assert not any(isinstance(a, Backchannel) for a in typed.decide(1.0, Hearing(silence_s=0.9)))


@pytest.mark.parametrize("persona", ["usual", "pausing", "rambling"])
def test_in_whole_interviews_they_stay_rare_and_never_stand_in_ailas_own_words(persona: str) -> None:
    simulation = SpokenSimulation(BankLibrary().load("behavioural"), PERSONAS[persona], 3).run()
    sounds = [e.at_s for e in simulation.events if isinstance(e, Backchannelled)]
    turns = sum(isinstance(e, UtteranceStarted) and e.kind == "question" for e in simulation.events)
    assert all(later - earlier >= 10.0 for earlier, later in pairwise(sounds))
    assert len(sounds) <= 5 * turns


def test_no_shipped_sound_is_spelt_letter_by_letter() -> None:
    """A word without a vowel ("Mm-hm") is read out as letters by the voice."""
    for bank_id in ("demo", "behavioural"):
        for text in BankLibrary().load(bank_id).phrases.backchannels:
            for word in text.replace("-", " ").strip(".").split():
                assert set(word.lower()) & set("aeiou"), text
