"""Parts of speech, morphology and lemmas: what spaCy's attribute ruler and lemmatizer say, asked once each.

The rules of the English models look at a word, its tag and its place in the parse, a few at two words that
stand together. So the same word in the same use has the same forms wherever it stands; spaCy goes through all
its rules at every word, which takes as long as the parse itself.
"""

import re
from collections.abc import Sequence
from typing import Any, cast

from spacy.attrs import DEP, LOWER, ORTH, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc, Token

_READ = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
_WRITTEN = frozenset({"TAG", "POS", "MORPH", "LEMMA", "DEP"})
MOST = 200_000
"""Words in a use that are remembered."""

Use = tuple[int, int, int]
"""A word (0: one that no rule names), its tag and its dependency."""
Forms = tuple[int, Any, int, int, int]
"""Part of speech, morphology, lemma (0: the lemmatizer's), tag and dependency."""


class WordForms:
    """Writes into parsed texts what the attribute ruler and the lemmatizer of a pipeline would write."""

    def __init__(self, pipeline: Language) -> None:
        """Raise ValueError if the ruler's rules look at anything but words, tags and dependencies."""
        self._vocab = pipeline.vocab
        self._ruler = cast(AttributeRuler, pipeline.get_pipe("attribute_ruler"))
        self._lemmatizer = cast(Lemmatizer, pipeline.get_pipe("lemmatizer"))
        index = self._lemmatizer.lookups.get_table("lemma_index")
        for part_of_speech in list(index):  # Lists of thousands of words, in which each form is sought.
            index[part_of_speech] = frozenset(index[part_of_speech])
        self._together = Matcher(self._vocab)
        self._named: set[str] = set()
        self._patterns: list[re.Pattern[str]] = []
        rules = cast(list[dict[str, Any]], self._ruler.patterns)
        for rule in rules:
            if not rule["attrs"].keys() <= _WRITTEN:
                raise ValueError(f"unknown rule: {rule}")
            for pattern in rule["patterns"]:
                self._read(pattern)
        self._words: dict[int, int] = {}
        self._forms: dict[tuple[Use, ...], Sequence[Forms]] = {}
        self._lemmas: dict[tuple[int, int, int], int] = {}

    def _read(self, pattern: Sequence[dict[str, Any]]) -> None:
        if any(not word.keys() <= _READ for word in pattern):
            raise ValueError(f"unknown rule: {pattern}")
        if len(pattern) > 1:
            self._together.add("together", [list(pattern)])
        for said in (word["LOWER"] for word in pattern if "LOWER" in word):
            if isinstance(said, str):
                self._named.add(said)
            elif said.keys() == {"IN"}:
                self._named.update(said["IN"])
            elif said.keys() == {"REGEX"}:
                self._patterns.append(re.compile(said["REGEX"]))
            else:
                raise ValueError(f"unknown rule: {pattern}")

    def __call__(self, doc: Doc) -> Doc:
        """Write the forms into ``doc``, which has tags and, if it is parsed, dependencies."""
        if len(self._forms) + len(self._lemmas) > MOST:
            self._forms.clear()
            self._lemmas.clear()
        rows = doc.to_array([ORTH, LOWER, TAG, DEP]).tolist() if len(doc) else []
        words = self._words
        uses = [
            (words[lower] if lower in words else self._word(lower), tag, dep) for _, lower, tag, dep in rows
        ]
        units = [(place, place + 1) for place in range(len(rows))]
        for _, start, end in self._together(doc, allow_missing=True):
            first, last = units[start][0], units[end - 1][1]
            units[first:last] = [(first, last)] * (last - first)
        tokens = list(doc)
        lemmas = self._lemmas
        for place, token in enumerate(tokens):
            start, end = units[place]
            unit = tuple(uses[start:end])
            forms = self._forms.get(unit)
            if forms is None:
                forms = self._forms[unit] = self._looked_up(tokens[start:end])
            pos, morph, lemma, tag, dep = forms[place - start]
            token.pos, token.morph = pos, morph
            if tag != uses[place][1]:
                token.tag = tag
            if dep != uses[place][2]:
                token.dep = dep
            if lemma == 0:
                key = (rows[place][0], pos, morph.key)
                lemma = lemmas.get(key, 0)
                if lemma == 0:
                    lemma = lemmas[key] = self._vocab.strings.add(self._lemmatizer.lemmatize(token)[0])
            token.lemma = lemma
        return doc

    def _word(self, lower: int) -> int:
        """Return ``lower`` if a rule may name the word, else 0."""
        text = self._vocab.strings[lower]
        named = text in self._named or text.isspace() or any(p.search(text) for p in self._patterns)
        self._words[lower] = lower if named else 0
        return self._words[lower]

    def _looked_up(self, tokens: Sequence[Token]) -> list[Forms]:
        """Return what the ruler says of ``tokens`` in a text of their own."""
        doc = Doc(
            self._vocab,
            words=[token.text for token in tokens],
            tags=[token.tag_ for token in tokens],
            deps=[token.dep_ for token in tokens],
            heads=list(range(len(tokens))),
        )
        self._ruler(doc)
        return [(token.pos, token.morph, token.lemma, token.tag, token.dep) for token in doc]
