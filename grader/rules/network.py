"""Where a model's backbone ends and its head begins, and what the head's layers are called in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.backbones import BackboneLayer, backbone, names
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
    """A model in two: ``backbone`` starts at its first layer, ``head`` follows its last one.

    ``known`` are the layers of the backbone that was looked for, one for each of ``backbone``; it is empty where the
    model holds another network.
    """

    backbone: tuple[LayerFacts, ...]
    head: tuple[LayerFacts, ...]
    known: tuple[BackboneLayer, ...] = ()


def parts(model: ModelFacts, name: str) -> Parts:
    """Divide a model into the backbone of that name and the head behind it.

    What stands before the backbone (preprocessing, augmentation) belongs to neither part. A model that holds another
    of the known backbones is divided behind that one. Where it holds another network, it is divided after as many
    convolutions as the backbone has and the pooling that follows at once. A model without a convolution has no
    backbone, and is all head.
    """
    place = _place(model, name)
    if place is not None:
        start, known = place
        end = start + len(known)
        return Parts(model.layers[start:end], model.layers[end:], known)
    other = next((found for other in names() if (found := _place(model, other)) is not None), None)
    if other is not None:
        start, end = other[0], other[0] + len(other[1])
        return Parts(model.layers[start:end], model.layers[end:])
    kinds = [layer.kind for layer in model.layers]
    convolutions = sum(layer.kind in CONVOLUTIONS for layer in backbone(name).layers)
    places = [i for i, kind in enumerate(kinds) if kind in CONVOLUTIONS][:convolutions]
    if not places:
        return Parts((), model.layers)
    end = places[-1] + 1
    if end < len(kinds) and kinds[end] in POOLING:
        end += 1
    return Parts(model.layers[places[0] : end], model.layers[end:])


def forms(name: str) -> tuple[tuple[BackboneLayer, ...], ...]:
    """Return the layers of a backbone without its input; under ImageNet weights an EfficientNet has one more."""
    layers = backbone(name).layers[1:]
    kinds = [layer.kind for layer in layers]
    if "Normalization" not in kinds:
        return (layers,)
    after = kinds.index("Normalization") + 1
    return layers, (*layers[:after], BackboneLayer("rescaling", "Rescaling", {}), *layers[after:])


def name_of(model: ModelFacts) -> str | None:
    """Return which of the known backbones a model holds, or None."""
    return next((name for name in names() if _place(model, name) is not None), None)


def _place(model: ModelFacts, name: str) -> tuple[int, tuple[BackboneLayer, ...]] | None:
    """Return where the layers of a backbone begin in a model, and in which form they are there; or None."""
    for known in forms(name):
        for start in range(len(model.layers) - len(known) + 1):
            if _fits(model.layers[start : start + len(known)], known):
                return start, known
    return None


def _fits(held: Sequence[LayerFacts], known: Sequence[BackboneLayer]) -> bool:
    # Kinds first: they tell most places apart, and shapes take longer to compare.
    return all(layer.kind == other.kind for layer, other in zip(held, known, strict=True)) and all(
        [weight.shape for weight in layer.weights] == list(other.weights.values())
        for layer, other in zip(held, known, strict=True)
    )


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
