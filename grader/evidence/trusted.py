"""What the grader computes without anything of a student's: images, the pretrained backbone, its features."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import keras
import numpy as np

from data import WeightsError
from grader.backbones import PREPROCESSING
from grader.evidence.plan import Array, Draw, Sources
from grader.evidence.probe import KNOWN
from grader.measures import ImageSet

BATCH = 50


class NoBackboneError(WeightsError):
    """A backbone's weights are not among the sources, so that nothing can be compared with them."""


@dataclass(frozen=True)
class Trusted:
    """A pretrained backbone by its name and the digests of its arrays, in the order of its weights."""

    name: str
    digests: tuple[str, ...]
    build: Callable[[str], Any] = field(compare=False)
    arrays: Callable[[], Sequence[Array]] = field(compare=False)

    @property
    def preprocessing(self) -> str:
        """The name of its preprocessing, as the probe knows it."""
        return PREPROCESSING.get(self.name, "raw")


def trusted(sources: Sources, backbone: str) -> Trusted:
    """Return a backbone of the sources; raise NoBackboneError where they do not hold it."""
    table = sources.pretrained(backbone)
    if not table:
        raise NoBackboneError(f"The pretrained weights of {backbone} are not at hand.")
    references = tuple(table)
    return Trusted(
        backbone, tuple(table.values()), sources.build, lambda: [sources.lookup(name) for name in references]
    )


def with_weights(base: Trusted, arrays: Sequence[Array]) -> Any:
    """Return the backbone as a Keras model that holds ``arrays``, in the order of its weights, until the next call."""
    model = _architecture(base.build, base.name, base.digests)
    model.set_weights([np.asarray(array) for array in arrays])
    return model


@lru_cache(maxsize=2)
def _architecture(build: Callable[[str], Any], name: str, _digests: tuple[str, ...]) -> Any:
    """Return a backbone's architecture, built once in a process: that takes longer than what is computed with it.

    The digests tell apart what a backbone is under other chosen weights.
    """
    return build(name)


@lru_cache(maxsize=16)
def images_and_labels(draw: Draw, images: ImageSet) -> tuple[Array, Array]:
    """Return a set's images and labels, drawn once in a process."""
    return draw(images)


@lru_cache(maxsize=8)
def features(base: Trusted, draw: Draw, images: ImageSet) -> Array:
    """Return what the pretrained backbone makes of a set's images, float32 (n, ...), computed once in a process."""
    return features_by(with_weights(base, base.arrays()), base, images_and_labels(draw, images.pictures)[0])


def features_by(model: Any, base: Trusted, images: Array) -> Array:
    """Return what a model of the backbone's architecture makes of raw images (n, height, width, 3), float32."""
    parts = []
    for start in range(0, len(images), BATCH):
        prepared = KNOWN[base.preprocessing].apply(images[start : start + BATCH])
        parts.append(keras.ops.convert_to_numpy(model(prepared, training=False)))
    return np.concatenate(parts)
