"""Sentence vectors, in whole numbers: no sum is cut off, and what they round stays near what was meant."""

import math
import re

import numpy as np
import pytest

from language.sentence_vectors import DIMENSIONS, Part, each_text_once, encoder
from language.whole_numbers import (
    attended,
    gelu_layer,
    layer,
    layer_after_gelu,
    quantised,
    rounded_for_attention,
)

RANDOM = np.random.default_rng(7)


def some(*shape: int) -> np.ndarray:
    return RANDOM.normal(size=shape).astype(np.float32)


def test_the_largest_products_are_not_cut_off() -> None:
    ones = np.ones((3, DIMENSIONS), dtype=np.float32)
    added = layer(np.ones((DIMENSIONS, 5), dtype=np.float32), np.zeros(5, dtype=np.float32))
    assert added(quantised(ones)) == pytest.approx(DIMENSIONS, rel=1e-6)
    assert added(quantised(-ones)) == pytest.approx(-DIMENSIONS, rel=1e-6)


def test_two_layers_with_the_activation_between_come_near_those_in_fractions() -> None:
    values, first, second = some(40, DIMENSIONS), some(DIMENSIONS, 64) / 20, some(64, 16)
    biases = some(64), some(16)
    inner = values @ first + biases[0]
    units = inner * (1 + np.vectorize(math.erf)(inner / math.sqrt(2))) / 2
    meant = units @ second + biases[1]
    found = layer_after_gelu(second, biases[1])(gelu_layer(first, biases[0]).gelu(quantised(values)))
    assert np.abs(found - meant).max() < 0.03 * np.abs(meant).max()


def test_attention_comes_near_that_in_fractions() -> None:
    projected = some(18, 3 * 96)
    query, key, value = projected.reshape(2, 9, 3, 3, 32).transpose(2, 0, 3, 1, 4)
    weights = np.exp(query @ key.swapaxes(-1, -2) / math.sqrt(32))
    meant = weights / weights.sum(axis=-1, keepdims=True) @ value
    steps = 32 * projected
    rounded_for_attention(steps)
    found = attended(steps.reshape(2, 9, -1), heads=3).reshape(2, 9, 3, 32).transpose(0, 2, 1, 3)
    assert np.abs(found - meant).max() < 0.06


def test_what_attention_sums_is_cut_off_where_sums_could_not_hold_it() -> None:
    projected = np.array([[5000.6, -5000.6, 12.4, -9000, 900, -300]], dtype=np.float32)
    rounded_for_attention(projected)
    assert projected.tolist() == [[723, -723, 12, -723, 255, -255]]


def test_what_means_nearly_the_same_is_near_and_dot_products_are_exact() -> None:
    texts = [
        "I rang the customer and apologised",
        "I phoned the client to say sorry",
        "The museum has a cafe",
        "",
    ]
    vectors = encoder().encode(texts)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=0.005)
    similar = vectors @ vectors.T
    assert similar[0, 1] > 0.6 > 0.2 > similar[0, 2]
    assert (similar == vectors.astype(np.float64) @ vectors.T.astype(np.float64)).all()


def test_a_text_has_the_same_vector_whatever_is_encoded_beside_it() -> None:
    texts = [" ".join(["I", *["checked the list again"] * count]) for count in range(1, 30)]
    together = encoder().encode(texts)
    assert all(
        (encoder().encode([text])[0] == vector).all() for text, vector in zip(texts, together, strict=True)
    )


def without(text: str, *left_out: str) -> Part:
    words = [(found.start(), found.end()) for found in re.finditer(r"\w+", text)]
    return Part(text, tuple((start, end) for start, end in words if text[start:end] not in left_out))


def test_parts_without_the_nouns_are_nearer_to_each_other_than_their_texts() -> None:
    bakery, ward = "I asked the baker about the oven", "I asked the nurse about the ward"
    parts = encoder().encode([without(bakery, "baker", "oven"), without(ward, "nurse", "ward")])
    texts = encoder().encode([bakery, ward])
    assert parts[0] @ parts[1] > texts[0] @ texts[1] + 0.1


def test_a_part_has_the_same_vector_whether_its_text_is_asked_for_or_not() -> None:
    part = without("I rang the customer and told her the price", "customer", "price")
    alone = encoder().encode([part])[0]
    assert (encoder().encode(["You rang", part, part.text, part])[[1, 3]] == alone).all()
    with each_text_once():
        encoder().encode_ahead([part])
        text, again = encoder().encode([part.text, part])
    assert (again == alone).all()
    assert (text == encoder().encode([part.text])[0]).all()


def test_a_part_without_words_is_its_whole_text() -> None:
    text = "customers, prices"
    assert (np.diff(encoder().encode([Part(text, ()), Part(text, ((0, 9), (9, 17)))]), axis=0) != 0).any()
    whole, empty = encoder().encode([text, Part(text, ())])
    assert (whole == empty).all()
    assert (encoder().encode([Part("", ())]) == encoder().encode([""])).all()
