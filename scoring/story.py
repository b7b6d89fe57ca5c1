"""How a response is told: concrete, thorough, with a result and a lesson.

The parts of a behavioural answer are those of situation–action–result interviewing (Janz 1982, the patterned
behaviour description interview). Concrete telling is measured by what rated specificity correlates with: numbers,
times, names and concrete nouns, against vague ones. A result and a lesson are found by their words and by their
likeness to examples, which must exceed their likeness to mere descriptions. Every measure saturates, so that more
words alone add nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from spacy.tokens import Doc, Span, Token

from language.clauses import Clause
from language.sentence_vectors import Vectors, encoder
from scoring.example_vectors import example_vectors
from scoring.rubric import StoryExamples

CLOSING_SENTENCES, OPENING_SENTENCES = 3, 1
"""A result and a lesson come at the end, now and then first; these sentences are compared with examples."""
MAX_COMPARED = 8
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
_RESULT = re.compile(
    r"\b(?:as a result|in the end|eventually|finally|ultimately|(?:the|end) (?:result|outcome)|resulted in|led to"
    r"|which meant|because of (?:that|this|it)|thanks to|turned out|worked out|ended up|on time|in time|went (?:well|fine|smoothly|up|down|from)"
    r"|(?:was|were|got|felt|been) (?:very |really |so |much |all |quite )?(?:happy|happier|satisfied|pleased|grateful|relieved|solved|resolved|fixed|finished|done|ready|safe|better|thankful|impressed|sorted|approved|accepted|delivered|calmer)"
    r"|(?:dropped|fell|rose|grew|increased|decreased|halved|doubled|improved|shrank|reduced|saved|won|passed|sold out)"
    r"|thanked|said thank|praised|congratulated|still uses?|still using|still (?:in use|there|works|comes?|do(?:es)?)|never (?:happened|came) (?:again|back)|no (?:more )?(?:complaints?|accidents?|mistakes?|errors?)|not (?:one|a single)|came back|renewed|adopted|ever since|since then)\b",
    re.I,
)
_LESSON = re.compile(
    r"\b(?:(?:i|we) (?:have |'ve |also |really )?(?:learn(?:ed|t)|realised|realized|understood|took away|discovered)|(?:it|that|this|which|he|she|they)(?: \w+)? (?:taught|showed|made) (?:me|us)"
    r"|(?:i )?took (?:from|away)|lesson|looking back|in hindsight|in retrospect|since then|ever since|from then on|from that (?:day|time|point)"
    r"|these days|nowadays|next time|now i\b|now we\b|i now\b|\bnow\.|would do (?:it )?differently|should have|if i did it again)",
    re.I,
)
_LEXICAL_LEAD = 0.12
_RESULT_LEAD, _LESSON_LEAD, _FULL_LEAD = -0.02, 0.06, 0.2


@dataclass(frozen=True, slots=True)
class Story:
    """Measures of one response, each in [0, 1]."""

    specificity: float
    thoroughness: float
    result: float
    lesson: float

    @property
    def depth(self) -> float:
        """Return the weighted mean of the measures, in [0, 1]."""
        return 0.42 * self.specificity + 0.24 * self.thoroughness + 0.2 * self.result + 0.14 * self.lesson


Lead = tuple[float, float]
"""How much nearer a sentence is to a result, and to a lesson, than to a description."""


class StoryIndex:
    """The vectors of the examples by which results and lessons are known; without examples the words decide."""

    def __init__(self, examples: StoryExamples | None) -> None:
        self._vectors: tuple[Vectors, Vectors, Vectors] | None = None
        if examples is not None:
            self._vectors = (
                example_vectors(examples.results),
                example_vectors(examples.lessons),
                example_vectors(examples.descriptions),
            )

    def leads(self, texts: Sequence[str]) -> list[Lead]:
        """Return for each text how much nearer it is to a result, and to a lesson, than to a description."""
        if self._vectors is None or not texts:
            return [(0.0, 0.0)] * len(texts)
        vectors = encoder().encode(texts)
        result, lesson, description = ((vectors @ examples.T).max(axis=1) for examples in self._vectors)
        return [
            (float(r), float(le))
            for r, le in np.round(np.stack([result, lesson], 1) - description[:, None], 3)
        ]


@dataclass(frozen=True)
class Told:
    """One answer as it is told."""

    doc: Doc
    clauses: Sequence[Clause]
    credited: Sequence[Clause]

    @cached_property
    def compared(self) -> list[Span]:
        """The sentences that may tell a result or a lesson: the first, those that are worded so, the last."""
        if not self.credited:
            return []
        sentences = list(self.doc.sents)
        after = [s for s in sentences if s.end_char > self.credited[0].end]
        marked = [s for s in after[:-CLOSING_SENTENCES] if _RESULT.search(s.text) or _LESSON.search(s.text)]
        opening = [s for s in sentences[:OPENING_SENTENCES] if s not in after]
        return opening + (marked + after[-CLOSING_SENTENCES:])[-MAX_COMPARED:]


def story(answers: Sequence[Told], leads: Sequence[Sequence[Lead]]) -> Story:
    """Return the measures of a response from its answers in order and the leads of their compared sentences."""
    nouns: set[str] = set()
    details: set[str] = set()
    vague: set[str] = set()
    acts: set[str] = set()
    result = lesson = 0.0
    for told, its_leads in zip(answers, leads, strict=True):
        if not told.credited:
            continue
        acts |= {c.verb for c in told.credited if c.verb.split()[0] not in STATES}
        for sentence in _told_sentences(told.doc, told.clauses):
            found = {t.lemma_.lower() for t in sentence if t.pos_ in ("NOUN", "PROPN")}
            nouns |= found - _VAGUE
            vague |= {t.lemma_.lower() for t in sentence} & _VAGUE
            details |= {t.lower_ for t in sentence if _detail(t)}
        told_result, told_lesson = _closing(told, its_leads)
        result, lesson = max(result, told_result), max(lesson, told_lesson)
    concrete = _share(len(nouns) - 2, 14)
    detailed = _share(len(details), 4)
    specificity = max(0.0, 0.55 * concrete + 0.45 * detailed - 0.04 * max(0, len(vague) - 3))
    return Story(specificity, _share(len(acts) - 1, 5), result, lesson)


def _share(count: float, full: float) -> float:
    return min(1.0, max(0.0, count / full))


def _told_sentences(doc: Doc, all_clauses: Sequence[Clause]) -> list[Span]:
    places = {
        (c.sentence_start, c.sentence_end)
        for c in all_clauses
        if c.past and c.speech_act in ("narrated", "quoted")
    }
    spans = (doc.char_span(start, end, alignment_mode="expand") for start, end in sorted(places))
    return [span for span in spans if span is not None]


def _detail(token: Token) -> bool:
    return token.like_num or _TIME.fullmatch(token.text) is not None


def _closing(told: Told, leads: Sequence[Lead]) -> tuple[float, float]:
    """Return how plainly the answer tells a result and a lesson, each in [0, 1]."""
    result = lesson = 0.0
    for sentence, (result_lead, lesson_lead) in zip(told.compared, leads, strict=True):
        here = [c for c in told.clauses if c.sentence_start == sentence.start_char]
        if not here or all(c.modality in ("hypothetical", "planned", "obligation") for c in here):
            continue
        if any(c.past or "now" in sentence.text for c in here):
            result = max(result, _result(sentence, here, result_lead))
        if any(c.actor in ("i", "we") for c in here):
            lesson = max(lesson, _lesson(sentence, here, lesson_lead))
    return result, lesson


def _result(sentence: Span, here: Sequence[Clause], lead: float) -> float:
    marked = _RESULT.search(sentence.text) is not None
    if not marked and all(c.credited for c in here):
        return 0.0
    return _share(lead + _LEXICAL_LEAD * marked - _RESULT_LEAD, _FULL_LEAD)


def _lesson(sentence: Span, here: Sequence[Clause], lead: float) -> float:
    marked = _LESSON.search(sentence.text) is not None
    habit = any(c.actor in ("i", "we") and c.modality in ("habitual", "present") for c in here)
    if not marked and not habit:
        return 0.0
    return _share(lead + _LEXICAL_LEAD * (marked + habit) - _LESSON_LEAD, _FULL_LEAD)
