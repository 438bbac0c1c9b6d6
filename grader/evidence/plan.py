"""What is asked of each task, and where trusted material comes from; free of TensorFlow, so that it imports fast."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from grader.measures import ImageSet, Measure

PREPARE = "prepare"
MODEL = "model"
MODEL_NAMES = frozenset({"base", MODEL})
"""The names that the contract of every exercise reserves for Keras models."""

Array = NDArray[Any]
Draw = Callable[[ImageSet], tuple[Array, Array]]
"""A described set -> images uint8 (n, side, side, 3), labels int64 (n,)."""


def is_prepare(name: str) -> bool:
    """Tell whether a name is that of a function that prepares images: ``prepare`` or ``prepare_vgg16``."""
    return name == PREPARE or name.startswith(f"{PREPARE}_")


def prepare_of(model: str, names: Collection[str]) -> str | None:
    """Return which of ``names`` prepares images for a model: ``prepare_x`` for ``model_x``, else ``prepare``."""
    own = f"{PREPARE}_{model.partition('_')[2]}"
    return next((name for name in (own, PREPARE) if name in names), None)


@dataclass(frozen=True)
class TaskPlan:
    """What one task must define, what is measured on it, and the images that this needs, by their ids."""

    task: str
    names: tuple[str, ...]
    measures: tuple[Measure, ...] = ()
    images: Mapping[str, ImageSet] = field(default_factory=dict)


@dataclass(frozen=True)
class Sources:
    """Trusted material: pretrained arrays by digest and by reference, images, and backbones to compare with.

    ``build`` makes a backbone's architecture, ``source_head`` gives the arrays of the shipped classifier
    of the source kinds.
    """

    digests: Mapping[str, str]
    lookup: Callable[[str], Array]
    draw: Draw
    build: Callable[[str], Any]
    source_head: Callable[[str], Mapping[str, Array]]

    def pretrained(self, backbone: str) -> Mapping[str, str]:
        """Return reference -> digest of a backbone's arrays, in the order of its weights."""
        start = f"{backbone}/"
        return {name: key.partition("#")[0] for key, name in self.digests.items() if name.startswith(start)}

    def all_pretrained(self) -> Mapping[str, tuple[str, ...]]:
        """Return backbone -> the digests of its arrays, in the order of its weights."""
        backbones = dict.fromkeys(name.partition("/")[0] for name in self.digests.values())
        return {backbone: tuple(self.pretrained(backbone).values()) for backbone in backbones}


def shipped_sources(backbones: tuple[str, ...]) -> Sources:
    """Return the chosen weights of the named backbones and the course's generators of images."""
    from data import pretrained  # noqa: PLC0415  - slow to import, and not needed by the tests
    from grader.evidence.images import load  # noqa: PLC0415

    digests: dict[str, str] = {}
    for backbone in backbones:
        digests.update(pretrained.digests(backbone))
    return Sources(digests, pretrained.array, load, pretrained.layers_of, pretrained.source_head)
