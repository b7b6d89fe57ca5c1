"""Events → transcript. Pure: the same events give the same transcript."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from question_bank.bank import Bank
from records.amendments import as_amended, in_force
from records.events import (
    CandidateSpoke,
    Event,
    UtteranceEnded,
    UtteranceStarted,
    Word,
)
from records.transcript import BankReference, Transcript, TranscriptWord, Turn


@dataclass
class _Draft:
    """A turn that may still grow."""

    turn: Turn
    words: list[Word] = field(default_factory=list)


def project(session_id: str, bank: Bank, events: Iterable[Event]) -> Transcript:
    """Return the transcript of a session's events as it counts, the candidate's amendments included.

    This is what is scored and what others than the candidate read; see :mod:`records.amendments`.
    """
    found = list(events)
    said = as_said(session_id, bank, found)
    amended = as_amended(said.turns, in_force(found))
    return said if amended == list(said.turns) else said.model_copy(update={"turns": tuple(amended)})


def as_said(session_id: str, bank: Bank, events: Iterable[Event]) -> Transcript:
    """Return the transcript as it was said, whatever was amended afterwards.

    Consecutive stretches of one answer become one turn; what Aila said stays as said, even if she was
    interrupted. Times are seconds since the session's first start, as in the recording; what the
    recogniser placed a little before it, or gave a probability outside [0, 1], is put to the bound.
    """
    drafts: list[_Draft] = []
    for event in events:
        if isinstance(event, UtteranceStarted):
            drafts.append(_Draft(_aila_turn(event, bank)))
        elif isinstance(event, UtteranceEnded):
            _close(drafts, event)
        elif isinstance(event, CandidateSpoke) and event.text.strip():
            _add_speech(drafts, event, bank)
    turns = [_finish(draft) for draft in drafts]
    return Transcript(
        session_id=session_id,
        bank=BankReference(id=bank.id, version=bank.version),
        locale=bank.locale,
        turns=tuple(sorted(turns, key=lambda turn: turn.start)),
    )


def _criteria(bank: Bank, question_id: str | None) -> tuple[str, ...] | None:
    if bank.practice is not None and question_id == bank.practice.id:
        return ()  # No criterion: what is said to warm up is never scored.
    return next((question.criteria for question in bank.questions if question.id == question_id), None)


def _aila_turn(event: UtteranceStarted, bank: Bank) -> Turn:
    return Turn(
        id=event.turn_id,
        speaker="aila",
        kind=event.kind,
        text=event.text,
        question_id=event.question_id,
        criteria=_criteria(bank, event.question_id)
        if event.kind in ("practice", "question", "follow_up")
        else None,
        start=max(0.0, event.at_s),
    )


def _close(drafts: list[_Draft], event: UtteranceEnded) -> None:
    for draft in reversed(drafts):
        if draft.turn.id == event.turn_id:
            draft.turn = draft.turn.model_copy(update={"end": max(event.at_s, draft.turn.start)})
            return


def _add_speech(drafts: list[_Draft], event: CandidateSpoke, bank: Bank) -> None:
    previous = drafts[-1] if drafts else None
    continues = (
        previous is not None
        and previous.turn.speaker == "candidate"
        and previous.turn.kind == event.kind == "answer"
        and previous.turn.question_id == event.question_id
    )
    if previous is not None and continues:
        previous.turn = previous.turn.model_copy(
            update={
                "text": f"{previous.turn.text} {event.text.strip()}",
                "end": max(event.end_s, previous.turn.end or 0.0),
            }
        )
        previous.words.extend(event.words)
        return
    turn = Turn(
        id=event.turn_id,
        speaker="candidate",
        kind=event.kind,
        text=event.text.strip(),
        question_id=event.question_id,
        criteria=_criteria(bank, event.question_id) if event.kind == "answer" else None,
        start=max(0.0, event.at_s),
        end=max(0.0, event.end_s, event.at_s),
    )
    drafts.append(_Draft(turn, list(event.words)))


def _finish(draft: _Draft) -> Turn:
    if not draft.words:
        return draft.turn
    words = tuple(
        TranscriptWord(
            text=word.text,
            start=max(0.0, word.start),
            end=max(0.0, word.end),
            probability=min(1.0, max(0.0, word.probability)),
        )
        for word in draft.words
    )
    return draft.turn.model_copy(update={"words": words})
