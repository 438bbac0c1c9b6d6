"""Grounds, poses and clutter for the source images; the targets have a scene of their own."""

from __future__ import annotations

import numpy as np

from data.drawing import Canvas, Paint, Pose, Texture, hsv, uneven


def start(rng: np.random.Generator, size: int) -> Canvas:
    """Return a canvas with light and a background."""
    canvas = Canvas(size, rng, light=float(rng.uniform(-2.9, -0.25)))
    texture = Texture(rng.choice([str(t) for t in Texture]))
    hue, value = rng.random(), rng.uniform(0.25, 0.95)
    canvas.background(
        Paint(
            hsv(hue, rng.uniform(0.05, 0.6), value),
            hsv(hue + rng.normal(0, 0.12), rng.uniform(0.05, 0.6), value * rng.uniform(0.7, 1.2)),
            texture,
            scale=float(rng.uniform(0.08, 0.5)),
            angle=float(rng.uniform(0, np.pi)),
            strength=float(rng.uniform(0.2, 0.9)),
        )
    )
    if rng.random() < 0.4:
        canvas.wash(hsv(rng.random(), 0.4, rng.uniform(0.2, 0.9)), uneven(rng, rng.uniform(1, 4)) * 0.6)
    return canvas


def pose(rng: np.random.Generator) -> Pose:
    """Return where a figure stands: size, place, turn and mirroring at random."""
    scale = float(rng.uniform(0.26, 0.46))
    slack = 0.5 - scale * 0.9
    centre = (float(0.5 + rng.uniform(-1, 1) * max(slack, 0.03)), float(0.5 + rng.uniform(-1, 1) * max(slack, 0.03)))
    return Pose(centre, scale, float(rng.normal(0, 0.18)), bool(rng.integers(2)), float(rng.uniform(0.85, 1.2)))


def clutter(canvas: Canvas, rng: np.random.Generator) -> None:
    """Scatter a few strokes and blobs over the picture, in shares of its side."""
    for _ in range(int(rng.integers(1, 5))):
        paint = Paint(hsv(rng.random(), rng.uniform(0.1, 0.8), rng.uniform(0.2, 0.9)), relief=0.4)
        place = rng.uniform(0.0, 1.0, 2)
        if rng.random() < 0.5:
            bend = place + np.cumsum(rng.normal(0, 0.09, (3, 2)), axis=0)
            canvas.stroke(bend, float(rng.uniform(0.01, 0.035)), float(rng.uniform(0.005, 0.02)), paint)
        else:
            radii = (float(rng.uniform(0.02, 0.07)), float(rng.uniform(0.02, 0.07)))
            canvas.ellipse((float(place[0]), float(place[1])), radii, paint)
