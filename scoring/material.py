"""What a transcript offers for scoring: the candidate's answers, their clauses, and what may be credited."""

import re
from dataclasses import dataclass
from functools import cached_property

from language.answer_parts import parts
from language.clauses import Clause, clauses
from language.parsing import parser
from records.transcript import Transcript, Turn

LONG_SENTENCE = 240
"""Characters; longer ones are transcripts without punctuation, where the clause itself is the quote."""
AROUND = 90
ECHO_OVERLAP = 0.75
ECHO_MIN_WORDS = 4
_TO_THE_SYSTEM = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instruction|prompt|rule|rubric|above|previous)"
    r"|\b(?:give|award|grant|assign)\b.{0,20}\b(?:me|this|candidate|answer|applicant)\b.{0,40}\b(?:score|points?|rating|marks?|high|full|maximum|3|three)\b"
    r"|\b(?:score|rate|mark|grade)\b.{0,15}\b(?:me|this|the candidate|my answer)\b"
    r"|\b(?:system prompt|language model|you are (?:now )?an? (?:ai|assistant|scorer)|as an ai)\b",
    re.I,
)
_SPECIFIC = re.compile(
    r"\b\d[\d.,:]*\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|hundred|thousand|half|dozen|twice)\b"
    r"|\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|october|november|december)\b"
    r"|\b(?:morning|afternoon|evening|yesterday|weekend|minutes?|hours?|days?|weeks?|months?|years?|percent)\b",
    re.I,
)


@dataclass(frozen=True)
class Answer:
    """One answer turn."""

    turn: Turn

    @property
    def text(self) -> str:
        return self.turn.text

    @cached_property
    def word_count(self) -> int:
        return len(self.text.split())

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return clauses(self.text)

    @cached_property
    def tells_result(self) -> bool:
        return parts(self.text)["result"]

    @cached_property
    def mean_probability(self) -> float | None:
        """Mean probability of the recognised words; None for typed text."""
        known = [w.probability for w in self.turn.words or () if w.probability is not None]
        return sum(known) / len(known) if known else None

    def span(self, clause: Clause) -> tuple[int, int]:
        """Return the offsets to quote for ``clause``: its sentence, or the clause where there are none."""
        if clause.sentence_end - clause.sentence_start <= LONG_SENTENCE:
            return _trim(self.text, clause.sentence_start, clause.sentence_end)
        return _trim(self.text, clause.start, clause.end)

    def surroundings(self, clause: Clause) -> str:
        """Return the text in which a word belongs to ``clause``."""
        if clause.sentence_end - clause.sentence_start <= LONG_SENTENCE:
            return self.text[clause.sentence_start : clause.sentence_end]
        return self.text[max(0, clause.start - AROUND) : clause.end + AROUND]

    def specificity(self, start: int, end: int) -> float:
        """Return in [0, 1] how concrete the text around ``start``–``end`` is: numbers, times, quantities."""
        region = self.text[max(0, start - 200) : end + 200]
        return min(1.0, len(_SPECIFIC.findall(region)) / 3)


@dataclass(frozen=True)
class Material:
    """All answers of a transcript, and the lemmas of what Aila said, against echoes."""

    answers: tuple[Answer, ...]
    prompts: tuple[frozenset[str], ...]

    def credited(self, answer: Answer) -> list[Clause]:
        """Return the clauses of ``answer`` that may count: own, realised, past, affirmed, not an echo."""
        return [
            clause
            for clause in answer.clauses
            if clause.credited
            and not self._echo(answer, clause)
            and not _TO_THE_SYSTEM.search(answer.surroundings(clause))
        ]

    def _echo(self, answer: Answer, clause: Clause) -> bool:
        said = lemmas(answer.surroundings(clause))
        if len(said) < ECHO_MIN_WORDS:
            return False
        return any(len(said & prompt) / len(said) >= ECHO_OVERLAP for prompt in self.prompts)


def material_of(transcript: Transcript, sheet: tuple[str, ...]) -> Material:
    """Return what of ``transcript`` may be scored; ``sheet`` are texts of the rubric that may be said back."""
    practice = {turn.question_id for turn in transcript.turns if turn.kind == "practice"}
    answers = tuple(
        Answer(turn)
        for turn in transcript.turns
        if turn.speaker == "candidate"
        and turn.kind == "answer"
        and turn.text.strip()
        and (turn.question_id is None or turn.question_id not in practice)
    )
    said = tuple(turn.text for turn in transcript.turns if turn.speaker == "aila")
    return Material(answers, tuple(lemmas(text) for text in (*said, *sheet)))


def lemmas(text: str) -> frozenset[str]:
    """Return the lemmas of the content words in ``text``."""
    return frozenset(token.lemma_.lower() for token in parser()(text) if token.is_alpha and not token.is_stop)


def lemma_line(text: str) -> str:
    """Return the lemmas of ``text`` in order, each surrounded by single spaces, for phrase search.

    Pronouns stay as they are: "her" is a person that somebody helped, "she" one who acted.
    """
    tokens = [token for token in parser()(text) if not token.is_punct]
    return " " + " ".join(t.lower_ if t.pos_ == "PRON" else t.lemma_.lower() for t in tokens) + " "


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
