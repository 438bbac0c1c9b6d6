"""What is asked of each task, and where trusted material comes from; free of TensorFlow, so that it imports fast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

PREPARE = "prepare"
MODEL = "model"
MODEL_NAMES = frozenset({"base", MODEL})
"""The names that the contract of every exercise reserves for Keras models."""

Array = NDArray[Any]
Draw = Callable[[int, int, int], tuple[Array, Array]]
"""(seed, images of each kind, side in pixels) -> images uint8 (n, side, side, 3), labels int64 (n,)."""


@dataclass(frozen=True)
class FreshPlan:
    """Which fresh images measure a model: the generator's seed, images of each kind, side in pixels."""

    seed: int
    per_kind: int
    size: int = 64


@dataclass(frozen=True)
class TaskPlan:
    """What one task must define, and whether its model's accuracy on fresh images is wanted."""

    task: str
    names: tuple[str, ...]
    fresh: FreshPlan | None = None


@dataclass(frozen=True)
class Sources:
    """Trusted material: pretrained arrays by digest and by reference, and the generator of images."""

    digests: Mapping[str, str]
    lookup: Callable[[str], Array]
    draw: Draw


def shipped_sources(backbones: tuple[str, ...]) -> Sources:
    """Return the course's own weights (of the named backbones) and its generator of critters."""
    from data import critters, pretrained  # noqa: PLC0415  - slow to import, and not needed by the tests

    digests: dict[str, str] = {}
    for backbone in backbones:
        digests.update(pretrained.digests(backbone))
    return Sources(digests, pretrained.array, critters.sample)
