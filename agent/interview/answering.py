"""While the floor is the candidate's: listening, patience, breaking a long silence."""

from agent.interview import pacing
from agent.interview.actions import Action, Backchannel, CompleteAnswer, Hearing, ShowCue, Wait
from agent.interview.script import find_question, say
from agent.interview.state import Answer, InterviewState
from agent.interview.turn_policy import PATIENT_S, SAID_DONE_S, USUAL_S, invites_backchannel, patience_s
from agent.interview.wording import in_turn
from question_bank.bank import Bank

OFFER_AFTER_S = 12.0
"""Silence after a question before Aila kindly offers help."""
GIVE_UP_AFTER_S = 20.0
"""Silence after the offer before she moves on."""
NOD_AFTER_S = 0.2
BACKCHANNEL_AFTER_S, BACKCHANNEL_UNTIL_S = 0.75, 1.3
"""A soft sound comes in this part of a pause, or not at all."""
BACKCHANNEL_ROOM_S = 0.7
"""Left between its beginning and the moment in which Aila would take the floor."""
BACKCHANNEL_EVERY_S, BACKCHANNEL_AT_END_EVERY_S = 15.0, 10.0
"""At most so often in mid-answer, and where the answer may be over."""
BACKCHANNEL_MIN_SPOKEN_S = 4.0
BEGINNING_S, LOOK_AGAIN_S = 0.12, 0.02
"""Where a voice may just begin again the floor is not taken before that is known."""
NATURAL_PAUSE_S = 0.6
"""A breath: where an answer that is over its time is stopped."""
OVER_LIMIT_S = 12.0
"""An answer without a breath is stopped this long after its time is over."""
RECOGNISER_LATE_S = 5.0
"""Words that are still not final after so much silence are not waited for."""
USUAL_PRACTICE_S = 20.0
LATE_ANSWER_S = 60.0
"""What is granted to an answer that began when the interview's time was over."""


def while_answering(bank: Bank, state: InterviewState, now_s: float, hearing: Hearing) -> tuple[Action, ...]:
    """Return what to do while a question is open, or the candidate speaks for whatever reason."""
    answer = state.open_answer
    if answer is None or state.mode == "text":
        return (Wait(None),)
    if _over_time(bank, state, answer, now_s, hearing):
        return (CompleteAnswer(answer.question_id, "time_limit"),)
    if hearing.candidate_speaking:
        return (ShowCue("listening"), Wait(None))
    if hearing.closed_in_words and (hearing.silence_s or 0.0) >= SAID_DONE_S:
        return (CompleteAnswer(answer.question_id, "turn_policy"),)
    if state.thinking_until_s is not None and now_s < state.thinking_until_s and not hearing.interim_text:
        return (ShowCue("waiting"), Wait(state.thinking_until_s))
    if (answer.stretch or hearing.words_settled) and hearing.silence_s is not None:
        return _judge_silence(bank, state, answer, now_s, hearing, hearing.silence_s)
    if hearing.interim_text and (hearing.silence_s or 0.0) < RECOGNISER_LATE_S:
        return (Wait(None),)
    return _break_silence(bank, state, answer, now_s, hearing)


def _judge_silence(
    bank: Bank, state: InterviewState, answer: Answer, now_s: float, hearing: Hearing, silence_s: float
) -> tuple[Action, ...]:
    pending = bool(hearing.interim_text)
    settled = hearing.words_settled or not pending
    said = f"{answer.stretch} {hearing.interim_text}".strip()
    spoken_s = answer.stretch_s + hearing.interim_s
    needed_s = patience_s(
        said,
        spoken_s,
        _expected_s(bank, state, answer),
        hearing.end_of_turn_probability,
        state.pauses_s,
        state.reopened,
        whole_text=f"{answer.text} {hearing.interim_text}".strip() if settled else answer.text,
    )
    over_s = PATIENT_S + RECOGNISER_LATE_S if pending else needed_s
    if silence_s >= over_s + (BEGINNING_S if hearing.voice_begins else 0.0):
        return (CompleteAnswer(answer.question_id, "turn_policy"),)
    rest_s = needed_s - silence_s
    wait = Wait(None if pending else now_s + (rest_s if rest_s > 0.0 else LOOK_AGAIN_S))
    if silence_s < NOD_AFTER_S:
        return (wait,)
    sound = _backchannel(bank, state, answer.question_id, said, spoken_s, now_s, silence_s, needed_s)
    sound = sound if settled and not hearing.voice_begins else ()
    return (*sound, ShowCue("nod"), wait)


def _backchannel(
    bank: Bank,
    state: InterviewState,
    question_id: str,
    said: str,
    spoken_s: float,
    now_s: float,
    silence_s: float,
    needed_s: float,
) -> tuple[Action, ...]:
    """A soft sound that leaves the floor: seldom in mid-answer, and where the answer may be over."""
    texts = bank.phrases.backchannels
    if not texts or not BACKCHANNEL_AFTER_S <= silence_s <= BACKCHANNEL_UNTIL_S:
        return ()
    if not backchannel_due(said, spoken_s, needed_s, now_s, state.last_backchannel_at_s):
        return ()
    return (Backchannel(question_id, in_turn(texts, state.backchannels)),)


def backchannel_due(said: str, spoken_s: float, needed_s: float, now_s: float, last_s: float | None) -> bool:
    """Return whether a pause after ``said`` may hold a soft sound; ``last_s`` is when the latest one was."""
    if needed_s < BACKCHANNEL_AFTER_S + BACKCHANNEL_ROOM_S or spoken_s < BACKCHANNEL_MIN_SPOKEN_S:
        return False
    seldom_s = BACKCHANNEL_EVERY_S if needed_s > USUAL_S else BACKCHANNEL_AT_END_EVERY_S
    if last_s is not None and now_s - last_s < seldom_s:
        return False
    return invites_backchannel(said)


def _expected_s(bank: Bank, state: InterviewState, answer: Answer) -> float:
    question = find_question(bank, answer.question_id)
    if question is None:
        return USUAL_PRACTICE_S
    again = answer.follow_ups > 0 or answer.reminder_said
    own = pacing.own_length(bank, state)
    return own * question.expected_answer_s * (pacing.FOLLOW_UP_SHARE if again else 1.0)


def _over_time(bank: Bank, state: InterviewState, answer: Answer, now_s: float, hearing: Hearing) -> bool:
    question = find_question(bank, answer.question_id)
    if question is not None:
        limit_s = pacing.answer_limit_s(bank, state, question, now_s)
    else:
        limit_s = bank.practice.max_answer_s if bank.practice else LATE_ANSWER_S
    breath = not hearing.candidate_speaking and (
        hearing.silence_s is None or hearing.silence_s >= NATURAL_PAUSE_S
    )
    asked_at_s = state.last_asked.at_s if state.last_asked is not None else now_s
    if breath and pacing.remaining_s(bank, state, now_s) <= 0 and now_s - asked_at_s >= LATE_ANSWER_S:
        return True
    if answer.spoken_s < limit_s:
        return False
    return (breath and not hearing.interim_text) or answer.spoken_s >= limit_s + OVER_LIMIT_S


def _break_silence(
    bank: Bank, state: InterviewState, answer: Answer, now_s: float, hearing: Hearing
) -> tuple[Action, ...]:
    quiet_since_s = max(state.quiet_since_s, state.thinking_until_s or 0.0)
    if hearing.silence_s is not None:
        quiet_since_s = max(quiet_since_s, now_s - hearing.silence_s)
    due_s = quiet_since_s + (OFFER_AFTER_S if answer.offers == 0 else GIVE_UP_AFTER_S)
    if now_s < due_s:
        return (Wait(due_s),)
    if answer.offers == 0:
        text = in_turn(bank.phrases.silence_offer, state.utterances)
        return (say(state, "acknowledgement", text, answer.question_id),)
    return (CompleteAnswer(answer.question_id, "silence"),)
