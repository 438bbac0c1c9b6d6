"""Small helpers of the things and patterns: colours, paints and outlines that several kinds need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from data.drawing import Canvas, Paint, Texture, ellipse, hsv
from data.drawing.geometry import Points
from data.drawing.paint import Colour

_T = TypeVar("_T")

Composer = Callable[[Canvas, np.random.Generator], None]
"""Draws one picture's content on a prepared canvas, with all chance from the generator."""

INK: Colour = (0.1, 0.09, 0.12)
GREENS = (0.22, 0.28, 0.33, 0.38)
"""Hues of leaves, in turns."""

_TEXTURES = (Texture.STRIPES, Texture.WAVES, Texture.SPOTS, Texture.CHECKS, Texture.CLOUDS, Texture.FUR, Texture.RINGS)


def pick(rng: np.random.Generator, items: Sequence[_T]) -> _T:
    """Return one of the items."""
    return items[int(rng.integers(len(items)))]


def chance(rng: np.random.Generator, share: float) -> bool:
    """Return true in a ``share`` (0 to 1) of the calls."""
    return bool(rng.random() < share)


def some_colour(rng: np.random.Generator, hue: float | None = None, spread: float = 0.04) -> Colour:
    """Return a colour near a hue (turns); any hue, now and then grey, where none is given."""
    turn = rng.random() if hue is None else hue + rng.uniform(-spread, spread)
    saturation = rng.uniform(0.0, 0.15) if hue is None and chance(rng, 0.15) else rng.uniform(0.4, 0.95)
    return hsv(float(turn), float(saturation), float(rng.uniform(0.4, 0.98)))


def shade(colour: Colour, share: float) -> Colour:
    """Return the colour darkened (``share`` below 1) or mixed towards white (above 1, up to 2)."""
    r, g, b = (c * share if share <= 1 else c + (1.0 - c) * (share - 1.0) for c in colour)
    return (r, g, b)


def plain(colour: Colour, relief: float = 0.4) -> Paint:
    """Return a fill of one colour."""
    return Paint(colour, relief=relief)


def material(rng: np.random.Generator, colour: Colour | None = None, textured: float = 0.4) -> Paint:
    """Return a fill: plain, or in a ``textured`` share of the calls with a second colour in a texture."""
    base = some_colour(rng) if colour is None else colour
    relief = float(rng.uniform(0.2, 0.7))
    if not chance(rng, textured):
        return plain(base, relief)
    second = some_colour(rng) if chance(rng, 0.4) else shade(base, pick(rng, (0.5, 0.7, 1.4, 1.7)))
    scale, angle = float(rng.uniform(0.05, 0.16)), float(rng.uniform(0.0, np.pi))
    return Paint(base, second, pick(rng, _TEXTURES), scale, angle, relief)


def box(left: float, top: float, right: float, bottom: float) -> Points:
    """Return a rectangle's corners, shape (4, 2)."""
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def polar(radii: ArrayLike, centre: tuple[float, float] = (0.0, 0.0), start: float = -np.pi / 2) -> Points:
    """Return the outline with the given radii at equal steps of a full turn, shape (n, 2)."""
    reach = np.asarray(radii, dtype=np.float64)
    turn = start + np.linspace(0.0, 2.0 * np.pi, len(reach), endpoint=False)
    return np.asarray(centre) + np.stack([reach * np.cos(turn), reach * np.sin(turn)], axis=1)


def pierced(outer: Points, inner: Points) -> Points:
    """Return one outline, by a seam, of the area between two closed outlines."""
    return np.concatenate([outer, outer[:1], inner[:1], inner[::-1]])


def hoop(centre: tuple[float, float], radii: tuple[float, float], width: float) -> Points:
    """Return the outline of an elliptical ring whose band has the given width, inward from ``radii``."""
    return pierced(ellipse(centre, radii), ellipse(centre, (radii[0] - width, radii[1] - width)))


def turned(heights: ArrayLike, halves: ArrayLike, x: float = 0.0) -> Points:
    """Return the upright outline, symmetric about ``x``, with a half-width at each height; shape (2 n, 2)."""
    y, half = np.asarray(heights, dtype=np.float64), np.asarray(halves, dtype=np.float64)
    right, left = np.stack([x + half, y], axis=1), np.stack([x - half, y], axis=1)
    return np.concatenate([right, left[::-1]])
