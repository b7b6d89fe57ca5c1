"""Texts are parsed the same alone and together, and no sentence is endless."""

import pytest
from spacy.tokens import Doc

from language import parsing
from language.clauses import clauses, clauses_of
from language.parsing import LONGEST_STRETCH, parse, parsed_together

TEXTS = (
    "Last spring a colleague fell behind, so I sat down with her for two evenings.",
    "",
    "um so we we had this release and then I wrote the list and he said that nobody had asked me and so I "
    "asked the whole team and they told me what was missing and I fixed it",
    "🙂",
    "He said: “I did it.” I called him.",
)


def said(doc: Doc) -> list[tuple[str, str, str, int, str, bool | None]]:
    return [(t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_, t.is_sent_start) for t in doc]


def test_texts_are_parsed_together_as_they_are_alone() -> None:
    many = [*TEXTS, " ".join([TEXTS[0]] * 20), *TEXTS]
    for text, doc in zip(many, parsed_together(many), strict=True):
        alone = parse(text)
        assert said(doc) == said(alone)
        assert clauses_of(doc, text) == clauses(text)


def test_a_text_parsed_in_pieces_keeps_its_words_and_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "PARSED_TOGETHER", 40)
    story = "I called  her.\nShe said: “Come.” Then I went there 🙂 and fixed it"
    for text in (". ".join([story] * 20), " ".join([story] * 20), "so " * 90, " " * 90, "a" * 90):
        [doc] = parsed_together([text])
        assert len(doc.text) == len(text)
        assert all(doc.text[t.idx : t.idx + len(t)] == t.text for t in doc)
        assert [t.text for t in doc if t.text == "🙂"] == ["🙂"] * text.count("🙂")
    text = ". ".join([story] * 20)
    [doc] = parsed_together([text])
    credited = [clause for clause in clauses_of(doc, text) if clause.credited]
    assert [clause.verb for clause in credited] == ["call", "go", "fix"] * 20


def test_words_without_an_end_are_cut_into_sentences() -> None:
    endless = "he said " + "that she said " * 150
    longest = max(len(sentence) for sentence in parse(endless).sents)
    assert longest <= LONGEST_STRETCH + 4


def test_only_the_words_between_quotation_marks_are_quoted() -> None:
    told = [(clause.verb, clause.speech_act) for clause in clauses(TEXTS[-1])]
    assert ("do", "quoted") in told
    assert ("call", "narrated") in told
