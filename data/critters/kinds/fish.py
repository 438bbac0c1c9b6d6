"""A fish: streamlined body, fan tail, fins, gill, round eye."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.critters.features import eye, line
from data.critters.figure import Figure
from data.critters.looks import Look
from data.drawing import Paint, smooth_closed, tapered


def compose(rng: np.random.Generator, look: Look) -> Figure:
    """Return a fish seen from the side: slim, plump or tall, its tail forked or round, straight or bent."""
    figure = Figure(rim=rng.uniform(0.015, 0.04), grounded=False)
    high = (rng.uniform(0.28, 0.38), rng.uniform(0.42, 0.55), rng.uniform(0.55, 0.68))[rng.integers(3)]
    bend = rng.uniform(-0.2, 0.2)
    fins = (look.accent, look.shade)[rng.integers(2)]
    _tail(figure, fins, bend, rng)
    _fins(figure, fins, high, rng)
    _body(figure, look, high, bend, rng)
    return figure


def _tail(figure: Figure, fins: Paint, bend: float, rng: np.random.Generator) -> None:
    reach, half = rng.uniform(1.05, 1.3), rng.uniform(0.32, 0.55)
    notch = rng.uniform(0.75, 0.95) if rng.random() < 0.65 else reach + 0.05
    shape = [
        (-0.5, bend - 0.06),
        (-reach, bend - half),
        (-reach + 0.03, bend - half + 0.1),
        (-notch, bend),
        (-reach + 0.03, bend + half - 0.1),
        (-reach, bend + half),
        (-0.5, bend + 0.06),
    ]
    figure.mass(fins, smooth_closed(shape))
    for spread in (-0.55, 0.0, 0.55):
        line(
            _rays(fins),
            figure,
            [(-0.68, bend + 0.15 * spread * half), (-0.93 * min(reach, notch + 0.12), bend + spread * half)],
            0.03,
        )


def _rays(fins: Paint) -> Paint:
    red, green, blue = fins.colour
    return Paint((0.6 * red, 0.6 * green, 0.6 * blue), relief=0.0)


def _fins(figure: Figure, fins: Paint, high: float, rng: np.random.Generator) -> None:
    rise, back = rng.uniform(0.18, 0.5), rng.uniform(-0.6, -0.25)
    dorsal = [
        (0.3, -0.7 * high),
        (0.0, -high - 0.8 * rise),
        (back, -high - rise),
        (back, -0.75 * high),
        (-0.2, -0.5 * high),
    ]
    figure.mass(fins, smooth_closed(dorsal))
    fall = rng.uniform(0.15, 0.4)
    figure.mass(
        fins, smooth_closed([(0.05, 0.7 * high), (-0.15, high + fall), (-0.4, high + 0.9 * fall), (-0.35, 0.6 * high)])
    )


def _body(figure: Figure, look: Look, high: float, bend: float, rng: np.random.Generator) -> None:
    blunt = rng.uniform(0.72, 0.9)
    back = [
        (blunt, -0.03),
        (0.62, -0.55 * high),
        (0.15, -high),
        (-0.35, 0.5 * bend - 0.62 * high),
        (-0.68, bend - 0.09),
    ]
    belly = [(-0.68, bend + 0.09), (-0.35, 0.5 * bend + 0.62 * high), (0.15, high), (0.62, 0.6 * high), (blunt, 0.08)]
    figure.mass(look.coat, smooth_closed(back + belly))
    figure.mark(
        look.belly, smooth_closed([(0.6, 0.45 * high), (0.15, 0.55 * high), (-0.35, 0.45 * high), (0.1, 0.9 * high)])
    )
    if rng.random() < 0.45:
        for x in (0.02, -0.3):
            half = 0.8 * high * (1.0 - 0.9 * abs(x))
            figure.mark(look.accent, tapered([(x, -half), (x + 0.07, 0.0), (x, half)], 0.13, 0.11))
    else:
        _scales(figure, look, high)
    line(look.dark, figure, [(0.36, -0.45 * high), (0.26, 0.05), (0.36, 0.5 * high)], 0.045)
    eye(figure, look, (0.55, -0.2 * high), rng.uniform(0.1, 0.14), 1.0)
    line(look.dark, figure, [(blunt + 0.01, 0.07), (blunt - 0.12, 0.13), (blunt - 0.2, 0.1)], 0.05)
    figure.mass(look.shade, _breast_fin(rng))


def _breast_fin(rng: np.random.Generator) -> NDArray[np.float64]:
    long, drop = rng.uniform(0.25, 0.4), rng.uniform(-0.05, 0.25)
    tip = (0.2 - long, 0.15 + drop)
    return smooth_closed([(0.25, 0.1), (0.2 - 0.6 * long, 0.02 + drop), tip, (0.2 - 0.5 * long, 0.28 + 0.5 * drop)])


def _scales(figure: Figure, look: Look, high: float) -> None:
    for row, y in enumerate((-0.45 * high, 0.0, 0.4 * high)):
        for column in range(3):
            x = 0.1 - 0.22 * column - 0.1 * (row % 2)
            line(look.shade, figure, [(x, y - 0.09), (x - 0.07, y), (x, y + 0.09)], 0.035)
