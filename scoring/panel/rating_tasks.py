"""What a rater sees: the rubric beside what was said, without a name, a score or another's rating."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from records.transcript import Transcript, Turn
from scoring.rubric import Criterion, Rubric

WHOLE = "as a whole"
"""Stands in the column of behaviours where the criterion itself is rated."""
NAME = "[name]"
_ASKED = frozenset({"question", "follow_up", "reminder"})


@dataclass(frozen=True, slots=True)
class RatingTask:
    """One cell to fill in: a behaviour of a criterion, or the criterion as a whole."""

    interview: str
    """The code that stands for the interview in this round."""
    criterion: str
    behaviour: str
    statement: str
    low: str
    medium: str
    high: str
    not_this: str


@dataclass(frozen=True, slots=True)
class Block:
    """The tasks of one criterion of one interview, and the responses that they are about."""

    tasks: tuple[RatingTask, ...]
    responses: str


def blocks(code: str, transcript: Transcript, rubric: Rubric, candidate_name: str) -> list[Block]:
    """Return the blocks of an interview: one for each criterion that a question of it targets."""
    found = []
    for criterion in rubric.criteria:
        said = _responses(transcript, criterion.id)
        if said:
            found.append(Block(_tasks(code, criterion), without_name("\n".join(said), candidate_name)))
    return found


def without_name(text: str, name: str) -> str:
    """Return ``text`` with the candidate's name replaced: in full whatever its case, parts as written."""
    parts = [re.escape(part) for part in name.split()]
    if not parts:
        return text
    whole = re.compile(r"\b" + r"\s+".join(parts) + r"\b", re.IGNORECASE)
    text = whole.sub(NAME, text)
    named = [re.escape(part) for part in name.split() if len(part) > 1 and part[0].isupper()]
    return re.sub(rf"\b(?:{'|'.join(named)})\b", NAME, text) if named else text


def _tasks(code: str, criterion: Criterion) -> tuple[RatingTask, ...]:
    small = [
        RatingTask(
            code,
            criterion.id,
            behaviour.id,
            behaviour.statement,
            behaviour.anchors.low,
            behaviour.anchors.medium,
            behaviour.anchors.high,
            "\n".join(behaviour.counter_examples),
        )
        for behaviour in criterion.behaviours
    ]
    definition = f"{criterion.name}, 0 (none) to 3 (high): {criterion.definition}"
    return (*small, RatingTask(code, criterion.id, WHOLE, definition, "1", "2", "3", ""))


def _responses(transcript: Transcript, criterion: str) -> list[str]:
    """Return what was asked and said about ``criterion``, a line a turn; empty if no question targets it."""
    questions = [
        turn
        for turn in transcript.turns
        if turn.speaker == "aila"
        and turn.kind == "question"
        and (turn.criteria is None or criterion in turn.criteria)
    ]
    lines: list[str] = []
    for question in questions:
        lines += _exchange(question, transcript.turns)
    return lines


def _exchange(question: Turn, turns: Sequence[Turn]) -> list[str]:
    if question.question_id is None:
        return [f"Q: {question.text}"]
    own = [turn for turn in turns if turn.question_id == question.question_id]
    lines = []
    for turn in own:
        if turn.speaker == "aila" and turn.kind in _ASKED:
            lines.append(f"Q: {turn.text}")
        elif turn.speaker == "candidate" and turn.kind == "answer":
            lines.append(f"A: {turn.text}")
    return lines
