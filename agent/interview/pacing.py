"""Time: which question is next, how long an answer may take, whether a follow-up fits."""

from agent.interview.state import InterviewState
from question_bank.bank import Bank, Question

CLOSING_S = 15.0
"""Kept free for Aila's last words."""
QUESTION_OVERHEAD_S = 12.0
"""Aila's acknowledgement and question around an answer."""
SHORTEST_ANSWER_S = 30.0
"""A required question is asked as long as this much time is left for it."""
LEAST_SHARE = 0.6
"""Of the usual length, granted to every answer however late it is."""
TYPING_FACTOR = 2.0
"""Typing an answer takes about twice as long as saying it: written answers have 72 words (median of the 328
in ``tests/data/siop2024``), spoken ones some 180 in 75 s, and text is composed at about 30 words a minute
(copying 52, Dhakal et al. 2018; composing at 19/33 of the speed of copying, Karat et al. 1999)."""
TYPING_LIMIT = 3.0
"""So many times its length may a typed interview take before a required question is dropped."""
PACE_RANGE = (0.2, 3.0)
PRIOR_ANSWERS = 0.5
LENGTH_RANGE = (0.15, 1.5)
LENGTH_PRIOR = 0.25
"""So many answers of the expected length stand beside the candidate's own."""
FOLLOW_UP_SHARE = 0.4
"""A follow-up's answer is about so long compared with a whole one."""
SHORTEST_REST_S = 10.0
"""What an answer that has taken its usual time is still expected to take."""


def remaining_s(bank: Bank, state: InterviewState, now_s: float) -> float:
    """Return the seconds left until required questions are dropped; never negative."""
    limit_s = bank.interview_s * (TYPING_LIMIT if state.mode == "text" else 1.0)
    return max(0.0, limit_s - state.active_s(now_s))


def unasked(bank: Bank, state: InterviewState) -> list[Question]:
    """Return the questions that were neither asked nor dropped, in the bank's order."""
    answers = [(question, state.answer(question.id)) for question in bank.questions]
    return [question for question, answer in answers if not answer.asked and not answer.dropped]


def cost_s(question: Question, mode: str, pace: float = 1.0) -> float:
    """Return the time a question usually takes; ``pace`` 1 is the usual one.

    Aila's words are included where she says them; what is read is part of the candidate's own time.
    """
    if mode == "text":
        return pace * question.expected_answer_s * TYPING_FACTOR
    return QUESTION_OVERHEAD_S + pace * question.expected_answer_s


def pace(bank: Bank, state: InterviewState) -> float:
    """Return how long this candidate takes, compared with what is usual: 1, until an answer was given.

    Half a usual answer stands beside the candidate's own, so that one answer is no rule.
    """
    answered = [(q, a) for q in bank.questions if (a := state.answer(q.id)).texts and a.completed is not None]
    if not answered:
        return 1.0
    usual_s = sum(q.expected_answer_s * (1.0 if a.spoken_s else TYPING_FACTOR) for q, a in answered)
    prior_s = PRIOR_ANSWERS * usual_s / len(answered)
    own_s = sum(answer.used_s for _, answer in answered)
    return min(max((prior_s + own_s) / (prior_s + usual_s), PACE_RANGE[0]), PACE_RANGE[1])


def own_length(bank: Bank, state: InterviewState) -> float:
    """Return how long the candidate speaks compared with what is expected; 1 before the first answer."""
    shares = [
        answer.spoken_s / (question.expected_answer_s * (1.0 + FOLLOW_UP_SHARE * answer.follow_ups))
        for question in bank.questions
        if (answer := state.answer(question.id)).completed is not None and answer.spoken_s > 0
    ]
    ratio = (LENGTH_PRIOR + sum(shares)) / (LENGTH_PRIOR + len(shares))
    return min(max(ratio, LENGTH_RANGE[0]), LENGTH_RANGE[1])


def expected_rest_s(bank: Bank, state: InterviewState, now_s: float) -> float:
    """Return how long the rest of the interview will probably take, at the candidate's own pace."""
    if state.closed or state.ended is not None:
        return 0.0
    own, typing = pace(bank, state), TYPING_FACTOR if state.mode == "text" else 1.0
    rest_s = CLOSING_S
    practice = bank.practice
    if practice is not None and state.current is None:
        rest_s += QUESTION_OVERHEAD_S + 0.5 * practice.max_answer_s * typing
    current = next((q for q in bank.questions if q.id == state.current), None)
    if current is not None and state.open_answer is not None:
        used_s = state.open_answer.used_s + max(0.0, state.active_s(now_s) - state.counted_until_s)
        rest_s += max(SHORTEST_REST_S, own * current.expected_answer_s * typing - used_s)
    waiting = unasked(bank, state)
    rest_s += sum(cost_s(question, state.mode, own) for question in waiting if question.required)
    promised_s = bank.interview_s - state.active_s(now_s)
    for question in waiting:
        if not question.required and promised_s - rest_s >= cost_s(question, state.mode, own):
            rest_s += cost_s(question, state.mode, own)
    return min(rest_s, remaining_s(bank, state, now_s))


def affordable(bank: Bank, state: InterviewState, question: Question, now_s: float) -> bool:
    """Return whether ``question`` may still be asked.

    A required question may as long as a short answer fits; an optional one only if it and all required
    questions that follow keep their usual time within the interview's length, which typing does not
    lengthen.
    """
    if question.required:
        return remaining_s(bank, state, now_s) - CLOSING_S >= SHORTEST_ANSWER_S
    own = pace(bank, state) if state.mode == "text" else 1.0
    left_s = bank.interview_s - state.active_s(now_s) - CLOSING_S
    reserved_s = sum(cost_s(other, state.mode, own) for other in unasked(bank, state) if other.required)
    return left_s - reserved_s >= cost_s(question, state.mode, own)


def answer_limit_s(bank: Bank, state: InterviewState, question: Question, now_s: float) -> float:
    """Return how long the candidate may speak to ``question``, so that every required one is reached."""
    reserved_s = sum(cost_s(other, state.mode) for other in unasked(bank, state) if other.required)
    share_s = remaining_s(bank, state, now_s) - CLOSING_S - reserved_s
    spoken_s = state.answer(question.id).spoken_s
    least_s = max(SHORTEST_ANSWER_S, LEAST_SHARE * question.expected_answer_s)
    return min(question.max_answer_s, max(least_s, spoken_s + share_s))


def follow_up_fits(bank: Bank, state: InterviewState, question: Question, now_s: float) -> bool:
    """Return whether a follow-up is within the budgets of question, interview and time."""
    if state.answer(question.id).follow_ups >= question.follow_up_budget:
        return False
    if state.follow_ups >= bank.follow_up_budget:
        return False
    reserved_s = sum(cost_s(other, state.mode) for other in unasked(bank, state) if other.required)
    spare_s = remaining_s(bank, state, now_s) - CLOSING_S - reserved_s
    return spare_s >= QUESTION_OVERHEAD_S + SHORTEST_ANSWER_S
