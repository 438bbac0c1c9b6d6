"""Endless shuffled, augmented batches of source images."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray


def endless(images: NDArray[np.uint8], labels: Mapping[str, NDArray[Any]], batch: int, side: int) -> Any:
    """Return a dataset of (images, labels) without end.

    The images have shape (batch, side, side, 3), float32, 0 to 255; each pass crops, mirrors and tints them anew.
    """
    pairs = tf.data.Dataset.from_tensor_slices((images, dict(labels)))
    shuffled = pairs.shuffle(len(images), reshuffle_each_iteration=True).repeat().batch(batch, drop_remainder=True)
    return shuffled.map(lambda x, y: (_augment(x, side), y), num_parallel_calls=2).prefetch(4)


def _augment(images: Any, side: int) -> Any:
    count = tf.shape(images)[0]
    span = tf.random.uniform([count, 1], 0.72, 1.0)
    corner = tf.random.uniform([count, 2]) * (1.0 - span)
    y, x = corner[:, :1], corner[:, 1:]
    mirrored = tf.random.uniform([count, 1]) < 0.5
    left, right = tf.where(mirrored, x + span, x), tf.where(mirrored, x, x + span)
    boxes = tf.concat([y, left, y + span, right], axis=1)
    cropped = tf.image.crop_and_resize(tf.cast(images, tf.float32), boxes, tf.range(count), [side, side])
    mix = tf.eye(3, batch_shape=[count]) + tf.random.normal([count, 3, 3], stddev=0.15)
    tinted = tf.reshape(tf.reshape(cropped, [count, -1, 3]) @ mix, [count, side, side, 3])
    return tf.clip_by_value(tinted * tf.random.uniform([count, 1, 1, 1], 0.8, 1.2), 0.0, 255.0)
