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
from language.sentences import sentence_of
from language.unrealised import denied_by_adverbial, unrealised

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
_OCCASIONS = frozenset("time situation instance occasion example moment case experience point".split())
"""What a story is announced as."""
_HYPOTHETICAL_MARK = re.compile(
    r"\b(?:if i (?:were|was|had)|imagine|suppose|in theory|hypothetically|ideally"
    r"|in (?:that|such) a case i)\b",
    re.I,
)
_WOULD = frozenset({"would", "'d"})
_PARTICIPLE_AS_BASE = frozenset(
    """put set cut let shut hit read cost spread split quit hurt bet beat burst run come become""".split()
)
_PAST_AS_BASE = _PARTICIPLE_AS_BASE - {"run", "come", "become"}
"""Verbs whose past form, or participle, is the base form: the parser takes "I put" for the present."""
_NO_EVENT = re.compile(
    r"\b(?:usually|always|normally|generally|often|sometimes|every|each time|whenever|these days|now|today"
    r"|still|since|if|when (?:a|an|someone|somebody|people|i get|i have|things))\b",
    re.I,
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days"
_REPEATED = re.compile(
    r"\b(?:(?:every|each|most) (?:\w+ )?(?:mornings?|afternoons?|evenings?|nights?|days?|weeks?|weekends?"
    rf"|months?|seasons?|shifts?|breaks?|times?|{_WEEKDAY}?)"
    rf"|(?:on )?(?:mornings|afternoons|evenings|nights|weekends|{_WEEKDAY})"
    r"|(?:once|twice) a (?:day|week|month)|whenever|sometimes|now and then)\b",
    re.I,
)
_UNSURE = re.compile(r"\b(?:if|probably|maybe|perhaps|hopefully|definitely|unless|suppose|imagine)\b", re.I)
_ASSERTING = frozenset({"say", "think", "believe", "claim", "remember", "recall", "pretend"})
_SPEAKERS = frozenset({"i", "we"})
_CONTEXT_TOKENS = 60


def _auxiliaries(head: Token) -> list[str]:
    token: Token = head
    for _ in range(4):
        found = [child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")]
        # "I would ring him, get it back": the parser reads "get" as a present without a subject.
        base = token.tag_ == "VBP" and not any(child.dep_ == "nsubj" for child in token.children)
        if found or token.dep_ != "conj" or (token.tag_ in ("VBD", "VBP", "VBZ") and not base):
            return found
        token = token.head
    return []


def is_negated(head: Token) -> bool:
    token: Token = head
    for _ in range(3):
        sentence = sentence_of(token)
        window = token.doc[max(sentence.start, token.i - 3) : min(sentence.end, token.i + 3)]
        if _DID_ANYWAY.search(window.text):
            return False
        for child in token.children:
            if child.dep_ == "neg" or (child.lower_ in _NEGATIONS and child.dep_ in ("advmod", "preconj")):
                return True
            if denied_by_adverbial(child):
                return True
            if child.dep_ in ("dobj", "obj", "nsubj") and any(
                grand.lower_ == "no" or child.lower_ in ("nothing", "nobody", "none")
                for grand in (child, *child.children)
            ):
                return True
        if _asked_about(token) or _asserted(token):
            token = token.head  # "I never found out what I did wrong", "I wouldn't say I told her"
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


def _asserted(token: Token) -> bool:
    """Return whether a clause is what its verb says or believes: "I don't think I told her"."""
    return (
        token.dep_ == "ccomp"
        and token.i > token.head.i
        and token.head.lemma_.lower() in _ASSERTING
        and any(child.dep_ == "nsubj" and child.lower_ in FIRST for child in token.head.children)
    )


def modality_of(head: Token) -> Modality:
    if unrealised(head):
        return "hypothetical"
    auxiliaries = set(_auxiliaries(head))
    if "'d" in auxiliaries and _had(head, auxiliaries):
        auxiliaries -= {"'d"}
    if auxiliaries & _OBLIGATION_AUX:
        return "obligation"
    if auxiliaries & _PLANNED_AUX or _going_to(head):
        return "planned"
    if auxiliaries & _HYPOTHETICAL_AUX and _did_repeatedly(head):
        return "realised"
    if auxiliaries & _HYPOTHETICAL_AUX and not _could_in_the_past(head, auxiliaries):
        return "hypothetical"
    if _HYPOTHETICAL_MARK.search(sentence_of(head).text):
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
        if governor in ("have", "need") and (not is_past(head) or _names_the_occasion(head.head)):
            return "obligation"
    if not is_past(head):
        return "habitual" if _habitual(head) else "present"
    if _habitual(head) and any(child.lower_ in ("always", "usually", "never") for child in head.children):
        return "habitual"
    return "realised"


def _names_the_occasion(obliged: Token) -> bool:
    """Return whether it only says what the story is of: "a time when I had to decide between two schools"."""
    if obliged.dep_ == "relcl":
        return obliged.head.lemma_.lower() in _OCCASIONS
    return obliged.dep_ == "pcomp" and obliged.head.head.lemma_.lower() in _OCCASIONS


def _had(head: Token, auxiliaries: set[str]) -> bool:
    """Return whether "'d" is "had": "I'd told him", "I'd been calling", "after I'd shut it I left"."""
    if head.tag_ in ("VBN", "VBD") or ("been" in auxiliaries and "have" not in auxiliaries):
        return True
    if head.lower_ not in _PARTICIPLE_AS_BASE or _UNSURE.search(sentence_of(head).text):
        return False
    around = head.doc[max(0, head.i - _CONTEXT_TOKENS) : head.i + _CONTEXT_TOKENS]
    would = [t for t in around if t.lower_ in _WOULD and t.head.i != head.i]
    if any(t.lower_ == "would" or t.head.tag_ == "VB" for t in would):
        return False
    return bool(would) or any(t.tag_ in ("VBD", "VBN") and t.i != head.i for t in head.sent)


def _did_repeatedly(head: Token) -> bool:
    """Return whether "would" tells what was done again and again in a story: "every Friday I'd ring them".

    Only in a story that is told in the past; "every Friday I'd ring them" alone is a plan.
    """
    token: Token = head
    while token.dep_ == "conj" and not any(c.dep_ == "aux" for c in token.children):
        token = token.head
    auxiliaries = {child.lower_ for child in token.children if child.dep_ == "aux"}
    if not auxiliaries & _WOULD or auxiliaries - _WOULD or token.tag_ != "VB":
        return False
    if not _again_and_again(token) or _UNSURE.search(sentence_of(token).text) is not None:
        return False
    before = token.doc[max(0, sentence_of(token).start - _CONTEXT_TOKENS) : token.i]
    told = any(
        t.tag_ == "VBD" and any(c.dep_ == "nsubj" and c.lower_ in _SPEAKERS for c in t.children)
        for t in before
    )
    around = token.doc[before.start : token.i + _CONTEXT_TOKENS]
    return told and not any(_imagined(t) for t in around if t.lower_ in _WOULD and t.tag_ == "MD")


def _imagined(would: Token) -> bool:
    """Return whether "would" says what the speaker would do, not how often."""
    own = any(c.dep_ == "nsubj" and c.lower_ in _SPEAKERS for c in would.head.children)
    return own and would.head.tag_ == "VB" and not _again_and_again(would.head)


def _again_and_again(verb: Token) -> bool:
    own = (t for child in verb.children if child.dep_ != "conj" for t in child.subtree)
    return _REPEATED.search(" ".join(t.text for t in own)) is not None


def _past_by_context(token: Token) -> bool:
    """Return whether a verb whose past is its base form is past, like those around it: "I put up a sign"."""
    if token.lower_ not in _PAST_AS_BASE or token.tag_ not in ("VBP", "VB") or infinitive(token):
        return False
    if any(child.dep_ == "aux" for child in token.children) or _NO_EVENT.search(sentence_of(token).text):
        return False
    if not any(child.dep_ == "nsubj" for child in token.children):
        return False
    around = token.doc[max(0, token.i - _CONTEXT_TOKENS) : token.i + _CONTEXT_TOKENS]
    past = sum(t.tag_ == "VBD" for t in around)
    return past > sum(t.tag_ in ("VBP", "VBZ") for t in around if t.lower_ not in _PAST_AS_BASE)


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
    return (
        any(child.lower_ in _HABIT for child in head.children) or "used to" in sentence_of(head).text.lower()
    )


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
        if token.tag_ == "VBD" or listed_act(token) or _past_by_context(token):
            return True
        auxiliaries = [child for child in token.children if child.dep_ in ("aux", "auxpass")]
        if any(aux.tag_ == "VBD" and aux.lower_ not in _HYPOTHETICAL_AUX for aux in auxiliaries):
            return True
        words = {aux.lower_ for aux in auxiliaries}
        if token.tag_ == "VBN" and words & {"have", "'ve", "has", "had", "'d"}:
            return True
        if "'d" in words and _had(token, words):
            return True
        if words & _WOULD and _did_repeatedly(token):
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
