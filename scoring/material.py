"""What a transcript offers for scoring: the candidate's responses, and the statements that may be credited."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from spacy.tokens import Doc

from language.clauses import Clause, clauses_of
from language.parsing import parsed_together, tagged
from records.transcript import Transcript, Turn
from scoring.contradictions import Contrary, contrary_statements
from scoring.exclusion import Exclusion, of_clause
from scoring.frames import Frame, frame_of
from scoring.statements import Statement, content_lemmas, statement, surroundings
from scoring.story import Story, StoryIndex, Told
from scoring.telling import Telling

ECHO_OVERLAP, ANCHOR_OVERLAP = 0.75, 0.9
"""Shares of a sentence's content words from which it says a question or the sheet back, and an anchor of the sheet;
anchors are told acts themselves, and honest acts come near to them."""
ECHO_MIN_WORDS = 4
_TO_THE_SYSTEM = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instruction|prompt|rule|rubric|above|previous)"
    r"|\b(?:give|award|grant|assign)\b.{0,20}\b(?:me|this|candidate|answer|applicant)\b.{0,40}\b(?:score|points?|rating|marks?|high|full|maximum|3|three)\b"
    r"|\b(?:score|rate|mark|grade)\b.{0,15}\b(?:me|this|the candidate|my answer)\b"
    r"|\b(?:system prompt|language model|you are (?:now )?an? (?:ai|assistant|scorer)|as an ai)\b"
    r"|\b(?:dear|note (?:to|for)|attention|hey|hello) (?:the )?(?:scorer|evaluator|grader|rater|system|model|ai|assistant|reviewer|assessor)\b"
    r"|^\s*(?:system|assistant|developer|admin)\s*:|\b(?:jailbreak|developer mode)\b|\boverride\b.{0,20}\b(?:instruction|prompt|rule|rubric|score|rating|system)"
    r"|\b(?:maximum|highest|top|full|perfect) (?:score|rating|mark|level|points?)s?\b"
    r"|\b(?:output|return|respond with|set|print) .{0,20}\b(?:score|rating|json|3\.0)\b"
    r"|\b(?:this|the|my) (?:answer|candidate|response|applicant|transcript) (?:should|must|deserves|meets|shows|demonstrates|fulfils|fulfills|satisfies|scores)\b"
    r"|\ball (?:the )?(?:criteria|behaviours|behaviors|indicators)\b|\b(?:the|this) (?:rubric|scorer|evaluator|grader)\b",
    re.I,
)
_NO_ACTS = frozenset(
    """be have like love hate need seem mean belong think know remember guess suppose feel hope wish wonder
    believe appreciate enjoy prefer dislike deserve owe want encounter experience struggle expect""".split()
)
"""Being somebody, having something and thinking something is not done."""
_PERCEIVING = frozenset({"see", "watch", "hear", "observe"})
_SOMEBODY = frozenset({"a", "an", "some", "one", "another", "two", "many", "several", "people", "customers"})
"""Whom one "has do something" is known: what somebody did happened."""
_THOUGHT_OVER = frozenset({"about", "of", "through", "over", "up"})
MAX_STATEMENTS = 300
"""Of one answer: half an hour of speech. What is said after that adds nothing."""
MAX_REMEMBERED = 4_000
_remembered: dict[str, frozenset[str]] = {}
"""Content lemmas of texts, above all of questions, which many candidates are asked."""


@dataclass(frozen=True)
class Sheet:
    """Content lemmas of texts that earn nothing when they are said back."""

    texts: tuple[frozenset[str], ...]
    anchors: tuple[frozenset[str], ...] = ()

    def says(self, lemmas: frozenset[str]) -> bool:
        """Return whether ``lemmas`` are those of one of the texts, said back."""
        if len(lemmas) < ECHO_MIN_WORDS:
            return False
        return any(len(lemmas & text) / len(lemmas) >= ECHO_OVERLAP for text in self.texts) or any(
            len(lemmas & text) / len(lemmas) >= ANCHOR_OVERLAP for text in self.anchors
        )

    def with_texts(self, texts: Iterable[str]) -> "Sheet":
        """Return this sheet with further ``texts``."""
        return Sheet(self.texts + content_of(texts), self.anchors)


@dataclass(frozen=True)
class Answer:
    """One answer turn, and the parse of what it says."""

    turn: Turn
    doc: Doc = field(repr=False)

    @property
    def text(self) -> str:
        return self.turn.text

    @cached_property
    def word_count(self) -> int:
        return len(self.text.split())

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return clauses_of(self.doc, self.text)

    @cached_property
    def own_words(self) -> tuple[Clause, ...]:
        """The clauses without those that are said to the system."""
        return tuple(clause for clause in self.clauses if not self._said_to_the_system(clause))

    @cached_property
    def _to_the_system(self) -> frozenset[tuple[int, int]]:
        """The stretches around clauses in which something is said to the system."""
        stretches = {surroundings(self.doc, clause) for clause in self.clauses}
        return frozenset(
            (start, end) for start, end in stretches if _TO_THE_SYSTEM.search(self.text[start:end])
        )

    @cached_property
    def mean_probability(self) -> float | None:
        """Mean probability of the recognised words; None for typed text."""
        return mean_of_known(word.probability for word in self.turn.words or ())

    def credited(self, sheet: Sheet) -> list[Statement]:
        """Return what may count: own, realised, past, affirmed, no echo of ``sheet``, not said to the system."""
        credited = (clause for clause in self.clauses if self.exclusion(clause, sheet) is None)
        return self.statements(list(islice(credited, MAX_STATEMENTS)))

    def exclusion(self, clause: Clause, sheet: Sheet) -> Exclusion | None:
        """Return why ``clause`` may not count, None if it may."""
        reason = of_clause(clause)
        if reason is not None:
            return reason
        if not self._act(clause):
            return "no_act"
        if self._watched(clause):
            return "watched"
        if self._frame is not None and clause.start >= self._frame[1]:
            return self._frame[0]
        if self._said_to_the_system(clause):
            return "to_the_system"
        return "said_back" if self._echo(clause, sheet) else None

    def statements(self, chosen: Sequence[Clause]) -> list[Statement]:
        """Return what the ``chosen`` clauses say; one that is part of another one's text has none of its own."""
        heads = frozenset(clause.head for clause in chosen)
        return [statement(self.doc, clause, heads) for clause in chosen]

    def contrary(self) -> list[Contrary]:
        """Return what may contradict a behaviour: own acts denied, and what is said of others' faults."""
        return contrary_statements(self.doc, self.clauses)

    def _act(self, clause: Clause) -> bool:
        """Return whether something was done: "I had him explain it" and "I thought it through" are acts.

        "As I said" and "I had a man complain" are none.
        """
        verb, children = clause.verb.split()[0], list(self.doc[clause.head].children)
        if verb == "have":
            following = self.doc[clause.head + 1 : clause.head + 2].text.lower()
            done = any(child.dep_ == "ccomp" and child.tag_ == "VB" for child in children)
            return done and following not in _SOMEBODY
        if verb == "think":
            perfect = any(child.dep_ == "aux" for child in children)
            return not perfect and any(child.lower_ in _THOUGHT_OVER for child in children)
        as_said = verb in ("say", "mention", "tell") and any(
            child.dep_ == "mark" and child.lower_ == "as" for child in children
        )
        return verb not in _NO_ACTS and not as_said

    def _watched(self, clause: Clause) -> bool:
        """Return whether another's act was seen or heard: "I saw how he found it", "I heard them sing"."""
        if clause.verb not in _PERCEIVING:
            return False
        seen = [c for c in self.doc[clause.head].children if c.dep_ == "ccomp" and c.i > clause.head]
        return any(
            any(child.dep_ == "nsubj" and child.lower_ not in ("i", "we") for child in what.children)
            and (what.tag_ in ("VB", "VBG") or any(child.lower_ == "how" for child in what.children))
            for what in seen
        )

    @cached_property
    def _frame(self) -> tuple[Frame, int] | None:
        return frame_of(self.text)

    def _said_to_the_system(self, clause: Clause) -> bool:
        return surroundings(self.doc, clause) in self._to_the_system

    def _echo(self, clause: Clause, sheet: Sheet) -> bool:
        return sheet.says(content_lemmas(self.doc, *surroundings(self.doc, clause)))


@dataclass(frozen=True)
class Response:
    """All answers to one question, in order."""

    question_id: str | None
    answers: tuple[Answer, ...]
    statements: tuple[tuple[Answer, Statement], ...]
    contrary: tuple[tuple[Answer, Contrary], ...]
    telling: Telling = field(repr=False, compare=False)

    @property
    def story(self) -> Story:
        """How the response is told; its sentences are compared when this is first asked for."""
        return self.telling.story

    @property
    def word_count(self) -> int:
        return sum(answer.word_count for answer in self.answers)

    @property
    def mean_probability(self) -> float | None:
        """Mean probability of the recognised words over the answers; None for typed text."""
        return mean_of_known(answer.mean_probability for answer in self.answers)


def responses_of(transcript: Transcript, sheet: Sheet, index: StoryIndex) -> tuple[Response, ...]:
    """Return what of ``transcript`` may be scored, by question; ``sheet`` and Aila's words earn nothing."""
    practice = {turn.question_id for turn in transcript.turns if turn.kind == "practice"}
    turns = [
        turn
        for turn in transcript.turns
        if turn.speaker == "candidate"
        and turn.kind == "answer"
        and turn.text.strip()
        and (turn.question_id is None or turn.question_id not in practice)
    ]
    by_question: dict[str | None, list[Answer]] = {}
    for turn, doc in zip(turns, parsed_together([turn.text for turn in turns]), strict=True):
        by_question.setdefault(turn.question_id, []).append(Answer(turn, doc))
    sheet = sheet.with_texts(turn.text for turn in transcript.turns if turn.speaker == "aila")
    credited = {q: [answer.credited(sheet) for answer in answers] for q, answers in by_question.items()}
    told = {
        q: [
            Told(a.doc, a.own_words, [s.clause for s in found], acts_before=any(credited[q][:place]))
            for place, (a, found) in enumerate(zip(answers, credited[q], strict=True))
        ]
        for q, answers in by_question.items()
    }
    return tuple(
        Response(
            question,
            tuple(answers),
            tuple((a, s) for a, found in zip(answers, credited[question], strict=True) for s in found),
            tuple((a, contrary) for a in answers for contrary in a.contrary()),
            Telling(told[question], index),
        )
        for question, answers in by_question.items()
    )


def mean_of_known(probabilities: Iterable[float | None]) -> float | None:
    """Return the mean of those that are known, None if none is."""
    known = [probability for probability in probabilities if probability is not None]
    return sum(known) / len(known) if known else None


def content_of(texts: Iterable[str]) -> tuple[frozenset[str], ...]:
    """Return the content lemmas of each of ``texts``."""
    asked = list(texts)
    found = {text: _remembered.get(text) for text in asked}
    new = [text for text, lemmas in found.items() if lemmas is None]
    made = {
        text: frozenset(t.lemma_.lower() for t in doc if t.is_alpha and not t.is_stop)
        for text, doc in zip(new, tagged(new), strict=True)
    }
    if len(_remembered) + len(made) > MAX_REMEMBERED:
        _remembered.clear()
    _remembered.update(made)
    return tuple(made.get(text) or found[text] or frozenset() for text in asked)
