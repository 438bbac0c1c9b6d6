"""A butterfly: broad patterned wings, slim jointed body, two clubbed feelers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.critters.features import eye, line
from data.critters.figure import Figure, both, frame
from data.critters.looks import Look
from data.drawing import Paint, Pose, ellipse, smooth_closed, tapered


def compose(rng: np.random.Generator, look: Look) -> Figure:
    """Return a butterfly: wings spread, seen from above, or wings raised, seen from the side."""
    figure = Figure(rim=rng.uniform(0.025, 0.05), grounded=False)
    view = (_spread, _raised)[rng.choice(2, p=(0.65, 0.35))]
    view(figure, look, rng)
    return figure


def _shrunk(outline: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    middle = outline.mean(axis=0)
    return np.asarray((outline - middle) * share + middle)


def _wing(figure: Figure, edge: Paint, field: Paint, dots: Paint, *outlines: NDArray[np.float64]) -> None:
    figure.mass(edge, *outlines)
    for outline in outlines:
        figure.mark(field, _shrunk(outline, 0.76))
        middle = outline.mean(axis=0)
        size = 0.16 * float(np.ptp(outline[:, 1]))
        figure.mark(dots, ellipse((float(middle[0]), float(middle[1])), (size, size)))


def _fore_wing(rng: np.random.Generator) -> NDArray[np.float64]:
    out, high = rng.uniform(0.85, 1.1), rng.uniform(0.65, 0.95)
    return smooth_closed(
        [(0.04, -0.12), (0.4, -0.75 * high), (0.85 * out, -high), (out, -0.7 * high), (0.8 * out, -0.1), (0.35, 0.08)]
    )


def _hind_wing(rng: np.random.Generator) -> NDArray[np.float64]:
    out, low = rng.uniform(0.6, 0.85), rng.uniform(0.6, 0.9)
    tail = rng.uniform(0.0, 0.3)
    return smooth_closed(
        [(0.04, 0.02), (0.45, 0.02), (out, 0.25), (0.85 * out, 0.75 * low), (0.55 * out, low + tail), (0.2, 0.75 * low)]
    )


def _spread(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    tilted = figure.within(Pose((0.0, 0.0), 1.0, rng.uniform(-0.35, 0.35), stretch=rng.uniform(0.7, 1.0)))
    _wing(tilted, look.mark, look.accent, look.belly, *both(_hind_wing(rng)))
    _wing(tilted, look.mark, look.coat, look.belly, *both(_fore_wing(rng)))
    spots = ellipse((rng.uniform(0.65, 0.75), -0.5), (0.07, 0.07))
    tilted.mark(look.belly, *both(spots))
    for side in (-1.0, 1.0):
        tip = (side * rng.uniform(0.2, 0.35), -rng.uniform(0.75, 0.95))
        line(look.dark, tilted, [(0.0, -0.4), (0.4 * tip[0], -0.65), tip], 0.045)
        tilted.mark(look.dark, ellipse(tip, (0.055, 0.055)))
    _body(tilted, look)


def _body(figure: Figure, look: Look) -> None:
    figure.mass(
        look.shade,
        tapered([(0.0, 0.0), (0.0, 0.6)], 0.2, 0.1),
        ellipse((0.0, -0.12), (0.12, 0.2)),
        ellipse((0.0, -0.38), (0.13, 0.12)),
    )
    for y in (0.15, 0.28, 0.4):
        line(look.belly, figure, [(-0.07, y), (0.07, y)], 0.04)
    for x in (-0.07, 0.07):
        eye(figure, look, (x, -0.4), 0.05)


def _raised(figure: Figure, look: Look, rng: np.random.Generator) -> None:
    lean = rng.uniform(-0.3, 0.15)
    far = figure.within(frame(0.1, 0.3, 1.05, lean - 0.35 + 0.5, True))
    _wing(far, look.mark, look.shade, look.accent, _fore_wing(rng) * [1.0, 1.15])
    near = figure.within(frame(0.0, 0.32, 1.1, lean, True))
    _wing(near, look.mark, look.accent, look.belly, _hind_wing(rng) * [1.0, 0.7])
    _wing(near, look.mark, look.coat, look.belly, _fore_wing(rng) * [1.0, 1.2])
    for shift, rise in ((0.12, 0.55), (0.3, 0.42)):
        tip = (0.42 + shift + 0.15, 0.15 - rise)
        line(look.dark, figure, [(0.42, 0.15), (0.42 + 0.6 * shift, 0.1 - 0.6 * rise), tip], 0.045)
        figure.mark(look.dark, ellipse(tip, (0.055, 0.055)))
    for x in (0.02, 0.16, 0.28):
        line(look.dark, figure, [(x, 0.4), (x + 0.08, 0.55), (x + 0.03, 0.7)], 0.04)
    body = tapered([(0.25, 0.3), (-0.2, 0.45), (-0.6, 0.62)], 0.22, 0.1)
    figure.mass(look.shade, body, ellipse((0.15, 0.33), (0.2, 0.13), -0.3), ellipse((0.4, 0.22), (0.14, 0.13)))
    eye(figure, look, (0.45, 0.2), 0.07)
