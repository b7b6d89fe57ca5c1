"""An ONNX model of one product: unsigned 8-bit values, less their zero, times signed 8-bit weights.

Written here as the few bytes that it takes (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto): the
weights lie in the model, so that ONNX Runtime puts them in the order in which the processor reads them once,
not at every call.
"""

import numpy as np
import onnxruntime
from numpy.typing import NDArray

_FLOAT, _UINT8, _INT8 = 1, 2, 3
"""Numbers of ONNX's types."""
_IR_VERSION, _OPSET = 8, 17


def product_session(
    weights: NDArray[np.int8], zero: int, step: NDArray[np.float32]
) -> onnxruntime.InferenceSession:
    """Return a session, on one thread, of ``y = ((x - zero) · weights) × step``.

    ``weights`` has the shape (inputs, outputs), ``step`` one number a column. The product is exact, and each
    ``y`` is rounded twice: when it becomes a fraction, and when it is multiplied.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(
        _model(weights, zero, step), options, providers=["CPUExecutionProvider"]
    )


def _model(weights: NDArray[np.int8], zero: int, step: NDArray[np.float32]) -> bytes:
    inputs, outputs = weights.shape
    constants: dict[str, tuple[int, NDArray[np.generic]]] = {
        "w": (_INT8, weights),
        "a": (_FLOAT, np.array(1, dtype=np.float32)),
        "b": (_FLOAT, step),
        "z": (_UINT8, np.array(zero, dtype=np.uint8)),
    }
    product = b"".join(_field(1, name) for name in ("x", *constants))
    product += _field(2, "y") + _field(4, "MatMulIntegerToFloat") + _field(7, "com.microsoft")
    graph = _field(1, product) + _field(2, "product")
    for name, (number, value) in constants.items():
        graph += _field(5, _tensor(name, number, value))
    graph += _field(11, _matrix("x", _UINT8, inputs)) + _field(12, _matrix("y", _FLOAT, outputs))
    operators = (_field(1, "") + _field(2, _OPSET), _field(1, "com.microsoft") + _field(2, 1))
    return _field(1, _IR_VERSION) + _field(7, graph) + b"".join(_field(8, found) for found in operators)


def _tensor(name: str, number: int, value: NDArray[np.generic]) -> bytes:
    shape = b"".join(_field(1, size) for size in value.shape)
    return shape + _field(2, number) + _field(8, name) + _field(9, value.tobytes())


def _matrix(name: str, number: int, columns: int) -> bytes:
    shape = _field(1, _field(2, "rows")) + _field(1, _field(1, columns))
    return _field(1, name) + _field(2, _field(1, _field(1, number) + _field(2, shape)))


def _field(number: int, value: int | str | bytes) -> bytes:
    """Return a field of a Protocol Buffers message."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    content = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])
