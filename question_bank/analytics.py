"""Which questions earn full answers: counts and medians over transcripts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol


class SpokenTurn(Protocol):
    """A turn of ``aila.transcript/1``."""

    @property
    def speaker(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def question_id(self) -> str | None: ...
    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float | None: ...
    @property
    def withdrawn(self) -> bool: ...


class Conversation(Protocol):
    """A transcript: anything with turns."""

    @property
    def turns(self) -> Sequence[SpokenTurn]: ...


@dataclass(frozen=True, slots=True)
class QuestionStatistics:
    """What one question earned."""

    answers: int
    """Interviews in which something was answered."""
    skipped: int
    """Interviews in which it was asked and nothing was answered."""
    median_words: float | None
    """None without answers."""
    median_s: float | None
    """Seconds of speech; None without spoken answers."""


def question_statistics(conversations: Iterable[Conversation]) -> dict[str, QuestionStatistics]:
    """Return the statistics of every question that was asked in ``conversations``, in the order first asked.

    All of a candidate's words on a question count as one answer, follow-ups included. A question whose answer
    was withdrawn counts as if it had not been asked.
    """
    asked: dict[str, int] = defaultdict(int)
    words: dict[str, list[int]] = defaultdict(list)
    seconds: dict[str, list[float]] = defaultdict(list)
    for conversation in conversations:
        questions = dict.fromkeys(
            turn.question_id
            for turn in conversation.turns
            if turn.speaker == "aila"
            and turn.kind == "question"
            and turn.question_id is not None
            and not turn.withdrawn
        )
        for question in questions:
            answers = [
                turn
                for turn in conversation.turns
                if turn.speaker == "candidate" and turn.kind == "answer" and turn.question_id == question
            ]
            asked[question] += 1
            if answers:
                words[question].append(sum(len(turn.text.split()) for turn in answers))
                spoken_s = sum((turn.end or turn.start) - turn.start for turn in answers)
                if spoken_s > 0:
                    seconds[question].append(spoken_s)
    return {
        question: QuestionStatistics(
            answers=len(words[question]),
            skipped=count - len(words[question]),
            median_words=median(words[question]) if words[question] else None,
            median_s=round(median(seconds[question]), 1) if seconds[question] else None,
        )
        for question, count in asked.items()
    }
