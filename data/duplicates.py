"""Tell whether two pictures are the same, pixel by pixel or nearly, from small fingerprints of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_BITS_APART = 6
"""Hashes of 64 bits that differ in at most so many are looked at more closely."""
_LEVELS_APART = 6.0
"""Pictures of 16 by 16 pixels are nearly the same up to this mean difference, of 255 levels."""
_BLOCK = 256


@dataclass(frozen=True)
class Fingerprint:
    """What is kept of a picture to find it again."""

    digest: str
    """SHA-256 of size and pixels: equal for equal pictures, whatever format they were kept in."""
    gradients: int
    """The 64 bits of dHash."""
    small: NDArray[np.uint8]
    """The picture at 16 by 16 pixels, shape (16, 16, 3)."""


def fingerprint(picture: Image.Image) -> Fingerprint:
    """Return the fingerprint of an RGB picture.

    ``gradients`` is dHash: shrunk to 9 by 8 grey pixels, one bit for each pixel that is darker than its right
    neighbour (N. Krawetz, "Kind of Like That", The Hacker Factor Blog, 2013).
    """
    digest = hashlib.sha256(f"{picture.width}x{picture.height}:".encode())
    digest.update(picture.tobytes())
    grey = np.asarray(picture.convert("L").resize((9, 8), Image.Resampling.BOX))
    bits = np.packbits(grey[:, :-1] < grey[:, 1:])
    small = np.asarray(picture.resize((16, 16), Image.Resampling.BOX), dtype=np.uint8)
    return Fingerprint(digest.hexdigest(), int.from_bytes(bits.tobytes(), "big"), small)


def near(first: Sequence[Fingerprint], second: Sequence[Fingerprint]) -> Iterator[tuple[int, int]]:
    """Yield (i, j) for each picture i of ``first`` and j of ``second`` that are nearly or exactly the same.

    That is: saved again in another size or quality, or cut by a few pixels. Their dHashes differ in at most 6 of
    64 bits, and, since pictures with large plain areas may share a hash by chance, shrunk to 16 by 16 pixels
    they differ by at most 6 of 255 levels in the mean. A mirrored, turned, recoloured or clearly cropped
    copy is not found.
    """
    if not first or not second:
        return
    hashes = np.array([each.gradients for each in second], dtype=np.uint64)
    small = np.stack([each.small for each in second])
    for start in range(0, len(first), _BLOCK):
        block = first[start : start + _BLOCK]
        rows = np.array([each.gradients for each in block], dtype=np.uint64)
        found = np.bitwise_count(rows[:, None] ^ hashes[None, :]) <= _BITS_APART
        for row, each in enumerate(block):
            candidates = np.flatnonzero(found[row])
            apart = np.abs(small[candidates].astype(np.int16) - each.small).mean(axis=(1, 2, 3))
            for column in candidates[apart <= _LEVELS_APART]:
                yield start + row, int(column)


def groups(prints: Sequence[Fingerprint]) -> list[int]:
    """Return a group for each picture, named by its first member: (near) duplicates and their (near) duplicates."""
    first = list(range(len(prints)))

    def root(index: int) -> int:
        while first[index] != index:
            first[index] = first[first[index]]
            index = first[index]
        return index

    for i, j in near(prints, prints):
        low, high = sorted((root(i), root(j)))
        first[high] = low
    return [root(index) for index in range(len(prints))]
