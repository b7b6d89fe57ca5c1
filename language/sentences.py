"""The sentences of a parsed text, found and put together once: spaCy does both anew at every look."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

_KNOWN = "aila.sentences"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``start`` to ``end`` of a text, which are its characters ``start_char`` to ``end_char``."""

    start: int
    end: int
    start_char: int
    end_char: int
    text: str


def sentence_of(token: Token) -> Sentence:
    """Return the sentence that ``token`` is in."""
    known = token.doc.user_data.get(_KNOWN)
    if known is None:
        known = token.doc.user_data[_KNOWN] = _sentences(token.doc)
    found: Sentence = known[token.i]
    return found


def _sentences(doc: Doc) -> list[Sentence]:
    """Return for each token its sentence."""
    text = doc.text
    found: list[Sentence] = []
    for span in doc.sents:
        start, end = span.start_char, span.end_char
        found += [Sentence(span.start, span.end, start, end, text[start:end])] * len(span)
    return found
