"""What each event changes in the state: the only place that makes a new one.

It never looks at a clock, a bank or a model, so that replaying the same events gives the same state.
"""

from dataclasses import replace
from typing import assert_never

from agent.interview.presses import is_repeated
from agent.interview.state import Answer, InterviewState, PendingReply
from records.events import (
    AgentStarted,
    AmendmentsClosed,
    AmendmentUndone,
    AnswerCompleted,
    AnswerCorrected,
    AnswerReopened,
    AnswerWithdrawn,
    Backchannelled,
    CandidateConnected,
    CandidateDisconnected,
    CandidateSpoke,
    CompletionReason,
    ControlUsed,
    Event,
    FollowUpDrafted,
    InterviewEnded,
    InterviewStarted,
    QuestionDropped,
    ReminderNoted,
    SentenceAdded,
    UtteranceEnded,
    UtteranceStarted,
)

MOMENT_S = 30.0
"""How long "I need a moment" buys."""
FLOOR_TAKEN_BACK_WORDS = 8
"""A candidate who says this much after an interruption needs no invitation to go on."""
PAUSES_KEPT = 24
SPOKEN_CHARACTERS_PER_S = 15.0
"""Aila's pace, roughly."""
HEARD_ENOUGH = 0.5
"""Who has heard this share of a question, or of the guideline, knows what it is about."""


def apply(state: InterviewState, event: Event) -> InterviewState:
    """Return the state after ``event``."""
    state = replace(state, away_total_s=state.away_total_s + state.idle_s(event.at_s))
    after = _apply(state, event)
    return replace(after, last_at_s=max(state.last_at_s, event.at_s))


def _apply(state: InterviewState, event: Event) -> InterviewState:
    match event:
        case InterviewStarted():
            return replace(
                state,
                mode=event.mode,
                started_at_s=event.at_s,
                quiet_since_s=event.at_s,
                connected=event.mode == "text",
                disconnected_at_s=None if event.mode == "text" else event.at_s,
            )
        case AgentStarted():
            return _taken_over(state, event)
        case CandidateConnected():
            return _connected(state, event)
        case CandidateDisconnected():
            since_s = event.at_s if state.disconnected_at_s is None else state.disconnected_at_s
            return replace(state, connected=False, disconnected_at_s=since_s, last_speech_end_s=None)
        case UtteranceStarted():
            return _said(state, event)
        case UtteranceEnded():
            if state.speaking is None or state.speaking.turn_id != event.turn_id:
                return state
            said = state.speaking
            state = replace(state, counted_until_s=state.active_s(event.at_s))
            state = replace(state, speaking=None, quiet_since_s=event.at_s)
            return _talked_over(state, said, event) if event.interrupted else state
        case Backchannelled():
            return replace(state, backchannels=state.backchannels + 1, last_backchannel_at_s=event.at_s)
        case CandidateSpoke():
            return _heard(state, event)
        case AnswerCompleted():
            state = _with_answer(state, replace(state.answer(event.question_id), completed=event.reason))
            return replace(state, recent_completion=event, acknowledged=False, thinking_until_s=None)
        case AnswerReopened():
            return _reopened(state, event)
        case ControlUsed():
            return _controlled(state, event)
        case FollowUpDrafted():
            return _drafted(state, event)
        case ReminderNoted():
            state = _with_answer(state, replace(state.answer(event.question_id), reminder=event))
            return replace(state, reminded=state.reminded | {event.kind})
        case QuestionDropped():
            return _with_answer(state, replace(state.answer(event.question_id), dropped=True))
        case InterviewEnded():
            return replace(state, ended=event, speaking=None)
        case AnswerCorrected() | SentenceAdded() | AnswerWithdrawn() | AmendmentUndone() | AmendmentsClosed():
            return state  # amended afterwards: what was said in the interview stays
        case _:
            assert_never(event)


def _with_answer(state: InterviewState, answer: Answer) -> InterviewState:
    others = tuple(a for a in state.answers if a.question_id != answer.question_id)
    return replace(state, answers=(*others, answer))


def _owe(state: InterviewState, reply: PendingReply) -> InterviewState:
    if reply in state.pending:
        return state
    return replace(state, pending=(*state.pending, reply))


def _welcomed(state: InterviewState) -> InterviewState:
    """Owe a welcome before anything else; the repetition that follows it pays for one asked before."""
    paid = {"welcome_back", "go_on", "repeat"} | ({"unheard"} if state.last_asked is not None else set())
    others = tuple(p for p in state.pending if p not in paid)
    return replace(state, pending=("welcome_back", *others))


def _connected(state: InterviewState, event: CandidateConnected) -> InterviewState:
    returned = state.disconnected_at_s is not None and state.greeted and not state.closed
    away_s = 0.0
    if state.disconnected_at_s is not None and state.paused_since_s is None:
        away_s = max(0.0, event.at_s - state.disconnected_at_s)
    state = replace(
        state,
        connected=True,
        disconnected_at_s=None,
        away_total_s=state.away_total_s + away_s,
        quiet_since_s=max(state.quiet_since_s, event.at_s),
    )
    return _welcomed(state) if returned else state


def _taken_over(state: InterviewState, event: AgentStarted) -> InterviewState:
    under_way = state.greeted and not state.closed
    if state.disconnected_at_s is None and state.paused_since_s is None:
        # Nobody knows when the process before died: it was there at the last event.
        gap_s = max(0.0, event.at_s - state.last_at_s - state.idle_s(event.at_s))
        state = replace(state, away_total_s=state.away_total_s + gap_s)
    state = replace(
        state,
        speaking=None,
        last_speech_end_s=None,
        quiet_since_s=max(state.quiet_since_s, event.at_s),
    )
    if event.mode == "text":
        if state.disconnected_at_s is not None and state.paused_since_s is None:
            away_s = max(0.0, event.at_s - state.disconnected_at_s)
            state = replace(state, away_total_s=state.away_total_s + away_s)
        state = replace(state, mode="text", connected=True, disconnected_at_s=None)
    elif event.mode == "voice":
        since_s = event.at_s if state.disconnected_at_s is None else state.disconnected_at_s
        state = replace(state, mode="voice", connected=False, disconnected_at_s=since_s)
    return _welcomed(state) if under_way else state


def _said(state: InterviewState, event: UtteranceStarted) -> InterviewState:
    state = replace(state, speaking=event, utterances=state.utterances + 1, last_speech_end_s=None)
    if event.kind == "greeting":
        return replace(state, greeted=True)
    if event.kind == "guideline":
        return replace(state, guided=True, pending=tuple(p for p in state.pending if p != "unheard"))
    if event.kind == "closing":
        return replace(state, closed=True)
    if event.repeats_turn_id is not None:
        answer = state.open_answer
        if answer is not None:
            state = _with_answer(state, replace(answer, offers=0))
        return replace(state, pending=tuple(p for p in state.pending if p not in ("repeat", "unheard")))
    if event.kind in ("question", "practice", "follow_up") and event.question_id is not None:
        return _asked(state, event, event.question_id)
    if event.kind == "reminder" and event.question_id is not None:
        answer = _new_stretch(state.answer(event.question_id))
        answer = replace(answer, completed=None, reminder_said=True)
        return _with_answer(state, answer)
    return _acknowledged(state, event)


def _talked_over(state: InterviewState, said: UtteranceStarted, event: UtteranceEnded) -> InterviewState:
    """What was hardly heard is said again once, when there is silence."""
    heard = (event.at_s - said.at_s) * SPOKEN_CHARACTERS_PER_S / max(1, len(said.text))
    if heard >= HEARD_ENOUGH or said.text in state.said_again:
        return state
    asked = state.last_asked
    is_open = asked is not None and state.open_answer is not None and said.text == asked.text
    if not is_open and said.kind != "guideline":
        return state
    return _owe(replace(state, said_again=state.said_again | {said.text}), "unheard")


def _new_stretch(answer: Answer) -> Answer:
    return replace(answer, texts_before=len(answer.texts), spoken_before_s=answer.spoken_s, offers=0)


def _asked(state: InterviewState, event: UtteranceStarted, question_id: str) -> InterviewState:
    answer = state.answer(question_id)
    if event.kind == "follow_up":
        part = (answer.draft.missing_part,) if answer.draft is not None else ()
        answer = replace(
            _new_stretch(answer),
            completed=None,
            draft=None,
            follow_ups=answer.follow_ups + 1,
            asked_parts=answer.asked_parts + part,
        )
        state = replace(state, follow_ups=state.follow_ups + 1)
    elif event.kind == "practice" and answer.asked:
        # The practice answer is tried once more; it uses up no follow-up.
        answer = replace(_new_stretch(answer), completed=None, follow_ups=answer.follow_ups + 1)
    else:
        answer = replace(answer, asked=True)
    return replace(
        _with_answer(state, answer),
        current=question_id,
        last_asked=event,
        asked_before=state.last_asked,
        thinking_until_s=None,
    )


def _acknowledged(state: InterviewState, event: UtteranceStarted) -> InterviewState:
    """A short word pays the oldest debt; without one it is an offer, or stands before a question."""
    if state.pending:
        paid, *rest = state.pending
        if paid in ("welcome_back", "resumed"):
            rest = [*rest, "repeat"] if "repeat" not in rest and state.open_answer else rest
        return replace(state, pending=tuple(rest), asked_aila="" if paid == "asked" else state.asked_aila)
    answer = state.open_answer
    if answer is not None and event.question_id == answer.question_id:
        return replace(_with_answer(state, replace(answer, offers=answer.offers + 1)), thinking_until_s=None)
    return replace(state, acknowledged=True, last_acknowledgement=event.text)


def _heard(state: InterviewState, event: CandidateSpoke) -> InterviewState:
    pauses_s = state.pauses_s
    if state.last_speech_end_s is not None and event.kind == "answer":
        pauses_s = (*pauses_s, max(0.0, event.at_s - state.last_speech_end_s))[-PAUSES_KEPT:]
    state = replace(
        state,
        candidate_turns=state.candidate_turns + 1,
        quiet_since_s=max(state.quiet_since_s, event.end_s),
        pauses_s=pauses_s,
        # A pause for thinking that was announced says nothing about the usual ones.
        last_speech_end_s=event.end_s if event.kind == "answer" and state.speaking is None else None,
    )
    if state.mode == "text" and event.kind == "answer":
        # What is typed in a pause ends it: who has answered needs no welcome, and no question again.
        state = replace(state, pending=tuple(p for p in state.pending if p != "resumed"))
    if event.kind == "question":
        return _owe(replace(state, asked_aila=event.text), "asked")
    if event.kind == "control" or event.question_id is None:
        return state
    if len(event.text.split()) >= FLOOR_TAKEN_BACK_WORDS:
        state = replace(state, pending=tuple(p for p in state.pending if p != "go_on"))
    answer = state.answer(event.question_id)
    counted_until_s = max(state.counted_until_s, state.active_s(event.end_s))
    answer = replace(
        answer,
        texts=(*answer.texts, event.text),
        spoken_s=answer.spoken_s + max(0.0, event.end_s - event.at_s),
        used_s=answer.used_s + counted_until_s - state.counted_until_s,
        reminder=None,
        draft=None,
        offers=0,
    )
    state = replace(state, counted_until_s=counted_until_s, thinking_until_s=None)
    return _with_answer(state, answer)


def _drafted(state: InterviewState, event: FollowUpDrafted) -> InterviewState:
    """A wording that comes when the answer goes on, or was skipped, is of no use any more."""
    answer = state.answer(event.question_id)
    if answer.completed is None or answer.completed == "skipped":
        return state
    return _with_answer(state, replace(answer, draft=event))


def _reopened(state: InterviewState, event: AnswerReopened) -> InterviewState:
    answer = replace(state.answer(event.question_id), completed=None, draft=None, reminder=None)
    state = _with_answer(state, answer)
    completion, asked = state.recent_completion, state.last_asked
    if completion is not None and asked is not None and asked.at_s >= completion.at_s:
        state = _taken_back(state, asked)
    interrupted = state.speaking is not None
    state = replace(
        state,
        current=event.question_id,
        recent_completion=None,
        reopened=state.reopened + 1,
        closed=False,
        last_speech_end_s=None,
        quiet_since_s=max(state.quiet_since_s, event.at_s),
    )
    return _owe(state, "go_on") if interrupted else state


def _taken_back(state: InterviewState, asked: UtteranceStarted) -> InterviewState:
    """What Aila had begun to ask too early counts as not asked; it is asked again afterwards."""
    answer = state.answer(asked.question_id or "")
    if asked.kind == "follow_up":
        answer = replace(
            answer,
            follow_ups=answer.follow_ups - 1,
            asked_parts=answer.asked_parts[:-1],
            texts_before=0,
            spoken_before_s=0.0,
        )
        state = replace(state, follow_ups=state.follow_ups - 1)
    elif asked.kind == "practice" and answer.follow_ups:
        answer = replace(answer, follow_ups=answer.follow_ups - 1)
    else:
        answer = replace(answer, asked=False)
    return replace(_with_answer(state, answer), last_asked=state.asked_before)


def _controlled(state: InterviewState, event: ControlUsed) -> InterviewState:
    repeated = is_repeated(state, event)
    known = state.control_ids if event.id is None else state.control_ids | {event.id}
    state = replace(state, control_ids=known)
    if repeated:
        held = state.last_control is not None and state.last_control.control == event.control
        return replace(state, last_control=event) if held else state
    state = replace(state, last_control=event)
    # Who presses or says something while Aila asks has stopped her for that.
    state = replace(state, pending=tuple(p for p in state.pending if p != "unheard"))
    state = replace(state, quiet_since_s=max(state.quiet_since_s, event.at_s), last_speech_end_s=None)
    match event.control:
        case "repeat":
            return _owe(state, "repeat") if state.last_asked else state
        case "moment":
            return _owe(replace(state, thinking_until_s=event.at_s + MOMENT_S), "moment")
        case "pause":
            if state.paused_since_s is not None:
                return state
            return _owe(replace(state, paused_since_s=event.at_s), "paused")
        case "resume":
            return _resumed(state, event.at_s)
        case "leave":
            # Who leaves during the closing has heard the end of the interview.
            return state if state.closed else replace(state, leaving=True, pending=())
        case "done" | "skip":
            # The decision completes the answer; here only the wait for thinking ends.
            return _finished_by_control(state, event)
        case _:
            assert_never(event.control)


def _resumed(state: InterviewState, at_s: float) -> InterviewState:
    state = replace(state, thinking_until_s=None)
    if state.paused_since_s is None:
        return state
    paused_s = max(0.0, at_s - state.paused_since_s)
    if state.disconnected_at_s is not None:
        state = replace(state, disconnected_at_s=at_s)
    pending = tuple(p for p in state.pending if p != "paused")
    state = replace(
        state, paused_since_s=None, paused_total_s=state.paused_total_s + paused_s, pending=pending
    )
    return _owe(state, "resumed")


def _finished_by_control(state: InterviewState, event: ControlUsed) -> InterviewState:
    answer = state.open_answer
    state = replace(state, thinking_until_s=None)
    if answer is None:
        return _skipped_late(state) if event.control == "skip" else state
    reason: CompletionReason = "skipped" if event.control == "skip" else "done"
    state = _with_answer(state, replace(answer, completed=reason))
    completion = AnswerCompleted(event.at_s, answer.question_id, reason)
    return replace(state, recent_completion=completion, acknowledged=False)


def _skipped_late(state: InterviewState) -> InterviewState:
    """An answer that was judged over just before its question was skipped: nothing more is asked about it."""
    completion = state.recent_completion
    if completion is None or completion.reason == "skipped":
        return state
    answer = replace(state.answer(completion.question_id), completed="skipped", draft=None)
    return replace(_with_answer(state, answer), recent_completion=replace(completion, reason="skipped"))
