"""Reptiles: snake, lizard, crocodile."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.drawing import Canvas, Paint, smooth_open
from data.sources.animals.parts import Point, bar, eye, leg, local, plain, polar
from data.sources.animals.traits import Traits


def snake(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a snake: a wave, an arch raised at the head, or a coil, with a forked tongue."""
    spine = (_wave, _raised, _coil)[int(rng.integers(3))](rng)
    thick = float(rng.uniform(0.2, 0.3))
    canvas.stroke(spine, thick, 0.04, traits.coat)
    head = (float(spine[0, 0]), float(spine[0, 1]))
    way = float(np.arctan2(head[1] - spine[2, 1], head[0] - spine[2, 0]))
    size = 0.75 * thick * traits.head_size
    for fork in (-0.3, 0.3):
        mouth = polar(head, way, 1.3 * size)
        bar(
            canvas,
            [head, mouth, polar(mouth, way + fork, 0.6 * size)],
            0.04,
            0.025,
            Paint((0.85, 0.1, 0.2), relief=0.0),
        )
    skull = [(-0.9, -0.4), (0.1, -0.75), (0.9, -0.4), (1.05, 0.0), (0.9, 0.4), (0.1, 0.75), (-0.9, 0.4)]
    canvas.curve(local(skull, head, way, size), plain(traits.coat, 0.9))
    for side in (-1.0, 1.0):
        spot = local([(0.35, 0.5 * side)], head, way, size)[0]
        eye(canvas, (float(spot[0]), float(spot[1])), 0.06, traits)


def _wave(rng: np.random.Generator) -> NDArray[np.float64]:
    t = np.linspace(1.0, -1.0, 22)
    high = float(rng.uniform(0.2, 0.42)) * (1.0 + 0.3 * t)
    waves = float(rng.uniform(1.2, 2.2))
    return np.stack([0.9 * t, high * np.sin(np.pi * waves * t + float(rng.uniform(0.0, 6.0)))], axis=1)


def _raised(rng: np.random.Generator) -> NDArray[np.float64]:
    up, slack = float(rng.uniform(-0.85, -0.5)), float(rng.uniform(0.05, 0.25))
    knots = [(0.75, up), (0.42, up - 0.03), (0.38, -0.1), (0.55, 0.45), (0.2, 0.8), (-0.2, 0.75 - slack)]
    return smooth_open([*knots, (-0.55, 0.7 + slack / 2), (-0.95, 0.7 - slack)], 4)


def _coil(rng: np.random.Generator) -> NDArray[np.float64]:
    turns = float(rng.uniform(1.6, 2.1))
    t = np.linspace(0.0, 1.0, 34)
    angle, reach = 2 * np.pi * turns * t + float(rng.uniform(0.0, 6.0)), 0.92 - 0.72 * t
    return np.stack([reach * np.cos(angle), reach * np.sin(angle)], axis=1)


def lizard(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a lizard from above: sprawling legs with toes, a long curved tail."""
    sway, wide = float(rng.uniform(-0.35, 0.35)), 0.42 * traits.body_height
    for root, ahead in ((0.3, 1.0), (-0.2, -1.0)):
        for side in (-1.0, 1.0):
            hip = (root, 0.3 * side * wide)
            knee = (root + float(rng.uniform(-0.1, 0.2)) * ahead, side * (0.3 + 0.06 * traits.legs_length))
            foot = (knee[0] + float(rng.uniform(0.1, 0.35)) * ahead, side * (0.42 + 0.14 * traits.legs_length))
            canvas.stroke([hip, knee, foot], 0.2, 0.1, plain(traits.coat, 0.8))
            _toes(canvas, foot, side * 1.0 if ahead > 0 else side * 2.1, traits)
    end = [(-0.1, 0.0), (-0.45, 0.15 * sway), (-0.8, 0.9 * sway), (-1.1, 0.5 * sway)]
    canvas.stroke(end, 0.8 * wide, 0.04, traits.coat)
    canvas.stroke([(0.4, 0.0), (0.1, 0.1 * sway), (-0.3, 0.0)], wide, 0.85 * wide, traits.coat)
    r = 0.23 * traits.head_size
    skull = [
        (-1.2, -0.5),
        (-0.3, -0.9),
        (0.7, -0.55),
        (1.5 * traits.snout_length, 0),
        (0.7, 0.55),
        (-0.3, 0.9),
        (-1.2, 0.5),
    ]
    canvas.curve(local(skull, (0.65, 0.0), float(rng.uniform(-0.2, 0.2)), r), traits.coat)
    for side in (-1.0, 1.0):
        eye(canvas, (0.68, 0.65 * r * side), 0.065, traits)


def _toes(canvas: Canvas, foot: Point, way: float, traits: Traits) -> None:
    for fan in (-0.6, 0.0, 0.6):
        bar(canvas, [foot, polar(foot, way + fan, 0.13)], 0.06, 0.035, plain(traits.coat, 0.7, 0.0))


def crocodile(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a crocodile: low, ridged back, long toothed jaws more or less open, heavy tail."""
    gape, long = float(rng.uniform(0.05, 0.5)), 0.62 * traits.snout_length**0.5
    droop, low = float(rng.uniform(-0.25, 0.3)), 0.3 * traits.legs_length
    for x in (-0.2, 0.28):
        leg(canvas, ((x + 0.1, 0.3), (x + 0.15, 0.26 + low)), 0.16, 0.05, plain(traits.coat, 0.6, 0.0))
    ridge = [(x, 0.06 + droop * max(-x - 0.3, 0.0) ** 2) for x in np.linspace(-0.95, 0.25, 9)]
    for x, y in ridge:
        canvas.polygon([(x - 0.08, y + 0.1), (x - 0.02, y - 0.15), (x + 0.08, y + 0.1)], plain(traits.coat, 0.7, 0.0))
    canvas.stroke([(0.1, 0.25), (-0.4, 0.27), (-0.75, 0.3 + 0.3 * droop), (-1.1, 0.2 + droop)], 0.52, 0.06, traits.coat)
    canvas.ellipse((0.0, 0.25), (0.5 * traits.body_length, 0.28 * traits.body_height), traits.coat)
    canvas.ellipse((0.0, 0.36), (0.4, 0.13), traits.belly)
    hinge = (0.38, 0.24)
    lower, upper = polar(hinge, 0.1 + 0.3 * gape, long), polar(hinge, 0.02 - gape, long)
    canvas.stroke([hinge, lower], 0.18, 0.07, plain(traits.coat, 0.85))
    ivory = Paint((1.0, 1.0, 0.92), relief=0.0)
    for share in (0.4, 0.58, 0.76, 0.94):
        for goal, sign in ((upper, 1.0), (lower, -1.0)):
            x, y = (hinge[i] + share * (goal[i] - hinge[i]) for i in (0, 1))
            canvas.polygon([(x - 0.04, y), (x + 0.04, y), (x, y + 0.13 * sign)], ivory)
    canvas.stroke([(0.2, 0.2), hinge, upper], 0.38, 0.12, traits.coat)
    canvas.ellipse((0.4, 0.08), (0.12, 0.1), plain(traits.coat, 0.9))
    eye(canvas, (0.42, 0.06), 0.06, traits)
    for x in (-0.35, 0.2):
        foot = (x + float(rng.uniform(-0.1, 0.15)), 0.3 + low)
        leg(canvas, ((x, 0.3), foot), 0.22, 0.06, traits.coat)
        canvas.ellipse((foot[0] + 0.06, foot[1]), (0.13, 0.06), plain(traits.coat, 0.75))
