"""Clauses of a text: who did what, and whether it really happened.

One clause for each verb that heads one. The dependency parse is spaCy's; actor, polarity, modality and
speech act are decided by the rules below, on the parse and on the words around it, so that a transcript
without punctuation or capitals still works.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc, Token

from language.conduct import Conduct, conduct
from language.narrative_present import with_narrative_present
from language.parsing import parse

Actor = Literal["i", "we", "other", "generic"]
Modality = Literal["realised", "hypothetical", "habitual", "planned", "obligation", "present"]
SpeechAct = Literal["narrated", "claimed", "quoted", "question", "instruction"]

_FIRST = frozenset({"i", "me", "myself"})
_FIRST_PLURAL = frozenset({"we", "us", "ourselves"})
_GENERIC = frozenset({"you", "one", "people", "everyone", "everybody", "anyone", "someone", "somebody"})
_HYPOTHETICAL_AUX = frozenset({"would", "'d", "could", "might", "may", "can"})
_OBLIGATION_AUX = frozenset({"should", "must", "shall", "ought"})
_PLANNED_AUX = frozenset({"will", "'ll", "wo", "gonna"})
_HABIT = frozenset(
    {"always", "usually", "often", "generally", "normally", "typically", "sometimes", "regularly", "never"}
)
_UNREALISED_HEADS = frozenset(
    """want hope plan try need like prefer wish intend consider think refuse fail forget avoid decline
    hesitate expect ask offer promise""".split()
)
_REALISING_ADJECTIVES = frozenset({"able", "quick", "glad", "happy", "lucky", "sure"})
_CLEFT_NOUNS = frozenset(
    {"thing", "step", "move", "reaction", "response", "solution", "answer", "decision", "action"}
)
_UNREALISING_COMPLEMENTS = frozenset(
    {"ask", "tell", "want", "expect", "order", "beg", "wish", "advise", "urge"}
)
_NEGATIONS = frozenset({"not", "n't", "never", "no", "nobody", "none", "without", "hardly", "barely"})
_DID_ANYWAY = re.compile(
    r"\b(?:not only|not just|no problem|no longer|never stopped|never gave up|not give up)\b", re.I
)
_HYPOTHETICAL_MARK = re.compile(
    r"\b(?:if i (?:were|was|had)|imagine|suppose|in theory|hypothetically|ideally"
    r"|in (?:that|such) a case i)\b",
    re.I,
)
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
    subject = _subject(head)
    modality = _modality(head)
    actor = _actor(subject, head)
    return Clause(
        start=start,
        end=end,
        sentence_start=head.sent.start_char,
        sentence_end=head.sent.end_char,
        verb=_verb(head),
        head=head.i,
        finite=_finite(head),
        actor=actor,
        negated=_negated(head),
        modality=modality,
        past=_past(head),
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
    particle = next((child.text.lower() for child in head.children if child.dep_ == "prt"), "")
    return f"{head.lemma_.lower()} {particle}".strip()


def _subject(head: Token) -> Token | None:
    """Return the subject, inherited by coordination and by verbs that share it ("I tried to help")."""
    token: Token = head
    for _ in range(6):
        cleft = _cleft_doer(token)
        if cleft is not None:
            return cleft
        for child in token.children:
            if child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl"):
                return child
        if _listed_act(token):
            token = _verb_above_noun(token)
        elif token.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "dep"):
            if token.dep_ == "xcomp":
                controller = next(
                    (c for c in token.head.children if c.dep_ in ("dobj", "obj", "dative")), None
                )
                if controller is not None and token.head.lemma_.lower() not in ("help", "promise"):
                    return controller
            if token.dep_ == "ccomp" and token.tag_ not in ("VBG", "VB"):
                return None
            token = _verb_above(token)
        else:
            return None
    return None


def _cleft_doer(verb: Token) -> Token | None:
    """Return the doer of an act told in a cleft: "what I did was call her", "my first step was to ask"."""
    be = verb.head
    if verb.tag_ != "VB" or verb.dep_ not in ("ccomp", "xcomp", "attr") or be.lower_ not in ("was", "were"):
        return None
    told = next((c for c in be.children if c.dep_ in ("nsubj", "csubj") and c.i < be.i), None)
    if told is None or (told.lemma_.lower() != "do" and told.lemma_.lower() not in _CLEFT_NOUNS):
        return None
    doers = [t for t in told.subtree if t.lower_ in ("i", "we", "my", "our", "he", "she", "they", "you")]
    return doers[0] if doers and doers[0].lower_ in ("i", "we", "my", "our") else None


def _listed_act(token: Token) -> bool:
    """Return whether a participle is an act of a list: "I cleaned my scanner, filled in the sheet and …".

    The parser takes it for a description of the noun before; but that has no object and no past beside it.
    """
    return (
        token.tag_ in ("VBN", "VBD")
        and token.dep_ == "acl"
        and token.i > 0
        and token.nbor(-1).is_punct
        and any(
            child.dep_ in ("dobj", "obj") or (child.dep_ == "conj" and child.tag_ == "VBD")
            for child in token.children
        )
    )


def _verb_above_noun(token: Token) -> Token:
    above = token.head
    while above.pos_ not in ("VERB", "AUX") and above.head.i != above.i:
        above = above.head
    return above


def _verb_above(token: Token) -> Token:
    """Return what governs ``token``, past a preposition ("by asking") or "able" ("was able to")."""
    above = token.head
    if above.pos_ == "ADP" or (above.dep_ == "acomp" and above.lemma_.lower() in _REALISING_ADJECTIVES):
        above = above.head
    return above


def _finite(head: Token) -> bool:
    if head.tag_ in ("VBD", "VBP", "VBZ") or _listed_act(head):
        return True
    if any(
        child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBD", "VBP", "VBZ", "MD")
        for child in head.children
    ):
        return True
    if head.tag_ != "VB" or _infinitive(head):
        return False
    # The parser reads "I ask" and "I sit and show" as infinitives now and then; with a subject they are none.
    return any(c.dep_ == "nsubj" for c in head.children) or (head.dep_ == "conj" and _finite(head.head))


def _infinitive(head: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in head.children)


def _passive(head: Token) -> bool:
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in head.children)


def _actor(subject: Token | None, head: Token) -> Actor:
    if subject is None:
        # Spoken answers drop the subject: "Called the customer back". An imperative has no past form.
        return "i" if head.tag_ == "VBD" and head.i == head.sent.start else "generic"
    if _passive(head) and subject.dep_ == "nsubjpass":
        agent = next((c for c in head.children if c.dep_ == "agent"), None)
        named = {token.lower_ for token in agent.subtree} if agent is not None else set()
        return "i" if "me" in named else "we" if "us" in named else "other"
    words = {subject.lower_} | {child.lower_ for child in subject.children if child.dep_ == "conj"}
    if words & _FIRST or subject.lower_ == "my":
        return "i"
    if (
        words & _FIRST_PLURAL
        or subject.lower_ == "our"
        or (subject.lower_ == "team" and any(c.lower_ in ("my", "our") for c in subject.children))
    ):
        return "we"
    if words & _GENERIC:
        return "generic"
    return "other"


def _auxiliaries(head: Token) -> list[str]:
    token: Token = head
    for _ in range(4):
        found = [child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")]
        if found or token.dep_ != "conj" or token.tag_ in ("VBD", "VBP", "VBZ"):
            return found
        token = token.head
    return []


def _negated(head: Token) -> bool:
    token: Token = head
    for _ in range(3):
        window = token.doc[max(token.sent.start, token.i - 3) : min(token.sent.end, token.i + 3)]
        if _DID_ANYWAY.search(window.text):
            return False
        for child in token.children:
            if child.dep_ == "neg" or (child.lower_ in _NEGATIONS and child.dep_ in ("advmod", "preconj")):
                return True
            if child.dep_ in ("dobj", "obj", "nsubj") and any(
                grand.lower_ == "no" or child.lower_ in ("nothing", "nobody", "none")
                for grand in (child, *child.children)
            ):
                return True
        if _asked_about(token):
            token = token.head  # "I never found out what I did wrong"
        elif token.dep_ == "xcomp" or (
            token.dep_ == "conj" and not any(c.dep_ == "nsubj" for c in token.children)
        ):
            token = _verb_above(token)
        else:
            return token.dep_ == "pcomp" and token.head.lower_ == "without"
    return False


def _asked_about(token: Token) -> bool:
    """Return whether a clause is a question in another one: "what I did wrong"."""
    return token.dep_ == "ccomp" and any(
        t.lower_ in ("what", "where", "why", "how", "which", "whether", "if") for t in token.lefts
    )


def _modality(head: Token) -> Modality:
    auxiliaries = set(_auxiliaries(head))
    if head.tag_ in ("VBN", "VBD"):
        auxiliaries -= {"'d"}  # "I'd told him" is "had".
    if auxiliaries & _OBLIGATION_AUX:
        return "obligation"
    if auxiliaries & _PLANNED_AUX or _going_to(head):
        return "planned"
    if auxiliaries & _HYPOTHETICAL_AUX and not _could_in_the_past(head, auxiliaries):
        return "hypothetical"
    if _HYPOTHETICAL_MARK.search(head.sent.text):
        return "hypothetical"
    if any(child.dep_ == "mark" and child.lower_ == "if" for child in head.children):
        return "hypothetical"
    if head.lemma_ in ("have", "need") and any(c.dep_ == "xcomp" and _infinitive(c) for c in head.children):
        return "obligation"
    if _infinitive(head) and _aim(head) and _cleft_doer(head) is None:
        return "hypothetical"
    if head.dep_ == "xcomp" and head.tag_ in ("VB", "VBG"):
        governor = head.head.lemma_.lower()
        if governor in _UNREALISED_HEADS and governor != "help":
            return "hypothetical"
        if governor in ("have", "need") and not _past(head):
            return "obligation"
    if not _past(head):
        return "habitual" if _habitual(head) else "present"
    if _habitual(head) and any(child.lower_ in ("always", "usually", "never") for child in head.children):
        return "habitual"
    return "realised"


def _aim(head: Token) -> bool:
    """Return whether an infinitive names what for, not what happened: "to solve it", "a way to do it"."""
    if head.dep_ in ("advcl", "acl", "relcl"):
        return True
    if head.dep_ == "conj":
        return _infinitive(head.head) and _aim(head.head)
    if head.dep_ == "ccomp":
        return head.head.lemma_.lower() in _UNREALISING_COMPLEMENTS
    return (
        head.dep_ == "xcomp"
        and head.head.pos_ == "ADJ"
        and head.head.lemma_.lower() not in _REALISING_ADJECTIVES
    )


def _habitual(head: Token) -> bool:
    return any(child.lower_ in _HABIT for child in head.children) or "used to" in head.sent.text.lower()


def _could_in_the_past(head: Token, auxiliaries: set[str]) -> bool:
    """ "So that customers could book again" reports an outcome, "I could help" does not."""
    return (
        auxiliaries & _HYPOTHETICAL_AUX == {"could"}
        and head.dep_ in ("advcl", "ccomp")
        and not any(child.lower_ in _FIRST for child in head.children)
    )


def _going_to(head: Token) -> bool:
    return head.dep_ == "xcomp" and head.head.lower_ == "going" and head.head.tag_ == "VBG"


def _past(head: Token) -> bool:
    token: Token = head.head if _cleft_doer(head) is not None else head
    for _ in range(4):
        if token.tag_ == "VBD" or _listed_act(token):
            return True
        auxiliaries = [child for child in token.children if child.dep_ in ("aux", "auxpass")]
        if any(aux.tag_ == "VBD" and aux.lower_ not in _HYPOTHETICAL_AUX for aux in auxiliaries):
            return True
        if token.tag_ == "VBN" and any(
            aux.lower_ in ("have", "'ve", "has", "had", "'d") for aux in auxiliaries
        ):
            return True
        inherits = token.dep_ in ("xcomp", "advcl", "pcomp") or (
            token.dep_ == "conj" and not _own_tense(token)
        )
        if not inherits:
            return False
        token = _verb_above(token)
    return False


def _own_tense(token: Token) -> bool:
    return token.tag_ in ("VBZ", "VBP") and any(c.dep_ == "nsubj" for c in token.children)


def _speech_act(marks: _QuotationMarks, head: Token, subject: Token | None) -> SpeechAct:
    if marks.around(head.idx):
        return "quoted"
    sentence = head.sent.text.strip()
    first = next((token for token in head.sent if token.is_alpha), None)
    if sentence.endswith("?") and first is not None and (first.lower_ in _WH or first.pos_ == "AUX"):
        return "question"
    if subject is None and head.tag_ == "VB" and head.dep_ == "ROOT":
        return "instruction"
    if (
        head.tag_ in ("VBP", "VBZ")
        and head.lemma_ == "be"
        and subject is not None
        and subject.lower_ in _FIRST
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
    return speaker is not None and speaker.lower_ not in _FIRST
