"""Looks at a rubric for what makes raters disagree."""

import re
from dataclasses import dataclass
from itertools import combinations

from scoring.rubric import Behaviour, Rubric

OVERLAP = 0.6
"""Share of common verbs and terms from which two behaviours look for the same thing."""
MAX_STATEMENT_WORDS = 22
_DOUBLE = re.compile(r"\band (?:also|then)\b|;|\bas well as\b", re.I)
_JUDGING = re.compile(
    r"\b(?:good|bad|well|properly|excellent|appropriate(?:ly)?|effective(?:ly)?|strong|weak)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Finding:
    """``where`` is "criterion.behaviour"."""

    where: str
    message: str


def lint(rubric: Rubric) -> list[Finding]:
    """Return what should be mended in ``rubric``; empty if nothing."""
    findings: list[Finding] = []
    for criterion in rubric.criteria:
        for behaviour in criterion.behaviours:
            where = f"{criterion.id}.{behaviour.id}"
            findings.extend(Finding(where, message) for message in _statement(behaviour))
            findings.extend(Finding(where, message) for message in _anchors(behaviour))
        for one, other in combinations(criterion.behaviours, 2):
            shared = _overlap(one, other)
            if shared >= OVERLAP:
                findings.append(
                    Finding(
                        f"{criterion.id}.{one.id}",
                        f"{shared:.0%} of its verbs and terms are those of {other.id}: merge them, or tell them apart",
                    )
                )
    return findings


def _statement(behaviour: Behaviour) -> list[str]:
    statement, messages = behaviour.statement, []
    if len(statement.split()) > MAX_STATEMENT_WORDS:
        messages.append(f"the statement has more than {MAX_STATEMENT_WORDS} words: split the behaviour")
    if _DOUBLE.search(statement):
        messages.append("the statement asks for two things: split the behaviour")
    if _JUDGING.search(statement):
        messages.append("the statement judges instead of describing: say what can be heard")
    return messages


def _anchors(behaviour: Behaviour) -> list[str]:
    texts = list(behaviour.anchors.model_dump().values())
    messages = []
    if len({text.lower() for text in texts}) < len(texts):
        messages.append("two anchors are the same: write one for each level")
    if set(texts) & set(behaviour.counter_examples):
        messages.append("an anchor is also a counter-example")
    return messages


def _overlap(one: Behaviour, other: Behaviour) -> float:
    mine, theirs = _vocabulary(one), _vocabulary(other)
    return len(mine & theirs) / min(len(mine), len(theirs))


def _vocabulary(behaviour: Behaviour) -> set[str]:
    words: set[str] = set()
    for technique in behaviour.techniques:
        if technique.kind == "clause_pattern":
            words.update(technique.verbs)
        elif technique.kind == "concept":
            words.update(technique.terms)
    return words
