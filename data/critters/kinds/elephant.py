"""An elephant: trunk, large fan ears, tusks, pillar legs, thin tail with a tuft."""

from __future__ import annotations

import numpy as np

from data.critters.features import eye, line, smile
from data.critters.figure import Figure, both, frame
from data.critters.looks import Look
from data.drawing import ellipse, smooth_closed, tapered

Point = tuple[float, float]


def compose(rng: np.random.Generator, look: Look) -> Figure:
    """Return an elephant: seen from the side, standing seen from the front, or its head."""
    figure = Figure(rim=rng.uniform(0.015, 0.04))
    view = (_walk, _face_on, _face)[rng.choice(3, p=(0.55, 0.25, 0.2))]
    view(figure, look, rng)
    return figure


def _pillar(figure: Figure, look: Look, top: float, foot: Point, near: bool) -> None:
    figure.mass(look.coat if near else look.shade, tapered([(top, 0.1), foot], 0.32, 0.29))
    for toe in (-0.08, 0.02, 0.12):
        figure.mark(look.belly, ellipse((foot[0] + toe, foot[1] + 0.09), (0.045, 0.04)))


def _walk(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    stride, low = rng.uniform(-0.12, 0.12), rng.uniform(0.6, 0.75)
    tail = [(-0.8, -0.15), (-0.95, 0.05), (-0.93 - rng.uniform(0.0, 0.15), 0.35)]
    figure.mass(look.coat, tapered(tail, 0.08, 0.05))
    figure.mass(look.dark, ellipse(tail[-1], (0.06, 0.09)))
    _pillar(figure, look, -0.38, (-0.38 + stride, low - 0.04), False)
    _pillar(figure, look, 0.28, (0.28 - stride, low - 0.04), False)
    _pillar(figure, look, -0.58, (-0.58 - stride, low), True)
    _pillar(figure, look, 0.12, (0.12 + stride, low), True)
    back = rng.uniform(-0.5, -0.38)
    body = [
        (-0.85, 0.0),
        (-0.65, back + 0.1),
        (-0.15, back - 0.05),
        (0.35, back + 0.02),
        (0.6, 0.0),
        (0.4, 0.3),
        (-0.2, 0.36),
        (-0.7, 0.28),
    ]
    figure.mass(look.coat, smooth_closed(body))
    _profile(
        figure.within(frame(0.6, rng.uniform(-0.4, -0.25), rng.uniform(0.4, 0.48), rng.uniform(-0.15, 0.15))), look, rng
    )


def _side_trunk(rng: np.random.Generator) -> list[Point]:
    style = rng.integers(3)
    if style == 0:
        return [(0.5, 0.1), (1.05, 0.5), (1.15, 1.2), (1.0, 1.8), (1.25, 2.1), (1.5, 1.95)]
    if style == 1:
        return [(0.5, 0.1), (1.1, 0.5), (1.5, 0.65), (1.85, 0.2), (1.8, -0.4), (2.05, -0.75)]
    return [(0.5, 0.1), (1.05, 0.6), (1.25, 1.2), (1.7, 1.3), (1.95, 0.9), (1.75, 0.6)]


def _profile(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    """Draw the head seen from the side in a frame whose unit is the radius of the head."""
    trunk = tapered(_side_trunk(rng), 0.75, 0.24)
    figure.mass(look.coat, trunk, ellipse((0.1, -0.05), (0.95, 0.92)))
    figure.mass(look.white, tapered([(0.6, 0.7), (0.95, 1.05), (1.4, rng.uniform(0.85, 1.0))], 0.24, 0.08))
    smile(figure, look, (0.45, 0.68), 0.4, 0.06)
    eye(figure, look, (0.5, -0.22), rng.uniform(0.15, 0.2))
    big = rng.uniform(0.9, 1.15)
    ear = [(0.05, -0.75), (-0.6, -1.0), (-1.15, -0.55), (-1.1, 0.3), (-0.6, 1.0), (-0.15, 0.6), (0.1, 0.0)]
    shape = smooth_closed(ear) * big
    figure.mass(look.coat, shape)
    figure.mark(look.pink, shape * 0.68 + [-0.17, 0.0])


def _face_on(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    wide = rng.uniform(0.5, 0.6)
    figure.mass(look.shade, ellipse((0.0, 0.2), (wide, 0.6)))
    figure.mass(look.coat, *both(tapered([(wide - 0.2, 0.3), (wide - 0.18, 0.88)], 0.36, 0.34)))
    for side in (-1.0, 1.0):
        for toe in (-0.1, 0.0, 0.1):
            figure.mark(look.belly, ellipse((side * (wide - 0.18) + toe, 0.98), (0.045, 0.05)))
    _face(figure.within(frame(0.0, -0.3, rng.uniform(0.48, 0.55), rng.uniform(-0.12, 0.12))), look, rng)


def _face(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    """Draw the head seen from the front in a frame whose unit is the radius of the head."""
    out, high = rng.uniform(1.6, 1.95), rng.uniform(-0.95, -0.65)
    ear = smooth_closed(
        [(0.5, -0.55), (1.0, high - 0.1), (out, high + 0.35), (out - 0.1, 0.35), (1.1, 0.85), (0.6, 0.45)]
    )
    figure.mass(look.coat, *both(ear))
    middle = ear.mean(axis=0)
    figure.mark(look.pink, *both((ear - middle) * 0.65 + middle))
    head = [(0.0, -0.98), (0.6, -0.78), (0.8, -0.1), (0.62, 0.5), (0.3, 0.8)]
    figure.mass(look.coat, smooth_closed(head + [(-x, y) for x, y in head[:0:-1]]))
    figure.mass(look.white, *both(tapered([(0.42, 0.6), (0.55, 1.0), (0.5, 1.3)], 0.24, 0.08)))
    sway = rng.uniform(-0.5, 0.5)
    trunk = [(0.0, 0.1), (0.0, 0.75), (0.25 * sway, 1.3), (sway, 1.7), (1.6 * sway, rng.uniform(1.5, 1.8))]
    figure.mass(look.coat, tapered(trunk, 0.62, 0.28))
    for y in (0.55, 0.8, 1.05):
        line(look.shade, figure, [(-0.18, y), (0.0, y + 0.05), (0.18, y)], 0.06)
    apart, big = rng.uniform(0.42, 0.5), rng.uniform(0.13, 0.18)
    eye(figure, look, (-apart, -0.12), big)
    eye(figure, look, (apart, -0.12), big)
