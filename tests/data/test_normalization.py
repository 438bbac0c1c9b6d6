"""The quick batch normalization of pretraining: outputs, gradients and statistics are those of Keras's own."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from data.pretraining.normalization import QuickBatchNormalization


def _run(layer: Any, images: Any, training: bool) -> list[np.ndarray]:
    with tf.GradientTape() as tape:
        tape.watch(images)
        outputs = layer(images, training=training)
        loss = tf.reduce_sum(tf.sin(outputs))
    found = [outputs, *tape.gradient(loss, [images, *layer.trainable_variables]), *layer.get_weights()]
    return [np.asarray(value) for value in found]


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("shape", [(4, 3, 5, 6), (4, 2, 2, 6), (5, 6)])
def test_outputs_gradients_and_statistics_are_those_of_keras(shape: tuple[int, ...], training: bool) -> None:
    rng = np.random.default_rng(3)
    images = tf.constant(rng.normal(2.0, 3.0, shape).astype(np.float32))
    plain = keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-3)
    plain.build(shape)
    plain.set_weights([rng.uniform(0.5, 2.0, 6).astype(np.float32) for _ in range(4)])
    ours = QuickBatchNormalization.from_config(plain.get_config())
    ours.build(shape)
    ours.set_weights(plain.get_weights())
    for found, expected in zip(_run(ours, images, training), _run(plain, images, training), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)
