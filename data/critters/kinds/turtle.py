"""A turtle: domed shell with plates, stubby legs or flippers, small blunt head."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from data.critters.features import eye, line, smile
from data.critters.figure import Figure, both, frame
from data.critters.looks import Look
from data.drawing import ellipse, smooth_closed, tapered


def compose(rng: np.random.Generator, look: Look) -> Figure:
    """Return a turtle: walking seen from the side, or seen from above with legs or with flippers."""
    figure = Figure(rim=rng.uniform(0.015, 0.04))
    view = (_walk, _above)[rng.choice(2, p=(0.55, 0.45))]
    view(figure, look, rng)
    return figure


def _walk(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    high, low = rng.uniform(0.55, 0.85), rng.uniform(0.55, 0.65)
    stride, rise = rng.uniform(-0.1, 0.1), rng.uniform(-0.25, 0.3)
    figure.mass(look.coat, tapered([(-0.7, 0.3), (-1.05, 0.42)], 0.2, 0.04))
    for x, shift in ((-0.35, stride), (0.5, -stride)):
        figure.mass(look.shade, tapered([(x, 0.25), (x + shift, low - 0.04)], 0.26, 0.22))
    neck = tapered([(0.5, 0.25), (0.8, 0.15), (0.98, 0.0 - rise)], 0.3, 0.26)
    figure.mass(look.coat, neck, ellipse((1.05, -0.08 - rise), (0.29, 0.25)))
    eye(figure, look, (1.12, -0.14 - rise), rng.uniform(0.09, 0.12))
    smile(figure, look, (1.16, 0.02 - rise), 0.24, 0.045)
    for x, shift in ((-0.55, -stride), (0.32, stride)):
        figure.mass(look.coat, tapered([(x, 0.25), (x + shift, low)], 0.3, 0.26))
        for toe in (-0.08, 0.02, 0.12):
            figure.mark(look.belly, ellipse((x + shift + toe, low + 0.08), (0.035, 0.035)))
    dome = smooth_closed(
        [
            (-0.88, 0.3),
            (-0.75, -0.1),
            (-0.35, 0.2 - high),
            (0.05, 0.14 - high),
            (0.45, 0.24 - high),
            (0.75, -0.08),
            (0.85, 0.3),
            (0.0, 0.36),
        ]
    )
    figure.mass(look.accent, dome)
    _side_plates(figure, look, high)
    figure.mass(look.belly, tapered([(-0.86, 0.3), (0.0, 0.36), (0.84, 0.3)], 0.13, 0.13))


def _side_plates(figure: Figure, look: Look, high: float) -> None:
    top = 0.25 - high
    middle = 0.5 * (top + 0.3)
    ridge = [
        (-0.5, middle),
        (-0.25, top + 0.07),
        (0.2, top + 0.06),
        (0.45, middle),
        (0.22, 0.24),
        (-0.25, 0.24),
        (-0.5, middle),
    ]
    for start, end in pairwise(ridge):
        line(look.mark, figure, [start, end], 0.05)
    line(look.mark, figure, [ridge[0], (-0.8, middle + 0.05)], 0.05)
    line(look.mark, figure, [ridge[3], (0.76, middle + 0.05)], 0.05)


def _limb(out: float, reach: float, wide: float) -> NDArray[np.float64]:
    return tapered([(0.0, 0.0), (0.5 * reach, -0.06 * out), (reach, 0.1 * out)], wide, 0.8 * wide)


def _above(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    """Draw the turtle from above, head up, its whole turned a little further than other kinds."""
    turned = figure.within(frame(0.0, 0.0, 1.0, rng.uniform(-0.6, 0.6)))
    wide, long = rng.uniform(0.55, 0.7), rng.uniform(0.68, 0.8)
    swims = bool(rng.random() < 0.4)
    turned.mass(look.coat, tapered([(0.0, 0.6), (rng.uniform(-0.1, 0.1), long + 0.25)], 0.2, 0.04))
    _limbs(turned, look, (wide, long), swims, rng)
    nod = rng.uniform(-0.1, 0.1)
    turned.mass(
        look.coat, tapered([(0.0, -0.5), (nod, -long - 0.12)], 0.26, 0.24), ellipse((nod, -long - 0.2), (0.22, 0.25))
    )
    for side in (-1.0, 1.0):
        eye(turned, look, (nod + 0.13 * side, -long - 0.26), 0.075)
    turned.mass(look.belly, ellipse((0.0, 0.0), (wide, long)))
    turned.mass(look.accent, ellipse((0.0, 0.0), (0.87 * wide, 0.88 * long)))
    _top_plates(turned, look, wide, long)


def _limbs(figure: Figure, look: Look, radii: tuple[float, float], swims: bool, rng: np.random.Generator) -> None:
    wide, long = radii
    for side in (-1.0, 1.0):
        front = frame(side * 0.7 * wide, -0.55 * long, 1.0, side * rng.uniform(-0.7, 0.2), side < 0)
        rear = frame(side * 0.65 * wide, 0.6 * long, 1.0, side * rng.uniform(0.5, 0.9), side < 0)
        if swims:
            flipper = smooth_closed([(0.0, -0.14), (0.5, -0.16), (0.85, 0.15), (0.8, 0.3), (0.45, 0.14), (0.0, 0.14)])
            figure.within(front).mass(look.coat, flipper)
            figure.within(rear).mass(look.coat, flipper * 0.55)
        else:
            figure.within(front).mass(look.coat, _limb(-1.0, 0.45, 0.28))
            figure.within(rear).mass(look.coat, _limb(1.0, 0.38, 0.26))


def _top_plates(figure: Figure, look: Look, wide: float, long: float) -> None:
    hexagon = [(0.0, -0.6), (0.42, -0.32), (0.42, 0.32), (0.0, 0.6)]
    for x, y in hexagon:
        for side in (-1.0, 1.0):
            out = (side * x * wide * 1.0, y * long)
            rim = (side * x * wide * 1.9 if x else 0.0, y * long * (1.4 if x == 0 else 1.5))
            line(look.mark, figure, [out, rim], 0.05)
    for (x, y), (u, v) in pairwise(hexagon):
        figure.mark(look.mark, *both(tapered([(x * wide, y * long), (u * wide, v * long)], 0.05, 0.05)))
    for y in (-0.2, 0.2):
        line(look.mark, figure, [(-0.42 * wide, y * long), (0.42 * wide, y * long)], 0.05)
