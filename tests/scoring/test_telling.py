"""Sentences are compared with results and lessons only where that decides a score, and no score changes."""

import csv
from pathlib import Path

import pytest

from records.transcript import Transcript
from scoring import scorer as scoring_scorer
from scoring.scorer import Finding, Scorer

ANSWERS = Path(__file__).parents[1] / "data" / "siop2024" / "answers.csv"


def interview(answers: int) -> Transcript:
    """Return an interview of so many real answers to as many questions, each for all criteria."""
    with ANSWERS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[:answers]
    turns: list[dict[str, object]] = []
    for place, row in enumerate(rows):
        asked = {"id": f"q{place}", "question_id": f"q{place}", "start": 60.0 * place}
        turns.append(asked | {"speaker": "aila", "kind": "question", "text": row["question"]})
        said = {"id": f"a{place}", "start": 60.0 * place + 9, "text": row["answer"]}
        turns.append(asked | said | {"speaker": "candidate", "kind": "answer"})
    bank = {"id": "b", "version": "1.0.0"}
    return Transcript.model_validate(
        {"schema": "aila.transcript/1", "session_id": "s", "bank": bank, "turns": turns}
    )


def test_scores_are_those_of_comparing_every_sentence(
    scorer: Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = interview(12)
    responses = scorer.responses(said)
    findings = scorer.findings(said, responses)
    told = [response for response in responses if response.telling.told]
    assert 0 < len(told) < len(responses)
    sparing = scorer.scores_of(said, responses, findings)

    def all_of(findings: list[Finding]) -> list[Finding]:
        return findings

    monkeypatch.setattr(scoring_scorer, "_counting", all_of)
    assert scorer.score(said) == sparing


def test_a_story_lies_between_its_least_and_its_most(scorer: Scorer) -> None:
    for response in scorer.responses(interview(12)):
        least, story, most = response.telling.least, response.story, response.telling.most
        assert (least.concreteness, least.acts) == (story.concreteness, story.acts)
        assert least.result <= story.result <= most.result
        assert least.lesson <= story.lesson <= most.lesson
