"""A bird: beak, feathered wings and tail, two thin legs."""

from __future__ import annotations

import numpy as np

from data.critters.features import eye, line
from data.critters.figure import Figure, both
from data.critters.looks import Look
from data.drawing import ellipse, smooth_closed, tapered

Point = tuple[float, float]


def compose(rng: np.random.Generator, look: Look) -> Figure:
    """Return a bird: standing seen from the side, flying, or sitting seen from the front."""
    view = rng.choice(3, p=(0.5, 0.25, 0.25))
    figure = Figure(rim=rng.uniform(0.015, 0.04), grounded=bool(view != 1))
    (_perch, _fly, _face_on)[view](figure, look, rng)
    return figure


def _feet(figure: Figure, look: Look, x: float, top: float, low: float) -> None:
    figure.mass(look.warm, tapered([(x, top), (x + 0.02, low)], 0.07, 0.06))
    toes = [tapered([(x + 0.02, low), (x + 0.02 + reach, low + 0.07)], 0.06, 0.04) for reach in (-0.12, 0.06, 0.18)]
    figure.mass(look.warm, *toes)


def _head(figure: Figure, look: Look, centre: Point, radius: float, rng: np.random.Generator) -> None:
    x, y = centre
    beak, thick = rng.uniform(0.3, 0.65), rng.uniform(0.12, 0.2)
    if rng.random() < 0.3:
        tips = [(-0.25, -1.55), (-0.55, -1.4), (-0.85, -1.15)]
        crest = [tapered([(x, y - 0.5 * radius), (x + radius * u, y + radius * v)], 0.18, 0.06) for u, v in tips]
        figure.mass(look.accent, *crest)
    figure.mass(
        look.warm, [(x + 0.7 * radius, y - thick), (x + radius + beak, y + 0.06), (x + 0.7 * radius, y + thick + 0.02)]
    )
    line(look.dark, figure, [(x + 0.9 * radius, y + 0.04), (x + radius + 0.8 * beak, y + 0.06)], 0.03)
    figure.mass(look.coat, ellipse((x, y), (radius, radius)))
    eye(figure, look, (x + 0.35 * radius, y - 0.15 * radius), rng.uniform(0.09, 0.12))


def _feathers(figure: Figure, look: Look, root: Point, length: float, lift: float) -> None:
    x, y = root
    for spread in (-0.22, 0.22, 0.0):
        tip = (x - length * np.cos(lift + spread), y - length * np.sin(lift + spread))
        figure.mass(look.accent, tapered([(x, y), tip], 0.16, 0.24))


def _perch(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    low = rng.uniform(0.75, 0.95)
    plump, lean = rng.uniform(0.4, 0.54), rng.uniform(-0.45, 0.1)
    _feathers(figure, look, (-0.55, 0.15 + 0.3 * lean), rng.uniform(0.4, 0.8), rng.uniform(-0.6, 0.5))
    _feet(figure, look, -0.1, 0.4, low)
    _feet(figure, look, 0.14, 0.4, low - 0.03)
    body = ellipse((0.0, 0.12), (0.7, plump), lean)
    figure.mass(look.coat, body, tapered([(0.2, 0.0), (0.5, -0.45)], 0.6, 0.4))
    figure.mark(look.belly, ellipse((0.22, 0.22), (0.36, 0.68 * plump), lean))
    tip = (-0.7, 0.15 - lean * 0.3)
    wing = [(0.3, -0.1), (0.05, -0.22), (-0.35, -0.1), tip, (-0.3, 0.35), (0.1, 0.3)]
    figure.mass(look.accent, smooth_closed(wing))
    for y in (0.1, 0.24):
        line(look.mark, figure, [(0.12, y - 0.02), (-0.12, y + 0.06), (-0.38, y + 0.02)], 0.045)
    _head(figure, look, (0.56, rng.uniform(-0.6, -0.42)), rng.uniform(0.28, 0.36), rng)


def _fly(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    rise = rng.uniform(0.7, 1.05)
    sweep = rng.uniform(-0.35, 0.15)
    far = [(0.3, -0.1), (0.45 + sweep, -0.9 * rise), (0.15 + sweep, -0.85 * rise), (-0.05, -0.4), (-0.1, -0.05)]
    figure.mass(look.shade, smooth_closed(far))
    _feathers(figure, look, (-0.6, 0.08), rng.uniform(0.4, 0.6), rng.uniform(-0.2, 0.3))
    figure.mass(look.coat, ellipse((0.0, 0.08), (0.78, rng.uniform(0.26, 0.36)), -0.1))
    figure.mark(look.belly, ellipse((0.1, 0.2), (0.45, 0.15), -0.1))
    _head(figure, look, (0.7, -0.1), rng.uniform(0.26, 0.32), rng)
    tips = [(-0.1, -1.0), (-0.35, -0.85), (-0.52, -0.62), (-0.58, -0.38)]
    blades = [tapered([(0.05, 0.0), (u + sweep, v * rise)], 0.36, 0.2) for u, v in tips]
    figure.mass(look.accent, *blades)
    for u, v in tips[:3]:
        line(look.mark, figure, [(0.3 * u, 0.4 * v * rise), (0.85 * (u + sweep), 0.85 * v * rise)], 0.035)


def _face_on(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    wide, high = rng.uniform(0.5, 0.64), rng.uniform(0.62, 0.74)
    for x in (-0.2, 0.2):
        _feet(figure, look, x, 0.5, 0.86)
    if rng.random() < 0.5:
        figure.mass(look.accent, *[tapered([(0.0, -0.5), (x, -high - 0.22)], 0.14, 0.06) for x in (-0.12, 0.0, 0.12)])
    spread = rng.uniform(0.0, 0.35)
    figure.mass(look.coat, ellipse((0.0, 0.0), (wide, high)))
    figure.mark(look.belly, ellipse((0.0, 0.25), (0.68 * wide, 0.6 * high)))
    wing = smooth_closed(
        [
            (wide - 0.12, -0.15),
            (wide + 0.12 + spread, 0.1 - spread),
            (wide + 0.1 + spread, 0.3 - spread),
            (wide - 0.05, 0.42),
        ]
    )
    figure.mass(look.accent, *both(wing))
    apart, big = rng.uniform(0.2, 0.26), rng.uniform(0.11, 0.16)
    eye(figure, look, (-apart, -0.28), big)
    eye(figure, look, (apart, -0.28), big)
    figure.mass(look.warm, [(-0.16, -0.16), (0.0, -0.22), (0.16, -0.16), (0.0, rng.uniform(0.06, 0.18))])
    line(look.dark, figure, [(-0.13, -0.14), (0.0, -0.1), (0.13, -0.14)], 0.03)
