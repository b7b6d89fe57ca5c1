"""Whether what a verb says happened: denied or not, past or not, realised or imagined."""

import re
from typing import Literal

from spacy.tokens import Token

from language.actors import (
    FIRST,
    REALISING_ADJECTIVES,
    cleft_doer,
    infinitive,
    listed_act,
    verb_above,
)

Modality = Literal["realised", "hypothetical", "habitual", "planned", "obligation", "present"]

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


def _auxiliaries(head: Token) -> list[str]:
    token: Token = head
    for _ in range(4):
        found = [child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")]
        if found or token.dep_ != "conj" or token.tag_ in ("VBD", "VBP", "VBZ"):
            return found
        token = token.head
    return []


def is_negated(head: Token) -> bool:
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
            token = verb_above(token)
        else:
            return token.dep_ == "pcomp" and token.head.lower_ == "without"
    return False


def _asked_about(token: Token) -> bool:
    """Return whether a clause is a question in another one: "what I did wrong"."""
    return token.dep_ == "ccomp" and any(
        t.lower_ in ("what", "where", "why", "how", "which", "whether", "if") for t in token.lefts
    )


def modality_of(head: Token) -> Modality:
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
    if head.lemma_ in ("have", "need") and any(c.dep_ == "xcomp" and infinitive(c) for c in head.children):
        return "obligation"
    if infinitive(head) and _aim(head) and cleft_doer(head) is None:
        return "hypothetical"
    if head.dep_ == "xcomp" and head.tag_ in ("VB", "VBG"):
        governor = head.head.lemma_.lower()
        if governor in _UNREALISED_HEADS and governor != "help":
            return "hypothetical"
        if governor in ("have", "need") and not is_past(head):
            return "obligation"
    if not is_past(head):
        return "habitual" if _habitual(head) else "present"
    if _habitual(head) and any(child.lower_ in ("always", "usually", "never") for child in head.children):
        return "habitual"
    return "realised"


def _aim(head: Token) -> bool:
    """Return whether an infinitive names what for, not what happened: "to solve it", "a way to do it"."""
    if head.dep_ in ("advcl", "acl", "relcl"):
        return True
    if head.dep_ == "conj":
        return infinitive(head.head) and _aim(head.head)
    if head.dep_ == "ccomp":
        return head.head.lemma_.lower() in _UNREALISING_COMPLEMENTS
    return (
        head.dep_ == "xcomp"
        and head.head.pos_ == "ADJ"
        and head.head.lemma_.lower() not in REALISING_ADJECTIVES
    )


def _habitual(head: Token) -> bool:
    return any(child.lower_ in _HABIT for child in head.children) or "used to" in head.sent.text.lower()


def _could_in_the_past(head: Token, auxiliaries: set[str]) -> bool:
    """ "So that customers could book again" reports an outcome, "I could help" does not."""
    return (
        auxiliaries & _HYPOTHETICAL_AUX == {"could"}
        and head.dep_ in ("advcl", "ccomp")
        and not any(child.lower_ in FIRST for child in head.children)
    )


def _going_to(head: Token) -> bool:
    return head.dep_ == "xcomp" and head.head.lower_ == "going" and head.head.tag_ == "VBG"


def is_past(head: Token) -> bool:
    token: Token = head.head if cleft_doer(head) is not None else head
    for _ in range(4):
        if token.tag_ == "VBD" or listed_act(token):
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
        token = verb_above(token)
    return False


def _own_tense(token: Token) -> bool:
    return token.tag_ in ("VBZ", "VBP") and any(c.dep_ == "nsubj" for c in token.children)
