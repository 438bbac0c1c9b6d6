"""Maps of where a network looks: from gradients to heat, from heat to pixels, and pictures with parts covered.

Source: R. Selvaraju and others, "Grad-CAM: visual explanations from deep networks via gradient-based localization",
2017.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

Floats = NDArray[np.floating[Any]]


def heat(maps: ArrayLike, gradients: ArrayLike) -> Floats:
    """Return Grad-CAM's heat of each picture, shape (n, height, width), from 0 to 1 where it is hottest.

    ``maps`` is what left a layer, ``gradients`` those of one score a picture with regard to it, both of shape
    (n, height, width, channels). A channel's weight is the mean of its gradient over all places; what speaks
    against the kind counts as 0. A picture in which nothing speaks for it has no heat at all. Raises ValueError
    when the two differ in shape.
    """
    values, slopes = np.asarray(maps, dtype=float), np.asarray(gradients, dtype=float)
    if values.shape != slopes.shape:
        raise ValueError(f"The maps have shape {values.shape}, but their gradients {slopes.shape}.")
    weights = slopes.mean(axis=(1, 2), keepdims=True)
    found = np.maximum((weights * values).sum(axis=-1), 0)
    highest = found.max(axis=(1, 2), keepdims=True)
    return np.asarray(np.divide(found, highest, out=np.zeros_like(found), where=highest > 0))


def enlarge(heats: ArrayLike, size: int) -> Floats:
    """Return heats of shape (n, height, width) as (n, size, size), with smooth passages, from 0 to 1."""
    large = [
        np.asarray(Image.fromarray(one).resize((size, size), Image.Resampling.BILINEAR))
        for one in np.asarray(heats, dtype=np.float32)
    ]
    return np.asarray(np.clip(np.stack(large), 0, 1))


def cover(pictures: ArrayLike, heats: ArrayLike, fields: int, hottest: bool = True) -> Floats:
    """Return pictures whose ``fields`` hottest fields (or coldest) are covered with the picture's mean colour.

    Pictures have shape (n, size, size, 3), heats (n, rows, columns); each place of the heat is a field of the
    picture, whose side must be a multiple of theirs. Among fields that are equally hot the first one counts.
    Raises ValueError when the fields do not fit the pictures, or there are fewer than asked for.
    """
    images, found = np.array(pictures, dtype=float), np.asarray(heats, dtype=float)
    count, rows, columns = found.shape
    side = images.shape[1]
    if side % rows or images.shape[2] % columns or not 0 <= fields <= rows * columns:
        raise ValueError(f"{fields} of {rows} by {columns} fields do not fit pictures of {side} pixels a side.")
    flat = found.reshape(count, -1)
    order = np.argsort(-flat if hottest else flat, axis=1, kind="stable")
    chosen = np.zeros(flat.shape, dtype=bool)
    np.put_along_axis(chosen, order[:, :fields], True, axis=1)
    fine = chosen.reshape(found.shape).repeat(side // rows, axis=1).repeat(images.shape[2] // columns, axis=2)
    return np.asarray(np.where(fine[..., None], images.mean(axis=(1, 2), keepdims=True), images))
