"""Insects, arachnids and a caterpillar."""

from __future__ import annotations

import numpy as np

from data.drawing import Canvas, Paint
from data.sources.animals.parts import UP, Point, bar, eye, horns, local, plain, polar
from data.sources.animals.sea import claw
from data.sources.animals.traits import Traits


def _limbs(
    canvas: Canvas, rng: np.random.Generator, traits: Traits, roots: list[Point], fan: tuple[float, float, float]
) -> None:
    """Draw mirrored jointed legs (from above, head up); ``fan`` is first and last direction (radians) and reach."""
    paint = plain(traits.dark, 1.6, 0.0)
    width = 0.075 * traits.leg_width
    for root, way in zip(roots, np.linspace(fan[0], fan[1], len(roots)), strict=True):
        for side in (-1.0, 1.0):
            aim = float(way) + float(rng.uniform(-0.15, 0.15))
            fold = 0.55 if aim > 0 else -0.55
            hip = (side * root[0], root[1])
            knee = polar(hip, aim if side > 0 else np.pi - aim, 0.5 * fan[2])
            foot = polar(knee, aim + fold if side > 0 else np.pi - aim - fold, 0.55 * fan[2])
            bar(canvas, [hip, knee, foot], width, 0.4 * width, paint)


def _feelers(canvas: Canvas, head: Point, size: float, spread: float, paint: Paint) -> None:
    for side in (-1.0, 1.0):
        bend = polar(head, UP + 0.5 * side * spread, size)
        bar(canvas, [head, bend, polar(bend, UP + 1.3 * side * spread, 0.7 * size)], 0.05, 0.03, paint)


def spider(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a spider from above: eight legs, a round abdomen, many eyes, a thread at times."""
    r = 0.36 * traits.body_height
    if rng.random() < 0.3:
        bar(canvas, [(0.0, 0.5), (0.0, 1.6)], 0.025, 0.025, Paint((0.92, 0.92, 0.92), relief=0.0))
    _limbs(canvas, rng, traits, [(0.1, y) for y in (-0.3, -0.2, -0.1, 0.0)], (-1.0, 0.9, 0.8 * traits.legs_length**0.4))
    canvas.ellipse((0.0, 0.35), (r, 1.15 * r), traits.coat)
    canvas.ellipse((0.0, -0.2), (0.23 * traits.head_size, 0.24), plain(traits.coat, 0.75))
    for side in (-1.0, 1.0):
        bar(canvas, [(0.08 * side, -0.38), (0.06 * side, -0.52)], 0.08, 0.03, traits.dark)
        eye(canvas, (0.08 * side, -0.33), 0.055, traits)
        canvas.ellipse((0.17 * side, -0.27), (0.03, 0.03), Paint((0.95, 0.95, 0.9), relief=0.0))


def ant(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw an ant, from the side or from above: three body parts, six legs, elbowed feelers."""
    if rng.random() < 0.5:
        _limbs(canvas, rng, traits, [(0.08, y) for y in (-0.2, -0.08, 0.04)], (-0.8, 0.9, 0.72))
        _feelers(canvas, (0.0, -0.6), 0.3, float(rng.uniform(0.7, 1.3)), plain(traits.dark, 1.6, 0.0))
        canvas.ellipse((0.0, 0.52), (0.3 * traits.body_height, 0.4), traits.coat)
        canvas.ellipse((0.0, -0.05), (0.16, 0.26), plain(traits.coat, 0.8))
        canvas.ellipse((0.0, -0.5), (0.25 * traits.head_size, 0.24), traits.coat)
        for side in (-1.0, 1.0):
            eye(canvas, (0.17 * side, -0.55), 0.06, traits)
            bar(canvas, [(0.08 * side, -0.7), (0.14 * side, -0.82), (0.02 * side, -0.88)], 0.07, 0.03, traits.dark)
        return
    limb, lift = plain(traits.dark, 1.6, 0.0), float(rng.uniform(-0.2, 0.15))
    for hip, spread in ((-0.12, -0.55), (0.03, 0.02), (0.18, 0.5)):
        for near in (0.0, 0.13):
            foot = hip + spread + near + float(rng.uniform(-0.1, 0.1))
            bar(canvas, [(hip, 0.15), (hip + 0.6 * spread + near, -0.12), (foot, 0.72)], 0.1, 0.04, limb)
    canvas.stroke([(0.1, 0.1), (-0.25, 0.12)], 0.1, 0.08, limb)
    canvas.ellipse(
        (-0.55, 0.08 + 0.5 * lift), (0.42 * traits.body_length, 0.29 * traits.body_height), traits.coat, -0.2
    )
    canvas.ellipse((0.05, 0.1), (0.24, 0.16), plain(traits.coat, 0.8))
    x, y = 0.52, -0.12 + lift
    canvas.stroke([(0.15, 0.08), (x, y)], 0.12, 0.12, limb)
    for bend in (0.0, 0.2):
        bar(canvas, [(x + 0.05, y - 0.1), (x + 0.12 + bend, y - 0.5), (x + 0.4 + bend, y - 0.4)], 0.055, 0.035, limb)
    bar(canvas, [(x + 0.15, y + 0.1), (x + 0.33, y + 0.22), (x + 0.2, y + 0.32)], 0.08, 0.03, traits.dark)
    canvas.ellipse((x, y), (0.27 * traits.head_size, 0.23), traits.coat, 0.3)
    eye(canvas, (x + 0.1, y - 0.06), 0.075, traits)


def beetle(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a beetle from above: wing cases parted by a seam, now and then open, with horns."""
    wide, high = 0.5 * traits.body_height, 0.62
    _limbs(canvas, rng, traits, [(0.6 * wide, y) for y in (-0.15, 0.15, 0.45)], (-0.7, 1.0, 0.55))
    _feelers(canvas, (0.0, -0.65), 0.25, float(rng.uniform(0.9, 1.5)), plain(traits.dark, 1.6, 0.0))
    crown = (((-0.12, -0.7), -1.0), ((0.12, -0.7), 1.0))
    horns(canvas, traits, crown, 0.3)
    canvas.ellipse((0.0, -0.6), (0.22 * traits.head_size, 0.2), traits.dark)
    canvas.ellipse((0.0, -0.32), (0.72 * wide, 0.24), plain(traits.coat, 0.65))
    for side in (-1.0, 1.0):
        eye(canvas, (0.14 * side, -0.66), 0.06, traits)
    opened = float(rng.uniform(0.1, 0.5)) if rng.random() < 0.3 else 0.0
    if opened == 0.0:
        canvas.ellipse((0.0, 0.25), (wide, high), traits.coat)
        bar(canvas, [(0.0, -0.35), (0.0, 0.25 + high)], 0.045, 0.03, traits.dark)
        return
    canvas.ellipse((0.0, 0.25), (0.7 * wide, 0.9 * high), traits.dark)
    half = [(0.0, 0.0), (0.15, 0.65), (0.6, 0.85), (1.1, 0.55), (1.25, 0.0)]
    for side in (-1.0, 1.0):
        canvas.curve(local(half, (0.0, -0.3), np.pi / 2 - side * opened, 0.9, -side), traits.coat)


def caterpillar(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a caterpillar: a row of balls, flat or arched, on stubby feet, hairs at times."""
    balls, arch = int(rng.integers(5, 9)), float(rng.uniform(-0.05, 0.75))
    hairy, r = rng.random() < 0.4, 0.27 * traits.body_height
    xs = np.linspace(-0.85, 0.45, balls)
    wave = float(rng.uniform(0.0, 0.12))
    for number, x in enumerate(xs):
        hump = arch * float(np.sin(np.pi * (number + 0.5) / balls)) ** 2 if balls > 5 else 0.0
        y = 0.5 - hump + wave * (number % 2)
        if hump < 0.2:
            bar(canvas, [(x, y), (x + 0.03, y + 1.35 * r)], 0.12, 0.1, plain(traits.dark, 1.6, 0.0))
        if hairy:
            for way in (-0.4, 0.0, 0.4):
                bar(canvas, [(x, y), polar((x, y), UP + way, 1.7 * r)], 0.035, 0.02, plain(traits.accent, 1.0, 0.0))
        canvas.ellipse((x, y), (0.95 * r, r), traits.coat if number % 2 else plain(traits.coat, 1.1, 0.6))
    head = (0.72, 0.38 + float(rng.uniform(-0.3, 0.05)))
    size = 0.27 * traits.head_size
    _feelers(canvas, (head[0], head[1] - 0.6 * size), 0.25, 0.8, traits.dark)
    canvas.ellipse(head, (size, size), traits.coat if hairy else traits.accent)
    for side in (-0.35, 0.5):
        eye(canvas, (head[0] + side * size, head[1] - 0.1 * size), 0.07, traits)
    smile = [
        (head[0] - 0.1, head[1] + 0.5 * size),
        (head[0] + 0.03, head[1] + 0.65 * size),
        (head[0] + 0.16, head[1] + 0.5 * size),
    ]
    bar(canvas, smile, 0.04, 0.04, traits.dark)


def dragonfly(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a dragonfly from above: four long narrow wings in the coat, a thin ringed body, large eyes."""
    sweep, bend = float(rng.uniform(-0.15, 0.35)), float(rng.uniform(-0.2, 0.2))
    blade = [(0.0, -0.04), (0.35, -0.13), (0.8, -0.16), (1.0, 0.0), (0.8, 0.13), (0.35, 0.1)]
    narrow = float(rng.uniform(0.85, 1.3))
    for y, way in ((-0.22, 0.25 + sweep), (-0.35, -0.2 + sweep)):
        for side in (-1.0, 1.0):
            angle = way if side > 0 else np.pi - way
            wing = local(np.array(blade) * (1.0, narrow), (0.05 * side, y), angle, 1.02, side)
            canvas.curve(wing, traits.coat)
            bar(canvas, [(0.05 * side, y), polar((0.0, y), angle, 0.9)], 0.03, 0.02, traits.dark)
    rings = int(rng.integers(5, 9))
    for number in range(rings):
        share = number / (rings - 1)
        spot = (bend * share**2, -0.15 + 1.1 * share)
        canvas.ellipse(spot, (0.095 - 0.035 * share, 0.75 / rings), plain(traits.accent, 0.8 if number % 2 else 1.1))
    canvas.ellipse((0.0, -0.32), (0.14, 0.24), plain(traits.accent, 0.9))
    for side in (-1.0, 1.0):
        canvas.ellipse((0.1 * side, -0.6), (0.13 * traits.head_size, 0.14), plain(traits.belly, 1.1, 0.8))
        eye(canvas, (0.12 * side, -0.63), 0.05, traits)


def scorpion(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a scorpion: claws ahead, eight legs, a jointed tail curled over to its sting."""
    curl = float(rng.uniform(0.38, 0.62))
    limb = plain(traits.dark, 1.8, 0.0)
    for number in range(4):
        hip = (-0.25 + 0.16 * number, 0.35)
        for near in (0.0, 0.1):
            knee = (hip[0] + (number - 1.5) * 0.14 + near, 0.28)
            bar(canvas, [hip, knee, (knee[0] + (number - 1.5) * 0.1 + near, 0.8)], 0.09, 0.03, limb)
    for near in (0, 1):
        wrist = (0.72 + 0.06 * near, 0.02 + 0.42 * near + float(rng.uniform(-0.1, 0.1)))
        canvas.stroke([(0.3, 0.3), (0.55, 0.42 - 0.3 * near), wrist], 0.12, 0.1, limb)
        claw(
            canvas, wrist, float(rng.uniform(-0.5, 0.2)), 0.32 * traits.head_size, plain(traits.coat, 0.8 + 0.2 * near)
        )
    at, way = (-0.4, 0.25), np.pi - 0.1
    for link in range(6):
        goal = polar(at, way, 0.26)
        size = 0.15 - 0.009 * link
        canvas.ellipse(((at[0] + goal[0]) / 2, (at[1] + goal[1]) / 2), (0.17, size), traits.coat, way)
        at, way = goal, way + curl
    canvas.stroke([at, polar(at, way - 0.2, 0.14), polar(at, way + 0.35, 0.3)], 0.2, 0.02, traits.accent)
    canvas.ellipse((0.0, 0.28), (0.48 * traits.body_length, 0.2 * traits.body_height), traits.coat)
    eye(canvas, (0.32, 0.2), 0.06, traits)
