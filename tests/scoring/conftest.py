"""One scorer for all tests of a process, and short transcripts."""

from collections.abc import Callable
from functools import cache

import pytest

from records.transcript import Transcript
from scoring.library import RubricLibrary
from scoring.result import CriterionResult
from scoring.scorer import Scorer

QUESTION = "Tell me about a time when something at work was difficult. What did you do, and what came of it?"
Score = Callable[..., CriterionResult]


@cache
def shared_scorer() -> Scorer:
    return Scorer(RubricLibrary().load("behavioural"))


@pytest.fixture
def scorer() -> Scorer:
    return shared_scorer()


def transcript(
    *answers: str,
    criterion: str | None = "teamwork",
    question: str = QUESTION,
    probability: float | None = None,
) -> Transcript:
    """Return a transcript of one question with ``answers`` (further ones follow follow-ups)."""
    turns: list[dict[str, object]] = [
        {
            "id": "q",
            "speaker": "aila",
            "kind": "question",
            "question_id": "q1",
            "text": question,
            "start": 0.0,
            "criteria": None if criterion is None else [criterion],
        }
    ]
    for number, answer in enumerate(answers):
        turn: dict[str, object] = {
            "id": f"a{number}",
            "speaker": "candidate",
            "kind": "answer",
            "question_id": "q1",
            "text": answer,
            "start": 10.0 * (number + 1),
        }
        if probability is not None:
            turn["words"] = [
                {"text": word, "start": 10.0, "end": 10.2, "probability": probability}
                for word in answer.split()
            ]
        turns.append(turn)
    return Transcript.model_validate(
        {"session_id": "s", "bank": {"id": "b", "version": "1.0.0"}, "turns": turns}
    )


@pytest.fixture
def score(scorer: Scorer) -> Score:
    def scored(*answers: str, criterion: str = "teamwork", **changes: object) -> CriterionResult:
        found = scorer.score(transcript(*answers, criterion=criterion, **changes))  # type: ignore[arg-type]
        return next(c for c in found.criteria if c.id == criterion)

    return scored
