"""The backbones as the grader knows them: their layers in the learner's order, their weights, their parameters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import prod
from pathlib import Path

TABLE = Path(__file__).parent / "evidence" / "backbones.json"
"""Made by `python -m grader.evidence.structure`, so that no backbone is built only to count its layers."""

NEVER_TRAINED = frozenset({"moving_mean", "moving_variance", "mean", "variance", "count"})
STATISTICS = frozenset({"moving_mean", "moving_variance"})
"""What BatchNormalization measures and no optimizer changes."""

PREPROCESSING: Mapping[str, str] = {
    "VGG16": "vgg16",
    "ResNet50": "vgg16",
    "MobileNet": "mobilenet",
    "MobileNetV2": "mobilenet",
    "AlexNet": "mobilenet",
    "EfficientNetB0": "raw",
}
"""Backbone -> the name of its preprocessing, as the probe knows it; EfficientNet scales inside itself."""


@dataclass(frozen=True)
class BackboneLayer:
    """One layer of a backbone; ``weights`` maps the name of each array to its shape."""

    name: str
    kind: str
    weights: Mapping[str, tuple[int, ...]]

    @property
    def trainable(self) -> int:
        """The number of parameters that an optimizer can change."""
        return sum(prod(shape) for name, shape in self.weights.items() if name not in NEVER_TRAINED)

    @property
    def parameters(self) -> int:
        """The number of all parameters."""
        return sum(prod(shape) for shape in self.weights.values())


@dataclass(frozen=True)
class Backbone:
    """A backbone without its top; ``layers`` are those of Keras's ``base.layers``, its input among them."""

    name: str
    layers: tuple[BackboneLayer, ...]

    @property
    def parameters(self) -> int:
        """The number of all parameters."""
        return sum(layer.parameters for layer in self.layers)

    def trainable(self, frozen: int = 0) -> int:
        """Return the number of trainable parameters with ``base.layers[:frozen]`` frozen."""
        return sum(layer.trainable for layer in self.layers[frozen:])


def names() -> tuple[str, ...]:
    """Return the names of the known backbones."""
    return tuple(_table())


def backbone(name: str) -> Backbone:
    """Return a backbone by its name; raise ValueError, with the known names, for any other."""
    if name not in _table():
        raise ValueError(f"backbone is {name!r}; there is {', '.join(_table())}.")
    return _table()[name]


@cache
def _table() -> Mapping[str, Backbone]:
    content = json.loads(TABLE.read_text(encoding="utf-8"))
    return {name: Backbone(name, tuple(_layers(layers))) for name, layers in content.items()}


def _layers(entries: Iterable[Mapping[str, dict[str, list[int]]]]) -> Iterable[BackboneLayer]:
    for entry in entries:
        weights = {name: tuple(shape) for name, shape in entry["weights"].items()}
        yield BackboneLayer(str(entry["name"]), str(entry["kind"]), weights)
