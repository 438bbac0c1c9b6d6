"""A frog: bulging eyes on top of the head, wide mouth, folded hind legs, splayed toes."""

from __future__ import annotations

import numpy as np

from data.critters.features import eye, line
from data.critters.figure import Figure, both
from data.critters.looks import Look
from data.drawing import Paint, ellipse, smooth_closed, tapered

Point = tuple[float, float]


def compose(rng: np.random.Generator, look: Look) -> Figure:
    """Return a frog: sitting seen from the front or the side, or stretched out seen from above."""
    figure = Figure(rim=rng.uniform(0.015, 0.04))
    view = (_face_on, _sit, _sprawl)[rng.choice(3, p=(0.4, 0.35, 0.25))]
    view(figure, look, rng)
    return figure


def _toes(figure: Figure, paint: Paint, foot: Point, reach: float, heading: float) -> None:
    outlines = []
    for spread in (-0.55, 0.0, 0.55):
        tip = (foot[0] + reach * np.cos(heading + spread), foot[1] + reach * np.sin(heading + spread))
        outlines += [tapered([foot, tip], 0.09, 0.06), ellipse(tip, (0.06, 0.06))]
    figure.mass(paint, *outlines)


def _face_on(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    wide, low = rng.uniform(0.78, 0.95), rng.uniform(0.55, 0.68)
    for side in (-1.0, 1.0):
        _toes(figure, look.shade, (side * wide, low), 0.22, np.pi / 2 - side * 0.9)
    figure.mass(look.coat, *both(ellipse((wide - 0.18, 0.3), (0.25, 0.4), -0.35)))
    figure.mass(look.coat, ellipse((0.0, 0.25), (0.6, 0.48)))
    figure.mark(look.belly, ellipse((0.0, 0.35), (0.42, 0.36)))
    for side in (-1.0, 1.0):
        _toes(figure, look.coat, (side * 0.32, low + 0.02), 0.19, np.pi / 2 - side * 0.2)
        figure.mass(look.coat, tapered([(side * 0.38, 0.2), (side * 0.4, 0.45), (side * 0.32, low)], 0.2, 0.13))
    head, eyes = rng.uniform(0.68, 0.8), rng.uniform(0.36, 0.46)
    bulge = rng.uniform(0.2, 0.26)
    top = rng.uniform(-0.62, -0.5)
    figure.mass(look.coat, *both(ellipse((eyes, top), (bulge, bulge))), ellipse((0.0, -0.2), (head, 0.4)))
    figure.mark(look.belly, smooth_closed([(-0.8 * head, -0.06), (0.0, 0.04), (0.8 * head, -0.06), (0.0, 0.2)]))
    line(look.dark, figure, [(-0.82 * head, -0.14), (-0.4, 0.0), (0.0, 0.04), (0.4, 0.0), (0.82 * head, -0.14)], 0.055)
    for x in (-0.07, 0.07):
        figure.mark(look.dark, ellipse((x, -0.25), (0.03, 0.025)))
    for side in (-1.0, 1.0):
        _bulging_eye(figure, look, (side * eyes, top - 0.02), 0.72 * bulge)


def _bulging_eye(figure: Figure, look: Look, centre: Point, radius: float) -> None:
    figure.mass(look.white, ellipse(centre, (radius * 1.08, radius * 1.08)))
    eye(figure, look, centre, radius, 1.0)


def _sit(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    low, up = rng.uniform(0.55, 0.65), rng.uniform(-0.1, 0.1)
    figure.mass(look.shade, tapered([(0.3, 0.1), (0.5, 0.35), (0.48, low - 0.05)], 0.2, 0.12))
    _toes(figure, look.shade, (0.48, low - 0.05), 0.2, 0.3)
    body = [
        (-0.85, 0.5),
        (-0.75, 0.15),
        (-0.3, -0.22),
        (0.2, -0.48 - up),
        (0.6, -0.5 - up),
        (0.98, -0.22 - up),
        (0.8, 0.05),
        (0.5, 0.3),
        (0.0, 0.52),
        (-0.5, 0.6),
    ]
    figure.mass(look.coat, ellipse((0.45, -0.55 - up), (0.25, 0.24)), smooth_closed(body))
    figure.mark(look.belly, smooth_closed([(0.75, 0.0), (0.55, 0.28), (0.1, 0.48), (0.2, 0.2), (0.5, 0.02)]))
    figure.mass(look.coat, tapered([(0.15, 0.15), (0.3, 0.4), (0.25, low)], 0.22, 0.13))
    _toes(figure, look.coat, (0.25, low), 0.2, 0.35)
    figure.mass(look.coat, tapered([(-0.65, low + 0.03), (-0.15, low + 0.03)], 0.16, 0.12))
    _toes(figure, look.coat, (-0.15, low + 0.03), 0.2, 0.2)
    knee = rng.uniform(-0.1, 0.1)
    figure.mass(look.coat, ellipse((-0.45, 0.3 + 0.3 * knee), (0.45, 0.22), -0.55 + knee))
    line(look.dark, figure, [(0.95, -0.14 - up), (0.65, -0.06 - up), (0.32, -0.16 - up)], 0.05)
    figure.mark(look.dark, ellipse((0.9, -0.32 - up), (0.03, 0.025)))
    _bulging_eye(figure, look, (0.48, -0.58 - up), 0.17)


def _sprawl(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    """Draw the frog from above, nose up."""
    for side in (-1.0, 1.0):
        out, low = rng.uniform(0.7, 0.95), rng.uniform(0.75, 1.05)
        foot = (side * (out - 0.12), low)
        _toes(figure, look.coat, foot, 0.27, np.pi / 2 - side * 0.7)
        leg = [(side * 0.25, 0.4), (side * out, rng.uniform(0.1, 0.35)), (side * 0.5, 0.6), foot]
        figure.mass(look.coat, tapered(leg[:2], 0.3, 0.22), tapered(leg[1:], 0.2, 0.11))
        hand = (side * rng.uniform(0.65, 0.9), rng.uniform(-0.75, -0.35))
        _toes(figure, look.coat, hand, 0.2, -np.pi / 2 + side * 0.6)
        figure.mass(look.coat, tapered([(side * 0.25, -0.15), (side * 0.65, -0.1), hand], 0.2, 0.11))
    plump = rng.uniform(0.38, 0.48)
    body = [(0.0, -0.85), (0.28, -0.72), (0.42, -0.4), (plump, 0.0), (0.32, 0.45), (0.0, 0.6)]
    figure.mass(
        look.coat, *both(ellipse((0.3, -0.58), (0.18, 0.18))), smooth_closed(body + [(-x, y) for x, y in body[-2:0:-1]])
    )
    if rng.random() < 0.7:
        line(look.mark, figure, [(0.0, -0.4), (0.0, 0.5)], 0.07)
        figure.mark(look.mark, *both(ellipse((0.22, 0.0), (0.06, 0.09))), *both(ellipse((0.18, 0.28), (0.05, 0.07))))
    for side in (-1.0, 1.0):
        _bulging_eye(figure, look, (side * 0.3, -0.62), 0.13)
        figure.mark(look.dark, ellipse((side * 0.06, -0.78), (0.025, 0.025)))
