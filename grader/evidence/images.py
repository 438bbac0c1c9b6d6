"""The images that models are measured on, as a rubric describes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.errors import GraderError
from grader.evidence.plan import Array
from grader.measures import ALL, ImageSet

Advance = Callable[[int, int], None]
"""Called with the number of kinds drawn and the number of all."""


class NoImagesError(GraderError):
    """A described set of images does not exist; the message names it."""


def load(images: ImageSet, advance: Advance | None = None) -> tuple[Array, Array]:
    """Return the images, uint8 (n, size, size, 3), and labels, int64 (n,), that ``images`` describes.

    Raises NoImagesError for a set or part that there is not, or a drawn one without a seed.
    """
    if images.part in ("train", "test"):
        return _as_classes(images, *_shipped(images))
    if images.seed is None:
        raise NoImagesError(f'The images "{images.id}" have no seed to be drawn from.')
    if images.set == "sources":
        from data import sources  # noqa: PLC0415  - each generator takes its time to import

        pictures, known = sources.sample(images.seed, images.count, images.size)
        return pictures, known["kind"]
    module = _generator(images)
    if images.part == "production":
        return _as_classes(images, *module.production(images.seed, images.count))
    kinds = images.kinds or module.KINDS
    drawn = []
    for number, kind in enumerate(kinds, start=1):
        drawn.append(module.sample(images.seed, images.count, images.size, (kind,))[0])
        if advance is not None:
            advance(number, len(kinds))
    labels = np.repeat(np.arange(len(kinds), dtype=np.int64), images.count)
    return _as_classes(images, np.concatenate(drawn), labels)


def kinds_drawn(images: ImageSet) -> int:
    """Return how many kinds are drawn one after the other; 1 where they come mixed or are shipped."""
    one_by_one = images.part in ("fresh", "given") and images.set != "sources"
    return len(images.kinds or _generator(images).KINDS) if one_by_one else 1


def kinds_of(images: ImageSet) -> tuple[str, ...]:
    """Return the names of the classes, in the order of the labels."""
    if images.set == "sources":
        from data import sources  # noqa: PLC0415

        return tuple(sources.KINDS)
    if images.sound:
        return (images.sound, "defect")
    return images.kinds or tuple(_generator(images).KINDS)


def _generator(images: ImageSet) -> Any:
    if images.set == "critters":
        from data import critters  # noqa: PLC0415

        return critters
    if images.set == "surfaces":
        from data import surfaces  # noqa: PLC0415

        return surfaces
    raise NoImagesError(f'There are no images "{images.set}"; there are critters, surfaces and sources.')


def _shipped(images: ImageSet) -> tuple[Array, Array]:
    from data import datasets  # noqa: PLC0415

    pictures, labels = datasets.load(images.set, images.part, None if images.count == ALL else images.count)
    if not images.kinds:
        return pictures, labels
    known = tuple(_generator(images).KINDS)
    chosen = [np.flatnonzero(labels == known.index(kind)) for kind in images.kinds]
    order = np.concatenate(chosen)
    return pictures[order], np.repeat(np.arange(len(chosen), dtype=np.int64), [len(places) for places in chosen])


def _as_classes(images: ImageSet, pictures: Array, labels: Array) -> tuple[Array, Array]:
    if not images.sound:
        return pictures, labels
    kinds = images.kinds or tuple(_generator(images).KINDS)
    return pictures, (labels != kinds.index(images.sound)).astype(np.int64)
