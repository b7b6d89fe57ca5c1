"""The script: what Aila asks, in which order, and when it ends."""

from itertools import pairwise

from question_bank.bank import Bank
from records.events import (
    CandidateDisconnected,
    FollowUpDrafted,
    InterviewEnded,
    QuestionDropped,
    ReminderNoted,
    UtteranceEnded,
)
from tests.interview.stage import FULL, Stage, at_first_question


def test_an_interview_opens_with_greeting_guideline_and_practice(bank: Bank) -> None:
    assert Stage(bank).rest() == [bank.greeting, bank.guideline, "What did you do yesterday?"]


def test_questions_come_in_the_banks_order_and_the_interview_closes(bank: Bank) -> None:
    stage = at_first_question(bank)
    for _ in range(3):
        stage.answer()
    assert stage.asked == ["warm_up", "first", "extra", "last"]
    assert stage.said[-1].text == bank.closing
    assert isinstance(stage.events[-1], InterviewEnded)
    assert stage.events[-1].reason == "completed"


def test_an_acknowledgement_stands_before_each_question(bank: Bank) -> None:
    stage = at_first_question(bank)
    said = stage.answer()
    assert said[0] in bank.phrases.acknowledgements
    assert said[1] == bank.questions[1].text


def test_no_acknowledgement_is_heard_twice_in_a_row(bank: Bank) -> None:
    stage = at_first_question(bank)
    for _ in range(3):
        stage.answer()
    heard = [u.text for u in stage.said if u.kind == "acknowledgement"]
    assert all(first != second for first, second in pairwise(heard))


def test_an_optional_question_is_dropped_on_the_record_when_time_is_short(bank: Bank) -> None:
    hurried = bank.model_copy(update={"interview_s": 200.0})
    stage = at_first_question(hurried)
    stage.answer(seconds=60.0)
    stage.answer()
    assert stage.asked == ["warm_up", "first", "last"]
    assert QuestionDropped(
        next(e.at_s for e in stage.events if isinstance(e, QuestionDropped)), "extra", "time"
    ) in (stage.events)
    assert isinstance(stage.events[-1], InterviewEnded)
    assert stage.events[-1].reason == "completed"


def test_a_required_question_without_time_is_dropped_and_the_end_says_so(bank: Bank) -> None:
    hurried = bank.model_copy(update={"interview_s": 75.0})
    stage = at_first_question(hurried)
    stage.answer(seconds=40.0)
    dropped = [e.question_id for e in stage.events if isinstance(e, QuestionDropped)]
    assert dropped == ["extra", "last"]
    assert isinstance(stage.events[-1], InterviewEnded)
    assert stage.events[-1].reason == "time_limit"


def test_a_missing_result_is_asked_for_once(bank: Bank) -> None:
    stage = at_first_question(bank)
    without_result = (
        "Last year I helped a colleague. I sorted her numbers and then I wrote the summary for her."
    )
    assert stage.answer(without_result) == ["What came of it?"]
    drafted = [e for e in stage.events if isinstance(e, FollowUpDrafted)]
    assert [(d.missing_part, d.question_id) for d in drafted] == [("result", "first")]
    said = stage.answer("I am not sure any more what came of it.", 6.0)
    assert said[-1] == bank.questions[1].text


def test_a_follow_up_stays_within_the_interviews_budget(bank: Bank) -> None:
    none_left = bank.model_copy(update={"follow_up_budget": 0})
    stage = at_first_question(none_left)
    said = stage.answer("Last year I helped a colleague. I sorted her numbers and then I wrote the summary.")
    assert said[-1] == bank.questions[1].text


def test_a_reminder_is_said_once_and_then_only_noted(bank: Bank) -> None:
    stage = at_first_question(bank)
    assert stage.answer("It is all written in my CV, as you can read there.") == ["I cannot see your CV."]
    stage.answer()
    stage.answer("You can read about that in my CV as well, like everything else.")
    noted = [(e.kind, e.question_id, e.spoken) for e in stage.events if isinstance(e, ReminderNoted)]
    assert noted == [("refers_to_cv", "first", True), ("refers_to_cv", "extra", False)]


def test_an_answer_may_be_completed_after_a_reminder(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.answer("Not much.", 1.0)
    stage.answer(FULL)
    assert stage.interview.state.answer("first").text == f"Not much. {FULL}"


def test_the_practice_question_gets_neither_reminder_nor_follow_up(bank: Bank) -> None:
    stage = Stage(bank)
    stage.rest()
    said = stage.answer("Nothing.", 1.0)
    assert said[-1] == bank.questions[0].text


def test_deciding_twice_without_an_event_gives_the_same_and_changes_nothing(bank: Bank) -> None:
    stage = at_first_question(bank)
    state = stage.interview.state
    assert stage.interview.decide(stage.now_s) == stage.interview.decide(stage.now_s)
    assert stage.interview.state is state


def test_an_answer_far_over_its_time_is_ended_kindly(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.speak(FULL, 95.0)
    said = stage.wait(0.8)
    assert said == ["Let us move on.", bank.questions[1].text]


def test_who_leaves_is_let_go_and_every_unasked_question_is_on_record(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.press("leave")
    assert stage.rest() == [bank.phrases.leaving[0]]
    assert stage.said[-1].kind == "closing"
    assert stage.interview.state.ended == InterviewEnded(stage.now_s, "candidate_left")
    assert [e.question_id for e in stage.events if isinstance(e, QuestionDropped)] == ["extra", "last"]


def test_who_leaves_and_is_gone_is_not_spoken_to(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.press("leave")
    stage.record(CandidateDisconnected(stage.now_s))
    assert stage.rest() == []
    assert stage.interview.state.ended == InterviewEnded(stage.now_s, "candidate_left")


def test_the_goodbye_of_who_leaves_may_be_interrupted_and_is_not_said_again(bank: Bank) -> None:
    stage = at_first_question(bank)
    stage.press("leave")
    stage.rest(speak=False)
    stage.now_s += 1.0
    stage.record(UtteranceEnded(stage.now_s, stage.said[-1].turn_id, interrupted=True))
    assert stage.rest() == []
    assert stage.interview.state.ended is not None


def test_leaving_during_the_closing_leaves_the_interview_completed(bank: Bank) -> None:
    stage = at_first_question(bank)
    for _ in bank.questions[:-1]:
        stage.answer()
    stage.speak("I once forgot a shift. I called my manager and apologised. In the end it was fine.", 40.0)
    stage.now_s += 3.0
    while stage.interview.state.speaking is None or stage.said[-1].kind != "closing":
        if stage.interview.state.speaking is not None:
            stage.record(UtteranceEnded(stage.now_s, stage.said[-1].turn_id, interrupted=False))
        stage.rest(speak=False)
    stage.press("leave")
    stage.record(UtteranceEnded(stage.now_s, stage.said[-1].turn_id, interrupted=True))
    assert stage.rest() == []
    assert stage.interview.state.ended is not None
    assert stage.interview.state.ended.reason == "completed"
