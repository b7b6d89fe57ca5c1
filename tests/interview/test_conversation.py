"""Patience, controls, questions to Aila, interruptions, coming back."""

import pytest

from agent.interview.actions import CompleteAnswer, Finish, Hearing, ReopenAnswer, Say, Wait
from agent.interview.interview import Interview
from agent.interview.turn_policy import QUICK_S
from question_bank.bank import Bank
from records.events import (
    AgentStarted,
    AnswerCompleted,
    AnswerReopened,
    CandidateConnected,
    CandidateDisconnected,
    CandidateSpoke,
    ControlUsed,
    UtteranceEnded,
)
from records.projection import project
from tests.interview.stage import FULL, Stage, at_first_question


def test_a_thinking_pause_does_not_end_an_answer(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak("Last year I worked in a shop and", 6.0)
    assert stage.wait(2.3) == []
    stage.speak("we had a thief there.", 3.0, after_s=0.1)
    assert stage.interview.state.answer("first").text.endswith("shop and we had a thief there.")


def test_words_that_are_not_final_yet_are_waited_for(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak(FULL, 40.0)
    stage.now_s += 3.0
    actions = stage.interview.decide(stage.now_s, stage.hearing(interim_text="and then"))
    assert not any(isinstance(action, CompleteAnswer) for action in actions)


def test_a_long_silence_gets_one_offer_and_then_aila_moves_on(bank: Bank) -> None:
    stage = at_first_question(bank)
    assert stage.wait(12.5) == ["Shall I repeat it?"]
    assert stage.wait(10.0) == []
    assert stage.wait(12.0) == ["No problem.", bank.questions[1].text]
    assert stage.interview.state.answer("first").completed == "silence"


def test_a_follow_up_and_a_repeated_question_get_an_offer_of_their_own(bank: Bank) -> None:
    stage = at_first_question(bank)
    assert stage.wait(12.5) == ["Shall I repeat it?"]
    without_result = (
        "Last year our till broke down at the shop. I called the vendor, and I wrote every sale on paper, "
        "and I told the customers why it took longer than usual."
    )
    assert stage.answer(without_result) == ["What came of it?"]
    assert stage.wait(12.5) == ["Shall I repeat it?"]
    stage.press("repeat")
    stage.rest()
    assert stage.wait(12.5) == ["Shall I repeat it?"]
    assert stage.interview.state.answer("first").completed is None


def test_a_moment_buys_half_a_minute_and_aila_says_so(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak("Can I have a moment?", 1.0)
    assert stage.wait(0.1) == ["Take your time."]
    assert stage.wait(26.0) == []
    assert stage.wait(20.0) == ["Shall I repeat it?"]


def test_what_is_said_ends_a_moment(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.press("moment")
    stage.rest()
    said = stage.answer()
    assert said[-1] == bank.questions[1].text


def test_a_said_control_is_a_turn_of_its_own_and_no_part_of_the_answer(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak("Could you repeat the question, please?", 2.0)
    assert stage.wait(0.1) == [bank.questions[0].text]
    assert stage.said[-1].repeats_turn_id is not None
    spoke = [e for e in stage.events if isinstance(e, CandidateSpoke)][-1]
    assert spoke.kind == "control"
    assert stage.interview.state.answer("first").texts == ()


def test_a_repeated_follow_up_is_the_follow_up_not_the_question(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.answer("Last year I helped a colleague. I sorted her numbers and then I wrote the summary for her.")
    stage.press("repeat")
    assert stage.rest() == ["What came of it?"]


def test_skipping_moves_on_without_a_follow_up(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.press("skip")
    assert stage.rest() == ["No problem.", bank.questions[1].text]


def test_done_ends_an_answer_at_once(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak(FULL, 30.0)
    stage.press("done")
    assert stage.rest()[-1] == bank.questions[1].text


def test_that_is_it_at_the_end_of_an_answer_ends_it_at_once(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak(f"{FULL} And that's it.", 30.0)
    assert stage.wait(0.3)[-1] == bank.questions[1].text


def test_a_pause_stops_the_clock_and_what_is_heard_in_it_is_no_answer(bank: Bank) -> None:
    stage = at_first_question(bank)
    left_s = stage.interview.progress(stage.now_s).minutes_left
    stage.press("pause")
    assert stage.rest() == ["We are paused."]
    stage.speak("Yes darling, I am in an interview.", 4.0)
    assert stage.wait(300.0) == []
    assert stage.interview.progress(stage.now_s).paused
    stage.press("resume")
    assert stage.rest() == ["Welcome back.", bank.questions[0].text]
    assert stage.interview.state.answer("first").texts == ()
    assert stage.interview.progress(stage.now_s).minutes_left == left_s


def test_being_ready_after_a_moment_is_no_answer(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.press("moment")
    stage.rest()
    stage.speak("Okay, I'm ready.", 1.0)
    stage.wait(3.0)
    assert stage.interview.state.answer("first").texts == ()
    assert stage.interview.state.thinking_until_s is None


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("Who will hear this recording?", "The recruiter hears it."),
        ("um who hears this", "The recruiter hears it."),
        ("What is your favourite colour, may I ask you?", "I cannot answer that."),
    ],
)
def test_a_question_to_aila_is_answered_or_honestly_declined(bank: Bank, asked: str, reply: str) -> None:
    stage = at_first_question(bank)
    stage.speak(asked, 2.0)
    assert stage.wait(0.2) == [reply]
    assert stage.interview.state.answer("first").texts == ()
    assert stage.answer()[-1] == bank.questions[1].text


def test_an_answer_wrongly_judged_over_is_reopened_and_stays_one_answer(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak(FULL, 40.0)
    stage.now_s += 2.0
    stage.rest(speak=False)
    stage.now_s += 0.6
    assert stage.interview.state.speaking is not None
    hearing = Hearing(candidate_speaking=True, speaking_s=0.5, silence_s=0.0)
    assert stage.interview.decide(stage.now_s, hearing) == (ReopenAnswer("first"),)
    stage.reopen("first")
    stage.speak("And afterwards I showed two other colleagues how to do it.", 5.0, after_s=0.0)
    assert stage.interview.state.answer("first").texts[-1].startswith("And afterwards")
    assert stage.wait(3.0)[-1] == bank.questions[1].text


def test_a_question_begun_too_early_is_asked_again_after_the_answer(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak(FULL, 40.0)
    stage.now_s += 1.5
    stage.rest(speak=False)
    stage.record(UtteranceEnded(stage.now_s + 0.4, stage.said[-1].turn_id, False))
    stage.now_s += 0.4
    stage.rest(speak=False)
    assert stage.said[-1].question_id == "extra"
    stage.now_s += 0.6
    hearing = Hearing(candidate_speaking=True, speaking_s=0.5, silence_s=0.0)
    assert stage.interview.decide(stage.now_s, hearing) == (ReopenAnswer("first"),)
    stage.reopen("first")
    assert stage.interview.state.answer("extra").asked is False
    stage.speak("and also", 0.8, after_s=0.0)
    assert stage.wait(1.0) == ["Sorry, please go on."]
    stage.speak("I made a checklist for the next report and gave it to her.", 5.0)
    assert stage.wait(3.0)[-1] == bank.questions[1].text
    assert stage.interview.state.answer("first").text.endswith("gave it to her.")


def test_who_speaks_on_over_a_reminder_is_given_the_floor_back(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak("A colleague of mine.", 2.0)
    stage.now_s += 3.0
    stage.rest(speak=False)
    assert stage.said[-1].kind == "reminder"
    stage.now_s += 0.6
    hearing = Hearing(candidate_speaking=True, speaking_s=0.5, silence_s=0.0)
    assert stage.interview.decide(stage.now_s, hearing) == (ReopenAnswer("first"),)
    stage.reopen("first")
    stage.speak("she", 0.4, after_s=0.0)
    assert stage.wait(1.0) == ["Sorry, please go on."]
    stage.speak(FULL, 40.0)
    assert stage.wait(3.0)[-1] == bank.questions[1].text
    assert stage.interview.state.answer("first").text.startswith("A colleague of mine. she Last year")


def test_the_floor_is_not_taken_in_the_moment_in_which_a_voice_may_begin_again(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak(FULL, 40.0)
    over_s = stage.now_s + QUICK_S
    begins = Hearing(silence_s=QUICK_S + 0.01, voice_begins=True)
    assert not any(isinstance(a, CompleteAnswer) for a in stage.interview.decide(over_s, begins))
    noise = Hearing(silence_s=QUICK_S + 0.2, voice_begins=True)
    assert any(isinstance(a, CompleteAnswer) for a in stage.interview.decide(over_s, noise))
    silence = Hearing(silence_s=QUICK_S + 0.01)
    assert any(isinstance(a, CompleteAnswer) for a in stage.interview.decide(over_s, silence))


def test_who_has_gone_on_at_length_is_not_asked_to_go_on(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak(FULL, 40.0)
    stage.now_s += 2.0
    stage.rest(speak=False)
    stage.now_s += 0.6
    stage.reopen("first")
    going_on = "and then I showed two other colleagues how they"
    hearing = Hearing(silence_s=1.0, interim_text=going_on, words_settled=True)
    assert stage.interview.decide(stage.now_s + 5.0, hearing) == (Wait(None),)
    lost = Hearing(silence_s=9.0, interim_text=going_on)
    assert isinstance(stage.interview.decide(stage.now_s + 13.0, lost)[0], Say)
    stage.speak(going_on, 4.0, after_s=0.0)
    assert stage.wait(1.0) == []


def test_a_cough_over_ailas_words_changes_nothing(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak(FULL, 40.0)
    stage.now_s += 2.0
    stage.rest(speak=False)
    hearing = Hearing(candidate_speaking=True, speaking_s=0.2, silence_s=0.0)
    assert stage.interview.decide(stage.now_s, hearing) == (Wait(None),)


def test_last_words_that_become_final_late_belong_to_the_answer_they_were_said_in(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak(FULL, 40.0)
    spoken_at_s = stage.now_s + 1.0
    stage.wait(3.0)
    assert stage.said[-1].question_id == "extra"
    stage.record(*stage.interview.hear(spoken_at_s, spoken_at_s + 0.4, "Gladly."))
    assert stage.interview.state.answer("first").texts[-1] == "Gladly."
    assert stage.interview.state.open_answer is not None
    assert stage.interview.state.open_answer.question_id == "extra"


def test_each_wrong_judgement_makes_aila_more_patient(bank: Bank) -> None:
    stage = at_first_question(bank)
    waits_s = []
    for _ in range(3):
        stage.speak(FULL, 28.0)
        action = stage.interview.decide(stage.now_s, stage.hearing())[-1]
        assert isinstance(action, Wait)
        assert action.until_s is not None
        waits_s.append(action.until_s - stage.now_s)
        stage.now_s = action.until_s
        stage.record(AnswerCompleted(stage.now_s, "first", "turn_policy"))
        stage.record(AnswerReopened(stage.now_s, "first"))
    assert waits_s[0] < waits_s[1] < waits_s[2]


def test_a_restarted_agent_welcomes_back_and_repeats_the_question(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak("Last year there was a colleague who could not finish a report.", 6.0)
    again = Stage(bank, stage.events)
    again.now_s += 5.0
    again.record(AgentStarted(again.now_s, mode="voice"))
    assert again.rest() == []
    again.record(CandidateConnected(again.now_s))
    assert again.rest() == ["Welcome back.", bank.questions[0].text]
    again.answer("I sat down with her, I wrote the summary, and in the end we delivered it on time.")
    answer = again.interview.state.answer("first").text
    assert answer.startswith("Last year")
    assert answer.endswith("on time.")


def test_time_without_an_agent_or_a_candidate_uses_up_no_interview_time(bank: Bank) -> None:
    stage = at_first_question(bank)
    used_s = stage.interview.state.active_s(stage.now_s)
    stage.record(CandidateDisconnected(stage.now_s))
    stage.now_s += 200.0
    stage.record(CandidateConnected(stage.now_s))
    assert stage.interview.state.active_s(stage.now_s) == pytest.approx(used_s)
    stage.now_s += 90.0
    stage.record(AgentStarted(stage.now_s, mode="voice"), CandidateConnected(stage.now_s))
    assert stage.interview.state.active_s(stage.now_s) == pytest.approx(used_s)


def test_a_candidate_who_stays_away_has_abandoned_the_interview(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.record(CandidateDisconnected(stage.now_s))
    assert isinstance(stage.interview.decide(stage.now_s + 890.0)[-1], Wait)
    assert stage.interview.decide(stage.now_s + 901.0)[-1] == Finish("abandoned")


def test_replaying_the_events_gives_the_same_state(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.answer("Not much.", 1.0)
    stage.press("moment")
    stage.rest()
    stage.answer()
    assert Interview(bank, stage.events).state == stage.interview.state


def test_the_transcript_marks_controls_and_keeps_practice_out_of_every_criterion(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak("Could you repeat the question, please?", 2.0)
    stage.wait(0.1)
    stage.answer()
    turns = project("s1", bank, stage.events).turns
    assert [t.kind for t in turns if t.speaker == "candidate"] == ["answer", "control", "answer"]
    assert [t.criteria for t in turns if t.kind == "answer"] == [(), ("teamwork",)]


def test_spoken_leave_ends_the_interview(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak("I want to stop the interview.", 2.0)
    assert ControlUsed(stage.now_s, "leave", "said") in stage.events
    stage.wait(0.5)
    assert stage.interview.state.ended is not None


def test_a_guideline_that_was_talked_over_is_said_again_once(bank: Bank) -> None:
    stage = Stage(bank)
    stage.rest()
    before = [utterance.text for utterance in stage.said].index(bank.guideline)
    again = Stage(bank, stage.events[: _index_of(stage, stage.said[before].turn_id) + 1])
    for _ in range(2):
        again.now_s += 0.2
        again.record(UtteranceEnded(again.now_s, again.interview.state.speaking.turn_id, interrupted=True))  # type: ignore[union-attr]
        again.now_s += 2.0
        again.rest(speak=False)
    texts = [event.text for event in again.events if event.type == "utterance_started"]
    assert texts.count(bank.guideline) == 2, "not a third time"


def test_a_question_that_was_talked_over_is_repeated_when_there_is_silence(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak(FULL, 40.0)
    stage.now_s += 4.0
    while not (stage.said and stage.said[-1].text == bank.questions[1].text):
        stage.rest(speak=False)
        if stage.interview.state.speaking is not None and stage.said[-1].kind != "question":
            stage.record(UtteranceEnded(stage.now_s + 1.0, stage.said[-1].turn_id, interrupted=False))
            stage.now_s += 5.0
    stage.record(UtteranceEnded(stage.now_s + 0.3, stage.said[-1].turn_id, interrupted=True))
    stage.now_s += 0.3
    stage.aila_since_s = stage.now_s
    stage.speak("Oh and", 1.0)
    assert stage.wait(1.2) == [bank.questions[1].text]
    assert stage.said[-1].repeats_turn_id is not None


def test_done_is_answered_at_once_and_the_last_words_are_waited_for_behind_that(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak("Last year I sorted the numbers of a colleague's report on my own.", 20.0)
    stage.press("done")
    [thanks, *_] = stage.interview.decide(stage.now_s, stage.hearing(interim_text="and in the end"))
    assert isinstance(thanks, Say)
    assert thanks.kind == "acknowledgement"
    stage.say(thanks)
    [waits] = stage.interview.decide(stage.now_s, stage.hearing(interim_text="and in the end"))
    assert isinstance(waits, Wait)
    heard = stage.interview.hear(stage.now_s - 1.0, stage.now_s, "In the end we delivered it on time.", ())
    stage.record(*heard)
    assert stage.interview.state.answer("first").text.endswith("on time.")


def test_done_while_aila_asks_ends_nothing(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak(FULL, 40.0)
    stage.press("done")
    while stage.interview.state.last_asked is None or stage.interview.state.last_asked.question_id == "first":
        stage.rest(speak=False)
        if stage.interview.state.speaking is not None and stage.said[-1].kind != "question":
            stage.record(UtteranceEnded(stage.now_s + 1.0, stage.said[-1].turn_id, interrupted=False))
            stage.now_s += 5.0
    stage.now_s += 2.0
    stage.press("done")
    assert stage.interview.state.speaking is not None
    assert stage.interview.state.open_answer is not None


def _index_of(stage: Stage, turn_id: str) -> int:
    return next(
        n for n, e in enumerate(stage.events) if e.type == "utterance_started" and e.turn_id == turn_id
    )
