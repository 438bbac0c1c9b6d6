"""A dog: floppy ears, long snout with a big nose, tongue out, stubby raised tail."""

from __future__ import annotations

import numpy as np

from data.critters.features import eye, leg, line, smile, toes
from data.critters.figure import Figure, both, frame
from data.critters.looks import Look
from data.drawing import Paint, ellipse, smooth_closed, tapered


def compose(rng: np.random.Generator, look: Look) -> Figure:
    """Return a dog: standing or sitting seen from the side, sitting seen from the front, or its head."""
    figure = Figure(rim=rng.uniform(0.015, 0.04))
    view = (_stand, _sit, _sit_sideways, _portrait)[rng.choice(4, p=(0.35, 0.3, 0.15, 0.2))]
    view(figure, look, rng)
    return figure


def _ear_paint(look: Look, rng: np.random.Generator) -> Paint:
    return (look.shade, look.accent)[rng.integers(2)]


def _stand(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    stride, low = rng.uniform(-0.16, 0.16), rng.uniform(0.6, 0.85)
    long = rng.uniform(0.0, 0.15)
    lift = rng.uniform(0.3, 0.5)
    figure.mass(look.coat, tapered([(-0.7 - long, -0.1), (-0.85 - long, -0.3), (-0.88 - long, -0.15 - lift)], 0.2, 0.1))
    for top, shift in ((-0.5 - long, stride), (0.38, -stride)):
        figure.mass(look.shade, *leg((top, 0.1), (top + shift, low - 0.03), 0.2, 0.13))
    legs = [
        outline
        for top, shift in ((-0.64 - long, -stride), (0.5, stride))
        for outline in leg((top, 0.05), (top + shift, low), 0.25, 0.14)
    ]
    body = [
        (-0.82, 0.0),
        (-0.6, -0.26),
        (0.0, -0.22),
        (0.45, -0.3),
        (0.68, 0.0),
        (0.55, 0.3),
        (0.0, 0.22),
        (-0.6, 0.25),
    ]
    figure.mass(look.coat, *legs, smooth_closed([(x - (long if x < 0 else 0.0), y) for x, y in body]))
    _profile(
        figure.within(frame(0.7, rng.uniform(-0.55, -0.42), rng.uniform(0.38, 0.46), rng.uniform(-0.3, 0.2))), look, rng
    )


def _sit_sideways(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    figure.mass(look.coat, tapered([(-0.6, 0.7), (-0.85, 0.6), (-0.95, rng.uniform(0.2, 0.4))], 0.2, 0.1))
    figure.mass(look.shade, *leg((0.3, 0.1), (0.42, 0.82), 0.2, 0.13))
    body = [
        (-0.68, 0.75),
        (-0.6, 0.35),
        (-0.15, -0.2),
        (0.2, -0.35),
        (0.45, 0.0),
        (0.35, 0.45),
        (0.0, 0.85),
        (-0.5, 0.9),
    ]
    figure.mass(look.coat, smooth_closed(body), *leg((0.22, 0.1), (0.25, 0.85), 0.22, 0.14))
    figure.mass(look.coat, ellipse((-0.32, 0.6), (0.36, 0.28), -0.4), ellipse((-0.1, 0.85), (0.26, 0.1)))
    _profile(figure.within(frame(0.3, -0.55, rng.uniform(0.42, 0.5), rng.uniform(-0.3, 0.15))), look, rng)


def _profile(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    """Draw the head seen from the side in a frame whose unit is the radius of the skull."""
    long, drop = rng.uniform(1.45, 1.85), rng.uniform(0.2, 0.4)
    figure.mark(look.red, tapered([(long - 0.55, 0.5), (long - 0.45, 0.85), (long - 0.4, 1.15)], 0.28, 0.3))
    jaw = tapered([(0.3, 0.35), (long - 0.35, 0.5)], 0.6, 0.3)
    snout = tapered([(0.2, 0.0), (0.8, 0.12), (long - 0.15, drop)], 1.1, 0.5)
    figure.mass(
        look.coat, tapered([(-0.15, 0.2), (-0.4, 1.1)], 1.2, 1.1), jaw, snout, ellipse((0.0, -0.05), (0.95, 0.9))
    )
    figure.mark(look.accent, tapered([(-0.75, 0.75), (-0.3, 1.0), (0.3, 1.05)], 0.2, 0.2))
    line(look.dark, figure, [(0.75, 0.5), (1.1, 0.55), (long, drop + 0.22)], 0.07)
    figure.mark(look.dark, ellipse((long + 0.02, drop - 0.13), (0.22, 0.18)))
    figure.mark(look.white, ellipse((long - 0.03, drop - 0.2), (0.06, 0.05)))
    eye(figure, look, (0.42, -0.3), rng.uniform(0.18, 0.23))
    back = rng.uniform(-0.75, -0.55)
    low = rng.uniform(0.6, 1.0)
    ear = [(-0.1, -0.75), (back, -0.7), (back - 0.3, 0.1), (back - 0.1, low), (back + 0.4, low - 0.15), (0.0, -0.2)]
    figure.mass(_ear_paint(look, rng), smooth_closed(ear))


def _sit(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    wide = rng.uniform(0.45, 0.6)
    figure.mass(look.coat, tapered([(0.35, 0.75), (0.65, 0.6), (0.8, rng.uniform(0.15, 0.35))], 0.2, 0.1))
    body = [(0.0, -0.3), (0.36, -0.15), (wide - 0.08, 0.35), (wide, 0.75), (0.3, 0.95), (0.0, 0.95)]
    figure.mass(look.coat, smooth_closed(body + [(-x, y) for x, y in body[-2:0:-1]]))
    figure.mark(look.belly, ellipse((0.0, 0.25), (0.22, 0.35)))
    figure.mass(look.coat, *both(ellipse((wide - 0.02, 0.87), (0.2, 0.12))))
    figure.mass(
        look.coat, *both(tapered([(0.19, 0.2), (0.19, 0.85)], 0.24, 0.22)), *both(ellipse((0.2, 0.9), (0.17, 0.11)))
    )
    for x in (-0.2, 0.2):
        toes(figure, look.dark, (x, 0.9), 0.14)
    _face(
        figure.within(frame(rng.uniform(-0.08, 0.08), -0.5, rng.uniform(0.5, 0.58), rng.uniform(-0.25, 0.25))),
        look,
        rng,
    )


def _portrait(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    if rng.random() < 0.6:
        figure.mass(look.coat, smooth_closed([(-0.75, 1.6), (-0.5, 0.8), (0.5, 0.8), (0.75, 1.6), (0.0, 1.7)]))
        figure.mark(look.accent, tapered([(-0.6, 1.2), (0.0, 1.35), (0.6, 1.2)], 0.18, 0.18))
    _face(figure, look, rng)


def _face(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    """Draw the head seen from the front in a frame whose unit is about half the height of the head."""
    skull = [(0.0, -0.9), (0.5, -0.8), (0.75, -0.3), (0.62, 0.3), (0.5, 0.85), (0.0, 1.05)]
    figure.mass(look.coat, smooth_closed(skull + [(-x, y) for x, y in skull[-2:0:-1]]))
    apart, big = rng.uniform(0.3, 0.36), rng.uniform(0.15, 0.2)
    if rng.random() < 0.45:
        figure.mark(look.accent, ellipse((apart + 0.02, -0.2), (0.3, 0.36), 0.2))
    eye(figure, look, (-apart, -0.2), big)
    eye(figure, look, (apart, -0.2), big)
    figure.mass(look.red, tapered([(0.05, 0.75), (0.08, 1.0), (0.08, rng.uniform(1.15, 1.35))], 0.3, 0.32))
    wide = rng.uniform(0.44, 0.52)
    muzzle = [(0.0, 0.02), (0.28, 0.1), (wide, 0.5), (0.3, 0.85), (0.0, 0.82)]
    figure.mass(look.belly, smooth_closed(muzzle + [(-x, y) for x, y in muzzle[-2:0:-1]]))
    line(look.dark, figure, [(0.0, 0.3), (0.0, 0.6)], 0.06)
    smile(figure, look, (0.0, 0.58), 0.6, 0.06)
    figure.mark(look.dark, smooth_closed([(-0.26, 0.14), (0.0, 0.06), (0.26, 0.14), (0.14, 0.34), (-0.14, 0.34)]))
    figure.mark(look.white, ellipse((-0.08, 0.14), (0.07, 0.045)))
    out, low = rng.uniform(0.95, 1.15), rng.uniform(0.45, 0.9)
    ear = [(0.35, -0.85), (0.75, -0.85), (out, -0.2), (out, low - 0.1), (out - 0.25, low), (0.66, 0.1)]
    figure.mass(_ear_paint(look, rng), *both(smooth_closed(ear)))
