"""AlexNet's convolutions for Keras, which has no AlexNet of its own; used like ``keras.applications``.

Source: A. Krizhevsky, I. Sutskever and G. Hinton, "ImageNet classification with deep convolutional neural networks",
2012; without the two groups and the local response normalization, which were dropped in A. Krizhevsky, "One weird
trick for parallelizing convolutional neural networks", 2014.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import layers


def AlexNet(  # noqa: N802  (named as the functions of keras.applications are)
    weights: str | None = None, include_top: bool = False, input_shape: tuple[int | None, int | None, int] = (64, 64, 3)
) -> Any:
    """Return the five convolutions, 3,747,200 parameters: images (n, height, width, 3) to maps of 256 channels.

    ``weights`` is None or the path of a ``.weights.h5`` file. The convolutions keep the size ("same"), so that images
    of 57 pixels and more fit; those of 64 pixels end as maps of 1 by 1. Raises ValueError for ``"imagenet"`` (Keras
    publishes no AlexNet) and for ``include_top=True``.
    """
    if weights == "imagenet":
        raise ValueError(
            'Keras publishes no ImageNet weights for AlexNet: pass weights=data.weights("AlexNet"), None, or a path.'
        )
    if include_top:
        raise ValueError("This AlexNet ends at its convolutions: pass include_top=False and add your own head.")
    model = keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(96, 11, strides=4, padding="same", activation="relu", name="conv1"),
            layers.MaxPooling2D(3, strides=2, name="pool1"),
            layers.Conv2D(256, 5, padding="same", activation="relu", name="conv2"),
            layers.MaxPooling2D(3, strides=2, name="pool2"),
            layers.Conv2D(384, 3, padding="same", activation="relu", name="conv3"),
            layers.Conv2D(384, 3, padding="same", activation="relu", name="conv4"),
            layers.Conv2D(256, 3, padding="same", activation="relu", name="conv5"),
            layers.MaxPooling2D(3, strides=2, name="pool5"),
        ],
        name="alexnet",
    )
    backbone = keras.Model(model.inputs[0], model.outputs[0], name="alexnet")
    if weights is not None:
        backbone.load_weights(weights)
    return backbone


def preprocess_input(images: Any) -> Any:
    """Return images of 0 to 255 scaled to -1 to 1; the array of a caller stays as it is."""
    return images / 127.5 - 1.0
