"""Labelled pictures of the ten critters, each redrawn to the pixel from its seed, kind and number."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from data.critters.figure import Figure
from data.critters.kinds import bird, butterfly, cat, dog, elephant, fish, frog, rabbit, snail, turtle
from data.critters.looks import Look, draw_look
from data.critters.scene import paint_scene

_COMPOSE: dict[str, Callable[[np.random.Generator, Look], Figure]] = {
    "bird": bird.compose,
    "butterfly": butterfly.compose,
    "cat": cat.compose,
    "dog": dog.compose,
    "elephant": elephant.compose,
    "fish": fish.compose,
    "frog": frog.compose,
    "rabbit": rabbit.compose,
    "snail": snail.compose,
    "turtle": turtle.compose,
}

KINDS: tuple[str, ...] = tuple(_COMPOSE)
"""The ten kinds, in alphabetical order."""


def draw(kind: str, rng: np.random.Generator, size: int = 64) -> NDArray[np.uint8]:
    """Return one picture of a kind, shape (size, size, 3), 0 to 255; raise ValueError for an unknown kind."""
    _check_kind(kind)
    look = draw_look(rng)
    return paint_scene(_COMPOSE[kind](rng, look), look, rng, size)


def sample(
    seed: int, per_kind: int, size: int = 64, kinds: Sequence[str] = KINDS
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return ``per_kind`` pictures of each kind, grouped by kind, and their labels.

    Pictures have shape (n, size, size, 3), 0 to 255; labels have shape (n,) and are positions in ``kinds``.
    Picture k of a kind depends on ``seed``, the kind and k alone. Raise ValueError for a negative seed or
    number, or an unknown kind.
    """
    if seed < 0:
        raise ValueError(f"The seed must be 0 or more, not {seed}.")
    if per_kind < 0:
        raise ValueError(f"The number of pictures per kind must be 0 or more, not {per_kind}.")
    for kind in kinds:
        _check_kind(kind)
    images = np.zeros((len(kinds) * per_kind, size, size, 3), dtype=np.uint8)
    for position, kind in enumerate(kinds):
        for k in range(per_kind):
            rng = np.random.default_rng([seed, KINDS.index(kind), k])
            images[position * per_kind + k] = draw(kind, rng, size)
    return images, np.repeat(np.arange(len(kinds), dtype=np.int64), per_kind)


def _check_kind(kind: str) -> None:
    if kind not in _COMPOSE:
        raise ValueError(f"Unknown kind {kind!r}: choose one of {', '.join(KINDS)}.")
