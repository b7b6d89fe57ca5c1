"""Techniques: each looks for one behaviour in one answer and returns the clauses that show it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import assert_never

from language.clauses import Clause
from scoring.material import Answer, lemma_line
from scoring.rubric import ClausePattern, Concept, Technique


@dataclass(frozen=True, slots=True)
class Hit:
    """``clause`` of ``answer`` shows the behaviour, says a technique of this kind."""

    kind: str
    clause: Clause


def look(technique: Technique, answer: Answer, credited: list[Clause]) -> list[Hit]:
    """Return what ``technique`` finds among the credited clauses of ``answer``."""
    match technique:
        case ClausePattern():
            found = [clause for clause in credited if _fits(technique, answer, clause)]
        case Concept():
            found = [clause for clause in credited if _names(technique.terms, answer.surroundings(clause))]
        case _:
            assert_never(technique)
    return [Hit(technique.kind, clause) for clause in found]


def _fits(pattern: ClausePattern, answer: Answer, clause: Clause) -> bool:
    plain = clause.verb.split()[0]
    if clause.verb not in pattern.verbs and plain not in pattern.verbs:
        return False
    return not pattern.about or _names(pattern.about, answer.surroundings(clause))


def _names(terms: tuple[str, ...], text: str) -> bool:
    line = _line(text)
    return any(f" {term} " in line for term in terms)


@lru_cache(maxsize=4096)
def _line(text: str) -> str:
    return lemma_line(text)
