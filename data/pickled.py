"""Read a NumPy array from a pickle file without letting the file run code."""

from __future__ import annotations

import io
import pickle
import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_PLAIN_DTYPE = re.compile(r"b1|[iu][1248]|f[248]|c8|c16")
_BYTE_ORDERS = ("|", "<", ">", "=")


class PickledArrayError(Exception):
    """A pickle file holds something other than one array of plain numbers; the message says what."""


def load_pickled_array(path: str | Path) -> NDArray[Any]:
    """Return the one array of booleans or numbers that a pickle file holds.

    The file never sees NumPy: each name that a pickled array asks for is answered with a harmless
    stand-in of this module, and any other name is refused, so that no code of the file's choice runs.
    (A hostile file may still ask for much memory.) Raises PickledArrayError for any other content.
    """
    try:
        found = _ArrayUnpickler(io.BytesIO(Path(path).read_bytes())).load()
    except PickledArrayError as error:
        raise PickledArrayError(f"{path}: {error}") from None
    except OSError:
        raise
    except Exception as error:  # a damaged pickle may raise nearly anything
        raise PickledArrayError(f"{path} is no pickled array: {type(error).__name__}: {error}") from error
    if isinstance(found, _Array) and found.values is not None:
        return found.values
    raise PickledArrayError(f"{path} holds no array of numbers but an object of type {type(found).__name__}.")


class _Dtype:
    """Stands in for ``numpy.dtype``."""

    def __init__(self, code: str, align: bool = False, copy: bool = True) -> None:
        if not _PLAIN_DTYPE.fullmatch(code):
            raise PickledArrayError(f'arrays of dtype "{code}" are refused; only booleans and numbers are read.')
        self.plain = np.dtype(code)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        if state[1] not in _BYTE_ORDERS:
            raise PickledArrayError("the dtype has no known byte order.")
        self.plain = self.plain.newbyteorder(state[1])


class _Array:
    """Stands in for the function by which NumPy rebuilds an array, and for the array itself."""

    values: NDArray[Any] | None = None

    def __init__(self, kind: Any, shape: Any, code: Any) -> None:
        if kind is not _ArrayType:
            raise PickledArrayError("only plain arrays are read, no subclass.")

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        _, shape, dtype, columns_first, content = state
        self.values = _filled(content, dtype, shape, "F" if columns_first else "C")


class _Frombuffer:
    """Stands in for the function by which pickle protocol 5 rebuilds a contiguous array."""

    def __new__(cls, content: Any, dtype: Any, shape: Any, order: Any) -> Any:
        array = _Array(_ArrayType, (0,), b"b")
        array.values = _filled(content, dtype, shape, order)
        return array

    def __setstate__(self, state: Any) -> None:
        raise PickledArrayError("a buffer takes no state.")


class _Encode:
    """Stands in for ``_codecs.encode``, by which the oldest protocols spell bytes."""

    def __new__(cls, text: str, encoding: str) -> Any:
        if encoding != "latin1":
            raise PickledArrayError(f'bytes in the encoding "{encoding}" are refused.')
        return text.encode("latin1")

    def __setstate__(self, state: Any) -> None:
        raise PickledArrayError("bytes take no state.")


class _Empty:
    """Stands in for ``bytes``, which the oldest protocols call for an empty array."""

    def __new__(cls) -> Any:
        return b""

    def __setstate__(self, state: Any) -> None:
        raise PickledArrayError("bytes take no state.")


class _ArrayType:
    """Stands in for ``numpy.ndarray``, which a pickled array names but never calls."""

    def __init__(self) -> None:
        raise PickledArrayError("an array is not made by calling its type.")

    def __setstate__(self, state: Any) -> None:
        raise PickledArrayError("a type takes no state.")


_STAND_INS: dict[tuple[str, str], type] = {
    ("numpy", "ndarray"): _ArrayType,
    ("numpy", "dtype"): _Dtype,
    ("numpy.core.multiarray", "_reconstruct"): _Array,
    ("numpy._core.multiarray", "_reconstruct"): _Array,
    ("numpy.core.numeric", "_frombuffer"): _Frombuffer,
    ("numpy._core.numeric", "_frombuffer"): _Frombuffer,
    ("_codecs", "encode"): _Encode,
    ("__builtin__", "bytes"): _Empty,
    ("builtins", "bytes"): _Empty,
}


class _ArrayUnpickler(pickle.Unpickler):
    """Knows the stand-ins above and no other name."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _STAND_INS:
            raise PickledArrayError(f"it asks for {module}.{name}, which no array of numbers needs; refused.")
        return _STAND_INS[module, name]


def _filled(content: Any, dtype: Any, shape: Any, order: Any) -> NDArray[Any]:
    if not isinstance(dtype, _Dtype):
        raise PickledArrayError("the array has no dtype.")
    if not isinstance(content, bytes | bytearray):
        raise PickledArrayError("the array's content is not bytes.")
    return np.frombuffer(content, dtype.plain).reshape(shape, order=order).copy()
