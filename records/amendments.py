"""What candidates change about their answers afterwards: the transcript as it counts, and what falls silent.

Amendments are events like all others, appended after the interview's end; nothing is edited. What was
said stays in the record and in the candidate's own view. Everybody else reads the transcript as amended:

- a **correction** of a spoken turn counts where :mod:`records.corrections` finds that it may have been
  misheard; elsewhere the words as recognised count, and the candidate's stand beside them;
- an **added sentence** is shown, marked, and is no part of the transcript: nobody's is scored;
- a **withdrawn** answer is left out, with the follow-ups that reacted to it; its question is marked, its
  sound is muted, and what the camera recorded meanwhile is cut out (:mod:`records.camera_parts`).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from records.corrections import Change, changes_between, counting
from records.events import (
    AmendmentsClosed,
    AmendmentUndone,
    AnswerCorrected,
    AnswerWithdrawn,
    Event,
    SentenceAdded,
)
from records.transcript import Turn

MUTED_BEFORE_S, MUTED_AFTER_S = 0.5, 1.0
"""Around a withdrawn answer whose neighbours do not tell where it begins or ends."""


@dataclass(frozen=True, slots=True)
class AmendedTurn:
    """One turn of the candidate's, and what became of it."""

    turn: Turn
    """As it was said."""
    correction: AnswerCorrected | None = None
    changes: tuple[Change, ...] = ()
    """Where the correction differs, in order; empty without one."""
    addition: SentenceAdded | None = None
    withdrawal: AnswerWithdrawn | None = None
    """The amendment by which the whole answer was withdrawn, perhaps named at another of its turns."""


@dataclass(frozen=True, slots=True)
class Amendments:
    """The amendments in force, by the id of the turn at which they were made."""

    corrections: dict[str, AnswerCorrected] = field(default_factory=dict)
    additions: dict[str, SentenceAdded] = field(default_factory=dict)
    withdrawals: dict[str, AnswerWithdrawn] = field(default_factory=dict)
    closed: bool = False


def in_force(events: Iterable[Event]) -> Amendments:
    """Return what is in force: the newest of a kind for each turn, unless it was undone.

    With an undone correction or sentence goes one that it had replaced: whoever undoes it wants none left.
    """
    found = list(events)
    undone = {event.amendment_id for event in found if isinstance(event, AmendmentUndone)}
    result = Amendments(closed=any(isinstance(event, AmendmentsClosed) for event in found))
    for event in found:
        match event:
            case AnswerCorrected() if event.id in undone:
                result.corrections.pop(event.turn_id, None)
            case AnswerCorrected():
                result.corrections[event.turn_id] = event
            case SentenceAdded() if event.id in undone:
                result.additions.pop(event.turn_id, None)
            case SentenceAdded():
                result.additions[event.turn_id] = event
            case AnswerWithdrawn() if event.id not in undone:
                result.withdrawals[event.turn_id] = event
            case _:
                pass
    return result


def amended_turns(turns: Sequence[Turn], amendments: Amendments) -> list[AmendedTurn]:
    """Return the candidate's turns of ``turns`` (as said), each with its amendments."""
    return [
        AmendedTurn(
            turn=turn,
            correction=(correction := amendments.corrections.get(turn.id)),
            changes=changes_between(turn, correction.text) if correction else (),
            addition=amendments.additions.get(turn.id),
            withdrawal=_withdrawal_of(turn, turns, amendments),
        )
        for turn in turns
        if turn.speaker == "candidate"
    ]


def as_amended(turns: Sequence[Turn], amendments: Amendments) -> list[Turn]:
    """Return the turns as they count: what is scored, and shown to others."""
    amended = {one.turn.id: one for one in amended_turns(turns, amendments)}
    withdrawn = [one.turn for one in amended.values() if one.withdrawal is not None]
    gone = {turn.question_id for turn in withdrawn if turn.question_id is not None}
    kept = []
    for turn in turns:
        own = amended.get(turn.id)
        if own is not None:
            if own.withdrawal is None:
                kept.append(counting(turn, own.changes))
        elif turn.question_id in gone and turn.kind == "question":
            kept.append(turn.model_copy(update={"withdrawn": True}))
        elif turn.question_id not in gone or turn.kind != "follow_up":
            kept.append(turn)
    return kept


def muted_spans(turns: Sequence[Turn], amendments: Amendments) -> list[tuple[float, float]]:
    """Return the seconds of the session in which withdrawn answers are heard and seen, last word or not.

    From the end of the question to what Aila said next about something else: also where the recogniser
    lost words, the recording has none of them. The last span may end at infinity.
    """
    withdrawn = [one.turn for one in amended_turns(turns, amendments) if one.withdrawal is not None]
    answers: dict[str, list[Turn]] = {}
    for turn in withdrawn:
        answers.setdefault(turn.question_id or turn.id, []).append(turn)
    return sorted(_span(turns, own) for own in answers.values())


def _span(turns: Sequence[Turn], own: Sequence[Turn]) -> tuple[float, float]:
    first, question_id = own[0], own[0].question_id
    last_s = max(turn.end or turn.start for turn in own)
    asked = [
        turn.end or turn.start
        for turn in turns
        if turn.speaker == "aila" and turn.question_id == question_id and turn.start <= first.start
    ]
    after = [
        turn.start
        for turn in turns
        if turn.speaker == "aila"
        and turn.start >= last_s
        and (turn.question_id != question_id or question_id is None)
    ]
    start_s = first.start - MUTED_BEFORE_S
    if question_id is not None and asked:
        start_s = min(start_s, *asked)
    return max(0.0, start_s), max(last_s + MUTED_AFTER_S, min(after, default=math.inf))


def _withdrawal_of(turn: Turn, turns: Sequence[Turn], amendments: Amendments) -> AnswerWithdrawn | None:
    if turn.id in amendments.withdrawals:
        return amendments.withdrawals[turn.id]
    if turn.question_id is None:
        return None
    others = (other for other in turns if other.speaker == "candidate")
    same = (other.id for other in others if other.question_id == turn.question_id)
    return next((amendments.withdrawals[one] for one in same if one in amendments.withdrawals), None)
