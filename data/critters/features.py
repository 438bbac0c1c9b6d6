"""Small features that several kinds have: eyes, smiles, whiskers, legs, paws."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from data.critters.figure import Figure
from data.critters.looks import Look
from data.drawing import Paint, ellipse, smooth_open, tapered

Point = tuple[float, float]


def eye(figure: Figure, look: Look, centre: Point, radius: float, tall: float = 1.1) -> None:
    """Add an eye with a highlight; ``tall`` is its height over its width."""
    x, y = centre
    if look.wide_eyes:
        figure.mass(look.white, ellipse(centre, (radius, radius * tall)))
        figure.mark(look.iris, ellipse((x + 0.1 * radius, y + 0.05 * radius), (0.72 * radius, 0.75 * radius * tall)))
        figure.mark(look.dark, ellipse((x + 0.12 * radius, y + 0.05 * radius), (0.5 * radius, 0.6 * radius * tall)))
    else:
        figure.mark(look.dark, ellipse(centre, (0.9 * radius, 0.9 * radius * tall)))
    figure.mark(look.white, ellipse((x - 0.25 * radius, y - 0.35 * radius), (0.32 * radius, 0.34 * radius)))


def line(paint: Paint, figure: Figure, points: Sequence[Point], width: float) -> None:
    """Add a thin smooth line through the points."""
    figure.mark(paint, tapered(points, width, width * 0.8))


def smile(figure: Figure, look: Look, centre: Point, width: float, thickness: float = 0.05) -> None:
    """Add a mouth: an arc of the given width that hangs below ``centre``."""
    x, y = centre
    half = width / 2
    line(look.dark, figure, [(x - half, y), (x, y + 0.4 * half), (x + half, y)], thickness)


def snout_mouth(figure: Figure, look: Look, nose: Point, width: float, thickness: float = 0.05) -> None:
    """Add the mouth of a cat or rabbit: two arcs that meet below the nose."""
    x, y = nose
    low = y + 0.55 * width
    for side in (-1.0, 1.0):
        points = [(x, y), (x, low), (x + 0.5 * side * width, low + 0.2 * width), (x + side * width, low)]
        line(look.dark, figure, points, thickness)


def whiskers(figure: Figure, paint: Paint, start: Point, reach: float, thickness: float = 0.035) -> None:
    """Add three whiskers on either side of x = 0, from ``start`` outwards by ``reach``."""
    x, y = start
    for side in (-1.0, 1.0):
        for spread in (-0.28, 0.0, 0.28):
            tip = (side * (x + reach), y + spread * reach * 1.3)
            bend = (side * (x + 0.5 * reach), y + spread * reach * 0.4)
            line(paint, figure, [(side * x, y + 0.25 * spread * reach), bend, tip], thickness)


def leg(top: Point, foot: Point, width: float, paw: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the outlines of a leg and of its paw, which points to the right; ``paw`` is the paw's half length."""
    knee = (0.5 * (top[0] + foot[0]) - 0.04, 0.5 * (top[1] + foot[1]))
    shank = tapered([top, knee, foot], width, width * 0.75)
    return shank, ellipse((foot[0] + 0.35 * paw, foot[1]), (paw, 0.6 * paw))


def toes(figure: Figure, paint: Paint, paw: Point, spread: float, thickness: float = 0.03) -> None:
    """Add two short lines that part the toes of a paw seen from the front."""
    for side in (-0.4, 0.4):
        x = paw[0] + side * spread
        line(paint, figure, [(x, paw[1] - 0.1 * spread), (x, paw[1] + 0.5 * spread)], thickness)


def spiral(turns: float, inner: float, points: int = 26) -> NDArray[np.float64]:
    """Return points, shape (points, 2), on a spiral about the origin from radius ``inner`` to radius 1."""
    share = np.linspace(0.0, 1.0, points)
    radius, turn = inner + (1.0 - inner) * share, 2.0 * np.pi * turns * share
    return smooth_open(np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=1), 2)
