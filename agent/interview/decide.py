"""What Aila does next: a list of rules, the first that applies decides."""

from agent.interview import pacing
from agent.interview.actions import (
    Action,
    CompleteAnswer,
    DropQuestion,
    Finish,
    Hearing,
    NoteReminder,
    ReopenAnswer,
    Say,
    ShowCue,
    Wait,
    WordFollowUp,
)
from agent.interview.assessment import missing_parts, reminder_kind
from agent.interview.state import Answer, InterviewState
from agent.interview.turn_policy import patience_s
from agent.interview.wording import faq_answer, in_turn, probe
from question_bank.bank import Bank, Question
from records.events import AilaTurnKind, CompletionReason

REOPEN_WITHIN_S = 4.0
"""An answer can be reopened while Aila's first words after it are being said, at most this long."""
OFFER_AFTER_S = 12.0
"""Silence after a question before Aila kindly offers help."""
GIVE_UP_AFTER_S = 20.0
"""Silence after the offer before she moves on."""
ABANDONED_AFTER_S = 900.0
"""A candidate who is away this long has left; until then the interview waits."""
ASIDE_PAUSE_S = 1.0
"""Silence after words that belong to no question, before Aila goes on."""
FOLLOW_UP_DEADLINE_S = 1.0
MIN_WORDS_FOR_FOLLOW_UP = 4


def decide(bank: Bank, state: InterviewState, now_s: float, hearing: Hearing) -> tuple[Action, ...]:
    """Return what is to be done now; ``Wait`` or ``Finish`` when nothing else is."""
    if state.ended is not None or state.started_at_s is None:
        return (Wait(None),)
    if state.speaking is not None:
        return _while_speaking(state, now_s, hearing)
    if state.leaving:
        return _leave(bank, state)
    if not state.connected:
        return _while_away(bank, state, now_s)
    if hearing.candidate_speaking:
        return _while_listening(bank, state, now_s, hearing)
    if state.pending:
        return _pay_debt(bank, state)
    if state.paused_since_s is not None:
        return (Wait(None),)
    if state.open_answer is not None:
        return _while_listening(bank, state, now_s, hearing)
    if hearing.silence_s is not None and hearing.silence_s < ASIDE_PAUSE_S:
        answered = state.recent_completion is not None
        if not answered:
            return (Wait(now_s + ASIDE_PAUSE_S - hearing.silence_s),)
    return _go_on(bank, state, now_s)


def _say(
    state: InterviewState,
    kind: AilaTurnKind,
    text: str,
    question_id: str | None = None,
    offset: int = 0,
    **more: str | None,
) -> Say:
    return Say(f"a{state.utterances + 1 + offset}", kind, text, question_id, **more)  # type: ignore[arg-type]


def _while_speaking(state: InterviewState, now_s: float, hearing: Hearing) -> tuple[Action, ...]:
    completion = state.recent_completion
    if (
        completion is not None
        and completion.reason == "turn_policy"
        and hearing.candidate_speaking
        and now_s - completion.at_s <= REOPEN_WITHIN_S
    ):
        return (ReopenAnswer(completion.question_id),)
    return (Wait(None),)


def _while_away(bank: Bank, state: InterviewState, now_s: float) -> tuple[Action, ...]:
    if state.disconnected_at_s is None:
        return (Wait(None),)
    due_s = state.disconnected_at_s + ABANDONED_AFTER_S
    if now_s < due_s:
        return (Wait(due_s),)
    return (*_drop_required(bank, state), Finish("completed" if state.closed else "abandoned"))


def _drop_required(bank: Bank, state: InterviewState) -> tuple[Action, ...]:
    unasked = pacing.unasked(bank, state)
    return tuple(DropQuestion(question.id, "candidate_left") for question in unasked if question.required)


def _leave(bank: Bank, state: InterviewState) -> tuple[Action, ...]:
    return (*_drop_required(bank, state), Finish("candidate_left"))


def _pay_debt(bank: Bank, state: InterviewState) -> tuple[Action, ...]:
    phrases, n = bank.phrases, state.utterances
    match state.pending[0]:
        case "welcome_back" | "resumed":
            return (_say(state, "acknowledgement", in_turn(phrases.welcome_back, n)),)
        case "repeat" if state.last_asked is not None:
            again = state.last_asked
            return (_say(state, again.kind, again.text, again.question_id, repeats_turn_id=again.turn_id),)
        case "moment":
            return (_say(state, "acknowledgement", in_turn(phrases.moment_granted, n)), ShowCue("waiting"))
        case "paused":
            return (_say(state, "acknowledgement", in_turn(phrases.paused, n)),)
        case "asked":
            answer = faq_answer(bank, state.asked_aila) or in_turn(phrases.cannot_answer, n)
            return (_say(state, "acknowledgement", answer),)
        case _:
            return (Wait(None),)


def _question(bank: Bank, question_id: str) -> Question | None:
    return next((question for question in bank.questions if question.id == question_id), None)


def _while_listening(bank: Bank, state: InterviewState, now_s: float, hearing: Hearing) -> tuple[Action, ...]:
    answer = state.open_answer
    if answer is None:
        return (Wait(None),)
    question = _question(bank, answer.question_id)
    if question is not None:
        limit_s = pacing.answer_limit_s(bank, state, question, now_s)
        expected_s = question.expected_answer_s
    else:
        limit_s = bank.practice.max_answer_s if bank.practice else 60.0
        expected_s = limit_s / 3
    if state.mode == "text":
        return (Wait(None),)
    if answer.spoken_s >= limit_s:
        return (CompleteAnswer(answer.question_id, "time_limit"),)
    if hearing.candidate_speaking:
        return (Wait(None),)
    if state.thinking_until_s is not None and now_s < state.thinking_until_s:
        return (ShowCue("waiting"), Wait(state.thinking_until_s))
    said = f"{answer.text} {hearing.interim_text}".strip()
    if answer.texts and state.last_asked is not None and hearing.silence_s is not None:
        patience = patience_s(said, answer.spoken_s, expected_s, hearing)
        if hearing.silence_s >= patience and not hearing.interim_text:
            return (CompleteAnswer(answer.question_id, "turn_policy"),)
        if not answer.offers:
            return (Wait(now_s + max(0.0, patience - hearing.silence_s)),)
    if hearing.interim_text:
        return (Wait(None),)
    return _break_silence(bank, state, answer, now_s, hearing)


def _break_silence(
    bank: Bank, state: InterviewState, answer: Answer, now_s: float, hearing: Hearing
) -> tuple[Action, ...]:
    last_voice_s = 0.0 if hearing.silence_s is None else now_s - hearing.silence_s
    quiet_since_s = max(state.quiet_since_s, state.thinking_until_s or 0.0, last_voice_s)
    if answer.offers == 0:
        due_s = quiet_since_s + OFFER_AFTER_S
        if now_s < due_s:
            return (Wait(due_s),)
        text = in_turn(bank.phrases.silence_offer, state.utterances)
        return (_say(state, "acknowledgement", text, answer.question_id),)
    due_s = quiet_since_s + GIVE_UP_AFTER_S
    return (Wait(due_s),) if now_s < due_s else (CompleteAnswer(answer.question_id, "silence"),)


def _go_on(bank: Bank, state: InterviewState, now_s: float) -> tuple[Action, ...]:
    """Opening, practice, reactions to a finished answer, the next question, the closing."""
    if not state.greeted:
        return (_say(state, "greeting", bank.greeting),)
    if not state.guided:
        return (_say(state, "guideline", bank.guideline),)
    practice = bank.practice
    if practice is not None and not state.answer(practice.id).asked and state.current is None:
        return (_say(state, "practice", practice.text, practice.id),)
    completed = state.recent_completion
    if completed is not None:
        reaction = _react(bank, state, completed.question_id, completed.reason, now_s)
        if reaction:
            return reaction
    return _next_question(bank, state, now_s)


def _react(
    bank: Bank, state: InterviewState, question_id: str, reason: CompletionReason, now_s: float
) -> tuple[Action, ...]:
    """Return a reminder or a follow-up for the answer just finished; nothing if none is due."""
    answer, question = state.answer(question_id), _question(bank, question_id)
    if question is None or not answer.texts or reason in ("skipped", "time_limit", "silence"):
        return ()
    if answer.draft is not None:
        return (_say(state, "follow_up", answer.draft.text, question_id, source=answer.draft.source),)
    kind = reminder_kind(answer.text)
    if kind is not None and not answer.reminder_said and answer.reminder is None:
        if kind in state.reminded:
            return (NoteReminder(kind, question_id, spoken=False),)
        text = getattr(bank.reminders, kind)
        return (
            NoteReminder(kind, question_id, spoken=True),
            ShowCue("reminder"),
            _say(state, "reminder", text, question_id),
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
        if text is not None:
            return (
                ShowCue("thinking"),
                WordFollowUp(question.id, question.text, part, answer.text, text, FOLLOW_UP_DEADLINE_S),
            )
    return ()


def _next_question(bank: Bank, state: InterviewState, now_s: float) -> tuple[Action, ...]:
    dropped: list[Action] = []
    for question in pacing.unasked(bank, state):
        if pacing.affordable(bank, state, question, now_s):
            lead_in = _lead_in(bank, state)
            asked = _say(state, "question", question.text, question.id, offset=len(lead_in))
            return (*dropped, *lead_in, asked)
        dropped.append(DropQuestion(question.id, "time"))
    if not state.closed:
        lead_in = _lead_in(bank, state)
        return (*dropped, *lead_in, _say(state, "closing", bank.closing, offset=len(lead_in)))
    return (*dropped, Finish("completed"))


def _lead_in(bank: Bank, state: InterviewState) -> tuple[Say, ...]:
    """A short word between an answer and what comes next."""
    completed = state.recent_completion
    if completed is None or state.acknowledged:
        return ()
    phrases = bank.phrases
    wordings = {
        "skipped": phrases.skipped,
        "silence": phrases.skipped,
        "time_limit": phrases.time_limit,
    }.get(completed.reason, phrases.acknowledgements)
    return (_say(state, "acknowledgement", in_turn(wordings, len(state.answers))),)
