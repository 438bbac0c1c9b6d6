"""Further views of a training image, cropped, mirrored and tinted at random, each from seeds of its own."""

from __future__ import annotations

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from data.evidence.pictures import SIZE, Images

_LEAST = 0.8
_TINT = 0.1


def view(images: Images, seed: int, first: int, number: int) -> Images:
    """Return one view of each of images (n, 64, 64, 3), 0 to 255.

    It depends on ``seed``, the view's ``number`` and the image's own position, which is ``first`` for the first of
    them: so it is the same whether the images come at once or in pieces.
    """
    boxes, mixes = zip(*(_changes(seed, first + k, number) for k in range(len(images))), strict=True)
    cropped = tf.image.crop_and_resize(images.astype(np.float32), np.stack(boxes), np.arange(len(images)), [SIZE] * 2)
    tinted = np.einsum("nhwc,ncd->nhwd", cropped.numpy(), np.stack(mixes))
    seen: Images = np.clip(tinted.round(), 0, 255).astype(np.uint8)
    return seen


def _changes(seed: int, position: int, number: int) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return the part of an image to keep (top, left, bottom, right), mirrored or not, and the mix of its colours."""
    rng = np.random.default_rng([seed, position, number])
    span = rng.uniform(_LEAST, 1.0)
    y, x = rng.uniform(0.0, 1.0 - span, 2)
    left, right = (x, x + span) if rng.random() < 0.5 else (x + span, x)
    mix = np.eye(3) + rng.normal(0.0, _TINT, (3, 3))
    return np.array([y, left, y + span, right], dtype=np.float32), mix
