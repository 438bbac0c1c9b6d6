"""Sea animals without bones: octopus, jellyfish, crab, starfish."""

from __future__ import annotations

import numpy as np

from data.drawing import Canvas, Paint, smooth_closed
from data.sources.animals.parts import UP, bar, bumpy, eye, local, plain, polar
from data.sources.animals.traits import Traits


def octopus(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw an octopus: a bulb of a head and curling arms below and around it."""
    arms = int(rng.integers(6, 9))
    for number, way in enumerate(np.linspace(-0.35, np.pi + 0.35, arms)):
        reach, curl = float(rng.uniform(0.75, 1.0)), float(rng.uniform(-0.6, 0.6))
        root = polar((0.0, 0.1), way, 0.15)
        bends = [polar(root, way + curl * turn, reach * far) for turn, far in ((0.6, 0.35), (-0.4, 0.65), (0.7, 0.95))]
        paint = traits.coat if number % 2 else plain(traits.coat, 0.75)
        canvas.stroke([root, *bends], 0.24 * traits.leg_width, 0.05, paint)
    wide, high = 0.42 * traits.head_size, 0.5 * traits.body_height
    lean = float(rng.uniform(-0.2, 0.2))
    bulb = [(-0.6 * wide, 0.3), (-wide, -0.25), (-0.6 * wide + lean, -0.35 - high), (0.6 * wide + lean, -0.35 - high)]
    canvas.curve([*bulb, (wide, -0.25), (0.6 * wide, 0.3)], traits.coat)
    for side in (-1.0, 1.0):
        eye(canvas, (side * 0.45 * wide, 0.0), 0.11, traits)
    canvas.stroke([(-0.12, 0.2), (0.0, 0.25), (0.12, 0.2)], 0.04, 0.04, traits.dark)


def jellyfish(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a jellyfish: a bell with a frilled rim over trailing threads and ribbons."""
    wide, high = float(rng.uniform(0.5, 0.8)), float(rng.uniform(0.45, 0.8))
    drift, beat = float(rng.uniform(-0.35, 0.35)), float(rng.uniform(0.0, 6.0))
    down = np.linspace(-0.1, 1.0, 10)
    for place in np.linspace(-0.85, 0.85, int(rng.integers(5, 9))):
        length = float(rng.uniform(0.6, 1.0))
        sway = 0.1 * np.sin(5.0 * down + beat + 2.0 * place) + drift * np.maximum(down, 0.0)
        bar(
            canvas,
            np.stack([place * wide * 0.9 + sway, down * length], axis=1),
            0.07,
            0.03,
            plain(traits.accent, 1.0, 0.0),
        )
    for place in (-0.2, 0.2):
        sway = 0.08 * np.sin(8.0 * down + beat) + drift * np.maximum(down, 0.0)
        canvas.stroke(np.stack([place * wide + sway, 0.75 * down], axis=1), 0.24, 0.06, traits.belly)
    top = [(-wide, 0.0), (-0.95 * wide, -0.5 * high), (-0.5 * wide, -0.92 * high), (0.0, -high)]
    right = [(-x, y) for x, y in top[2::-1]]
    rim = [(x, 0.1 if i % 2 else -0.02) for i, x in enumerate(np.linspace(0.8 * wide, -0.8 * wide, 9))]
    canvas.curve([*top, *right, *rim], traits.coat)
    canvas.ellipse((-0.3 * wide, -0.6 * high), (0.2 * wide, 0.1 * high), plain(traits.belly, 1.2, 0.1), -0.5)
    if rng.random() < 0.5:
        for side in (-1.0, 1.0):
            eye(canvas, (0.3 * side * wide, -0.25 * high), 0.08, traits)


def crab(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a crab: a broad shell, eyes on stalks, claws, three or four legs on each side."""
    wide, high = 0.5 * traits.body_length, 0.33 * traits.body_height
    limb, legs = plain(traits.coat, 0.75, 0.1), int(rng.integers(3, 5))
    for side in (-1.0, 1.0):
        for rank in np.linspace(0.0, 1.0, legs):
            hip = (side * 0.75 * wide, 0.15 + 0.3 * rank * high + 0.05)
            knee = (side * (wide + 0.3 - 0.12 * rank), 0.05 + 0.35 * rank + float(rng.uniform(-0.06, 0.06)))
            foot = (side * (wide + 0.42 - 0.3 * rank), 0.45 + 0.38 * rank)
            bar(canvas, [hip, knee, foot], 0.14 * traits.leg_width, 0.04, limb)
        elbow = (side * (wide + float(rng.uniform(0.15, 0.3))), float(rng.uniform(-0.3, 0.0)))
        wrist = (side * float(rng.uniform(0.5, 0.8)), float(rng.uniform(-0.65, -0.45)))
        canvas.stroke([(side * 0.7 * wide, 0.05), elbow, wrist], 0.14, 0.12, limb)
        way = UP - side * float(rng.uniform(-0.2, 0.6))
        claw(canvas, wrist, way, float(rng.uniform(0.28, 0.42)), traits.coat)
        bar(canvas, [(side * 0.3 * wide, 0.0), (side * 0.35 * wide, -0.35)], 0.07, 0.06, limb)
        eye(canvas, (side * 0.35 * wide, -0.38), 0.085, traits)
    shell = np.array(
        [(-1, -0.3), (-0.6, -0.9), (0, -0.85), (0.6, -0.9), (1, -0.3), (0.65, 0.8), (0, 1.0), (-0.65, 0.8)]
    )
    canvas.curve(shell * (wide, high) + (0.0, 0.15), traits.coat)
    canvas.stroke([(-0.15, 0.2), (0.0, 0.27), (0.15, 0.2)], 0.045, 0.045, traits.dark)


def claw(canvas: Canvas, wrist: tuple[float, float], way: float, size: float, paint: Paint) -> None:
    """Draw an open claw of two fingers from ``wrist`` in direction ``way``."""
    palm = [(-0.15, 0.0), (0.2, -0.45), (0.7, -0.5), (1.2, -0.12), (0.65, -0.12), (0.5, 0.0), (0.7, 0.1), (1.1, 0.15)]
    canvas.curve(local([*palm, (0.7, 0.45), (0.2, 0.4)], wrist, way, size), paint)


def starfish(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a starfish: four to seven tapering arms with rows of knobs."""
    arms, waist = int(rng.integers(4, 8)), float(rng.uniform(0.3, 0.5))
    turn, knobs = float(rng.uniform(0.0, 6.0)), []
    outline = []
    for number in range(arms):
        way = turn + 2 * np.pi * number / arms + float(rng.uniform(-0.12, 0.12))
        reach = float(rng.uniform(0.8, 1.0))
        outline += [polar((0.0, 0.0), way - 0.11, reach), polar((0.0, 0.0), way + 0.11, reach)]
        outline.append(polar((0.0, 0.0), turn + 2 * np.pi * (number + 0.5) / arms, waist))
        knobs += [polar((0.0, 0.0), way, reach * share) for share in (0.45, 0.75)]
    canvas.polygon(smooth_closed(outline, 5), traits.coat)
    if rng.random() < 0.6:
        for knob in knobs:
            canvas.ellipse(knob, (0.06, 0.06), plain(traits.accent, 1.1, 0.0))
    if rng.random() < 0.4:
        for side in (-1.0, 1.0):
            eye(canvas, (0.15 * side, -0.05), 0.09, traits)
    else:
        canvas.polygon(bumpy((0.0, 0.0), (0.16, 0.16), arms, 0.3), plain(traits.accent))
