"""The network that is pretrained: a backbone under the heads of the source task, and the way back to Keras's own.

A backbone without BatchNormalization (VGG16, AlexNet) learns slowly. It is trained with one after each convolution,
which is then folded into the convolution: the exact architecture of the backbone, with the same function.
Source: S. Ioffe and C. Szegedy, "Batch normalization", 2015; the folding as in B. Jacob et al., "Quantization and
training of neural networks for efficient integer-arithmetic-only inference", 2018, section 3.2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from data import backbones
from data.pretraining.convolutions import QuickConv2D
from data.pretraining.normalization import QuickBatchNormalization
from data.pretraining.recipe import Hint

PLAIN = ("VGG16", "AlexNet")
"""The backbones without BatchNormalization of their own."""


def classifier(name: str, heads: Mapping[str, int], narrowing: int = 1, hints: Sequence[Hint] = ()) -> Any:
    """Return the network to train: images (n, side, side, 3), 0 to 255, to one softmax a head.

    For each of ``hints`` there is a further output, with the name of its layer, that predicts another network's maps
    (n, hint.side, hint.side, hint.channels) of images of 64 pixels.

    Each convolution has 1/``narrowing`` of the backbone's filters, but the last keeps all, where none is added to it:
    a new head has all features to choose from.
    """
    images = keras.Input((None, None, 3))
    prepared = backbones.preprocess_input(name, images)
    taps = _taps(name, hints)
    if name in PLAIN:
        features, *tapped = _normalised(backbones.architecture(name), prepared, narrowing, taps)
    else:
        architecture = backbones.architecture(name, None)
        copy = keras.models.clone_model(architecture, clone_function=_narrowing(architecture, narrowing))
        outputs = [copy.outputs[0], *(copy.get_layer(tap).output for tap in taps)]
        features, *tapped = _listed(keras.Model(copy.inputs[0], outputs, name="backbone")(prepared))
    pooled = keras.layers.GlobalAveragePooling2D(name="pooled")(features)
    # Centred features: without this, a step for one class moves the logits of all, and the loss stays at chance.
    pooled = keras.layers.BatchNormalization(momentum=0.95, name="pooled_norm")(pooled)
    answers = {
        head: keras.layers.Dense(classes, activation="softmax", name=head)(pooled) for head, classes in heads.items()
    }
    answers |= {hint.layer: _predicted(maps, hint) for maps, hint in zip(tapped, hints, strict=True)}
    return keras.Model(images, answers)


def _taps(name: str, hints: Sequence[Hint]) -> list[str]:
    """Return, for each hint, the last layer whose maps are as large as its, or the next size below."""
    sizes: dict[str, int] = {}
    for layer in backbones.architecture(name, 64).layers:
        if len(layer.output.shape) == 4:
            sizes[layer.name] = layer.output.shape[1]
    nearest = {hint: max(size for size in sizes.values() if size <= hint.side) for hint in hints}
    return [[layer for layer, size in sizes.items() if size == nearest[hint]][-1] for hint in hints]


def _listed(outputs: Any) -> list[Any]:
    return list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]


def _predicted(maps: Any, hint: Hint) -> Any:
    normed = QuickBatchNormalization(momentum=0.95, name=f"{hint.layer}_norm")(maps)
    resized = keras.layers.Resizing(hint.side, hint.side, name=f"{hint.layer}_sized")(normed)
    return keras.layers.Dense(hint.channels, name=hint.layer)(resized)


def _narrowing(architecture: Any, narrowing: int) -> Callable[[Any], Any]:
    """Return a function from a layer to a new one of its configuration, quicker to train, with fewer filters."""
    whole = _whole(architecture)

    def narrowed(layer: Any) -> Any:
        settings = layer.get_config()
        if type(layer) is keras.layers.Conv2D:
            filters = layer.filters if layer.name == whole else layer.filters // narrowing
            return QuickConv2D.from_config({**settings, "filters": filters})
        if isinstance(layer, keras.layers.BatchNormalization):
            return QuickBatchNormalization.from_config(settings)
        if isinstance(layer, keras.layers.Dropout):  # EfficientNet's blocks left out at random, for far longer runs
            settings["rate"] = 0.0
        if isinstance(layer, keras.layers.Reshape):  # in a squeeze-and-excitation block: (1, 1, filters)
            settings["target_shape"] = (*layer.target_shape[:-1], layer.target_shape[-1] // narrowing)
        return type(layer).from_config(settings)

    return narrowed


def _whole(architecture: Any) -> str:
    """Return the name of the last convolution, or "" where a shortcut is added to it, which fixes its filters."""
    names = [layer.name for layer in architecture.layers if type(layer) is keras.layers.Conv2D]
    adds = [layer.name for layer in architecture.layers if isinstance(layer, keras.layers.Add)]
    order = [layer.name for layer in architecture.layers]
    return "" if adds and order.index(adds[-1]) > order.index(names[-1]) else str(names[-1])


def folded(trained: Any, name: str) -> Any:
    """Return the exact backbone that computes the trained network's features."""
    backbone = backbones.architecture(name)
    if name not in PLAIN:
        for layer in backbone.layers:
            # EfficientNetB0's Normalization is not trained, and Keras names it by a running number.
            if layer.weights and not isinstance(layer, keras.layers.Normalization):
                layer.set_weights(trained.get_layer("backbone").get_layer(layer.name).get_weights())
        return backbone
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


def widen(narrow: Any, wide: Any, rng: np.random.Generator, noise: float = 0.2) -> None:
    """Give a wide network the function of a trained narrow one: each filter is repeated, and its readers share it.

    ``noise``, relative to the weights' own spread, makes the copies differ, so that training drives them apart.
    Source: T. Chen, I. Goodfellow and J. Shlens, "Net2Net: Accelerating learning via knowledge transfer", 2016.
    """
    for old, new in zip(_flat(narrow), _flat(wide), strict=True):
        summed = not isinstance(new, keras.layers.DepthwiseConv2D)
        values = zip(old.get_weights(), new.get_weights(), strict=True)
        new.set_weights([_repeated(value, like.shape, summed, rng, noise) for value, like in values])


def _flat(model: Any) -> list[Any]:
    """Return the layers with weights, those of a nested backbone among them."""
    nested = [layer.layers if isinstance(layer, keras.Model) else [layer] for layer in model.layers]
    return [layer for layers in nested for layer in layers if layer.weights]


def _repeated(
    value: NDArray[np.float32], shape: tuple[int, ...], summed: bool, rng: np.random.Generator, noise: float
) -> NDArray[np.float32]:
    """Return an array tiled to ``shape``; a kernel whose inputs are ``summed`` shares itself among their copies."""
    repeats = [new // old for new, old in zip(shape, value.shape, strict=True)]
    wide = np.tile(value, repeats)
    if value.ndim < 2 or max(repeats) == 1:
        return wide
    readers = repeats[-2] if summed else 1
    return (wide / readers + rng.normal(0.0, noise * value.std() / readers, wide.shape)).astype(np.float32)


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


def _normalised(architecture: Any, features: Any, narrowing: int, taps: Sequence[str]) -> list[Any]:
    whole, maps = _whole(architecture), {}
    for layer in architecture.layers[1:]:
        if isinstance(layer, keras.layers.Conv2D):
            plain = QuickConv2D(
                layer.filters if layer.name == whole else layer.filters // narrowing,
                layer.kernel_size,
                layer.strides,
                padding=layer.padding,
                use_bias=False,
                kernel_initializer="he_normal",
                name=layer.name,
            )
            norm = QuickBatchNormalization(momentum=0.95, name=f"{layer.name}_norm")
            features = keras.layers.ReLU(name=f"{layer.name}_relu")(norm(plain(features)))
        else:
            features = layer.__class__.from_config(layer.get_config())(features)
        maps[layer.name] = features
    return [features, *(maps[tap] for tap in taps)]
