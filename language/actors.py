"""Who did what a verb says: the subject that the parse shows, and the one that it leaves out.

Speakers share a subject between verbs ("I tried to help"), list acts, and name the doer in a cleft
("what I did was call her").
"""

from typing import Literal

from spacy.tokens import Token

from language.sentences import sentence_of

Actor = Literal["i", "we", "other", "generic"]

FIRST = frozenset({"i", "me", "myself"})
_FIRST_PLURAL = frozenset({"we", "us", "ourselves"})
_GENERIC = frozenset({"you", "one", "people", "everyone", "everybody", "anyone", "someone", "somebody"})
REALISING_ADJECTIVES = frozenset({"able", "quick", "glad", "happy", "lucky", "sure"})
_CLEFT_NOUNS = frozenset(
    {"thing", "step", "move", "reaction", "response", "solution", "answer", "decision", "action"}
)
_TAKING = frozenset({"hear", "learn", "get", "receive", "have"})
"""What is taken from somebody, that one gave: "she heard it from me"."""
_SAID_BY_NOUN = {
    "question": "ask",
    "request": "ask",
    "suggestion": "suggest",
    "proposal": "propose",
    "offer": "offer",
    "answer": "answer",
    "reply": "answer",
    "apology": "apologise",
    "advice": "advise",
    "explanation": "explain",
}
"""What is said, by the noun that names the saying: "my question was what he needed"."""


def subject_of(head: Token) -> Token | None:
    """Return the subject, inherited by coordination and by verbs that share it ("I tried to help")."""
    token: Token = head
    for _ in range(6):
        cleft = cleft_doer(token)
        if cleft is not None:
            return cleft
        for child in token.children:
            if child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl"):
                return child
        if listed_act(token):
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
            token = verb_above(token)
        else:
            return None
    return None


def cleft_doer(verb: Token) -> Token | None:
    """Return the doer of an act told in a cleft: "what I did was call her", "my first step was to ask"."""
    done = next((c for c in verb.children if c.dep_ == "csubjpass" and c.lemma_.lower() == "do"), None)
    if done is not None:  # "What I did was put up a tent": the parser takes "was put" for a passive.
        return next((c for c in done.children if c.dep_ == "nsubj" and c.lower_ in ("i", "we")), None)
    be = verb.head
    if verb.tag_ != "VB" or verb.dep_ not in ("ccomp", "xcomp", "attr") or be.lower_ not in ("was", "were"):
        return None
    told = next((c for c in be.children if c.dep_ in ("nsubj", "csubj") and c.i < be.i), None)
    if told is None or (told.lemma_.lower() != "do" and told.lemma_.lower() not in _CLEFT_NOUNS):
        return None
    doers = [t for t in told.subtree if t.lower_ in ("i", "we", "my", "our", "he", "she", "they", "you")]
    return doers[0] if doers and doers[0].lower_ in ("i", "we", "my", "our") else None


def listed_act(token: Token) -> bool:
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


def verb_above(token: Token) -> Token:
    """Return what governs ``token``, past a preposition ("by asking") or "able" ("was able to")."""
    above = token.head
    if above.pos_ == "ADP" or (above.dep_ == "acomp" and above.lemma_.lower() in REALISING_ADJECTIVES):
        above = above.head
    return above


def infinitive(head: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in head.children)


def passive(head: Token) -> bool:
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in head.children)


def actor_of(subject: Token | None, head: Token) -> Actor:
    if subject is None:
        # Spoken answers drop the subject: "Called the customer back". An imperative has no past form.
        return "i" if head.tag_ == "VBD" and head.i == sentence_of(head).start else "generic"
    if passive(head) and subject.dep_ == "nsubjpass":
        agent = next((c for c in head.children if c.dep_ == "agent"), None)
        named = {token.lower_ for token in agent.subtree} if agent is not None else set()
        return "i" if "me" in named else "we" if "us" in named else "other"
    words = {subject.lower_} | {child.lower_ for child in subject.children if child.dep_ == "conj"}
    if words & FIRST or subject.lower_ == "my":
        return "i"
    if (
        words & _FIRST_PLURAL
        or subject.lower_ == "our"
        or (subject.lower_ == "team" and any(c.lower_ in ("my", "our") for c in subject.children))
    ):
        return "we"
    given = _given_by(head)
    if given is not None:
        return given
    if said_by_noun(head) is not None:
        return "we" if any(child.lower_ == "our" for child in subject.children) else "i"
    return "generic" if words & _GENERIC else "other"


def _given_by(head: Token) -> Actor | None:
    """Return whose act it was of what somebody took from the speaker: "they got the list from us"."""
    if head.lemma_.lower() not in _TAKING or any(child.dep_ == "neg" for child in head.children):
        return None
    taken = [head, *(child for child in head.children if child.dep_ in ("dobj", "obj"))]
    givers = (
        giver.lower_
        for place in taken
        for child in place.children
        if child.dep_ == "prep" and child.lower_ == "from"
        for giver in child.children
    )
    return next(("i" if giver == "me" else "we" for giver in givers if giver in ("me", "us")), None)


def said_by_noun(head: Token) -> str | None:
    """Return the verb of what the speaker said, where a noun names it: "my suggestion was to wait"."""
    if head.lemma_.lower() != "be":
        return None
    for child in head.children:
        if child.dep_ == "nsubj" and any(c.lower_ in ("my", "our") for c in child.children):
            return _SAID_BY_NOUN.get(child.lemma_.lower())
    return None
