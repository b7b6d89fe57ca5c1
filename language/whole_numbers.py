"""Matrix products, attention and activation in whole numbers, to the same bit on every processor.

Sums of fractions depend on their order, and so on the processor; sums of whole numbers do not. Values are
rounded to 8 bits, with a step for each token, weights to 7 with a step for each column (Jacob et al. 2018,
integer-arithmetic-only inference; Dettmers et al. 2022 for the steps). ONNX Runtime multiplies them, in half
the time that fractions take. The eighth bit is left out because older processors add products in pairs, in 16
bits: 2 × 255 × 63 fits, and so does 2 × 127 × 127, where it is the values that have 7.
"""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import onnxruntime
from numpy.typing import NDArray

Fractions = NDArray[np.float32]
_PRODUCT = (
    b'\x08\x08\x12\x00:L\n\x1b\n\x01x\n\x01w\n\x01z\x12\x01y"\rMatMulInteger\x12\x01gZ\t\n\x01x\x12\x04\n\x02'
    b"\x08\x02Z\t\n\x01w\x12\x04\n\x02\x08\x03Z\t\n\x01z\x12\x04\n\x02\x08\x02b\t\n\x01y\x12\x04\n\x02\x08\x06"
    b"B\x04\n\x00\x10\r"
)
"""An ONNX model of one operator: y = (x - z) · w, with x and z of unsigned, w of signed 8 bits."""
_ROWS = 16
"""Rows at a time stay in the processor's cache."""
_STEP = np.float32(1 / 32)
"""Of queries, keys and values."""
_MOST, _MOST_VALUE = 723, 255
"""Steps: 32 products of the first with itself, and 64 of the second with 1,024, sum up to less than 2^24."""
_EXPONENT, _WEIGHT = 128, 1024
"""Attention's exponents are rounded to 1/128, its weights to 1/1,024 of the largest."""
_EXP = np.array([round(_WEIGHT * math.exp(-n / _EXPONENT)) for n in range(_WEIGHT)], dtype=np.float32)
_GELU_STEP, _GELU_FROM, _GELU_TO, _GELU_ADDED = 128, -4, 28, 0.17
"""Places a unit in the table, its first and last unit, and what is added so that nothing is negative."""


@dataclass(frozen=True)
class Quantised:
    """Values of a token each row: ``steps × step``, as unsigned numbers around ``zero``."""

    steps: NDArray[np.uint8]
    step: Fractions
    zero: int


@dataclass(frozen=True)
class Layer:
    """A matrix and a bias: ``weights × step + bias``, a step a column."""

    weights: NDArray[np.int8]
    step: Fractions
    bias: Fractions

    def __call__(self, values: Quantised) -> Fractions:
        """Return the product of ``values`` and the matrix, plus the bias."""
        sums = product(values, self.weights)
        result = np.empty(sums.shape, dtype=np.float32)
        for start in range(0, len(sums), _ROWS):
            rows = slice(start, start + _ROWS)
            self._scaled(sums[rows], values.step[rows], result[rows])
        return result

    def gelu(self, values: Quantised) -> Quantised:
        """Return the product's Gaussian error linear units (Hendrycks and Gimpel 2016), 0.17 added to each.

        For a layer that :func:`gelu_layer` made: its products are places in the units' table.
        """
        sums = product(values, self.weights)
        steps = np.empty(sums.shape, dtype=np.uint8)
        step = np.empty((len(sums), 1), dtype=np.float32)
        for start in range(0, len(sums), _ROWS):
            rows = slice(start, start + _ROWS)
            place = np.empty(sums[rows].shape, dtype=np.float32)
            self._scaled(sums[rows], values.step[rows], place)
            units = np.take(_gelu_table(), place.astype(np.int16), mode="clip")
            most = units.max(axis=1, keepdims=True)
            step[rows] = most / np.float32(127)
            units *= np.float32(127) / most
            steps[rows] = np.rint(units, out=units)
        return Quantised(steps, step, 0)

    def _scaled(self, sums: NDArray[np.int32], step: Fractions, result: Fractions) -> None:
        np.multiply(sums, self.step, out=result, dtype=np.float32, casting="unsafe")
        result *= step
        result += self.bias


def layer(matrix: Fractions, bias: Fractions) -> Layer:
    """Return the layer of ``matrix`` (inputs × outputs) for :func:`quantised` values."""
    return _layer(matrix, bias, 63)


def gelu_layer(matrix: Fractions, bias: Fractions) -> Layer:
    """Return the layer whose products are places in the table of :meth:`Layer.gelu`."""
    found = _layer(matrix, bias, 63)
    steps = np.float32(_GELU_STEP)
    first = np.float32(_GELU_FROM * _GELU_STEP) - np.float32(0.5)
    return Layer(found.weights, found.step * steps, found.bias * steps - first)


def layer_after_gelu(matrix: Fractions, bias: Fractions) -> Layer:
    """Return the layer for what :meth:`Layer.gelu` returns: takes the 0.17 off again."""
    found = _layer(matrix, bias, 127)
    added = found.weights.astype(np.int64).sum(axis=0).astype(np.float32) * found.step
    return Layer(found.weights, found.step, found.bias - np.float32(_GELU_ADDED) * added)


def quantised(values: Fractions) -> Quantised:
    """Return ``values`` rounded to 8 bits, each row with a step of its own."""
    most = np.maximum(values.max(axis=1, keepdims=True), -values.min(axis=1, keepdims=True))
    steps = values * (np.float32(127) / most)
    np.rint(steps, out=steps)
    steps += np.float32(128)
    return Quantised(steps.astype(np.uint8), most / np.float32(127), 128)


def attended(query: Fractions, key: Fractions, value: Fractions) -> Fractions:
    """Return the values weighted by attention, shape (…, tokens, size) as all arguments: at most 64 × 32."""
    query, key, value = (np.rint(part / _STEP) for part in (query, key, value))
    for part, most in ((query, _MOST), (key, _MOST), (value, _MOST_VALUE)):
        np.clip(part, -most, most, out=part)
    alike = query @ key.swapaxes(-1, -2)
    less = alike.max(axis=-1, keepdims=True) - alike
    less *= np.float32(_EXPONENT) * _STEP * _STEP / np.float32(math.sqrt(query.shape[-1]))
    np.minimum(np.rint(less, out=less), np.float32(_WEIGHT - 1), out=less)
    weights = np.take(_EXP, less.astype(np.int16), mode="clip")
    mixed: Fractions = weights @ value
    mixed *= _STEP / weights.sum(axis=-1, keepdims=True)
    return mixed


def _layer(matrix: Fractions, bias: Fractions, most: int) -> Layer:
    step = np.abs(matrix).max(axis=0) / np.float32(most)
    return Layer(np.rint(matrix / step).astype(np.int8, order="C"), step, bias)


def product(values: Quantised, weights: NDArray[np.int8]) -> NDArray[np.int32]:
    """Return the exact product of the ``values``' steps, less their zero, and ``weights``."""
    zero = np.array(values.zero, dtype=np.uint8)
    found: NDArray[np.int32] = _session().run(None, {"x": values.steps, "w": weights, "z": zero})[0]
    return found


@cache
def _session() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(_PRODUCT, options, providers=["CPUExecutionProvider"])


@cache
def _gelu_table() -> Fractions:
    units = [n / _GELU_STEP for n in range(_GELU_FROM * _GELU_STEP, _GELU_TO * _GELU_STEP)]
    return np.array([x * (1 + math.erf(x / math.sqrt(2))) / 2 + _GELU_ADDED for x in units], dtype=np.float32)
