"""A cat: round flat face, pointed ears, whiskers, thin curving tail."""

from __future__ import annotations

import numpy as np

from data.critters.features import eye, leg, line, snout_mouth, toes, whiskers
from data.critters.figure import Figure, both, frame
from data.critters.looks import Look
from data.drawing import ellipse, smooth_closed, tapered


def compose(rng: np.random.Generator, look: Look) -> Figure:
    """Return a cat: standing seen from the side, sitting seen from the front, lying, or its head."""
    figure = Figure(rim=rng.uniform(0.015, 0.04))
    view = (_stand, _sit, _lie, _portrait)[rng.choice(4, p=(0.35, 0.3, 0.15, 0.2))]
    view(figure, look, rng)
    return figure


def _stand(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    stride, low = rng.uniform(-0.14, 0.14), rng.uniform(0.6, 0.8)
    arch = rng.uniform(-0.06, 0.12)
    _raised_tail(figure, look, rng)
    for top, shift in ((-0.5, stride), (0.42, -stride)):
        figure.mass(look.shade, *leg((top, 0.1), (top + shift, low - 0.03), 0.17, 0.11))
    legs = [
        outline
        for top, shift in ((-0.66, -stride), (0.52, stride))
        for outline in leg((top, 0.05), (top + shift, low), 0.2, 0.12)
    ]
    body = smooth_closed(
        [
            (-0.82, 0.05),
            (-0.66, -0.2),
            (-0.1, -0.2 - arch),
            (0.45, -0.25),
            (0.68, 0.0),
            (0.55, 0.24),
            (0.0, 0.22),
            (-0.6, 0.27),
        ]
    )
    figure.mass(look.coat, *legs, body)
    radius = rng.uniform(0.42, 0.52)
    _face(figure.within(frame(0.72, rng.uniform(-0.5, -0.32), radius, rng.uniform(-0.2, 0.2))), look, rng)


def _raised_tail(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    height, curl = rng.uniform(0.6, 1.0), rng.uniform(-0.3, 0.3)
    points = [
        (-0.72, 0.0),
        (-1.0, -0.1),
        (-1.1, -0.5 * height),
        (-1.05 - 0.3 * curl, -height),
        (-1.05 + curl, -1.15 * height),
    ]
    figure.mass(look.coat, tapered(points, 0.14, 0.09))


def _sit(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    wide = rng.uniform(0.45, 0.58)
    side = rng.uniform(0.85, 1.1)
    tip = rng.uniform(-0.3, 0.5)
    figure.mass(
        look.coat,
        tapered([(0.3, 0.85), (0.75, 0.85), (side, 0.5), (side - 0.1, 0.5 * tip), (side + 0.1, tip - 0.4)], 0.15, 0.09),
    )
    body = [(0.0, -0.35), (0.3, -0.2), (wide - 0.1, 0.35), (wide, 0.75), (0.3, 0.95), (0.0, 0.95)]
    figure.mass(look.coat, smooth_closed(body + [(-x, y) for x, y in body[-2:0:-1]]))
    figure.mark(look.belly, ellipse((0.0, 0.15), (0.2, 0.33)))
    figure.mass(look.coat, *both(ellipse((wide - 0.08, 0.88), (0.17, 0.11))))
    figure.mass(
        look.coat, *both(tapered([(0.15, 0.2), (0.16, 0.85)], 0.2, 0.18)), *both(ellipse((0.17, 0.9), (0.14, 0.1)))
    )
    for x in (-0.17, 0.17):
        toes(figure, look.dark, (x, 0.9), 0.12)
    _face(
        figure.within(frame(rng.uniform(-0.1, 0.1), -0.5, rng.uniform(0.52, 0.62), rng.uniform(-0.2, 0.2))), look, rng
    )


def _lie(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    figure.mass(look.coat, tapered([(-0.8, 0.3), (-1.15, 0.1), (-1.2, -0.3), (-0.95, -0.5), (-1.0, -0.75)], 0.14, 0.09))
    high = rng.uniform(0.3, 0.45)
    body = [
        (-0.98, 0.3),
        (-0.8, -0.05),
        (-0.2, 0.1 - high),
        (0.4, -0.1),
        (0.75, 0.2),
        (0.7, 0.45),
        (-0.2, 0.5),
        (-0.85, 0.48),
    ]
    figure.mass(look.coat, smooth_closed(body), ellipse((0.85, 0.45), (0.2, 0.1)))
    figure.mass(look.coat, ellipse((-0.5, 0.25), (0.38, 0.25), -0.3), ellipse((-0.25, 0.46), (0.22, 0.09)))
    _face(figure.within(frame(0.62, -0.2, rng.uniform(0.42, 0.52), rng.uniform(-0.2, 0.2))), look, rng)


def _portrait(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    if rng.random() < 0.6:
        figure.mass(look.coat, smooth_closed([(-0.75, 1.4), (-0.5, 0.7), (0.5, 0.7), (0.75, 1.4), (0.0, 1.5)]))
        figure.mark(look.belly, ellipse((0.0, 1.2), (0.3, 0.25)))
    _face(figure, look, rng)


def _face(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    """Draw the head in a frame whose unit is the radius of the head."""
    tip, reach = rng.uniform(0.65, 0.85), rng.uniform(1.2, 1.45)
    figure.mass(look.coat, *both([(0.08, -0.7), (tip, -reach), (0.95, -0.2)]))
    figure.mark(look.pink, *both([(0.36, -0.75), (tip - 0.04, -reach + 0.25), (0.76, -0.45)]))
    wide = rng.uniform(1.0, 1.12)
    head = [(0.0, -0.85), (0.55, -0.72), (0.95 * wide, -0.1), (0.85 * wide, 0.45), (0.4, 0.82), (0.0, 0.88)]
    figure.mass(look.coat, smooth_closed(head + [(-x, y) for x, y in head[-2:0:-1]]))
    if rng.random() < 0.4:
        for x in (-0.2, 0.0, 0.2):
            line(look.mark, figure, [(x, -0.75), (0.7 * x, -0.45)], 0.09)
    figure.mark(look.belly, *both(ellipse((0.2, 0.42), (0.3, 0.25))))
    apart, big = rng.uniform(0.4, 0.48), rng.uniform(0.19, 0.25)
    eye(figure, look, (-apart, -0.08), big, 1.25)
    eye(figure, look, (apart, -0.08), big, 1.25)
    whiskers(figure, look.dark, (0.35, 0.4), rng.uniform(0.8, 1.05), 0.05)
    snout_mouth(figure, look, (0.0, 0.3), 0.22, 0.06)
    figure.mark(look.pink, smooth_closed([(-0.15, 0.2), (0.15, 0.2), (0.0, 0.38)]))
