"""Statements: what one clause says, as the techniques read it."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from language.actors import passive
from language.clauses import Clause
from language.sentence_vectors import Part

LONG_SENTENCE = 240
"""Characters; longer ones are transcripts without punctuation, where the clause itself is the quote."""
AROUND = 90
MAX_TOKENS = 26
_NAMING = frozenset({"NOUN", "PROPN", "NUM"})
_FULL_STOPS = frozenset({".", "!", "?", "…", ";"})
_AS_SINGULAR = {"we": "I", "us": "me", "our": "my", "ours": "mine", "ourselves": "myself"}
"""People and cultures differ in whether they say "we" of their own work: it must not matter."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause with the words that belong to it."""

    clause: Clause
    start: int
    """First character to quote: the clause with its dependent clauses, not the sentence around it."""
    end: int
    text: str
    """The clause with its dependent clauses, without those that are coordinated; "we" reads "I"; empty for a
    clause that is part of another credited clause's text."""
    bare: Part
    """``text`` without its nouns: what is done, whatever the trade."""
    lemmas: str
    """Lemmas of the sentence in order, between single spaces, for phrase search."""


def statement(doc: Doc, clause: Clause, credited_heads: frozenset[int]) -> Statement:
    """Return the statement of ``clause``."""
    head = doc[clause.head]
    text, bare = ("", Part("", ())) if _within_another(head, credited_heads) else said(head)
    return Statement(clause, *quoted(doc, clause), text, bare, lemma_line(doc, *surroundings(doc, clause)))


def denied_statement(doc: Doc, clause: Clause) -> Statement:
    """Return the statement of a denied ``clause``; its text says what was denied: "I told her"."""
    head = doc[clause.head]
    line = lemma_line(doc, *surroundings(doc, clause))
    return Statement(clause, *quoted(doc, clause), *said(head, affirmed=True), line)


def quoted(doc: Doc, clause: Clause) -> tuple[int, int]:
    """Return the first character and the one after the last of what shows ``clause``."""
    first = last = clause.head
    phrase = {t.i for t in _phrase(doc[clause.head])}
    # A full stop ends the quote even where the parser reads on.
    while first > min(phrase) and doc[first - 1].text not in _FULL_STOPS:
        first -= 1
    while last < max(phrase) and doc[last + 1].text not in _FULL_STOPS:
        last += 1
    while first < clause.head and (doc[first].is_punct or doc[first].is_space or doc[first].dep_ == "cc"):
        first += 1
    while last > clause.head and (doc[last].is_punct or doc[last].is_space or doc[last].dep_ == "cc"):
        last -= 1
    start, end = doc[first].idx, doc[last].idx + len(doc[last].text)
    return (start, end) if end - start <= LONG_SENTENCE else (clause.start, clause.end)


def surroundings(doc: Doc, clause: Clause) -> tuple[int, int]:
    """Return the stretch in which a word belongs to ``clause``: its sentence, or some words around."""
    if clause.sentence_end - clause.sentence_start <= LONG_SENTENCE:
        return clause.sentence_start, clause.sentence_end
    last = doc[-1]
    length = last.idx + len(last.text_with_ws)  # The text itself is put together anew at every look.
    return max(0, clause.start - AROUND), min(length, clause.end + AROUND)


def lemma_line(doc: Doc, start: int, end: int) -> str:
    """Return the lemmas between two offsets.

    Pronouns stay as they are: "her" is a person that somebody helped, "she" one who acted.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    tokens = [token for token in span or () if not token.is_punct and not token.is_space]
    return " " + " ".join(t.lower_ if t.pos_ == "PRON" else t.lemma_.lower() for t in tokens) + " "


def content_lemmas(doc: Doc, start: int, end: int) -> frozenset[str]:
    """Return the lemmas of the content words between two offsets."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return frozenset(t.lemma_.lower() for t in span or () if t.is_alpha and not t.is_stop)


def _within_another(head: Token, credited_heads: frozenset[int]) -> bool:
    token = head
    while token.head.i != token.i:
        if _stands_alone(token, token.head):
            return False
        token = token.head
        if token.i in credited_heads:
            return True
    return False


def said(head: Token, *, affirmed: bool = False) -> tuple[str, Part]:
    """Return the clause that ``head`` heads, with its dependent clauses, as it is compared with examples.

    And once more without its nouns.

    ``affirmed``: without the words that deny it: "I told her" for "I should have told her".
    """
    tokens = _as_active(head, sorted(_phrase(head), key=lambda token: token.i))
    if affirmed:
        denying = {c.i for c in head.children if c.dep_ in ("neg", "aux") or c.lower_ == "never"}
        tokens = [token for token in tokens if token.i not in denying]
    if len(tokens) > MAX_TOKENS:
        place = next(index for index, token in enumerate(tokens) if token.i == head.i)
        start = max(0, min(place - MAX_TOKENS // 3, len(tokens) - MAX_TOKENS))
        tokens = tokens[start : start + MAX_TOKENS]
    subject = any(child.dep_ in ("nsubj", "nsubjpass") for child in head.children) and not _by_me(head)
    first = "" if subject else "I "
    left_out = _without_what(head)
    text, bare = first, [(0, 1)] if first else []
    for token in tokens:
        if token.i not in left_out:
            word = _AS_SINGULAR.get(token.lower_, token.text)
            if _is_bare(token):
                bare.append((len(text), len(text) + len(word)))
            text += f"{word} "
    text = text.removesuffix(" ")
    return text, Part(text, tuple(bare))


def _without_what(head: Token) -> set[int]:
    """Return the words that say what was left out: "without giving her a new one", "without his money".

    They name what was not done. "Without being asked" and "without a break" belong to the act.
    """
    found: set[int] = set()
    for child in head.children:
        if child.lower_ != "without":
            continue
        for what in child.children:
            another = any(c.dep_ == "poss" and c.lower_ not in ("my", "our") for c in what.children)
            if (what.dep_ == "pcomp" and not passive(what)) or another:
                found |= {token.i for token in child.subtree}
    return found


def without_nouns(doc: Doc) -> Part:
    """Return the words of ``doc`` that are no nouns, names or numbers."""
    return Part(doc.text, tuple((token.idx, token.idx + len(token)) for token in doc if _is_bare(token)))


def _is_bare(token: Token) -> bool:
    return token.pos_ not in _NAMING and not token.is_punct and not token.is_space


def _by_me(head: Token) -> list[Token]:
    """Return "by me" of a passive, or "by us"."""
    for child in head.children:
        if child.dep_ == "agent" and any(token.lower_ in ("me", "us") for token in child.children):
            return list(child.subtree)
    return []


def _as_active(head: Token, tokens: list[Token]) -> list[Token]:
    """Return the words of "the list was written by me" in the order of "written the list"."""
    by_me = _by_me(head)
    if not by_me:
        return tokens
    dropped = {t.i for t in by_me} | {c.i for c in head.children if c.dep_ == "auxpass"}
    done = {t.i for c in head.children if c.dep_ == "nsubjpass" for t in c.subtree}
    return [
        head,
        *(t for t in tokens if t.i in done),
        *(t for t in tokens if t.i not in dropped | done | {head.i}),
    ]


def _phrase(head: Token) -> list[Token]:
    found, stack = [], [head]
    while stack:
        token = stack.pop()
        if not token.is_space and not (token.is_punct and token.text not in "'-"):
            found.append(token)
        stack.extend(child for child in token.children if not _stands_alone(child, token))
    return found


def _stands_alone(child: Token, parent: Token) -> bool:
    if child.dep_ == "conj":
        return parent.pos_ in ("VERB", "AUX") and child.pos_ in ("VERB", "AUX")
    if child.dep_ == "cc":
        return parent.pos_ in ("VERB", "AUX")
    return child.dep_ in ("parataxis", "intj") or (child.dep_ == "ccomp" and child.i < parent.i)
