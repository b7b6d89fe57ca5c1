"""The script: opening, practice, reactions to a finished answer, the next question, the closing."""

from agent.interview import pacing
from agent.interview.actions import (
    Action,
    DropQuestion,
    Finish,
    NoteReminder,
    Say,
    ShowCue,
    Wait,
    WordFollowUp,
)
from agent.interview.assessment import missing_parts, reminder_kind
from agent.interview.practice import feedback, is_practice
from agent.interview.state import Answer, InterviewState
from agent.interview.wording import Coming, fitting, fitting_everything, in_turn, probe
from question_bank.bank import Bank, Question
from records.events import AilaTurnKind, AnswerCompleted, CompletionReason, EndReason

FOLLOW_UP_DEADLINE_S = 1.0
MIN_WORDS_FOR_FOLLOW_UP = 4
LAST_WORDS_S = 2.5
"""So long after an answer the words that are not final yet are waited for: a follow-up depends on them."""


def say(
    state: InterviewState,
    kind: AilaTurnKind,
    text: str,
    question_id: str | None = None,
    *,
    offset: int = 0,
    repeats_turn_id: str | None = None,
    holds_floor: bool = False,
) -> Say:
    """Return Aila's next words; ``offset`` counts those said before them in the same decision."""
    turn_id = f"a{state.utterances + 1 + offset}"
    return Say(turn_id, kind, text, question_id, repeats_turn_id=repeats_turn_id, holds_floor=holds_floor)


def find_question(bank: Bank, question_id: str) -> Question | None:
    """Return the bank's question, None for the practice question."""
    return next((question for question in bank.questions if question.id == question_id), None)


def end_reason(bank: Bank, state: InterviewState) -> EndReason:
    """Return how an interview that came to its closing has ended."""
    cut = any(question.required and state.answer(question.id).dropped for question in bank.questions)
    return "time_limit" if cut else "completed"


def go_on(bank: Bank, state: InterviewState, now_s: float, words_pending: bool = False) -> tuple[Action, ...]:
    """Return the script's next step when the floor is Aila's; ``words_pending``: some are not final yet."""
    if not state.greeted:
        return (say(state, "greeting", bank.greeting),)
    if not state.guided:
        return (say(state, "guideline", bank.guideline),)
    if state.closed:
        return (Finish(end_reason(bank, state)),)
    practice = bank.practice
    if practice is not None and not state.answer(practice.id).asked and not _any_asked(bank, state):
        return (say(state, "practice", practice.text, practice.id),)
    completed = state.recent_completion
    if completed is not None:
        thanks = _thanks_at_once(bank, state, completed, words_pending)
        if thanks:
            return thanks
        if words_pending and now_s - completed.at_s < LAST_WORDS_S:
            return (Wait(completed.at_s + LAST_WORDS_S),)
        practised = _after_practice(bank, state, completed.question_id)
        if practised:
            return practised
        reaction = _react(bank, state, completed.question_id, completed.reason, now_s)
        if reaction:
            return reaction
    return _next_question(bank, state, now_s)


def _after_practice(bank: Bank, state: InterviewState, question_id: str) -> tuple[Action, ...]:
    """Say what was heard in the practice answer; nothing if it was another question, or has been said."""
    said = feedback(bank, state) if is_practice(bank, question_id) else None
    if said is None:
        return ()
    text, again = said
    return (say(state, "practice" if again else "acknowledgement", text, question_id),)


def _thanks_at_once(
    bank: Bank, state: InterviewState, completed: AnswerCompleted, words_pending: bool
) -> tuple[Action, ...]:
    """Who says or presses "done" hears something at once; what comes next is chosen while it is said."""
    if state.mode == "text" or state.acknowledged:
        return ()
    pressed = completed.reason == "done" and bool(state.answer(completed.question_id).texts)
    closed_in_words = completed.reason in ("done", "turn_policy") and words_pending
    if not pressed and not closed_in_words:
        return ()
    wordings = fitting_everything(bank.phrases.acknowledgements)
    if not wordings:
        return ()
    text = in_turn(wordings, len(state.answers), state.last_acknowledgement)
    return (say(state, "acknowledgement", text),)


def _any_asked(bank: Bank, state: InterviewState) -> bool:
    return any(state.answer(question.id).asked for question in bank.questions)


def _react(
    bank: Bank, state: InterviewState, question_id: str, reason: CompletionReason, now_s: float
) -> tuple[Action, ...]:
    """Return a reminder or a follow-up for the answer just finished; nothing if none is due."""
    answer, question = state.answer(question_id), find_question(bank, question_id)
    if question is None or not answer.texts or reason in ("skipped", "time_limit", "silence"):
        return ()
    if answer.draft is not None:
        drafted = say(state, "follow_up", answer.draft.text, question_id)
        return (Say(drafted.turn_id, "follow_up", drafted.text, question_id, source=answer.draft.source),)
    kind = reminder_kind(answer.text)
    if kind == "other_language" and not bank.locale.startswith("en"):
        kind = None
    if kind is not None and not answer.reminder_said and answer.reminder is None:
        if kind in state.reminded:
            return (NoteReminder(kind, question_id, spoken=False),)
        return (
            NoteReminder(kind, question_id, spoken=True),
            ShowCue("reminder"),
            say(state, "reminder", getattr(bank.reminders, kind), question_id),
        )
    return _follow_up(bank, state, answer, question, now_s)


def _follow_up(
    bank: Bank, state: InterviewState, answer: Answer, question: Question, now_s: float
) -> tuple[Action, ...]:
    words = len(answer.text.split())
    if words < MIN_WORDS_FOR_FOLLOW_UP or not pacing.follow_up_fits(bank, state, question, now_s):
        return ()
    for part in missing_parts(answer.text):
        text = probe(question, part, answer.follow_ups)
        if text is not None and part not in answer.asked_parts:
            return (
                ShowCue("thinking"),
                WordFollowUp(question.id, question.text, part, answer.text, text, FOLLOW_UP_DEADLINE_S),
            )
    return ()


def _next_question(bank: Bank, state: InterviewState, now_s: float) -> tuple[Action, ...]:
    dropped: list[Action] = []
    for question in pacing.unasked(bank, state):
        if pacing.affordable(bank, state, question, now_s):
            last = pacing.unasked(bank, state)[-1] is question
            lead_in = _lead_in(bank, state, "last_question" if last else "question")
            completed = state.recent_completion
            asked = say(
                state,
                "question",
                question.text,
                question.id,
                offset=len(lead_in),
                holds_floor=completed is not None and completed.reason == "time_limit",
            )
            return (*dropped, *lead_in, asked)
        dropped.append(DropQuestion(question.id, "time"))
    lead_in = _lead_in(bank, state, "closing")
    return (*dropped, *lead_in, say(state, "closing", bank.closing, offset=len(lead_in)))


def _lead_in(bank: Bank, state: InterviewState, coming: Coming) -> tuple[Say, ...]:
    """A short word between an answer and what comes next; none if no wording is true of that."""
    completed = state.recent_completion
    if completed is None or state.acknowledged:
        return ()
    phrases = bank.phrases
    wordings = {
        "skipped": phrases.skipped,
        "silence": phrases.skipped,
        "time_limit": phrases.time_limit,
    }.get(completed.reason, phrases.acknowledgements)
    wordings = fitting(wordings, coming)
    if not wordings:
        return ()
    text = in_turn(wordings, len(state.answers), state.last_acknowledgement)
    return (say(state, "acknowledgement", text, holds_floor=completed.reason == "time_limit"),)
