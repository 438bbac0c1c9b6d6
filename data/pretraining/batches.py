"""Endless shuffled, augmented batches of source images."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray


def endless(images: NDArray[np.uint8], targets: Mapping[str, NDArray[Any]], batch: int, side: int) -> Any:
    """Return a dataset of (images, targets) without end.

    The images have shape (batch, side, side, 3), float32, 0 to 255; each pass crops, mirrors and tints them anew.
    A target is a label for each image, or a map (height, width, channels) of each, which is cropped and mirrored like
    its image; since a map is coarse, images with maps keep more of themselves.
    """
    tensors = tf.constant(images), {name: tf.constant(values) for name, values in targets.items()}
    least = 0.85 if any(values.ndim == 4 for values in targets.values()) else 0.72

    def chosen(numbers: Any) -> Any:
        picked, named = tf.nest.map_structure(lambda values: tf.gather(values, numbers), tensors)
        boxes = _boxes(batch, least)
        return _tinted(_cropped(picked, boxes, side)), {
            name: _cropped(values, boxes, values.shape[1]) if values.shape.rank == 4 else values
            for name, values in named.items()
        }

    shuffled = tf.data.Dataset.range(len(images)).shuffle(len(images), reshuffle_each_iteration=True).repeat()
    return shuffled.batch(batch, drop_remainder=True).map(chosen, num_parallel_calls=2).prefetch(4)


def _boxes(count: int, least: float) -> Any:
    """Return the parts of the images to keep, a ``least`` share of each side or more, half of them mirrored."""
    span = tf.random.uniform([count, 1], least, 1.0)
    corner = tf.random.uniform([count, 2]) * (1.0 - span)
    y, x = corner[:, :1], corner[:, 1:]
    mirrored = tf.random.uniform([count, 1]) < 0.5
    left, right = tf.where(mirrored, x + span, x), tf.where(mirrored, x, x + span)
    return tf.concat([y, left, y + span, right], axis=1)


def _cropped(images: Any, boxes: Any, side: int) -> Any:
    return tf.image.crop_and_resize(tf.cast(images, tf.float32), boxes, tf.range(len(boxes)), [side, side])


def _tinted(images: Any) -> Any:
    count, side = images.shape[0], images.shape[1]
    mix = tf.eye(3, batch_shape=[count]) + tf.random.normal([count, 3, 3], stddev=0.15)
    tinted = tf.reshape(tf.reshape(images, [count, -1, 3]) @ mix, [count, side, side, 3])
    return tf.clip_by_value(tinted * tf.random.uniform([count, 1, 1, 1], 0.8, 1.2), 0.0, 255.0)
