"""What the layers of a network answer to: their windows, filters and maps, and the pictures that excite a channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

Floats = NDArray[np.floating[Any]]

TOP = 8
"""The number of pictures that stand for what excites a channel."""

_GREY = 128

_ALIKE = 0.8
"""Correlation from which two maps of one picture show the same."""


def window(layers: Sequence[Any], name: str) -> tuple[int, int]:
    """Return the side of the square of pixels on which one number behind the layer ``name`` depends, and its step.

    ``layers`` are Keras convolutions and pooling layers in a row, from the input on, with square kernels. Both
    results are in pixels of the input. Raises ValueError when there is no such layer.
    """
    side = step = 1
    for layer in layers:
        kernel = getattr(layer, "kernel_size", None) or layer.pool_size
        side, step = side + (kernel[0] - 1) * step, step * layer.strides[0]
        if layer.name == name:
            return side, step
    raise ValueError(f"There is no layer {name!r}.")


def filter_tiles(kernel: ArrayLike) -> Floats:
    """Return filters as pictures (filters, height, width, 3) from 0 to 255, grey (127.5) where a weight is zero.

    ``kernel`` has shape (height, width, 3, filters) and takes blue first, as VGG16 does; the pictures have red
    first. Each filter has its own scale.
    """
    weights = np.asarray(kernel, dtype=float)[:, :, ::-1]
    scale = np.maximum(np.abs(weights).max(axis=(0, 1, 2)), 1e-12)
    return np.moveaxis(127.5 + 127.5 * weights / scale, -1, 0)


def edge_share(tiles: ArrayLike) -> Floats:
    """Return how much of each filter compares places, from 0 to 1; the rest weighs the colours of all places alike.

    ``tiles`` are what ``filter_tiles`` returns. The share is that of the squared weights which remains when each
    colour's mean over the places is taken away.
    """
    weights = np.asarray(tiles, dtype=float) - 127.5
    even = weights.mean(axis=(1, 2), keepdims=True)
    whole = np.maximum((weights**2).sum(axis=(1, 2, 3)), 1e-12)
    return np.asarray(((weights - even) ** 2).sum(axis=(1, 2, 3)) / whole)


def striking(maps: ArrayLike, count: int) -> list[int]:
    """Return up to ``count`` channels of one picture's maps (height, width, channels), the most varied first.

    A channel that looks like one already chosen is left out, and so is one that answers the same everywhere.
    """
    values = np.asarray(maps, dtype=float)
    flat = values.reshape(-1, values.shape[-1]).T
    flat = flat - flat.mean(axis=1, keepdims=True)
    length = np.linalg.norm(flat, axis=1)
    chosen: list[int] = []
    for channel in np.argsort(-length, kind="stable"):
        if len(chosen) == count or length[channel] == 0:
            break
        if all(flat[channel] @ flat[other] < _ALIKE * length[channel] * length[other] for other in chosen):
            chosen.append(int(channel))
    return chosen


def grey(answers: ArrayLike, side: int) -> Floats:
    """Return one channel's map (height, width) as a grey picture (side, side, 3), white where it is greatest."""
    values = np.maximum(np.asarray(answers, dtype=float), 0)
    shades = 255 * values / max(float(values.max()), 1e-12)
    rows, columns = (np.arange(side) * size // side for size in shades.shape)
    return np.repeat(shades[np.ix_(rows, columns)][..., None], 3, axis=-1)


def strongest(maps: ArrayLike) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return, for each channel, the eight pictures that excite it most, and whether it answers to eight at all.

    ``maps`` have shape (pictures, height, width, channels), at least eight pictures; the results have shapes
    (channels, 8) and (channels,).
    """
    peaks = np.asarray(maps).max(axis=(1, 2))
    top = np.argsort(-peaks, axis=0, kind="stable")[:TOP]
    return top.T, np.take_along_axis(peaks, top, axis=0)[-1] > 0


def agreement(maps: ArrayLike, labels: ArrayLike) -> NDArray[np.int64]:
    """Return, for each channel, how many of its strongest eight pictures are of their most frequent kind.

    It is zero for a channel that answers to fewer than eight. ``labels`` has shape (pictures,).
    """
    top, alive = strongest(maps)
    most = [np.bincount(kinds).max() for kinds in np.asarray(labels)[top]]
    return np.where(alive, np.asarray(most, dtype=np.int64), 0)


def clearest(maps: ArrayLike, labels: ArrayLike) -> tuple[int, int]:
    """Return the channel whose strongest eight agree most in kind, and the next one whose kind is another.

    Raises ValueError when all channels stand for one kind.
    """
    top = strongest(maps)[0]
    kinds = [int(np.bincount(found).argmax()) for found in np.asarray(labels)[top]]
    order = [int(channel) for channel in np.argsort(-agreement(maps, labels), kind="stable")]
    for channel in order:
        if kinds[channel] != kinds[order[0]]:
            return order[0], channel
    raise ValueError("All channels answer most to the same kind.")


def cut_out(picture: NDArray[np.uint8], answers: ArrayLike, side: int, step: int) -> NDArray[np.uint8]:
    """Return the part of a picture that a channel sees where it answers most, enlarged to the picture's size.

    ``picture`` has shape (size, size, 3), ``answers`` is the channel's map of it; ``side`` and ``step`` are what
    ``window`` returns for its layer. What lies beyond the picture's edge is grey; where the window is larger than
    the picture, the whole picture is returned.
    """
    size = len(picture)
    if side >= size:
        return picture
    values = np.asarray(answers)
    places = np.unravel_index(int(values.argmax()), values.shape)
    padded = np.full((size + 2 * side, size + 2 * side, 3), _GREY, dtype=np.uint8)
    padded[side : side + size, side : side + size] = picture
    rows, columns = (slice(start, start + side) for start in (int(step * (p + 0.5) + side / 2) for p in places))
    return np.asarray(Image.fromarray(padded[rows, columns]).resize((size, size), Image.Resampling.NEAREST))


def fields(pictures: ArrayLike, number: int = 8) -> Floats:
    """Return pictures (n, size, size, 3) averaged in ``number`` by ``number`` fields, as rows.

    Pixels at the right and at the bottom that fill no whole field are left out.
    """
    values = np.asarray(pictures, dtype=float)
    side = values.shape[1] // number
    cut = values[:, : number * side, : number * side].reshape(len(values), number, side, number, side, 3)
    return np.asarray(cut.mean(axis=(2, 4)).reshape(len(values), -1))
