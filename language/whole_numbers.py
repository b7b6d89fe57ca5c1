"""Matrix products, attention and activation in whole numbers, to the same bit on every processor.

Sums of fractions depend on their order, and so on the processor; sums of whole numbers do not. Values are
rounded to 8 bits, with a step for each token, weights to 7 with a step for each column (Jacob et al. 2018,
integer-arithmetic-only inference; Dettmers et al. 2022 for the steps). ONNX Runtime multiplies them, in half
the time that fractions take. The eighth bit is left out because older processors add products in pairs, in 16
bits: 2 × 255 × 63 fits, and so does 2 × 127 × 127, where it is the values that have 7.

What NumPy does between the products goes over some rows at a time, which stay in the processor's cache, and
over what was laid out for it: two arrays of one shape take half the time of a row and a column.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from language.product_model import product_session

Fractions = NDArray[np.float32]
_BLOCK = 65_536
"""So many numbers at a time stay in the processor's cache."""
_ATTENTION_STEPS = 32
"""A unit, of queries, keys and values."""
_MOST, _MOST_VALUE = 723, 255
"""Steps: 32 products of the first with itself, and 64 of the second with 1,024, sum up to less than 2^24."""
_EXPONENT, _WEIGHT = 128, 1024
"""Attention's exponents are rounded to 1/128, its weights to 1/1,024 of the largest."""
_EXP = np.array([round(_WEIGHT * math.exp(-n / _EXPONENT)) for n in range(_WEIGHT)], dtype=np.float32)
_GELU_STEP, _GELU_FROM, _GELU_TO, _GELU_ADDED = 128, -4, 28, 0.17
"""Places a unit in the table, its first and last unit, and what is added so that nothing is negative."""


@dataclass(frozen=True)
class Quantised:
    """Values of a token each row: ``steps × step``; the steps are around 128 or, of units, from 0."""

    steps: NDArray[np.uint8]
    step: Fractions


class Layer:
    """A matrix and a bias: ``weights × step + bias``, a step a column."""

    def __init__(self, weights: NDArray[np.int8], step: Fractions, bias: Fractions, zero: int = 128) -> None:
        """Take ``zero`` as that of the values."""
        self._session = product_session(weights, zero, step)
        self._bias = tiled(bias)

    def product(self, values: Quantised) -> Fractions:
        """Return the product of the ``values``' steps, less their zero, and the matrix."""
        binding = self._session.io_binding()
        binding.bind_cpu_input("x", values.steps)
        found = np.empty((len(values.steps), self._bias.shape[1]), dtype=np.float32)
        binding.bind_output("y", "cpu", 0, np.float32, found.shape, found.ctypes.data)
        self._session.run_with_iobinding(binding)
        return found

    def __call__(self, values: Quantised, added: Fractions | None = None) -> Fractions:
        """Return the product of ``values`` and the matrix, plus the bias, plus what is ``added``."""
        result = self.product(values)
        for rows in blocks(result):
            part = result[rows]
            self._scaled(part, values.step[rows])
            if added is not None:
                part += added[rows]
        return result

    def gelu(self, values: Quantised) -> Quantised:
        """Return the product's Gaussian error linear units (Hendrycks and Gimpel 2016), 0.17 added to each.

        For a layer that :func:`gelu_layer` made: its products are places in the units' table.
        """
        places = self.product(values)
        steps = np.empty(places.shape, dtype=np.uint8)
        step = np.empty((len(places), 1), dtype=np.float32)
        whole, wide = (np.empty(self._bias.shape, dtype=kind) for kind in (np.int32, np.intp))
        for rows in blocks(places):
            units = places[rows]
            self._scaled(units, values.step[rows])
            np.copyto(whole[: len(units)], units, casting="unsafe")
            np.copyto(wide[: len(units)], whole[: len(units)])
            _gelu_table().take(wide[: len(units)], out=units, mode="clip")
            most = units.max(axis=1, keepdims=True)
            step[rows] = most / np.float32(127)
            units *= np.float32(127) / most
            np.copyto(steps[rows], np.rint(units, out=units), casting="unsafe")
        return Quantised(steps, step)

    def _scaled(self, rows: Fractions, step: Fractions) -> None:
        rows *= step
        rows += self._bias[: len(rows)]


def layer(matrix: Fractions, bias: Fractions) -> Layer:
    """Return the layer of ``matrix`` (inputs × outputs) for :func:`quantised` values."""
    return Layer(*_weights(matrix, 63), bias)


def attention_layer(matrix: Fractions, bias: Fractions) -> Layer:
    """Return the layer whose products are queries, keys and values for :func:`attended`."""
    weights, step = _weights(matrix, 63)
    steps = np.float32(_ATTENTION_STEPS)
    return Layer(weights, step * steps, bias * steps)


def gelu_layer(matrix: Fractions, bias: Fractions) -> Layer:
    """Return the layer whose products are places in the table of :meth:`Layer.gelu`."""
    weights, step = _weights(matrix, 63)
    steps = np.float32(_GELU_STEP)
    first = np.float32(_GELU_FROM * _GELU_STEP) - np.float32(0.5)
    return Layer(weights, step * steps, bias * steps - first)


def layer_after_gelu(matrix: Fractions, bias: Fractions) -> Layer:
    """Return the layer for what :meth:`Layer.gelu` returns: takes the 0.17 off again."""
    weights, step = _weights(matrix, 127)
    added = weights.astype(np.int64).sum(axis=0).astype(np.float32) * step
    return Layer(weights, step, bias - np.float32(_GELU_ADDED) * added, zero=0)


def quantised(values: Fractions, times: Fractions | None = None) -> Quantised:
    """Return ``values``, or ``values * times``, rounded to 8 bits, each row with a step of its own.

    ``times``: :func:`tiled`.
    """
    steps = np.empty(values.shape, dtype=np.int8)
    step = np.empty((len(values), 1), dtype=np.float32)
    block = (_rows(values.shape[1]), values.shape[1])
    first, second = (np.empty(block, dtype=np.float32) for _ in range(2))
    for rows in blocks(values):
        part = values[rows]
        scaled = second[: len(part)]
        if times is not None:
            part = np.multiply(part, times[: len(part)], out=first[: len(part)])
        most = np.abs(part, out=scaled).max(axis=1, keepdims=True)
        step[rows] = most / np.float32(127)
        np.multiply(part, np.float32(127) / most, out=scaled)
        np.copyto(steps[rows], np.rint(scaled, out=scaled), casting="unsafe")
    unsigned = steps.view(np.uint8)
    unsigned ^= 128
    return Quantised(unsigned, step)


def attended(projected: Fractions, heads: int) -> Fractions:
    """Return the values weighted by attention, of texts of one length.

    ``projected``, shape (texts, tokens, 3 × width), are queries, keys and values side by side, each of all
    heads, in steps of 1/32; at most 64 tokens, at most 32 numbers a head. Returned: a row a token.
    """
    texts, tokens, width = projected.shape
    query, key, value = projected.reshape(texts, tokens, 3, heads, -1).transpose(2, 0, 3, 1, 4)
    # The keys come first, so that what is done for all keys of a query goes along whole rows.
    alike = np.empty((tokens, texts, heads, tokens), dtype=np.float32)
    np.matmul(key, query.swapaxes(-1, -2), out=alike.transpose(1, 2, 0, 3))
    np.subtract(alike.max(axis=0), alike, out=alike)
    size = width // 3 // heads
    alike *= np.float32(_EXPONENT) / np.float32(_ATTENTION_STEPS**2) / np.float32(math.sqrt(size))
    weights = np.take(
        _EXP, np.rint(alike, out=alike).astype(np.int32).astype(np.intp), out=alike, mode="clip"
    )
    mixed = np.empty((texts, tokens, heads, size), dtype=np.float32)
    np.matmul(weights.transpose(1, 2, 3, 0), value, out=mixed.transpose(0, 2, 1, 3))
    mixed *= (np.float32(1 / _ATTENTION_STEPS) / weights.sum(axis=0)).transpose(0, 2, 1)[..., None]
    return mixed.reshape(texts * tokens, width // 3)


def rounded_for_attention(projected: Fractions) -> None:
    """Round what :func:`attention_layer` returned to whole steps, and cut off what sums could not hold."""
    width = projected.shape[1] // 3
    most = np.repeat(np.array([_MOST, _MOST, _MOST_VALUE], dtype=np.float32), width)
    most = tiled(most)
    for block in blocks(projected):
        rows = projected[block]
        np.rint(rows, out=rows)
        np.minimum(rows, most[: len(rows)], out=rows)
        np.maximum(rows, -most[: len(rows)], out=rows)


def _rows(columns: int) -> int:
    return max(1, _BLOCK // columns)


def tiled(row: Fractions) -> Fractions:
    """Return ``row`` as often as a block of :func:`blocks` has rows."""
    return np.tile(row, (_rows(len(row)), 1))


def blocks(values: Fractions) -> Iterator[slice]:
    """Yield the rows of ``values`` block by block."""
    rows = _rows(values.shape[1])
    for start in range(0, len(values), rows):
        yield slice(start, start + rows)


def _weights(matrix: Fractions, most: int) -> tuple[NDArray[np.int8], Fractions]:
    step = np.abs(matrix).max(axis=0) / np.float32(most)
    return np.rint(matrix / step).astype(np.int8, order="C"), step


@cache
def _gelu_table() -> Fractions:
    units = [n / _GELU_STEP for n in range(_GELU_FROM * _GELU_STEP, _GELU_TO * _GELU_STEP)]
    return np.array([x * (1 + math.erf(x / math.sqrt(2))) / 2 + _GELU_ADDED for x in units], dtype=np.float32)
