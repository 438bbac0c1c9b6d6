"""A rabbit: two long ears, round haunches, powder-puff tail, front teeth."""

from __future__ import annotations

import numpy as np

from data.critters.features import eye, line, snout_mouth, toes, whiskers
from data.critters.figure import Figure, both, frame
from data.critters.looks import Look
from data.drawing import Pose, ellipse, smooth_closed, tapered


def compose(rng: np.random.Generator, look: Look) -> Figure:
    """Return a rabbit: crouching seen from the side, sitting up seen from the front, or its head."""
    figure = Figure(rim=rng.uniform(0.015, 0.04))
    view = (_crouch, _sit, _portrait)[rng.choice(3, p=(0.45, 0.35, 0.2))]
    view(figure, look, rng)
    return figure


def _ear(figure: Figure, look: Look, root: Pose, length: float, bent: bool) -> None:
    ear = figure.within(root)
    wide = 0.2
    if bent:
        ear.mass(
            look.coat,
            tapered([(0.0, 0.1), (0.0, -0.55 * length), (0.25, -0.75 * length), (0.5, -0.45 * length)], 0.3, 0.28),
        )
        return
    shape = [(0.0, -length), (wide, -0.7 * length), (0.85 * wide, -0.2), (0.0, 0.15)]
    ear.mass(look.coat, smooth_closed(shape + [(-x, y) for x, y in shape[-2:0:-1]]))
    ear.mark(look.pink, ellipse((0.0, -0.52 * length), (0.5 * wide, 0.34 * length)))


def _crouch(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    high = rng.uniform(0.4, 0.55)
    figure.mass(look.belly, ellipse((-0.82, rng.uniform(0.15, 0.3)), (0.2, 0.19)))
    figure.mass(look.shade, tapered([(0.35, 0.3), (0.5, 0.72)], 0.2, 0.16), ellipse((0.56, 0.74), (0.15, 0.08)))
    body = [
        (-0.78, 0.4),
        (-0.7, 0.0),
        (-0.3, 0.2 - high),
        (0.15, -0.2),
        (0.5, 0.0),
        (0.55, 0.35),
        (0.3, 0.65),
        (-0.5, 0.75),
    ]
    figure.mass(
        look.coat,
        smooth_closed(body),
        tapered([(0.3, 0.35), (0.36, 0.74)], 0.22, 0.18),
        ellipse((0.42, 0.76), (0.16, 0.09)),
    )
    figure.mass(look.coat, ellipse((-0.35, 0.42), (0.38, 0.34)), tapered([(-0.55, 0.74), (0.02, 0.76)], 0.2, 0.16))
    head = figure.within(frame(0.58, rng.uniform(-0.35, -0.2), rng.uniform(0.4, 0.47), rng.uniform(-0.25, 0.2)))
    lean, length = rng.uniform(-1.0, 0.0), rng.uniform(1.6, 2.1)
    _ear(head, look, frame(-0.05, -0.55, 1.05, lean + 0.35), length, False)
    shape = [
        (-0.85, 0.0),
        (-0.5, -0.7),
        (0.2, -0.75),
        (0.85, -0.15),
        (1.05, 0.25),
        (0.7, 0.65),
        (0.0, 0.8),
        (-0.65, 0.6),
    ]
    head.mass(look.coat, smooth_closed(shape))
    _ear(head, look, frame(-0.4, -0.5, 1.1, lean), length, bool(rng.random() < 0.15))
    eye(head, look, (0.25, -0.15), rng.uniform(0.2, 0.26))
    head.mark(look.pink, ellipse((1.0, 0.16), (0.14, 0.11)))
    head.mark(look.belly, ellipse((0.45, 0.42), (0.3, 0.2)))
    line(look.dark, head, [(0.98, 0.28), (0.8, 0.42), (0.6, 0.4)], 0.06)
    for spread in (-0.15, 0.1):
        line(look.dark, head, [(0.75, 0.28), (0.4, 0.3 + spread), (0.05, 0.3 + 2 * spread)], 0.045)


def _sit(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    wide = rng.uniform(0.42, 0.54)
    if rng.random() < 0.5:
        figure.mass(look.belly, ellipse((wide + 0.06, 0.7), (0.17, 0.17)))
    figure.mass(look.coat, ellipse((0.0, 0.5), (wide, 0.52)))
    figure.mark(look.belly, ellipse((0.0, 0.55), (0.58 * wide, 0.36)))
    figure.mass(look.coat, *both(ellipse((0.32, 0.98), (0.17, 0.24), 0.35)))
    figure.mark(look.pink, *both(ellipse((0.33, 1.0), (0.08, 0.1), 0.35)))
    paw = rng.uniform(0.35, 0.5)
    figure.mass(look.coat, *both(tapered([(0.33, 0.15), (0.26, paw - 0.05), (0.13, paw)], 0.18, 0.16)))
    _face(figure.within(frame(0.0, -0.3, rng.uniform(0.48, 0.56), rng.uniform(-0.15, 0.15))), look, rng)


def _portrait(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    if rng.random() < 0.5:
        figure.mass(look.coat, smooth_closed([(-0.7, 1.3), (-0.45, 0.6), (0.45, 0.6), (0.7, 1.3), (0.0, 1.4)]))
        for x in (-0.4, 0.4):
            figure.mass(look.coat, ellipse((x, 1.25), (0.2, 0.2)))
            toes(figure, look.dark, (x, 1.28), 0.18, 0.05)
    _face(figure, look, rng)


def _face(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    """Draw the head seen from the front in a frame whose unit is the radius of the head."""
    length, spread = rng.uniform(1.4, 1.9), rng.uniform(0.08, 0.4)
    bent = bool(rng.random() < 0.2)
    _ear(figure, look, frame(-0.38, -0.62, 1.1, -spread), length, False)
    _ear(figure, look, frame(0.38, -0.62, 1.1, spread), length, bent)
    head = [(0.0, -0.85), (0.5, -0.7), (0.82, -0.1), (0.92, 0.35), (0.55, 0.75), (0.0, 0.85)]
    figure.mass(look.coat, smooth_closed(head + [(-x, y) for x, y in head[-2:0:-1]]))
    apart, big = rng.uniform(0.42, 0.5), rng.uniform(0.18, 0.24)
    eye(figure, look, (-apart, -0.12), big, 1.25)
    eye(figure, look, (apart, -0.12), big, 1.25)
    whiskers(figure, look.dark, (0.35, 0.4), 0.55, 0.04)
    figure.mass(look.white, [(-0.14, 0.5), (0.14, 0.5), (0.12, 0.82), (-0.12, 0.82)])
    line(look.dark, figure, [(0.0, 0.5), (0.0, 0.8)], 0.04)
    figure.mark(look.belly, *both(ellipse((0.2, 0.38), (0.26, 0.21))))
    snout_mouth(figure, look, (0.0, 0.25), 0.2, 0.055)
    figure.mark(look.pink, smooth_closed([(-0.14, 0.14), (0.14, 0.14), (0.0, 0.3)]))
