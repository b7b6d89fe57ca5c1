"""Words around a verb that say that the act did not come about, or was not what happened.

"Nearly", "by no means", "was supposed to", "dreamt of": the verb itself stands in the past and affirmed.
"""

import re

from spacy.tokens import Token

from language.actors import infinitive, passive
from language.sentences import sentence_of

_RARELY = frozenset({"neither", "nor", "nowhere", "seldom", "rarely", "hardly", "barely", "scarcely"})
_BY_NO_MEANS = re.compile(
    r"^(?:by no means|in no way|at no (?:point|time|stage)|under no circumstances?|on no account|in no case"
    r"|not (?:once|ever|at any|in any|for a))\b",
    re.I,
)
_ALMOST = frozenset({"nearly", "almost"})
_DREAMT = frozenset({"dream", "fantasise", "fantasize", "daydream"})
_THOUGHT_OF = _DREAMT | {"think", "talk", "consider", "joke", "worry"}
_OBLIGED = frozenset({"tell", "suppose", "mean", "expect", "instruct", "order", "oblige", "require"})
_BELIEVED = frozenset({"believe", "think", "assume", "suppose", "imagine", "claim", "pretend", "suspect"})
_WISHED = _DREAMT | {"wish", "pretend"}
_SPEAKERS = frozenset({"i", "we", "me", "us"})
_NOBODY = frozenset({"nobody", "none", "one"})
_UNTRUE = re.compile(
    r"\b(?:wrong|false|untrue|not true|a lie|an exaggeration)\b.{0,12}\b(?:say|claim|think|that)\b", re.I
)


def denied_by_adverbial(child: Token) -> bool:
    """Return whether ``child`` of a verb denies it: "nowhere", "hardly ever", "by no means"."""
    if child.dep_ not in ("advmod", "prep", "cc", "npadvmod", "neg", "preconj"):
        return False
    words = [token.lower_ for token in child.subtree]
    return words[0] in _RARELY or _BY_NO_MEANS.match(" ".join(words)) is not None


def unrealised(head: Token) -> bool:
    """Return whether the act that ``head`` names did not come about by the words around it."""
    return _not_quite(head) or _only_thought(head) or _only_told_to(head) or _said_of_it(head)


def _not_quite(head: Token) -> bool:
    """Return whether it nearly happened, or was about to: "I nearly found it", "I failed to tell her"."""
    doc, lemma = head.doc, head.lemma_.lower()
    before = [token.lower_ for token in doc[max(0, head.i - 2) : head.i]]
    almost = any(
        c.lower_ in _ALMOST and c.dep_ == "advmod" and head.i - 3 < c.i < head.i for c in head.children
    )
    if almost or before == ["all", "but"]:
        return True
    after = doc[head.i + 1].lower_ if head.i + 1 < len(doc) else ""
    if (lemma, after) in (("come", "close"), ("stop", "short")):
        return True
    if lemma != "fail" and head.lower_ != "going":
        return False
    return any(child.dep_ == "xcomp" and infinitive(child) for child in head.children)


def _only_thought(head: Token) -> bool:
    """Return whether it was dreamt or thought of: "I dreamt of mending it", "I thought about calling"."""
    if head.lemma_.lower() in _DREAMT:
        return True
    governor = head.head.head if head.dep_ == "pcomp" else head
    return governor.i != head.i and governor.lemma_.lower() in _THOUGHT_OF


def _only_told_to(head: Token) -> bool:
    """Return whether it was to be done: "I was supposed to check", "I was told to put them first"."""
    return head.dep_ == "xcomp" and head.head.lemma_.lower() in _OBLIGED and passive(head.head)


def _said_of_it(head: Token) -> bool:
    """Return whether others believe it, nobody can claim it, or one wishes it: "they thought I had asked"."""
    governor = head.head
    if head.dep_ != "ccomp" or governor.i == head.i or head.i < governor.i:
        return False
    lemma = governor.lemma_.lower()
    subjects = [child for child in governor.children if child.dep_ == "nsubj"]
    own = any(subject.lower_ in _SPEAKERS for subject in subjects)
    if lemma in _WISHED or (lemma in _BELIEVED and subjects and not own):
        return True
    if any(subject.lower_ in _NOBODY and _no(subject) for subject in subjects):
        return True
    return _UNTRUE.search(head.doc[sentence_of(head).start : head.i].text) is not None


def _no(subject: Token) -> bool:
    return subject.lower_ != "one" or any(child.lower_ == "no" for child in subject.children)
