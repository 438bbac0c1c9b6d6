"""Labelled pictures of the ten critters, each redrawn to the pixel from its seed, kind and number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from data.critters.figure import Figure
from data.critters.kinds import bird, butterfly, cat, dog, elephant, fish, frog, rabbit, snail, turtle
from data.critters.looks import Look, draw_look
from data.critters.scene import paint_scene
from data.drawing.sampling import check_kind, labelled

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
    check_kind(kind, KINDS)
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
    drawn, labels = labelled(partial(draw, size=size), KINDS, kinds, per_kind, seed)
    return np.array(drawn, dtype=np.uint8).reshape(len(labels), size, size, 3), labels
