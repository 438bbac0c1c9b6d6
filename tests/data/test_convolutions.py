"""The quick convolutions of pretraining: outputs and gradients are those of Keras's own."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from data.pretraining.convolutions import QuickConv2D

CASES: dict[str, dict[str, Any]] = {
    "three by three": {"kernel_size": 3, "padding": "same"},
    "five by five, with bias": {"kernel_size": 5, "padding": "same", "use_bias": True},
    "one by one": {"kernel_size": 1},
    "one by one, every second pixel": {"kernel_size": 1, "strides": 2},
    "strides": {"kernel_size": 3, "strides": 2, "padding": "same"},
    "valid": {"kernel_size": 3},
    "an even kernel": {"kernel_size": 2, "padding": "same"},
}


def _run(layer: Any, images: Any) -> list[np.ndarray]:
    with tf.GradientTape() as tape:
        tape.watch(images)
        outputs = layer(images)
        loss = tf.reduce_sum(tf.sin(outputs))
    return [np.asarray(value) for value in (outputs, *tape.gradient(loss, [images, *layer.trainable_variables]))]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.parametrize("side", [3, 4, 7])
def test_outputs_and_gradients_are_those_of_keras(case: dict[str, Any], side: int) -> None:
    images = tf.constant(np.random.default_rng(side).normal(size=(3, side, side, 4)).astype(np.float32))
    plain = keras.layers.Conv2D(5, **case)
    plain.build(images.shape)
    ours = QuickConv2D.from_config(plain.get_config())
    ours.build(images.shape)
    ours.set_weights(plain.get_weights())
    for found, expected in zip(_run(ours, images), _run(plain, images), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-4)
