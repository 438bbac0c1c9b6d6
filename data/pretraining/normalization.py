"""Batch normalization in one operation: for pretraining alone, with the weights of Keras's own.

Keras computes it from a dozen elementwise operations, which on a processor take as long as the convolutions.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf


class QuickBatchNormalization(keras.layers.BatchNormalization):  # type: ignore[misc]  # Keras has no types
    """A ``BatchNormalization`` with the same weights, outputs, statistics and gradients; quick in training."""

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        """Return images (n, height, width, channels), normalised by their own statistics while training."""
        if not training or len(inputs.shape) != 4:
            return super().call(inputs, training=training, mask=mask)
        outputs, mean, variance = tf.compat.v1.nn.fused_batch_norm(
            inputs, tf.convert_to_tensor(self.gamma), tf.convert_to_tensor(self.beta), epsilon=self.epsilon
        )
        count = tf.cast(tf.reduce_prod(tf.shape(inputs)[:3]), tf.float32)
        # The operation answers an estimate for all images; Keras keeps the variance within the batch.
        self._follow(self.moving_mean, mean)
        self._follow(self.moving_variance, variance * (count - 1.0) / count)
        return outputs

    def _follow(self, kept: Any, seen: Any) -> None:
        kept.assign(kept * self.momentum + seen * (1.0 - self.momentum))
