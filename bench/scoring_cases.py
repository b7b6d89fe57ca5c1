"""The scoring cases of ``tests/data/scoring_cases``: answers with known relations between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ruamel.yaml import YAML

from records.transcript import Transcript

FOLDER = Path(__file__).parents[1] / "tests" / "data" / "scoring_cases"
Split = Literal["development", "unseen", "held_out"]
Kind = Literal["ordering", "equality", "attack", "graded"]


@dataclass(frozen=True)
class Case:
    """One case: its answers in the order that its kind expects."""

    id: str
    family: str
    kind: Kind
    criterion: str
    question: str
    answers: tuple[str, ...]
    """ordering: better, worse; equality: two; attack: one; graded: levels 0, 1, 2, 3."""


def cases(split: Split) -> Iterator[Case]:
    """Yield the cases of a split, file by file."""
    for path in sorted((FOLDER / split).glob("*.yaml")):
        for entry in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
            yield _case(entry)


def transcript(case: Case, answer: str) -> Transcript:
    """Return a transcript in which the case's question got ``answer``."""
    return Transcript.model_validate(
        {
            "schema": "aila.transcript/1",
            "session_id": case.id,
            "bank": {"id": "cases", "version": "1.0.0"},
            "turns": [
                {
                    "id": "t1",
                    "speaker": "aila",
                    "kind": "question",
                    "question_id": "q1",
                    "criteria": [case.criterion],
                    "text": case.question,
                    "start": 0.0,
                },
                {
                    "id": "t2",
                    "speaker": "candidate",
                    "kind": "answer",
                    "question_id": "q1",
                    "text": answer,
                    "start": 5.0,
                },
            ],
        }
    )


def _case(entry: dict[str, Any]) -> Case:
    kind: Kind
    if "better" in entry:
        kind, answers = "ordering", [entry["better"], entry["worse"]]
    elif "answers" in entry:
        kind, answers = "graded", [entry["answers"][level] for level in range(4)]
    elif "text" in entry:
        kind, answers = "attack", [entry["text"]]
    else:
        kind, answers = "equality", [entry["a"], entry["b"]]
    return Case(
        entry["id"],
        entry["family"],
        kind,
        entry["criterion"],
        entry["question"],
        tuple(" ".join(answer.split()) for answer in answers),
    )
