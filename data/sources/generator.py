"""Draw source images with their labels: a kind for every image, and attributes where a figure has them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.drawing import Canvas, Texture
from data.sources import scene
from data.sources.animals import ANIMALS, FREE_TRAITS
from data.sources.animals.traits import EARS, HORNS, TAILS, draw_traits
from data.sources.things import PATTERNS, THINGS

KINDS: tuple[str, ...] = (*sorted(ANIMALS), *sorted(THINGS), *sorted(PATTERNS))
HEADS: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "ears": EARS,
    "tail": TAILS,
    "horns": HORNS,
    "coat": tuple(str(texture) for texture in Texture),
}
"""Head of the source classifier -> names of its classes."""

ABSENT = -1
"""Label of an attribute that an image does not have."""

_SHARES = {"animals": 0.68, "things": 0.20}


def draw(rng: np.random.Generator, size: int = 64) -> tuple[NDArray[np.uint8], dict[str, int]]:
    """Return one image, shape (size, size, 3), and its label for each head (-1 where it has none)."""
    labels = dict.fromkeys(HEADS, ABSENT)
    canvas = scene.start(rng, size)
    lot = rng.random()
    if lot < _SHARES["animals"]:
        kind = _draw_animal(canvas, rng, labels)
    elif lot < _SHARES["animals"] + _SHARES["things"]:
        kind = sorted(THINGS)[int(rng.integers(len(THINGS)))]
        canvas.pose = scene.pose(rng)
        THINGS[kind](canvas, rng)
    else:
        kind = sorted(PATTERNS)[int(rng.integers(len(PATTERNS)))]
        PATTERNS[kind](canvas, rng)
    labels["kind"] = KINDS.index(kind)
    canvas.pose = None
    if rng.random() < 0.35:
        scene.clutter(canvas, rng)
    return canvas.finish(noise=float(rng.uniform(0, 0.03)), softness=float(rng.choice([0, 0, 0.5]))), labels


def sample(seed: int, n: int, size: int = 64, first: int = 0) -> tuple[NDArray[np.uint8], dict[str, NDArray[np.int64]]]:
    """Return images ``first`` to ``first + n`` of the endless sequence that ``seed`` opens.

    The images have shape (n, size, size, 3); the labels map each head to class indices of shape (n,),
    -1 where an image does not have the attribute. Image k depends on the seed and k alone.
    """
    if seed < 0 or n < 0:
        raise ValueError(f"The seed and the number of images must not be negative, but are {seed} and {n}.")
    drawn = [draw(np.random.default_rng([seed, k]), size) for k in range(first, first + n)]
    images = np.stack([image for image, _ in drawn]) if drawn else np.zeros((0, size, size, 3), np.uint8)
    labels = {head: np.array([labels[head] for _, labels in drawn], dtype=np.int64) for head in HEADS}
    return images, labels


def _draw_animal(canvas: Canvas, rng: np.random.Generator, labels: dict[str, int]) -> str:
    kind = sorted(ANIMALS)[int(rng.integers(len(ANIMALS)))]
    traits = draw_traits(rng)
    canvas.pose = scene.pose(rng)
    if rng.random() < 0.7:
        canvas.shadow((0.0, 0.95), (0.9, 0.14))
    ANIMALS[kind](canvas, rng, traits)
    labels["coat"] = list(Texture).index(traits.texture)
    for trait in FREE_TRAITS.get(kind, frozenset()):
        labels[trait] = {"ears": traits.ears, "tail": traits.tail, "horns": traits.horns}[trait]
    return kind
