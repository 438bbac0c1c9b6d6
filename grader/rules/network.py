"""Where a model's backbone ends and its head begins, and what the head's layers are called in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grader.records import Json, LayerFacts, ModelFacts, WeightFacts
from grader.rules.base import short

CONVOLUTIONS = frozenset({"Conv2D", "DepthwiseConv2D", "SeparableConv2D"})
POOLING = frozenset({"MaxPooling2D", "AveragePooling2D"})
SILENT = frozenset({"InputLayer", "Identity"})
DROPOUT = "Dropout"
# Both the layers and the operations that `keras.activations` leaves in a functional model.
ACTIVATION_KINDS = {"Softmax": "softmax", "ReLU": "relu", "Relu": "relu"}


@dataclass(frozen=True)
class Parts:
    """A model in two: ``backbone`` starts at the first convolution, ``head`` follows its last layer."""

    backbone: tuple[LayerFacts, ...]
    head: tuple[LayerFacts, ...]


def parts(model: ModelFacts, convolutions: int) -> Parts:
    """Divide a model after its backbone's last convolution and the pooling that follows it at once.

    What stands before the first convolution (preprocessing, augmentation) belongs to neither part. A model
    without a convolution has no backbone, and is all head.
    """
    places = [i for i, layer in enumerate(model.layers) if layer.kind in CONVOLUTIONS][:convolutions]
    if not places:
        return Parts((), model.layers)
    end = places[-1] + 1
    if end < len(model.layers) and model.layers[end].kind in POOLING:
        end += 1
    return Parts(model.layers[places[0] : end], model.layers[end:])


def weights(layers: Iterable[LayerFacts]) -> tuple[WeightFacts, ...]:
    """Return the weight arrays of layers, in their order."""
    return tuple(weight for layer in layers for weight in layer.weights)


def described(head: Iterable[LayerFacts]) -> tuple[str, ...]:
    """Return one phrase a layer, such as ``Flatten``, ``Dense 256 relu`` or ``Dropout``.

    An activation that is a layer of its own counts as its Dense's, whether or not a Dropout stands between.
    """
    phrases: list[str] = []
    linear: int | None = None
    for layer in head:
        activation = _activation(layer)
        if layer.kind in SILENT or (activation == "linear" and layer.kind == "Activation"):
            continue
        if layer.kind == "Dense":
            linear = len(phrases) if activation == "linear" else None
            phrases.append(f"Dense {layer.config.get('units')} {activation}")
        elif activation is not None and linear is not None:
            phrases[linear] = phrases[linear].removesuffix("linear") + activation
            linear = None
        elif layer.kind == "Activation":
            phrases.append(f"Activation {activation}")
        else:
            linear = linear if layer.kind == DROPOUT else None
            phrases.append("Flatten" if _flattens(layer) else short(layer.kind))
    return tuple(phrases)


def _activation(layer: LayerFacts) -> str | None:
    if layer.kind in {"Dense", "Activation"}:
        return _activation_name(layer.config.get("activation"))
    return ACTIVATION_KINDS.get(layer.kind)


def _activation_name(value: Json) -> str:
    if isinstance(value, dict):
        # A layer or a function given as an activation is stored as an object that carries its name.
        inner = value.get("config")
        value = inner if isinstance(inner, str) else value.get("class_name")
    return short(value.lower()) if isinstance(value, str) else "linear"


def _flattens(layer: LayerFacts) -> bool:
    target = layer.config.get("target_shape")
    return layer.kind == "Reshape" and isinstance(target, list | tuple) and len(target) == 1
