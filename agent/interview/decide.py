"""What Aila does next: a list of rules, the first that applies decides."""

from agent.interview import pacing
from agent.interview.actions import Action, DropQuestion, Finish, Hearing, ReopenAnswer, ShowCue, Wait
from agent.interview.answering import RECOGNISER_LATE_S, while_answering
from agent.interview.asked import faq_answer
from agent.interview.script import end_reason, go_on, say
from agent.interview.state import InterviewState
from agent.interview.transitions import FLOOR_TAKEN_BACK_WORDS
from agent.interview.wording import in_turn
from question_bank.bank import Bank

REOPEN_WITHIN_S = 4.0
"""An answer can be reopened while Aila's first words after it are being said, at most this long."""
SUSTAINED_S = 0.4
"""A shorter sound of the candidate's is a cough or a "mm-hm"."""
ABANDONED_AFTER_S = 900.0
"""A candidate who is away this long has left; until then the interview waits."""
ASIDE_PAUSE_S = 1.0
"""Silence after words that belong to no question, before Aila goes on."""
GIVE_BACK_PAUSE_S = 0.7
"""Silence after an interruption of Aila's, before she asks the candidate to go on."""


def decide(bank: Bank, state: InterviewState, now_s: float, hearing: Hearing) -> tuple[Action, ...]:
    """Return what is to be done now; ``Wait`` or ``Finish`` when nothing else is."""
    if state.ended is not None or state.started_at_s is None:
        return (Wait(None),)
    if _goes_on(state, now_s, hearing) and state.recent_completion is not None:
        return (ReopenAnswer(state.recent_completion.question_id),)
    if state.speaking is not None:
        return (Wait(None),)
    if state.leaving:
        return _let_go(bank, state)
    if not state.connected:
        return _while_away(bank, state, now_s)
    completed = state.recent_completion
    over_time = completed is not None and completed.reason == "time_limit" and state.open_answer is None
    if hearing.candidate_speaking and not over_time:
        return while_answering(bank, state, now_s, hearing)
    if state.pending:
        return _pay_debt(bank, state, now_s, hearing)
    if state.paused_since_s is not None:
        return (Wait(None),)
    if state.open_answer is not None:
        return while_answering(bank, state, now_s, hearing)
    aside = completed is None and hearing.silence_s is not None
    if aside and hearing.silence_s is not None and hearing.silence_s < ASIDE_PAUSE_S:
        return (Wait(now_s + ASIDE_PAUSE_S - hearing.silence_s),)
    if aside and hearing.interim_text and (hearing.silence_s or 0.0) < RECOGNISER_LATE_S:
        return (Wait(None),)
    return go_on(bank, state, now_s, bool(hearing.interim_text))


def _goes_on(state: InterviewState, now_s: float, hearing: Hearing) -> bool:
    """Whether the candidate speaks on after the answer was judged over, so that the judgement was wrong."""
    completion = state.recent_completion
    if completion is None or not may_go_on(state, now_s):
        return False
    if not hearing.candidate_speaking or state.mode == "text" or state.paused_since_s is not None:
        return False
    if state.open_answer is not None and state.speaking is None:
        return False
    sustained = hearing.speaking_s is None or hearing.speaking_s >= SUSTAINED_S
    return sustained


def may_go_on(state: InterviewState, now_s: float) -> bool:
    """Whether a voice of the candidate's would show that the latest answer was judged over too early."""
    completion = state.recent_completion
    if completion is None or completion.reason not in ("turn_policy", "silence") or state.leaving:
        return False
    return now_s - completion.at_s <= REOPEN_WITHIN_S


def _while_away(bank: Bank, state: InterviewState, now_s: float) -> tuple[Action, ...]:
    if state.closed:
        return (Finish(end_reason(bank, state)),)
    if state.disconnected_at_s is None:
        return (Wait(None),)
    due_s = state.disconnected_at_s + ABANDONED_AFTER_S
    if now_s < due_s:
        return (Wait(due_s),)
    return (*_drop_rest(bank, state), Finish("abandoned"))


def _let_go(bank: Bank, state: InterviewState) -> tuple[Action, ...]:
    """A kind word with what happens next, if the candidate is there to hear it."""
    rest = _drop_rest(bank, state)
    if state.closed or not state.connected:
        return (*rest, Finish("candidate_left"))
    return (*rest, say(state, "closing", in_turn(bank.phrases.leaving, state.utterances)))


def _drop_rest(bank: Bank, state: InterviewState) -> tuple[Action, ...]:
    return tuple(DropQuestion(question.id, "candidate_left") for question in pacing.unasked(bank, state))


def _pay_debt(bank: Bank, state: InterviewState, now_s: float, hearing: Hearing) -> tuple[Action, ...]:
    phrases, n = bank.phrases, state.utterances
    match state.pending[0]:
        case "welcome_back" | "resumed":
            return (say(state, "acknowledgement", in_turn(phrases.welcome_back, n)),)
        case "repeat" if state.last_asked is not None:
            again = state.last_asked
            return (say(state, again.kind, again.text, again.question_id, repeats_turn_id=again.turn_id),)
        case "moment":
            return (say(state, "acknowledgement", in_turn(phrases.moment_granted, n)), ShowCue("waiting"))
        case "paused":
            return (say(state, "acknowledgement", in_turn(phrases.paused, n)),)
        case "asked":
            answer = faq_answer(bank, state.asked_aila) or in_turn(phrases.cannot_answer, n)
            return (say(state, "acknowledgement", answer),)
        case "go_on":
            quiet_s = now_s - state.quiet_since_s if hearing.silence_s is None else hearing.silence_s
            if quiet_s < GIVE_BACK_PAUSE_S:
                return (Wait(now_s + GIVE_BACK_PAUSE_S - quiet_s),)
            gone_on = len(hearing.interim_text.split()) >= FLOOR_TAKEN_BACK_WORDS
            if gone_on and quiet_s < RECOGNISER_LATE_S:
                return (Wait(None),)  # nobody need be asked to; the words are about to be final
            return (say(state, "acknowledgement", in_turn(phrases.go_on, n)), ShowCue("encourage"))
        case "unheard":
            return _say_again(bank, state, now_s, hearing)
        case _:
            return (Wait(None),)


def _say_again(bank: Bank, state: InterviewState, now_s: float, hearing: Hearing) -> tuple[Action, ...]:
    """What the candidate talked over, once they are silent."""
    quiet_s = now_s - state.quiet_since_s if hearing.silence_s is None else hearing.silence_s
    if quiet_s < ASIDE_PAUSE_S or hearing.interim_text:
        return (Wait(now_s + max(0.0, ASIDE_PAUSE_S - quiet_s) if not hearing.interim_text else None),)
    again = state.last_asked
    if again is None:
        return (say(state, "guideline", bank.guideline),)
    return (say(state, again.kind, again.text, again.question_id, repeats_turn_id=again.turn_id),)
