"""Parts that animals share: legs, eyes, ears, tails, horns and outlines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from data.drawing import Canvas, Paint, Texture, ellipse, smooth_closed
from data.sources.animals.traits import Traits

Point = tuple[float, float]
"""A position in figure units, x to the right and y down."""

UP = -np.pi / 2

_EAR_OUTLINES: tuple[NDArray[np.float64], ...] = (
    np.zeros((0, 2)),
    ellipse((0.42, 0.0), (0.55, 0.52)),
    np.array([(-0.1, -0.42), (0.6, -0.3), (1.2, 0.0), (0.6, 0.3), (-0.1, 0.42)]),
    smooth_closed([(0.0, -0.2), (0.35, -0.25), (0.5, 0.3), (0.35, 1.1), (0.05, 1.15), (-0.08, 0.5)]),
    ellipse((0.85, 0.0), (1.0, 0.26)),
    smooth_closed([(0.0, -0.12), (0.55, -0.75), (1.05, -0.45), (1.15, 0.1), (0.95, 0.55), (0.5, 0.7), (0.0, 0.15)]),
)
_TAIL_TURNS = np.linspace(0.0, 1.0, 10)


def plain(paint: Paint, factor: float = 1.0, relief: float = 0.4) -> Paint:
    """Return a paint of the first colour alone, its brightness multiplied by ``factor``."""
    red, green, blue = (min(channel * factor, 1.0) for channel in paint.colour)
    return Paint((red, green, blue), relief=relief)


def polar(origin: Point, angle: float, length: float) -> Point:
    """Return the point at a distance from the origin; ``angle`` in radians, clockwise on screen from the right."""
    return (origin[0] + length * float(np.cos(angle)), origin[1] + length * float(np.sin(angle)))


def local(points: ArrayLike, root: Point, angle: float, size: float, flip: float = 1.0) -> NDArray[np.float64]:
    """Return local points, shape (n, 2), (along, across) an axis from ``root`` at ``angle``, times ``size``."""
    own = np.asarray(points, dtype=np.float64) * size
    cos, sin = np.cos(angle), np.sin(angle)
    across = own[:, 1] * flip
    return np.stack([root[0] + cos * own[:, 0] - sin * across, root[1] + sin * own[:, 0] + cos * across], axis=1)


def bumpy(centre: Point, radii: Point, bumps: int, depth: float, sharp: bool = False) -> NDArray[np.float64]:
    """Return an ellipse with round bumps or, if ``sharp``, with spikes; ``depth`` is a share of the radii."""
    turn = np.linspace(0.0, 2 * np.pi, bumps * (2 if sharp else 8), endpoint=False)
    wave = np.arange(len(turn)) % 2 if sharp else np.abs(np.sin(turn * bumps / 2))
    reach = (1.0 - depth + depth * wave)[:, None]
    return np.asarray(np.asarray(centre) + reach * np.asarray(radii) * np.stack([np.cos(turn), np.sin(turn)], axis=1))


def eye(canvas: Canvas, at: Point, radius: float, traits: Traits, look: float = 0.15) -> None:
    """Draw an eye in the animal's style; ``look`` moves the pupil sideways (share of the radius)."""
    r = radius * traits.eye_size
    if traits.eyes == 0:
        canvas.ellipse(at, (r, r), Paint((0.05, 0.05, 0.06), relief=0.0))
        canvas.ellipse((at[0] - 0.3 * r, at[1] - 0.35 * r), (0.35 * r, 0.35 * r), Paint((1.0, 1.0, 1.0), relief=0.0))
        return
    white = Paint((0.97, 0.97, 0.94), relief=0.0) if traits.eyes == 1 else plain(traits.accent, 1.2, 0.0)
    canvas.ellipse(at, (1.2 * r, 1.2 * r), white)
    canvas.ellipse((at[0] + look * r, at[1]), (0.62 * r, 0.7 * r), Paint((0.03, 0.03, 0.04), relief=0.0))


def bar(canvas: Canvas, points: ArrayLike, start: float, end: float, paint: Paint) -> None:
    """Draw an angular stroke through the points; cheaper than a smooth one, for thin parts."""
    spine = np.asarray(points, dtype=np.float64)
    along = np.gradient(spine, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) * np.linspace(start, end, len(spine))[:, None] / 2
    canvas.polygon(np.concatenate([spine + across, (spine - across)[::-1]]), paint)


def leg(canvas: Canvas, ends: tuple[Point, Point], width: float, bend: float, paint: Paint) -> None:
    """Draw a leg from hip to foot, its knee ``bend`` off the straight line (to the right if positive)."""
    hip, foot = ends
    knee = ((hip[0] + foot[0]) / 2 + bend, (hip[1] + foot[1]) / 2)
    canvas.stroke([hip, knee, foot], width, 0.65 * width, paint)


def ear(canvas: Canvas, traits: Traits, root: Point, size: float, angle: float) -> None:
    """Draw one ear of the animal's sort, its axis in direction ``angle``; it droops to the side it leans to."""
    if traits.ears == 0:
        return
    outline = _EAR_OUTLINES[traits.ears]
    side = 1.0 if np.cos(angle) > 0 else -1.0
    if traits.ears == 3:
        angle, side = (0.15, 1.0) if side > 0 else (np.pi - 0.15, -1.0)
    points = local(outline, root, angle, size * traits.ear_size, side)
    canvas.polygon(points, plain(traits.coat, 0.85))
    middle = points.mean(axis=0) * 0.9 + np.asarray(root) * 0.1
    canvas.polygon(middle + 0.58 * (points - points.mean(axis=0)), plain(traits.belly, 0.9, 0.0))


def tail(canvas: Canvas, traits: Traits, root: Point, angle: float, size: float) -> None:
    """Draw the tail of the animal's sort from ``root`` in direction ``angle``."""
    if traits.tail == 0:
        return
    size, bend = size * traits.tail_size, traits.tail_bend
    u = _TAIL_TURNS
    spine = local(np.stack([u, bend * u**2 * 1.2], axis=1), root, angle, size)
    end = (float(spine[-1, 0]), float(spine[-1, 1]))
    way = float(np.arctan2(spine[-1, 1] - spine[-3, 1], spine[-1, 0] - spine[-3, 0]))
    if traits.tail == 1:
        canvas.stroke(spine[::3], 0.16 * size, 0.06 * size, plain(traits.coat, 0.85))
    elif traits.tail == 2:
        plume = [(-0.05, -0.06), (0.3, -0.22), (0.75, -0.3), (1.15, 0.0), (0.75, 0.3), (0.3, 0.2), (-0.05, 0.06)]
        bent = np.array([(x, y + bend * x * x) for x, y in plume])
        canvas.curve(local(bent, root, angle, size), traits.coat)
        canvas.ellipse(polar(root, angle + bend, 1.0 * size), (0.2 * size, 0.17 * size), traits.belly, angle + bend)
    elif traits.tail == 3:
        canvas.stroke(spine[::3], 0.13 * size, 0.07 * size, plain(traits.coat, 0.85))
        canvas.curve(local([(-0.12, 0), (0.1, -0.17), (0.42, 0), (0.1, 0.17)], end, way, size), traits.dark)
    elif traits.tail == 4:
        turn = np.linspace(0.0, 3.4 * np.pi, 22)
        reach = 0.34 * (1.0 - 0.72 * turn / turn[-1])
        curl = np.stack([0.5 - reach * np.cos(turn), reach * np.sin(turn)], axis=1)
        canvas.stroke(
            local([(-0.05, 0.0)], root, angle, size).tolist() + local(curl, root, angle, size).tolist(),
            0.13 * size,
            0.08 * size,
            plain(traits.coat, 0.85),
        )
    else:
        canvas.stroke(spine[:5:2], 0.2 * size, 0.26 * size, plain(traits.coat, 0.8))
        hatch = Paint(traits.dark.colour, plain(traits.dark, 2.2).colour, Texture.CHECKS, scale=0.045, relief=0.4)
        canvas.ellipse(polar(root, angle, 0.75 * size), (0.52 * size, 0.27 * size), hatch, angle)


def horns(
    canvas: Canvas, traits: Traits, roots: tuple[tuple[Point, float], ...], size: float, angle: float = UP
) -> None:
    """Draw the horns of the animal's sort on ``roots``: each a point and the outward side (1 or -1)."""
    size *= traits.horn_size
    paint = Paint(plain(traits.accent).colour, (0.93, 0.9, 0.8), Texture.PLAIN, relief=0.6)
    if traits.horns == 4:
        middle = np.mean([root for root, _ in roots], axis=0)
        bands = replace(paint, texture=Texture.STRIPES, scale=0.035, angle=0.9)
        canvas.polygon(local([(-0.1, -0.2), (1.5, 0.0), (-0.1, 0.2)], (middle[0], middle[1]), angle, size), bands)
        return
    for root, side in roots:
        lean = angle + 0.35 * side
        if traits.horns == 1:
            canvas.polygon(local([(-0.1, -0.17), (0.75, -0.03), (0.75, 0.03), (-0.1, 0.17)], root, lean, size), paint)
        elif traits.horns == 2:
            hook = [(0.0, 0.0), (0.4, 0.45), (0.95, 0.5), (1.3, 0.1)]
            canvas.stroke(local(hook, root, angle, size, side), 0.3 * size, 0.05 * size, paint)
        elif traits.horns == 3:
            beam = local([(0, 0), (0.5, 0.35), (1.0, 0.5), (1.5, 0.4)], root, angle, size, side)
            canvas.stroke(beam, 0.17 * size, 0.09 * size, paint)
            for branch in ([(0.45, 0.32), (0.75, -0.1)], [(0.9, 0.47), (1.2, 0.95)]):
                bar(canvas, local(branch, root, angle, size, side), 0.13 * size, 0.06 * size, paint)
