"""How often a rubric's behaviours are found in real answers: one found always or never tells nobody apart."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from question_bank.fault_wording import printable
from question_bank.text_file import read_utf8
from records.transcript import BankReference, Transcript, Turn
from scoring.errors import AnswersError
from scoring.lint import Finding, behaviours_of
from scoring.rubric import Rubric
from scoring.scorer import Scorer

MOST, LEAST = 0.9, 0.01
MIN_ANSWERS = 30
"""Fewer answers say nothing about how often."""
MAX_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RealAnswer:
    question: str
    answer: str
    criteria: tuple[str, ...] | None
    """Criteria that the question targets; None: all."""


def read_answers(path: Path, rubric: Rubric) -> list[RealAnswer]:
    """Return the answers of a CSV file with a column ``answer`` and, if known, ``question`` and ``criteria``.

    Criteria are ids separated by spaces. Raises AnswersError with file and line.
    """
    content = read_utf8(path, AnswersError, MAX_BYTES)
    rows = csv.DictReader(io.StringIO(content, newline=""))
    try:
        if "answer" not in (rows.fieldnames or ()):
            raise AnswersError('expected a column "answer" in the first line', path, 1)
        known = {criterion.id for criterion in rubric.criteria}
        answers = [_answer(row, known, path, rows.line_num) for row in rows]
    except csv.Error as error:
        raise AnswersError(f"not valid CSV: {error}", path, rows.line_num) from error
    if len(answers) < MIN_ANSWERS:
        message = f"{len(answers)} answers are too few to say how often; at least {MIN_ANSWERS}"
        raise AnswersError(message, path)
    return answers


def _answer(row: dict[str, str | None], known: set[str], path: Path, line: int) -> RealAnswer:
    named = (row.get("criteria") or "").split()
    unknown = [name for name in named if name not in known]
    if unknown:
        raise AnswersError(f"the rubric has no criterion {printable(unknown[0])}", path, line)
    criteria = tuple(named) if "criteria" in row else None
    return RealAnswer(row.get("question") or "", row["answer"] or "", criteria)


def found_in(rubric: Rubric, answers: Sequence[RealAnswer]) -> Iterator[dict[str, bool]]:
    """Yield for each answer which behaviours of the targeted criteria were found in it."""
    scorer = Scorer(rubric)
    for answer in answers:
        scores = scorer.score(_transcript(answer))
        yield {
            indicator.id: indicator.value != "no"
            for criterion in scores.criteria
            if answer.criteria is None or criterion.id in answer.criteria
            for indicator in criterion.indicators
        }


def rates(found: Sequence[dict[str, bool]]) -> dict[str, float]:
    """Return the share of the answers in which each behaviour was found; of those where it could be."""
    looked: dict[str, list[bool]] = {}
    for one in found:
        for behaviour, there in one.items():
            looked.setdefault(behaviour, []).append(there)
    return {behaviour: sum(there) / len(there) for behaviour, there in looked.items()}


def lint_rates(rubric: Rubric, rate_of: dict[str, float]) -> list[Finding]:
    """Return a warning for each behaviour found in over nine of ten answers, or in under one of a hundred."""
    findings = []
    for behaviour, where, location in behaviours_of(rubric):
        rate = rate_of.get(behaviour.id)
        if rate is None:
            message = "none of the answers is to a question that targets it"
        elif rate > MOST:
            message = f"found in {rate:.1%} of the answers: it tells hardly anybody apart"
        elif rate < LEAST:
            message = f"found in {rate:.1%} of the answers: it is rare, or not recognised"
        else:
            continue
        findings.append(Finding("warning", where, message, location))
    return findings


def _transcript(answer: RealAnswer) -> Transcript:
    question = Turn(
        id="q",
        speaker="aila",
        kind="question",
        question_id="q",
        text=answer.question,
        criteria=answer.criteria,
        start=0.0,
    )
    said = Turn(id="a", speaker="candidate", kind="answer", question_id="q", text=answer.answer, start=1.0)
    bank = BankReference(id="answers", version="1.0.0")
    return Transcript(session_id="answers", bank=bank, turns=(question, said))
