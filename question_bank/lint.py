"""Looks at a bank for what earns poor answers, or should never be asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from question_bank.bank import Bank, Question

Severity = Literal["error", "warning"]
CRITERIA = frozenset(
    """teamwork communication problem_solving adaptability ownership learning conflict_resolution leadership planning
    customer_focus""".split()
)
MAX_SPOKEN_WORDS = 45
"""A longer question is forgotten before it ends."""
MIN_PROBED_PARTS = 3
OPENING_S = 40.0
AILA_PER_QUESTION_S = 12.0
_EXPERIENCE = re.compile(
    r"\btell me about (?:a|an|the) (?:\w+ ){0,3}?\w+|\bdescribe (?:a|an)\b|\bgive me an example\b", re.I
)
_OWN_PART = re.compile(r"\bdid you\b|\byour part\b|\byou (?:go|went)\b", re.I)
_LEADING = re.compile(
    r"\b(?:don't you|wouldn't you|isn't it|surely|of course you|as everybody knows)\b", re.I
)
_HYPOTHETICAL = re.compile(r"\b(?:what would you|how would you|imagine|suppose)\b", re.I)
_PROTECTED = re.compile(
    r"\b(?:age|old are you|married|husband|wife|children|pregnan\w*|religio\w*|church|nationality|ethnic\w*|race|disabilit\w*"
    r"|illness|health|sexual\w*|gender|political|union member)\b",
    re.I,
)
_UNSPEAKABLE = re.compile(r"[/\\|<>{}\[\]*_#]|\b(?:e\.g\.|i\.e\.|etc\b)", re.I)


@dataclass(frozen=True, slots=True)
class Finding:
    severity: Severity
    where: str
    message: str


def lint(bank: Bank) -> list[Finding]:
    """Return what should be mended in ``bank``; empty if nothing."""
    findings = [finding for question in bank.questions for finding in _question(question)]
    findings.extend(_bank(bank))
    return findings


def _question(question: Question) -> Iterator[Finding]:
    where, text = f"questions.{question.id}", question.text
    if not _EXPERIENCE.search(text):
        yield Finding("error", where, 'not specific: begin with "Tell me about a time when ..."')
    if not _OWN_PART.search(text):
        yield Finding("warning", where, "does not ask what the candidate did")
    if _HYPOTHETICAL.search(text):
        yield Finding("error", where, "asks what somebody would do: ask for something that happened")
    if _LEADING.search(text):
        yield Finding("error", where, "leads to an answer: ask openly")
    probes = question.probes
    for spoken in (text, *probes.situation, *probes.action, *probes.result, *probes.example):
        yield from _spoken(where, spoken)
    if len(text.split()) > MAX_SPOKEN_WORDS:
        yield Finding("warning", where, f"has more than {MAX_SPOKEN_WORDS} words: too long to be heard once")
    if text.count("?") > 2:
        yield Finding("warning", where, "asks more than two questions at once")
    if question.expected_answer_s > question.max_answer_s:
        yield Finding(
            "error",
            where,
            f"an answer of {question.expected_answer_s:.0f} s is expected and cut at {question.max_answer_s:.0f} s",
        )
    parts = [part for part in (probes.situation, probes.action, probes.result, probes.example) if part]
    if len(parts) < MIN_PROBED_PARTS:
        yield Finding(
            "error", where, f"probes for {len(parts)} parts: write them for at least {MIN_PROBED_PARTS}"
        )
    for criterion in question.criteria:
        if criterion not in CRITERIA:
            yield Finding(
                "warning", where, f"unknown criterion {criterion!r}; known: {', '.join(sorted(CRITERIA))}"
            )


def _spoken(where: str, text: str) -> Iterator[Finding]:
    if _PROTECTED.search(text):
        yield Finding("error", where, f"touches a protected trait: {text!r}")
    if _UNSPEAKABLE.search(text):
        yield Finding("error", where, f"cannot be spoken as written: {text!r}")


def _bank(bank: Bank) -> Iterator[Finding]:
    ids = [question.id for question in bank.questions]
    for repeated in sorted({i for i in ids if ids.count(i) > 1}):
        yield Finding("error", f"questions.{repeated}", "the id is used twice")
    texts = [question.text.lower() for question in bank.questions]
    if len(set(texts)) < len(texts):
        yield Finding("error", "questions", "two questions have the same text")
    if bank.practice is not None:
        yield from _spoken("practice", bank.practice.text)
        if bank.practice.id in ids:
            yield Finding("error", "practice.id", "is also the id of a question")
    required_s = OPENING_S + sum(
        q.expected_answer_s + AILA_PER_QUESTION_S for q in bank.questions if q.required
    )
    if required_s > bank.interview_s:
        yield Finding(
            "error",
            "interview_s",
            f"the required questions need about {required_s:.0f} s, the interview has {bank.interview_s:.0f} s",
        )
