"""Reading arrays out of a ``.npz`` file that a stranger wrote, without numpy's own loader."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from collections.abc import Mapping
from math import prod
from pathlib import Path
from re import compile as pattern
from tokenize import TokenError
from typing import IO

import numpy as np

from grader.errors import GraderError
from grader.evidence.plan import Array

MAX_MEMBERS = 3_000
MAX_BYTES = 400_000_000
MAX_HEADER = 4_096
# Windows knows no such flag; there the grader reads what its own process wrote.
NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# What numpy's reader of headers raises besides for a header that is no Python literal, or an odd one.
_MALFORMED = (NotImplementedError, OverflowError, MemoryError, TypeError, SyntaxError, RecursionError, TokenError)
MEMBER = pattern(r"a[0-9]{1,5}\.npy")


class UnreadableEvidenceError(GraderError):
    """An exported file is not what the export writes; the message is one sentence that names the file."""


def open_plain(path: Path, limit: int) -> IO[bytes]:
    """Open a file for reading; a link, anything but a plain file, or more than ``limit`` bytes is refused."""
    try:
        handle = os.open(path, os.O_RDONLY | NO_LINKS)
    except OSError as error:
        raise UnreadableEvidenceError(f"{path.name} of the task {path.parent.name} cannot be opened.") from error
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode) or found.st_size > limit:
        os.close(handle)
        raise UnreadableEvidenceError(
            f"{path.name} of the task {path.parent.name} is no plain file of at most {limit:,} bytes."
        )
    return os.fdopen(handle, "rb")


def read_arrays(path: Path) -> Mapping[str, Array]:
    """Return key -> array of an uncompressed ``.npz`` file.

    Sizes, names and headers are checked before anything is loaded. Raises UnreadableEvidenceError for whatever
    numpy.savez without pickling would not have written.
    """
    with open_plain(path, MAX_BYTES) as file:
        size = os.fstat(file.fileno()).st_size
        try:
            with zipfile.ZipFile(file) as archive:
                _check_members(archive.infolist(), size)
                return {item.filename[:-4]: _array(archive.read(item)) for item in archive.infolist()}
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError, struct.error) as error:
            raise UnreadableEvidenceError(f"{path.name} of the task {path.parent.name} is damaged.") from error
        except _MALFORMED as error:
            raise UnreadableEvidenceError(f"{path.name} of the task {path.parent.name} is malformed.") from error


def _check_members(items: list[zipfile.ZipInfo], size: int) -> None:
    names = [item.filename for item in items]
    if len(names) > MAX_MEMBERS or len(set(names)) != len(names):
        raise ValueError("too many members, or one twice")
    if not all(MEMBER.fullmatch(name) for name in names):
        raise ValueError("a member with a strange name")
    # Stored as it is, a member cannot swell; and together they cannot be longer than the file.
    if any(item.compress_type != zipfile.ZIP_STORED or item.file_size != item.compress_size for item in items):
        raise ValueError("a compressed member")
    if sum(item.file_size for item in items) > size:
        raise ValueError("members that overlap")


def _array(content: bytes) -> Array:
    stream = io.BytesIO(content)
    version = np.lib.format.read_magic(stream)
    if version not in ((1, 0), (2, 0)):
        raise ValueError("an unknown version")
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, fortran, dtype = read(stream, max_header_size=MAX_HEADER)
    if dtype.kind not in "biuf" or dtype.hasobject or dtype.names is not None or dtype.itemsize > 8:
        raise ValueError("a type that is no number")
    body = content[stream.tell() :]
    if any(side < 0 for side in shape) or prod(shape) * dtype.itemsize != len(body):
        raise ValueError("a length that does not fit the shape")
    return np.frombuffer(body, dtype=dtype).reshape(shape, order="F" if fortran else "C")
