"""The network that is pretrained: a backbone under the heads of the source task, and the way back to Keras's own.

A backbone without BatchNormalization (VGG16) learns slowly. It is trained with one after each convolution, which is
then folded into the convolution: the result is the exact architecture of keras.applications with the same function.
Source: S. Ioffe and C. Szegedy, "Batch normalization", 2015; the folding as in B. Jacob et al., "Quantization and
training of neural networks for efficient integer-arithmetic-only inference", 2018, section 3.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from data import pretrained

_MODULES = {"VGG16": keras.applications.vgg16}


def classifier(name: str, heads: Mapping[str, int], narrowing: int = 1) -> Any:
    """Return the network to train: images (n, side, side, 3), 0 to 255, to one softmax a head.

    Each convolution has 1/``narrowing`` of the backbone's filters.
    """
    images = keras.Input((None, None, 3))
    features = _normalised(pretrained.architecture(name), _MODULES[name].preprocess_input(images), narrowing)
    pooled = keras.layers.GlobalAveragePooling2D(name="pooled")(features)
    # Centred features: without this, a step for one class moves the logits of all, and the loss stays at chance.
    pooled = keras.layers.BatchNormalization(momentum=0.95, name="pooled_norm")(pooled)
    outputs = {
        head: keras.layers.Dense(classes, activation="softmax", name=head)(pooled) for head, classes in heads.items()
    }
    return keras.Model(images, outputs)


def folded(trained: Any, name: str) -> Any:
    """Return the keras.applications backbone that computes the trained network's features."""
    backbone = pretrained.architecture(name)
    for layer in backbone.layers:
        if isinstance(layer, keras.layers.Conv2D):
            (kernel,) = trained.get_layer(layer.name).get_weights()
            gain, offset = _affine(trained.get_layer(f"{layer.name}_norm"))
            layer.set_weights([kernel * gain, offset])
    return backbone


def head_arrays(trained: Any, heads: Mapping[str, int]) -> dict[str, NDArray[np.float32]]:
    """Return the source classifier above the pooled features: ``<head>/kernel`` and ``<head>/bias`` for each head."""
    arrays = {}
    gain, offset = _affine(trained.get_layer("pooled_norm"))
    for head in heads:
        kernel, bias = trained.get_layer(head).get_weights()
        arrays[f"{head}/kernel"], arrays[f"{head}/bias"] = gain[:, None] * kernel, bias + offset @ kernel
    return arrays


def _affine(norm: Any) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the factor and the offset that a BatchNormalization layer applies at inference."""
    gamma, beta, mean, variance = norm.get_weights()
    gain = gamma / np.sqrt(variance + norm.epsilon)
    return gain, beta - mean * gain


def widen(narrow: Any, wide: Any, rng: np.random.Generator, noise: float = 0.05) -> None:
    """Give a wide network the function of a trained narrow one: each filter is repeated, and its readers share it.

    ``noise``, relative to the weights' own spread, makes the copies differ, so that training drives them apart.
    Source: T. Chen, I. Goodfellow and J. Shlens, "Net2Net: Accelerating learning via knowledge transfer", 2016.
    """
    for layer in wide.layers:
        if not layer.weights:
            continue
        arrays = []
        for old, new in zip(narrow.get_layer(layer.name).get_weights(), layer.get_weights(), strict=True):
            repeats = [a // b for a, b in zip(new.shape, old.shape, strict=True)]
            value = np.tile(old, repeats)
            if value.ndim > 1:
                readers = repeats[-2]
                value = value / readers + rng.normal(0.0, noise * old.std() / readers, value.shape)
            arrays.append(value)
        layer.set_weights(arrays)


def rectify(trained: Any, images: NDArray[np.float32]) -> None:
    """Shift and scale the last convolution so that half of its features are zero and all spread alike.

    Heads that start at random learn poorly on features that are always far from zero; those of ImageNet
    backbones are sparse. ``images``, shape (n, side, side, 3), 0 to 255, show what is usual.
    """
    pooled = trained.get_layer("pooled")
    features = keras.Model(trained.inputs, pooled.input).predict(images, batch_size=64, verbose=0)
    mean, spread = features.mean((0, 1, 2)), features.std((0, 1, 2)) + 1e-3
    last = [layer for layer in trained.layers if layer.name.endswith("_norm") and layer.name != "pooled_norm"][-1]
    gamma, beta, *statistics = last.get_weights()
    last.set_weights([gamma / spread, (beta - mean) / spread, *statistics])
    averages = np.maximum((features - mean) / spread, 0.0).mean((1, 2))
    norm = trained.get_layer("pooled_norm")
    norm.set_weights([*norm.get_weights()[:2], averages.mean(0), averages.var(0)])


def _normalised(architecture: Any, features: Any, narrowing: int) -> Any:
    for layer in architecture.layers[1:]:
        if isinstance(layer, keras.layers.Conv2D):
            plain = keras.layers.Conv2D(
                layer.filters // narrowing,
                layer.kernel_size,
                padding=layer.padding,
                use_bias=False,
                kernel_initializer="he_normal",
                name=layer.name,
            )
            norm = keras.layers.BatchNormalization(momentum=0.95, name=f"{layer.name}_norm")
            features = keras.layers.ReLU(name=f"{layer.name}_relu")(norm(plain(features)))
        else:
            features = layer.__class__.from_config(layer.get_config())(features)
    return features
