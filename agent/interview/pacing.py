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
TYPING_FACTOR = 3.0
"""Typing an answer takes about three times as long as saying it (40 against 130 words a minute)."""


def remaining_s(bank: Bank, state: InterviewState, now_s: float) -> float:
    """Return the seconds left of the interview's budget; never negative."""
    budget_s = bank.interview_s * (TYPING_FACTOR if state.mode == "text" else 1.0)
    return max(0.0, budget_s - state.active_s(now_s))


def unasked(bank: Bank, state: InterviewState) -> list[Question]:
    """Return the questions that were neither asked nor dropped, in the bank's order."""
    answers = [(question, state.answer(question.id)) for question in bank.questions]
    return [question for question, answer in answers if not answer.asked and not answer.dropped]


def cost_s(question: Question, mode: str) -> float:
    """Return the time a question usually takes, Aila's words included."""
    return QUESTION_OVERHEAD_S + question.expected_answer_s * (TYPING_FACTOR if mode == "text" else 1.0)


def affordable(bank: Bank, state: InterviewState, question: Question, now_s: float) -> bool:
    """Return whether ``question`` may still be asked.

    A required question may as long as a short answer fits; an optional one only if all required
    questions that follow keep their usual time.
    """
    left_s = remaining_s(bank, state, now_s) - CLOSING_S
    if question.required:
        return left_s >= SHORTEST_ANSWER_S
    reserved_s = sum(cost_s(other, state.mode) for other in unasked(bank, state) if other.required)
    return left_s - reserved_s >= cost_s(question, state.mode)


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
