"""Trying a data set's own answers: padded, misheard, and turned into what must not be credited."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from records.transcript import Transcript, Turn
from scoring.audit.perturbations import (
    OFF_TOPIC,
    echo,
    misrecognised,
    negated,
    padded,
    salad,
    told_of_another,
    with_answers,
)
from scoring.result import Scores
from scoring.rubric import Rubric

WORD_ERROR_RATES = (0.05, 0.10, 0.20)
MEDIUM_FROM = 1.5
"""Half a level below medium: from here on a reader rounds to it."""
_SEED = "aila.audit/1"
Score = Callable[[Transcript], Scores]
Levels = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Change:
    """How scores changed, over the criteria that were scored before."""

    results: int
    mean: float | None
    """Mean of after minus before, in levels; None where nothing was scored both times."""
    mean_absolute: float | None
    abstained: int
    """Scored before and abstained after."""


@dataclass(frozen=True, slots=True)
class Attack:
    """How often an answer that deserves nothing was given "medium"."""

    kind: str
    results: int
    """Criteria that the interview's questions target, over all interviews."""
    reached: int


@dataclass(frozen=True, slots=True)
class Experiments:
    interviews: int
    padding: Change
    recognition: dict[float, Change]
    """By word error rate."""
    attacks: tuple[Attack, ...]


def experiments(transcripts: Sequence[Transcript], rubric: Rubric, score: Score) -> Experiments:
    """Score each transcript as it is, padded, misheard and as each attack (ten times in all)."""
    padding: list[tuple[Levels, Levels]] = []
    recognition: dict[float, list[tuple[Levels, Levels]]] = {rate: [] for rate in WORD_ERROR_RATES}
    attacks: dict[str, list[float]] = {}
    for transcript in transcripts:
        answers = _answers(transcript)
        before = levels_of(score(transcript))
        random = Random(f"{_SEED} {transcript.session_id}")
        changed = with_answers(transcript, {turn.id: padded(turn.text, random) for turn in answers})
        padding.append((before, levels_of(score(changed))))
        for rate in WORD_ERROR_RATES:
            heard = {turn.id: misrecognised(turn.text, rate, random) for turn in answers}
            recognition[rate].append((before, levels_of(score(with_answers(transcript, heard)))))
        criteria = targeted(transcript, rubric)
        for kind, texts in _attacks(transcript, answers, rubric, random).items():
            after = levels_of(score(with_answers(transcript, texts)))
            attacks.setdefault(kind, []).extend(after.get(name, 0.0) for name in criteria)
    return Experiments(
        interviews=len(transcripts),
        padding=change(padding),
        recognition={rate: change(pairs) for rate, pairs in recognition.items()},
        attacks=tuple(
            Attack(kind, len(found), sum(level >= MEDIUM_FROM for level in found))
            for kind, found in attacks.items()
        ),
    )


def change(pairs: Sequence[tuple[Levels, Levels]]) -> Change:
    """Return how the levels changed, from before to after."""
    differences = [after[name] - before[name] for before, after in pairs for name in before if name in after]
    n = len(differences)
    return Change(
        results=sum(len(before) for before, _ in pairs),
        mean=sum(differences) / n if n else None,
        mean_absolute=sum(map(abs, differences)) / n if n else None,
        abstained=sum(name not in after for before, after in pairs for name in before),
    )


def levels_of(scores: Scores) -> dict[str, float]:
    """Return criterion → score of what was scored."""
    return {result.id: result.score for result in scores.criteria if result.score is not None}


def targeted(transcript: Transcript, rubric: Rubric) -> tuple[str, ...]:
    """Return the rubric's criteria that a question of the transcript targets."""
    questions = [turn for turn in transcript.turns if turn.kind == "question" and turn.speaker == "aila"]
    if any(turn.criteria is None for turn in questions):
        return tuple(criterion.id for criterion in rubric.criteria)
    wanted = {name for turn in questions for name in turn.criteria or ()}
    return tuple(criterion.id for criterion in rubric.criteria if criterion.id in wanted)


def _answers(transcript: Transcript) -> list[Turn]:
    return [turn for turn in transcript.turns if turn.speaker == "candidate" and turn.kind == "answer"]


def _attacks(
    transcript: Transcript, answers: Sequence[Turn], rubric: Rubric, random: Random
) -> dict[str, dict[str, str]]:
    """Return kind → turn → text."""
    asked = {
        turn.question_id: turn
        for turn in transcript.turns
        if turn.speaker == "aila" and turn.kind == "question"
    }
    everything = tuple(criterion.id for criterion in rubric.criteria)

    def echoed(turn: Turn) -> str:
        question = asked.get(turn.question_id)
        if question is None:
            return echo(rubric, everything, "")
        return echo(rubric, question.criteria or everything, question.text)

    return {
        "keyword salad": {t.id: salad(rubric, len(t.text.split()), random) for t in answers},
        "question and sheet said back": {t.id: echoed(t) for t in answers},
        "own acts denied": {t.id: negated(t.text) for t in answers},
        "told of somebody else": {t.id: told_of_another(t.text) for t in answers},
        "another topic": {t.id: OFF_TOPIC for t in answers},
    }
