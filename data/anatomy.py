"""What a network looks like at a cut between frozen and trained layers, and which of its layers have moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

NO_WEIGHTS, HELD_STILL, MOVED = range(3)
"""What a layer can have done since its weights were kept."""


class Kept:
    """The weights of a network's layers at one moment, to put back and to compare with."""

    def __init__(self, network: Any) -> None:
        self._layers = {layer.name: layer for layer in network.layers}
        self._weights = {name: layer.get_weights() for name, layer in self._layers.items()}

    def put_back(self) -> None:
        """Give every layer the weights again that were kept."""
        for name, layer in self._layers.items():
            layer.set_weights(self._weights[name])

    def states(self) -> list[int]:
        """Return, for each layer in order, ``NO_WEIGHTS``, ``HELD_STILL`` (bit by bit) or ``MOVED``."""
        return [self._state(name) for name in self._layers]

    def distance(self, name: str, *kinds: str) -> float:
        """Return how far a layer's weights have gone, relative to their length when they were kept.

        ``kinds`` choose among its weights, such as ``kernel``; without any, all count. Raises ValueError when
        there is none of these.
        """
        layer = self._layers[name]
        pairs = [
            (np.asarray(weight), kept)
            for weight, kept in zip(layer.weights, self._weights[name], strict=True)
            if not kinds or weight.name in kinds
        ]
        if not pairs:
            raise ValueError(f"{name} has no weights named {', '.join(kinds) or 'anything'}.")
        gone = sum(float(np.sum((now - kept) ** 2, dtype=np.float64)) for now, kept in pairs)
        return float(np.sqrt(gone / sum(float(np.sum(kept**2, dtype=np.float64)) for _, kept in pairs)))

    def _state(self, name: str) -> int:
        kept = self._weights[name]
        if not kept:
            return NO_WEIGHTS
        same = all(np.array_equal(now, then) for now, then in zip(self._layers[name].get_weights(), kept, strict=True))
        return HELD_STILL if same else MOVED


def taken(layer: Any) -> list[Any]:
    """Return the tensors that a layer of a functional network takes."""
    return list(layer.input) if isinstance(layer.input, list) else [layer.input]


def inputs_of(network: Any, name: str) -> list[str]:
    """Return the names of the layers whose outputs the layer ``name`` takes."""
    sources = {id(layer.output): layer.name for layer in network.layers}
    return [sources[id(tensor)] for tensor in taken(network.get_layer(name))]


def crossing(network: Any, cut: int) -> list[str]:
    """Return the names of the layers before number ``cut`` whose outputs a layer from ``cut`` on takes."""
    used = {id(tensor) for layer in network.layers[cut:] for tensor in taken(layer)}
    return [layer.name for layer in network.layers[:cut] if id(layer.output) in used]


def separated(network: Any, cut: int) -> list[str]:
    """Return the names of the BatchNormalizations from number ``cut`` on whose convolution lies before it.

    A convolution is that of a BatchNormalization when their names differ in ``_conv`` and ``_bn`` alone.
    """
    convolutions = {layer.name.removesuffix("_conv") for layer in network.layers[:cut] if layer.name.endswith("_conv")}
    found = [layer.name for layer in network.layers[cut:] if layer.name.endswith("_bn")]
    return [name for name in found if name.removesuffix("_bn") in convolutions]


def multiplications(layers: Sequence[Any]) -> int:
    """Return the multiplications that the convolutions among ``layers`` need for one picture, forward."""
    kernels = [layer for layer in layers if len(getattr(layer, "kernel_size", ())) == 2]
    return sum(int(np.prod(layer.kernel.shape)) * int(np.prod(layer.output.shape[1:3])) for layer in kernels)
