"""What in a transcript contradicts itself, although every field is of the right kind.

A fault would make scores silently wrong or run without end; it is refused. A doubt touches no score: it is
said, and the transcript is scored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from question_bank.fault_wording import printable
from records.events import AilaTurnKind, CandidateTurnKind
from records.transcript import Transcript, Turn
from scoring.rubric import Rubric

MAX_TURN_WORDS = 20_000
"""More than two hours of speech without a break."""
MAX_TURN_CHARACTERS = 10 * MAX_TURN_WORDS
MAX_TRANSCRIPT_WORDS = 60_000
"""A screening interview has about 3,000."""
CLOSE_S = 0.5
"""Recognisers place words this roughly."""
MAX_DOUBTS = 10
_KINDS = {"aila": frozenset(get_args(AilaTurnKind)), "candidate": frozenset(get_args(CandidateTurnKind))}
_WHOSE = {"aila": "Aila's", "candidate": "the candidate's"}


@dataclass(frozen=True, slots=True)
class Remark:
    """``location`` leads to the place in the file, by names and indices."""

    location: tuple[int | str, ...]
    message: str


def fault(transcript: Transcript) -> Remark | None:
    """Return the first thing for which ``transcript`` cannot be scored, None if there is none."""
    return next(_faults(transcript), None)


def _faults(transcript: Transcript) -> Iterator[Remark]:
    asked = {turn.question_id for turn in transcript.turns if turn.speaker == "aila"}
    total = 0
    for place, turn in enumerate(transcript.turns):
        words = len(turn.text.split())
        total += words
        if words > MAX_TURN_WORDS:
            yield Remark(
                ("turns", place, "text"),
                f"the turn has {words:,} words; at most {MAX_TURN_WORDS:,} are scored",
            )
        if len(turn.text) > MAX_TURN_CHARACTERS:
            yield Remark(
                ("turns", place, "text"),
                f"the turn has {len(turn.text):,} characters; at most {MAX_TURN_CHARACTERS:,} are scored",
            )
        if _is_answer(turn) and turn.question_id is not None and turn.question_id not in asked:
            yield Remark(
                ("turns", place, "question_id"),
                f"no turn of Aila's has the question_id that this answer names ({_named(turn.question_id)})",
            )
        if turn.kind not in _KINDS[turn.speaker]:
            yield Remark(
                ("turns", place, "kind"), f"no turn of {_WHOSE[turn.speaker]} has the kind {turn.kind}"
            )
        if turn.end is not None and turn.end < turn.start:
            yield Remark(("turns", place, "end"), f"the turn ends at {turn.end:g} s, before it starts")
        for number, word in enumerate(turn.words or ()):
            if word.end < word.start:
                yield Remark(
                    ("turns", place, "words", number, "end"),
                    f"the word ends at {word.end:g} s, before it starts",
                )
    if total > MAX_TRANSCRIPT_WORDS:
        yield Remark(
            ("turns",), f"the transcript has {total:,} words; at most {MAX_TRANSCRIPT_WORDS:,} are scored"
        )


def _is_answer(turn: Turn) -> bool:
    return turn.speaker == "candidate" and turn.kind == "answer"


def doubts(transcript: Transcript, rubric: Rubric | None) -> list[Remark]:
    """Return what is doubtful in ``transcript``, at most ten; criteria are looked up in ``rubric``."""
    criteria = _unknown_criteria(transcript, rubric) if rubric else ()
    found = [*criteria, *_of_no_question(transcript), *_times(transcript)]
    if len(found) <= MAX_DOUBTS:
        return found
    rest = len(found) - MAX_DOUBTS + 1
    return [*found[: MAX_DOUBTS - 1], Remark(("turns",), f"{rest} more doubts")]


def _unknown_criteria(transcript: Transcript, rubric: Rubric) -> Iterator[Remark]:
    known = {criterion.id for criterion in rubric.criteria}
    said: set[str] = set()
    for place, turn in enumerate(transcript.turns):
        for number, criterion in enumerate(turn.criteria or ()):
            if criterion in known or criterion in said:
                continue
            said.add(criterion)
            yield Remark(
                ("turns", place, "criteria", number),
                f"the rubric {rubric.id} {rubric.version} does not have this criterion ({_named(criterion)})",
            )


def _of_no_question(transcript: Transcript) -> Iterator[Remark]:
    if any(turn.speaker == "aila" and turn.question_id is None for turn in transcript.turns):
        return
    for place, turn in enumerate(transcript.turns):
        if _is_answer(turn) and turn.question_id is None:
            yield Remark(("turns", place), "the answer names no question_id: it counts for no question")


def _times(transcript: Transcript) -> Iterator[Remark]:
    """Yield places from which a quote cannot be found in the recording."""
    last: dict[str, Turn] = {}
    for place, turn in enumerate(transcript.turns):
        before = last.get(turn.speaker)
        if before is not None and turn.start + CLOSE_S < (before.start if before.end is None else before.end):
            yield Remark(
                ("turns", place, "start"),
                f"the turn starts at {turn.start:g} s, before the speaker's turn {_named(before.id)} is over",
            )
        last[turn.speaker] = turn
        outside = [n for n, word in enumerate(turn.words or ()) if not _within(word.start, word.end, turn)]
        if outside:
            yield Remark(
                ("turns", place, "words", outside[0]),
                f"{len(outside)} of the turn's {len(turn.words or ())} words lie outside its times",
            )


def _named(name: str) -> str:
    return f'"{printable(name)}"'


def _within(start: float, end: float, turn: Turn) -> bool:
    return start >= turn.start - CLOSE_S and (turn.end is None or end <= turn.end + CLOSE_S)
