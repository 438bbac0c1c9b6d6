"""Animals among the source images: one composer for each kind, with free ears, tails and horns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data.drawing import Canvas
from data.sources.animals import bugs, mammals, quadrupeds, reptiles, sea
from data.sources.animals.traits import EARS, HORNS, TAILS, Traits, draw_traits

Composer = Callable[[Canvas, np.random.Generator, Traits], None]
"""Draws a figure in the units of ``canvas.pose`` (about -1 to 1), on a canvas with background and pose set."""

ANIMALS: dict[str, Composer] = {
    "horse": quadrupeds.horse,
    "cow": quadrupeds.cow,
    "pig": quadrupeds.pig,
    "sheep": quadrupeds.sheep,
    "giraffe": quadrupeds.giraffe,
    "camel": quadrupeds.camel,
    "deer": quadrupeds.deer,
    "bear": quadrupeds.bear,
    "mouse": quadrupeds.mouse,
    "hedgehog": mammals.hedgehog,
    "kangaroo": mammals.kangaroo,
    "monkey": mammals.monkey,
    "bat": mammals.bat,
    "whale": mammals.whale,
    "seal": mammals.seal,
    "snake": reptiles.snake,
    "lizard": reptiles.lizard,
    "crocodile": reptiles.crocodile,
    "octopus": sea.octopus,
    "jellyfish": sea.jellyfish,
    "crab": sea.crab,
    "starfish": sea.starfish,
    "spider": bugs.spider,
    "ant": bugs.ant,
    "beetle": bugs.beetle,
    "caterpillar": bugs.caterpillar,
    "dragonfly": bugs.dragonfly,
    "scorpion": bugs.scorpion,
}

_HOOFED = frozenset({"ears", "tail", "horns"})

FREE_TRAITS: dict[str, frozenset[str]] = {
    **dict.fromkeys(ANIMALS, frozenset[str]()),
    **dict.fromkeys(("horse", "cow", "pig", "sheep", "giraffe", "camel", "deer"), _HOOFED),
    "bear": frozenset({"tail"}),
    "monkey": frozenset({"tail"}),
    "kangaroo": frozenset({"ears"}),
    "bat": frozenset({"ears"}),
    "beetle": frozenset({"horns"}),
}
"""Which of "ears", "tail" and "horns" a kind draws as its traits say; elsewhere the attribute has no label."""

__all__ = ["ANIMALS", "EARS", "FREE_TRAITS", "HORNS", "TAILS", "Composer", "Traits", "draw_traits"]
