"""A snail: coiled shell on a long creeping foot, eyes on stalks."""

from __future__ import annotations

import numpy as np

from data.critters.features import eye, smile, spiral
from data.critters.figure import Figure, frame
from data.critters.looks import Look
from data.drawing import ellipse, smooth_closed, tapered


def compose(rng: np.random.Generator, look: Look) -> Figure:
    """Return a snail seen from the side, with a flat coiled shell or a pointed one, head low or raised."""
    figure = Figure(rim=rng.uniform(0.015, 0.04))
    rise = rng.uniform(0.25, 0.75)
    _stalks(figure, look, rise, rng, near=False)
    _foot(figure, look, rise, rng)
    radius = rng.uniform(0.5, 0.68)
    shell = figure.within(frame(rng.uniform(-0.3, -0.1), 0.62 - radius, radius, rng.uniform(-0.35, 0.35)))
    (_coil if rng.random() < 0.72 else _cone)(shell, look, rng)
    _stalks(figure, look, rise, rng, near=True)
    _face(figure, look, rise, rng)
    return figure


def _foot(figure: Figure, look: Look, rise: float, rng: np.random.Generator) -> None:
    tail = rng.uniform(-1.25, -0.95)
    head = 0.55 - rise
    neck = tapered([(0.1, 0.58), (0.5, 0.5), (0.72, 0.3), (0.82, head)], 0.32, 0.34)
    sole = tapered([(tail, 0.74), (-0.5, 0.64), (0.2, 0.62), (0.62, 0.62)], 0.06, 0.28)
    figure.mass(look.coat, sole, neck, ellipse((0.86, head), (0.23, 0.21)))
    figure.mark(look.belly, tapered([(0.62, 0.6), (0.82, 0.4), (0.92, head + 0.12)], 0.08, 0.1))


def _stalks(figure: Figure, look: Look, rise: float, rng: np.random.Generator, near: bool) -> None:
    root = (0.92 if near else 0.78, 0.45 - rise)
    tip = (root[0] + rng.uniform(-0.12, 0.22), root[1] - rng.uniform(0.32, 0.5))
    middle = (0.5 * (root[0] + tip[0]) + 0.03, 0.5 * (root[1] + tip[1]))
    figure.mass(look.coat if near else look.shade, tapered([root, middle, tip], 0.1, 0.07), ellipse(tip, (0.1, 0.1)))
    eye(figure, look, tip, 0.1, 1.0)


def _face(figure: Figure, look: Look, rise: float, rng: np.random.Generator) -> None:
    smile(figure, look, (0.96, 0.58 - rise), 0.2, 0.045)
    figure.mark(look.pink, ellipse((0.8, 0.62 - rise), (0.06, 0.05)))
    if rng.random() < 0.6:
        return
    reach = rng.uniform(0.05, 0.1)
    figure.mass(look.coat, tapered([(1.03, 0.56 - rise), (1.05 + reach, 0.64 - rise)], 0.07, 0.05))


def _coil(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    """Draw a flat coiled shell in a frame whose unit is its radius."""
    figure.mass(look.accent, ellipse((0.0, 0.0), (1.0, rng.uniform(0.88, 1.0))), ellipse((0.5, 0.45), (0.5, 0.4)))
    phase = rng.uniform(-0.4, 0.4)
    coil = spiral(rng.uniform(1.8, 2.5), 0.06) * 0.88
    cos, sin = np.cos(phase), np.sin(phase)
    turned = coil @ np.array([[cos, sin], [-sin, cos]])
    figure.mark(look.mark, tapered(turned, 0.1, 0.16, 1))
    figure.mark(look.white, ellipse((-0.45, -0.55), (0.14, 0.07), -0.7))


def _cone(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    """Draw a pointed shell of stacked whorls in a frame whose unit is the radius of the widest one."""
    lean, pitch = rng.uniform(0.45, 0.7), rng.uniform(0.36, 0.48)
    centres = [(-lean * step * 0.8, -pitch * step) for step in range(5)]
    for step in range(4, -1, -1):
        x, y = centres[step]
        radius = 0.95 * 0.78**step
        figure.mass(look.accent, ellipse((x, y + 0.25), (radius, 0.62 * radius), 0.25))
        figure.mark(
            look.mark,
            tapered(
                [(x - 0.6 * radius, y + 0.33), (x, y + 0.42 + 0.2 * radius), (x + 0.7 * radius, y + 0.4)], 0.07, 0.07
            ),
        )
    figure.mass(look.mark, smooth_closed([(0.35, 0.5), (0.75, 0.35), (0.85, 0.7), (0.45, 0.85)]))
