"""Word forms are spaCy's own, whichever words stand together and however often they were asked for."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from language import word_forms
from language.parsing import parsed_together, parser, prepared, tagged
from language.word_forms import WordForms

TEXTS = (
    "There's a customer and there was another; it is what it is, y'all, let's go on, c'm on.",
    "I ain't gonna do it, I gotta run and we can't, won't, shan't or couldn't've known.",
    "nothin' doin', goin' to tell 'em somethin', 'nuff said of the ol' days",
    "She had done what she did, I have had it, they'd do it again, do you have it?",
    "The data were worse, the best of children got better leaves; he saw, I was lying, they lay.",
    "  spaces \n and\ttabs  ",
    "🙂 10,000 3rd $5 e.g. U.S. 9:30pm <b> http://a.example",
    "I GOT IT. He gets it, but that, which that one gave us, is what those are.",
    "",
)


def forms(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.text, t.tag_, t.pos_, t.dep_, t.lemma_, str(t.morph), t.is_sent_start) for t in doc]


def as_spacy_writes_them(text: str, pipeline: Language) -> list[tuple[object, ...]]:
    return forms(pipeline(prepared(text)))


def test_forms_are_those_of_the_ruler_and_the_lemmatizer() -> None:
    for _ in range(2):  # Looked up, then remembered.
        for text, doc in zip(TEXTS, parsed_together(TEXTS), strict=True):
            assert forms(doc) == as_spacy_writes_them(text, parser())


def test_forms_without_a_parse_are_the_same_too() -> None:
    with parser().select_pipes(disable=["parser"]):
        meant = [forms(doc) for doc in parser().pipe(TEXTS)]
    assert [forms(doc) for doc in tagged(TEXTS)] == meant


def test_what_is_remembered_is_forgotten_when_it_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_forms, "MOST", 3)
    write = WordForms(parser())
    for text in TEXTS:
        doc = next(parser().pipe([prepared(text)], disable=["attribute_ruler", "lemmatizer"]))
        assert forms(write(doc)) == as_spacy_writes_them(text, parser())
