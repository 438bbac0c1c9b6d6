"""What surrounds a critter: background, ground, clutter, and how the figure stands in the picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from data.critters.figure import Figure
from data.critters.looks import Colour, Look, distance, mix
from data.drawing import Canvas, Paint, Pose, Texture, ellipse, hsv, tapered, uneven

_ROOM = 0.03
_PATTERNS = (Texture.STRIPES, Texture.WAVES, Texture.CHECKS, Texture.SPOTS)


def paint_scene(figure: Figure, look: Look, rng: np.random.Generator, size: int) -> NDArray[np.uint8]:
    """Return the figure in a drawn scene, shape (size, size, 3)."""
    canvas = Canvas(size, rng, light=rng.uniform(-2.8, -0.35))
    pose = _stand(figure, rng)
    least, greatest = figure.bounds(pose)
    _paint_background(canvas, look, rng)
    if rng.random() < 0.4:
        _scatter(canvas, rng, in_front=False)
    if rng.random() < 0.75:
        _cast_shadow(canvas, figure.grounded, least, greatest, rng)
    figure.paint(canvas, pose)
    if rng.random() < 0.35:
        _scatter(canvas, rng, in_front=True)
    if rng.random() < 0.4:
        canvas.wash(hsv(rng.random(), 0.3, rng.choice([0.1, 1.0])), 0.25 * uneven(rng))
    softness = rng.uniform(0.25, 0.6) * size / 64.0 if rng.random() < 0.2 else 0.0
    return canvas.finish(noise=rng.uniform(0.0, 0.028), softness=softness)


def _stand(figure: Figure, rng: np.random.Generator) -> Pose:
    turned = Pose(
        (0.0, 0.0), 1.0, np.deg2rad(rng.uniform(-15.0, 15.0)), bool(rng.integers(2)), float(rng.uniform(0.9, 1.1))
    )
    least, greatest = figure.bounds(turned)
    scale = float(rng.uniform(0.54, 0.86) / np.max(greatest - least))
    half = 0.5 * scale * (greatest - least)
    centre = rng.uniform(half + _ROOM, 1.0 - _ROOM - half) - 0.5 * scale * (least + greatest)
    return replace(turned, centre=(float(centre[0]), float(centre[1])), scale=scale)


def _paint_background(canvas: Canvas, look: Look, rng: np.random.Generator) -> None:
    style = rng.integers(5)
    if style == 0:
        canvas.background(_clouded(look, rng))
    elif style == 1:
        canvas.background(Paint(_backdrop(look, rng)))
    elif style == 2:
        first = _backdrop(look, rng)
        second = mix(first, _backdrop(look, rng), rng.uniform(0.25, 0.5))
        pattern = _PATTERNS[rng.integers(len(_PATTERNS))]
        canvas.background(Paint(first, second, pattern, rng.uniform(0.1, 0.3), rng.uniform(0.0, np.pi)))
    else:
        canvas.background(_clouded(look, rng))
        _paint_ground(canvas, look, rng)
    canvas.wash(hsv(rng.random(), 0.3, rng.uniform(0.2, 1.0)), 0.3 * uneven(rng, rng.uniform(1.0, 3.0)))


def _clouded(look: Look, rng: np.random.Generator) -> Paint:
    first, second = _backdrop(look, rng), _backdrop(look, rng)
    return Paint(first, second, Texture.CLOUDS, rng.uniform(0.15, 0.6), strength=rng.uniform(0.3, 1.0))


def _paint_ground(canvas: Canvas, look: Look, rng: np.random.Generator) -> None:
    x = np.linspace(-0.05, 1.05, 24)
    hills = rng.uniform(0.0, 0.06) * np.sin(rng.uniform(2.0, 9.0) * x + rng.uniform(0.0, 6.3))
    top = rng.uniform(0.45, 0.85) + rng.uniform(-0.1, 0.1) * (x - 0.5) + hills
    outline = np.concatenate([np.stack([x, top], axis=1), [[1.05, 1.05], [-0.05, 1.05]]])
    first = _backdrop(look, rng)
    texture = (Texture.PLAIN, Texture.FUR, Texture.CLOUDS, Texture.STRIPES, Texture.CHECKS)[rng.integers(5)]
    second = mix(first, (0.1, 0.1, 0.1), rng.uniform(0.15, 0.4))
    canvas.polygon(outline, Paint(first, second, texture, rng.uniform(0.05, 0.2), rng.uniform(0.0, np.pi), 0.0))


def _backdrop(look: Look, rng: np.random.Generator) -> Colour:
    colour = (0.5, 0.5, 0.5)
    furthest = -1.0
    for _ in range(12):
        candidate = hsv(rng.random(), rng.uniform(0.05, 0.65), rng.uniform(0.3, 1.0))
        apart = min(distance(candidate, look.coat.colour), distance(candidate, look.accent.colour) + 0.1)
        if apart > furthest:
            colour, furthest = candidate, apart
        if furthest > 0.45:
            break
    return colour


def _cast_shadow(
    canvas: Canvas,
    grounded: bool,
    least: NDArray[np.float64],
    greatest: NDArray[np.float64],
    rng: np.random.Generator,
) -> None:
    middle = 0.5 * float(least[0] + greatest[0]) - 0.05 * np.cos(canvas.light)
    width = float(greatest[0] - least[0]) * rng.uniform(0.38, 0.5)
    drop = 0.0 if grounded else rng.uniform(0.02, 0.12)
    low = min(float(greatest[1]) - 0.02 + drop, 0.97)
    canvas.shadow((middle, low), (width, rng.uniform(0.03, 0.07)), rng.uniform(0.25, 0.55))


def _scatter(canvas: Canvas, rng: np.random.Generator, in_front: bool) -> None:
    paint = Paint(hsv(rng.random(), rng.uniform(0.2, 0.7), rng.uniform(0.3, 0.9)), relief=0.5)
    item = rng.integers(4)
    for _ in range(rng.integers(2, 6)):
        x = rng.uniform(0.0, 1.0)
        y = rng.uniform(0.93, 1.02) if in_front else rng.uniform(0.05, 0.95)
        if item == 0:
            _tuft(canvas, x, max(y, rng.uniform(0.7, 1.0)), paint, rng)
        elif item == 1:
            canvas.ellipse((x, y), (rng.uniform(0.02, 0.08), rng.uniform(0.02, 0.05)), paint)
        elif item == 2:
            _leaf(canvas, x, y, paint, rng)
        else:
            _flower(canvas, x, y, paint, rng)


def _tuft(canvas: Canvas, x: float, y: float, paint: Paint, rng: np.random.Generator) -> None:
    for lean in (-0.05, 0.0, 0.05):
        tip = (x + lean + rng.uniform(-0.02, 0.02), y - rng.uniform(0.07, 0.16))
        canvas.polygon(tapered([(x + 0.3 * lean, y), (x + 0.4 * lean, y - 0.05), tip], 0.022, 0.004), paint)


def _leaf(canvas: Canvas, x: float, y: float, paint: Paint, rng: np.random.Generator) -> None:
    canvas.polygon(ellipse((x, y), (rng.uniform(0.03, 0.06), 0.018), rng.uniform(0.0, np.pi)), paint)


def _flower(canvas: Canvas, x: float, y: float, paint: Paint, rng: np.random.Generator) -> None:
    radius = rng.uniform(0.012, 0.022)
    for turn in np.linspace(0.0, 2.0 * np.pi, 5, endpoint=False) + rng.uniform(0.0, 1.0):
        canvas.ellipse((x + 1.4 * radius * np.cos(turn), y + 1.4 * radius * np.sin(turn)), (radius, radius), paint)
    canvas.ellipse((x, y), (radius, radius), Paint((0.98, 0.9, 0.5), relief=0.2))
