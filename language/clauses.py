"""Clauses of a text: who did what, and whether it really happened.

One clause for each verb that heads one. The dependency parse is spaCy's; the actor (:mod:`language.actors`),
polarity and modality (:mod:`language.modality`) and the speech act are decided by rules on the parse and on
the words around it, so that a transcript without punctuation or capitals still works.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc, Token

from language.actors import FIRST, Actor, actor_of, infinitive, listed_act, said_by_noun, subject_of
from language.conduct import Conduct, conduct
from language.modality import Modality, is_negated, is_past, modality_of
from language.narrative_present import with_narrative_present
from language.parsing import parse
from language.sentences import sentence_of

SpeechAct = Literal["narrated", "claimed", "quoted", "question", "instruction"]

_REPORTING = frozenset(
    {"say", "tell", "write", "state", "read", "explain", "claim", "reply", "answer", "insist"}
)
_WH = frozenset({"who", "what", "when", "where", "why", "how", "which"})


@dataclass(frozen=True, slots=True)
class Clause:
    """``text[start:end]`` with one main verb; offsets count characters of the whole text."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    verb: str
    """Lemma, with its particle ("set up")."""
    head: int
    """Index of the verb's token in the parse."""
    finite: bool
    """Whether the verb has a tense, of its own or by its auxiliary."""
    actor: Actor
    negated: bool
    modality: Modality
    past: bool
    speech_act: SpeechAct
    conduct: Conduct | None = None
    """What poor conduct, or mishap, an own clause tells by its words."""

    @property
    def credited(self) -> bool:
        """Whether the clause tells a realised past act of the speaker or the speaker's group."""
        return (
            self.actor in ("i", "we")
            and self.past
            and not self.negated
            and self.modality == "realised"
            and self.speech_act == "narrated"
        )


@lru_cache(maxsize=256)
def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of ``text`` in the order of their verbs."""
    return clauses_of(parse(text), text)


def clauses_of(doc: Doc, text: str) -> tuple[Clause, ...]:
    """Return the clauses of ``text``, whose parse is ``doc``, in the order of their verbs."""
    heads = [token for token in doc if _heads_clause(token)]
    places = frozenset(head.i for head in heads)
    marks = _QuotationMarks(doc.text)
    return with_narrative_present(text, [_clause(marks, head, places) for head in heads])


class _QuotationMarks:
    """Where quotations begin and end, counted once: a long answer has thousands of verbs."""

    def __init__(self, text: str) -> None:
        self._straight, self._opening, self._closing = (
            [found.start() for found in re.finditer(mark, text)] for mark in ('"', "“", "”")
        )

    def around(self, place: int) -> bool:
        """Return whether the character at ``place`` is within a quotation."""
        straight, opening, closing = (
            bisect_left(places, place) for places in (self._straight, self._opening, self._closing)
        )
        return straight % 2 == 1 or opening > closing


def _heads_clause(token: Token) -> bool:
    if token.pos_ not in ("VERB", "AUX"):
        return False
    if token.dep_ in ("aux", "auxpass"):
        return False
    if token.dep_ in ("amod", "compound", "prep", "npadvmod"):
        return False
    return token.pos_ == "VERB" or token.dep_ in ("ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis")


def _clause(marks: _QuotationMarks, head: Token, heads: frozenset[int]) -> Clause:
    own = sorted(_own_tokens(head, heads), key=lambda token: token.i)
    start, end = own[0].idx, own[-1].idx + len(own[-1].text)
    subject = subject_of(head)
    modality = modality_of(head)
    actor = actor_of(subject, head)
    sentence = sentence_of(head)
    return Clause(
        start=start,
        end=end,
        sentence_start=sentence.start_char,
        sentence_end=sentence.end_char,
        verb=_verb(head),
        head=head.i,
        finite=_finite(head),
        actor=actor,
        negated=is_negated(head),
        modality=modality,
        past=is_past(head),
        speech_act=_speech_act(marks, head, subject),
        conduct=conduct(head) if actor in ("i", "we") else None,
    )


def _own_tokens(head: Token, other_heads: frozenset[int]) -> list[Token]:
    found, stack = [head], [child for child in head.children if child.i not in other_heads]
    while stack:
        token = stack.pop()
        if token.is_punct:
            continue
        found.append(token)
        stack.extend(child for child in token.children if child.i not in other_heads)
    return found


def _verb(head: Token) -> str:
    said = said_by_noun(head)
    if said is not None:
        return said
    particle = next((child.text.lower() for child in head.children if child.dep_ == "prt"), "")
    return f"{head.lemma_.lower()} {particle}".strip()


def _finite(head: Token) -> bool:
    if head.tag_ in ("VBD", "VBP", "VBZ") or listed_act(head):
        return True
    if any(
        child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBD", "VBP", "VBZ", "MD")
        for child in head.children
    ):
        return True
    if head.tag_ != "VB" or infinitive(head):
        return False
    # The parser reads "I ask" and "I sit and show" as infinitives now and then; with a subject they are none.
    return any(c.dep_ == "nsubj" for c in head.children) or (head.dep_ == "conj" and _finite(head.head))


def _speech_act(marks: _QuotationMarks, head: Token, subject: Token | None) -> SpeechAct:
    if marks.around(head.idx):
        return "quoted"
    if sentence_of(head).text.strip().endswith("?"):
        first = next((token for token in head.sent if token.is_alpha), None)
        if first is not None and (first.lower_ in _WH or first.pos_ == "AUX"):
            return "question"
    if subject is None and head.tag_ == "VB" and head.dep_ == "ROOT":
        return "instruction"
    if (
        head.tag_ in ("VBP", "VBZ")
        and head.lemma_ == "be"
        and subject is not None
        and subject.lower_ in FIRST
    ):
        return "claimed"
    if head.dep_ == "ccomp" and _reported(head):
        return "quoted"
    return "quoted" if _report_goes_on(head) else "narrated"


def _report_goes_on(head: Token) -> bool:
    """Return whether an act without a subject follows reported ones: "he said that he saw it, ran and …"."""
    governor = head
    while governor.dep_ == "conj" and not any(child.dep_ == "nsubj" for child in governor.children):
        governor = governor.head
    between = head.doc[governor.i + 1 : head.i] if governor.i < head.i else head.doc[:0]
    return any(t.dep_ == "ccomp" and t.head.i > governor.i and _reported(t) for t in between)


def _reported(head: Token) -> bool:
    """Words put in somebody else's mouth: "he said that I solved it" """
    governor = head.head
    if governor.lemma_ not in _REPORTING:
        return False
    speaker = next((child for child in governor.children if child.dep_ == "nsubj"), None)
    return speaker is not None and speaker.lower_ not in FIRST
