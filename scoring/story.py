"""How a response is told: concrete, thorough, with a result and a lesson.

The parts of a behavioural answer are those of situation–action–result interviewing (Janz 1982, the patterned
behaviour description interview). Concrete telling is measured by what rated specificity correlates with: numbers,
times, names and concrete nouns, against vague ones and against the rubric's own words, which are anybody's. A result
and a lesson are found by their words and by their likeness to examples, which must exceed their likeness to mere
descriptions. Every measure saturates, so that more words alone add nothing, and is a set or a maximum, so that the
order of telling does not matter.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from spacy.tokens import Doc, Span

from language.clauses import Clause
from language.sentence_vectors import Vectors, encoder
from scoring.example_vectors import example_vectors
from scoring.rubric import StoryExamples

MAX_COMPARED = 40
"""Sentences of an answer that are compared with results and lessons: the last ones, of ten minutes of speech."""
MAX_RESULTS = 6
"""Sentences of an answer that are compared because they may tell a result: the likeliest by their words.

Three count. With twelve such sentences in an answer the strength of the result falls by 0.007 in the mean.
"""
STATES = frozenset(
    """be have feel think know want need like love hate believe hope seem mean remember guess suppose live
    belong own look sound stay become get go come""".split()
)
_VAGUE = frozenset(
    """thing something somehow anything everything whatever somewhere someone somebody way lot bit kind sort etc
    various several some people person one situation time case part job work problem issue task everybody
    everyone deal area aspect matter stuff different certain quite rather maybe usually generally""".split()
)
_TIME = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august"
    r"|september|october|november|december|morning|afternoon|evening|night|noon|midnight|yesterday|weekend|minutes?"
    r"|hours?|days?|weeks?|months?|years?|spring|summer|autumn|winter|christmas|easter|percent)\b",
    re.I,
)
_SPAN = r"(?:minutes?|hours?|days?|weeks?|fortnight|months?|years?|seasons?|terms?)"
_RESULT = re.compile(
    r"\b(?:as a result|in the end|eventually|finally|ultimately|(?:the|end) (?:result|outcome)|resulted in|led to"
    r"|which meant|because of (?:that|this|it)|thanks to|turned out|worked out|ended up|on time|in time|went (?:well|fine|smoothly|up|down|from)"
    r"|(?:was|were|got|felt|been) (?:very |really |so |much |all |quite )?(?:happy|happier|satisfied|pleased|grateful|relieved|solved|resolved|fixed|finished|done|ready|safe|better|thankful|impressed|sorted|approved|accepted|delivered|calmer)"
    r"|(?:dropped|fell|rose|grew|increased|decreased|halved|doubled|improved|shrank|reduced|saved|won|passed|sold out)"
    r"|thanked|said thank|praised|congratulated|still uses?|still using|still (?:in use|there|works|comes?|do(?:es)?)|never (?:happened|came) (?:again|back)|no (?:more )?(?:complaints?|accidents?|mistakes?|errors?)|not (?:one|a single)|came back|renewed|adopted|ever since|since then)\b"
    rf"|\b(?:{_SPAN} (?:later|afterwards|on)\b|(?:after|within|in) (?:an?|one|two|three|four|the (?:next|following|same|second|third))(?: \w+)? {_SPAN}\b)"
    r"|\b(?:nobody|nothing|no one|none|no \w+)(?: of \w+)? (?:was|were|has|had|is|got|went|came|complained|missed|fell|broke|left)\b",
    re.I,
)
_LESSON = re.compile(
    r"\b(?:(?:i|we) (?:have |'ve |also |really )?(?:learn(?:ed|t)|realised|realized|understood|took away|discovered)|(?:it|that|this|which|he|she|they)(?: \w+)? (?:taught|showed|made) (?:me|us)"
    r"|(?:i )?took (?:from|away)|lesson|looking back|in hindsight|in retrospect|since then|ever since|from then on|from that (?:day|time|point)"
    r"|these days|nowadays|next time|now i\b|now we\b|i now\b|\bnow\.|would do (?:it )?differently|should have|if i did it again)",
    re.I,
)
_NOW = re.compile(r"\bnow\b", re.I)
_NEAREST = 5
"""A lead is the mean similarity to as many examples: one alone is chance."""
CONCRETE, DETAILS, DETAILS_SHARE, VAGUE, ELSEWHERE = 1.9, 2.8, 0.17, 0.15, 0.5
ACTS = 8.0
STEEPNESS_RESULT, STEEPNESS_LESSON = 17.0, 20.0
RESULT_FROM, RESULT_WORDED, RESULT_IN_AN_ACT, RESULT_BEFORE, RESULT_WEIGHT = 0.03, 0.05, 0.07, 0.11, 0.47
LESSON_FROM, LESSON_WORDED, LESSON_HABIT, LESSON_WEIGHT = 0.29, 0.11, 0.06, 0.68
RESULT_DESCRIBED = 0.06
RESULTS, LESSONS = 3, 2


@dataclass(frozen=True, slots=True)
class Story:
    """Measures of one response, each in [0, 1].

    With n concrete nouns, d numbers and times, v vague words and words of the rubric (each counted once; by half in sentences
    without an own act)::

        concreteness = (0.83 × (1 − exp(−n / 1.9)) + 0.17 × (1 − exp(−d / 2.8))) × (n + d + 1) / (n + d + 1 + 0.15 × v)
        acts = 1 − exp(−(different verbs of own acts − 0.5) / 8)
        result = 1 − Π (1 − 0.47 × logistic(17 × (lead − 0.03 + 0.05 worded − 0.07 in an act − 0.11 before − 0.06 described)))
        lesson = 1 − Π (1 − 0.68 × logistic(20 × (lead + 0.11 worded + 0.06 as a habit − 0.29)))

    over the plainest three (lesson: two) of the sentences that are compared: those that may tell a lesson, and the six of
    each answer that are likeliest to tell a result by all but their lead. A lead is the mean similarity of a sentence to the five nearest results
    less that to the five nearest descriptions and setbacks (of a lesson: lessons, descriptions).
    """

    concreteness: float
    acts: float
    result: float
    lesson: float


Lead = tuple[float, float]
"""How much nearer a sentence is to results, and to lessons, than to descriptions."""


class StoryIndex:
    """The examples by which results and lessons are known, and the words that are no detail.

    Without examples the words decide.
    """

    def __init__(self, examples: StoryExamples | None, rubric_words: frozenset[str] = frozenset()) -> None:
        self.rubric_words = rubric_words
        self._vectors: tuple[Vectors, ...] | None = None
        if examples is not None:
            self._vectors = (
                example_vectors(examples.results),
                example_vectors(examples.no_results),
                example_vectors(examples.lessons),
                example_vectors(examples.descriptions),
            )

    def leads(self, texts: Sequence[str]) -> list[Lead]:
        """Return for each text how much nearer it is to results, and to lessons, than to descriptions."""
        if self._vectors is None or not texts:
            return [(0.0, 0.0)] * len(texts)
        vectors = encoder().encode(texts)
        result, no_result, lesson, description = (
            np.sort(vectors @ examples.T, axis=1)[:, -_NEAREST:].mean(axis=1) for examples in self._vectors
        )
        return [
            (float(r), float(le))
            for r, le in np.round(np.stack([result - no_result, lesson - description], 1), 3)
        ]


@dataclass(frozen=True)
class Sentence:
    """A sentence that may tell a result or a lesson."""

    span: Span
    clauses: Sequence[Clause]
    acts: bool
    """Whether it tells an own act."""
    before: bool
    """Whether it comes before the first own act."""

    @cached_property
    def text(self) -> str:
        return self.span.text

    @cached_property
    def worded_as_result(self) -> bool:
        return _RESULT.search(self.text) is not None

    @cached_property
    def worded_as_lesson(self) -> bool:
        return _LESSON.search(self.text) is not None

    @cached_property
    def habit(self) -> bool:
        """Whether it says what the speaker does these days."""
        return any(c.actor in ("i", "we") and c.modality in ("habitual", "present") for c in self.clauses)

    @cached_property
    def describes(self) -> bool:
        """Whether its main verb says what something is or has: "the hall is a big one"."""
        root = self.span.root
        return (
            root.lemma_ in ("be", "have")
            and any(
                child.dep_ in ("attr", "dobj") and child.pos_ in ("NOUN", "PROPN", "NUM", "PRON")
                for child in root.children
            )
            and _NOW.search(self.text) is None
        )

    @cached_property
    def may_be_result(self) -> bool:
        happened = any(c.past for c in self.clauses) or _NOW.search(self.text) is not None
        return happened and (self.worded_as_result or not all(c.credited for c in self.clauses))

    @cached_property
    def result_by_words(self) -> float:
        """What its words and its place add to its lead as a result."""
        added = RESULT_WORDED * self.worded_as_result - RESULT_DESCRIBED * self.describes
        return added - RESULT_IN_AN_ACT * self.acts - RESULT_BEFORE * self.before

    @cached_property
    def may_be_lesson(self) -> bool:
        return any(c.actor in ("i", "we") for c in self.clauses) and (self.worded_as_lesson or self.habit)


@dataclass(frozen=True)
class Told:
    """One answer as it is told."""

    doc: Doc
    clauses: Sequence[Clause]
    credited: Sequence[Clause]
    acts_before: bool = False
    """Whether an earlier answer to the question told an own act."""

    @cached_property
    def compared(self) -> list[Sentence]:
        """The sentences that may tell a result or a lesson."""
        if not self.credited and not self.acts_before:
            return []
        heads = {clause.head for clause in self.credited}
        first = 0 if self.acts_before else min(clause.sentence_start for clause in self.credited)
        clauses_at: dict[int, list[Clause]] = {}
        for clause in self.clauses:
            clauses_at.setdefault(clause.sentence_start, []).append(clause)
        found = []
        for span in self.doc.sents:
            here = clauses_at.get(span.start_char, [])
            if not here or all(c.modality in ("hypothetical", "planned", "obligation") for c in here):
                continue
            acts = any(clause.head in heads for clause in here)
            sentence = Sentence(span, here, acts, span.start_char < first)
            if sentence.may_be_result or sentence.may_be_lesson:
                found.append(sentence)
        return _worth_comparing(found[-MAX_COMPARED:])


def _worth_comparing(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return those that may tell a lesson, and the likeliest results; of equal ones the shortest."""
    results = [sentence for sentence in sentences if sentence.may_be_result]
    results.sort(key=lambda sentence: (-sentence.result_by_words, len(sentence.text), sentence.text))
    kept = {id(sentence) for sentence in results[:MAX_RESULTS]}
    return [sentence for sentence in sentences if sentence.may_be_lesson or id(sentence) in kept]


def story_without_leads(answers: Sequence[Told], rubric_words: frozenset[str]) -> Story:
    """Return the measures of a response that no likeness decides; result and lesson are 0."""
    acts = {c.verb for told in answers for c in told.credited if c.verb.split()[0] not in STATES}
    return Story(
        _concreteness(answers, rubric_words),
        1.0 - math.exp(-max(0.0, len(acts) - 0.5) / ACTS),
        result=0.0,
        lesson=0.0,
    )


def with_leads(story: Story, answers: Sequence[Told], leads: Sequence[Sequence[Lead]]) -> Story:
    """Return ``story`` with the result and the lesson that the leads of the compared sentences make."""
    results: list[float] = []
    lessons: list[float] = []
    for told, its_leads in zip(answers, leads, strict=True):
        for sentence, (result_lead, lesson_lead) in zip(told.compared, its_leads, strict=True):
            if sentence.may_be_result:
                results.append(_result(sentence, result_lead))
            if sentence.may_be_lesson:
                lessons.append(_lesson(sentence, lesson_lead))
    return replace(
        story,
        result=_any_of(results, RESULT_WEIGHT, RESULTS),
        lesson=_any_of(lessons, LESSON_WEIGHT, LESSONS),
    )


def _concreteness(answers: Sequence[Told], rubric_words: frozenset[str]) -> float:
    told, elsewhere = _Words(), _Words()
    for answer in answers:
        if not answer.credited and not answer.acts_before:
            continue
        own = {c.sentence_start for c in answer.credited}
        past = {c.sentence_start for c in answer.clauses if c.past and c.speech_act in ("narrated", "quoted")}
        for span in answer.doc.sents:
            if span.start_char in own:
                told.add(span, rubric_words)
            elif span.start_char in past:
                elsewhere.add(span, rubric_words)
    nouns = len(told.nouns) + ELSEWHERE * len(elsewhere.nouns - told.nouns)
    details = len(told.details) + ELSEWHERE * len(elsewhere.details - told.details)
    shown = (1.0 - DETAILS_SHARE) * (1.0 - math.exp(-nouns / CONCRETE))
    shown += DETAILS_SHARE * (1.0 - math.exp(-details / DETAILS))
    concrete = nouns + details + 1.0
    return shown * concrete / (concrete + VAGUE * len(told.vague))


@dataclass
class _Words:
    """Different words of some sentences, as lemmas."""

    nouns: set[str] = field(default_factory=set)
    details: set[str] = field(default_factory=set)
    vague: set[str] = field(default_factory=set)

    def add(self, span: Span, rubric_words: frozenset[str]) -> None:
        nouns = {t.lemma_.lower() for t in span if t.pos_ in ("NOUN", "PROPN") and t.is_alpha} - _VAGUE
        self.nouns |= nouns - rubric_words
        self.vague |= nouns & rubric_words | {t.lemma_.lower() for t in span} & _VAGUE
        self.details |= {t.lower_ for t in span if t.like_num or _TIME.fullmatch(t.text)}


def _any_of(strengths: Sequence[float], weight: float, most: int) -> float:
    plainest = sorted(strengths, reverse=True)[:most]
    return 1.0 - math.prod(1.0 - weight * strength for strength in plainest)


def _result(sentence: Sentence, lead: float) -> float:
    return _logistic(STEEPNESS_RESULT * (lead + sentence.result_by_words - RESULT_FROM))


def _lesson(sentence: Sentence, lead: float) -> float:
    lead += LESSON_WORDED * sentence.worded_as_lesson + LESSON_HABIT * sentence.habit - LESSON_FROM
    return _logistic(STEEPNESS_LESSON * lead)


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-value))
