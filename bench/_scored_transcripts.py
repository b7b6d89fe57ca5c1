"""Transcripts for measuring how fast scoring is, of answers that people gave and of denser ones."""

import csv
import random
from pathlib import Path
from typing import Any

from bench.scoring_cases import cases
from bench.scoring_real_answers import ANSWERS, criteria_of


def dense(count: int, words: int) -> list[dict[str, Any]]:
    """Return transcripts of the graded cases' answers, nearly every clause of which is an own act."""
    graded = [case for case in cases("development") if case.kind == "graded"]
    made = []
    for number in range(count):
        turns: list[dict[str, Any]] = []
        said, position = 0, number
        while said < words:
            case = graded[position % len(graded)]
            position += 1
            text = " ".join(case.answers[1:])
            turns += _asked(position, case.question, [case.criterion], text)
            said += len(text.split())
        made.append(_transcript(number, turns))
    return made


def real(count: int, answers: int, seed: int = 1) -> list[dict[str, Any]]:
    """Return transcripts of so many of the SIOP 2024 answers each, whose questions target a criterion."""
    with Path(ANSWERS).open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if criteria_of(row["question"])]
    rng = random.Random(seed)
    return [
        _transcript(
            number,
            [
                turn
                for place, row in enumerate(rng.sample(rows, answers))
                for turn in _asked(place, row["question"], criteria_of(row["question"]), row["answer"])
            ],
        )
        for number in range(count)
    ]


def one_answer(words: int) -> dict[str, Any]:
    """Return a transcript of one answer with so many words: the real answers, one after the other."""
    told: list[str] = []
    for tree in real(1 + words // 2_500, 40):
        told += [
            word for turn in tree["turns"] if turn["speaker"] == "candidate" for word in turn["text"].split()
        ]
    if len(told) < words:
        raise ValueError(f"{len(told)} words were made instead of {words}")
    return _transcript(
        0, _asked(0, "Tell me about your work.", ["teamwork", "planning"], " ".join(told[:words]))
    )


def _asked(place: int, question: str, criteria: list[str], answer: str) -> list[dict[str, Any]]:
    asked: dict[str, Any] = {"id": f"q{place}", "question_id": f"q{place}", "criteria": criteria}
    told: dict[str, Any] = {"id": f"a{place}", "question_id": f"q{place}", "text": answer}
    asked |= {"speaker": "aila", "kind": "question", "text": question, "start": 60.0 * place}
    told |= {"speaker": "candidate", "kind": "answer", "start": 60.0 * place + 10}
    return [asked, told]


def _transcript(number: int, turns: list[dict[str, Any]]) -> dict[str, Any]:
    bank = {"id": "b", "version": "1.0.0"}
    return {"schema": "aila.transcript/1", "session_id": f"s{number}", "bank": bank, "turns": turns}
