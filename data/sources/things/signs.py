"""Signs and emblems: stars, glyphs, arrows, hearts and masks."""

from __future__ import annotations

import numpy as np

from data.drawing import Canvas
from data.sources.things.tools import INK, box, chance, hoop, material, pick, plain, polar, shade, some_colour, turned


def star(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw a star of four to twelve points, sharp or blunt, in one to three layers, perhaps in a ring."""
    points, waist = int(pick(rng, (4, 5, 5, 5, 6, 6, 7, 8, 10, 12))), rng.uniform(0.35, 0.75)
    if chance(rng, 0.25):
        canvas.polygon(hoop((0.0, 0.0), (1.1, 1.1), rng.uniform(0.06, 0.15)), material(rng))
    draw = canvas.curve if chance(rng, 0.25) else canvas.polygon
    for reach in (0.95, 0.65, 0.38)[: int(rng.integers(1, 4))]:
        draw(polar([reach, reach * waist] * points), material(rng))


def glyph(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw a letter of no alphabet: two to five strokes between the knots of a grid, perhaps on a tile."""
    ink, broad = some_colour(rng), rng.uniform(0.12, 0.3)
    if chance(rng, 0.4):
        canvas.polygon(box(-1.1, -1.1, 1.1, 1.1), material(rng))
        ink = pick(rng, (INK, (0.97, 0.96, 0.92), ink))
    paint, thin = plain(ink, rng.uniform(0.0, 0.5)), broad * rng.uniform(0.4, 1.0)
    knots = np.array([(x, y) for x in (-0.6, 0.0, 0.6) for y in (-0.85, -0.3, 0.3, 0.85)])
    for _ in range(int(rng.integers(2, 6))):
        ends = rng.choice(len(knots), int(rng.integers(2, 4)), replace=False)
        canvas.stroke(knots[ends], broad, thin, paint)
    if chance(rng, 0.3):
        canvas.ellipse((rng.uniform(-0.6, 0.6), pick(rng, (-1.0, 1.0))), (broad * 0.6, broad * 0.6), paint)


def arrow(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw an arrow: straight, bent or a row of chevrons, single- or double-headed, perhaps feathered."""
    paint, broad, head = material(rng), rng.uniform(0.12, 0.4), rng.uniform(0.3, 0.6)
    if chance(rng, 0.2):
        for x in np.linspace(-0.7, 0.5, int(rng.integers(2, 5))):
            canvas.polygon(
                [(x, -head), (x + 0.4, 0.0), (x, head), (x - 0.25, head), (x + 0.15, 0.0), (x - 0.25, -head)], paint
            )
        return
    bend = rng.uniform(-0.6, 0.6) * chance(rng, 0.5)
    canvas.stroke([(-0.9, bend), (-0.3, bend * 0.2), (0.6, 0.0)], broad, broad, paint)
    canvas.polygon([(1.05, 0.0), (0.45, head), (0.45 + rng.uniform(0.0, 0.2), 0.0), (0.45, -head)], paint)
    if chance(rng, 0.25) and bend == 0:
        canvas.polygon([(-1.05, 0.0), (-0.45, head), (-0.45, -head)], paint)
    elif chance(rng, 0.3):
        for x in (-0.9, -0.7, -0.5):
            for side in (-1, 1):
                canvas.stroke([(x, bend), (x - 0.25, bend + side * 0.35)], 0.1, 0.05, plain(shade(paint.colour, 0.7)))


def heart(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw one to three hearts, nested or apart, wide or narrow, hollow, cracked or pierced."""
    t = np.linspace(0.0, 2 * np.pi, 48, endpoint=False)
    form = np.stack([np.sin(t) ** 3, -0.8 * np.cos(t) + 0.3 * np.cos(2 * t) + 0.12 * np.cos(3 * t)], axis=1)
    form *= (rng.uniform(0.75, 1.1), rng.uniform(0.8, 1.05))
    hue = pick(rng, (0.97, 0.0, 0.92, None))
    if chance(rng, 0.3):
        for x, y, reach in ((-0.5, 0.3, 0.5), (0.55, 0.35, 0.4), (0.1, -0.5, 0.55)):
            canvas.polygon(form * reach * rng.uniform(0.7, 1.2) + (x, y), material(rng, some_colour(rng, hue)))
        return
    for reach in (1.0, 0.65, 0.35)[: int(rng.integers(1, 4))]:
        canvas.polygon(form * reach, material(rng, some_colour(rng, hue)))
    if chance(rng, 0.25):
        zigzag = [
            (0.0, -0.45),
            (0.15, -0.15),
            (-0.12, 0.1),
            (0.12, 0.4),
            (0.0, 0.85),
            (-0.02, 0.4),
            (-0.22, 0.1),
            (0.05, -0.15),
        ]
        canvas.polygon(zigzag, plain(INK, 0.0))
    elif chance(rng, 0.2):
        canvas.stroke([(-1.2, 0.5), (1.1, -0.5)], 0.08, 0.08, plain(some_colour(rng, 0.1)))
        canvas.polygon([(1.3, -0.58), (1.0, -0.65), (1.12, -0.32)], plain(some_colour(rng, 0.1)))


def mask(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw a mask: a round, long, square or shield-like face with varied eyes, nose, mouth, brows and hair."""
    wide, chin, brow = rng.uniform(0.55, 0.9), rng.uniform(0.3, 1.0), rng.uniform(0.5, 1.0)
    if chance(rng, 0.4):
        canvas.curve(polar(rng.uniform(0.75, 1.2, 16)), material(rng, textured=0.7))
    face = turned(
        [-0.95, -0.6, 0.0, 0.6, 0.95], np.array([0.4 * brow, brow, 1.0, 0.55 + 0.3 * chin, 0.5 * chin]) * wide
    )
    skin = material(rng, textured=0.3)
    (canvas.polygon if chance(rng, 0.25) else canvas.curve)(face, skin)
    gap, level, r = wide * rng.uniform(0.38, 0.52), rng.uniform(-0.4, -0.1), rng.uniform(0.12, 0.24)
    slant, squint, white = rng.uniform(-0.5, 0.5), rng.uniform(0.4, 1.1), plain((0.97, 0.96, 0.9), 0.1)
    eyes, iris = pick(rng, ("round", "slit", "empty")), rng.uniform(0.4, 0.7)
    for side in (-1, 1):
        canvas.ellipse(
            (side * gap, level), (r, r * squint), plain(INK, 0.0) if eyes == "empty" else white, side * slant
        )
        if eyes != "empty":
            pupil = (r * iris * squint * (0.4 if eyes == "slit" else 1.0), r * iris * squint)
            canvas.ellipse((side * gap, level), pupil, plain(INK, 0.0))
        lift = level - r * squint - 0.12
        canvas.stroke(
            [(side * (gap - r), lift + slant * 0.2), (side * (gap + r), lift - slant * 0.2)],
            0.1,
            0.05,
            plain(shade(skin.colour, 0.4)),
        )
    nose = rng.uniform(0.06, 0.2)
    canvas.polygon([(0.0, level), (nose, 0.25), (-nose, 0.25)], plain(shade(skin.colour, pick(rng, (0.6, 1.4)))))
    _mouth(canvas, rng, wide)


def _mouth(canvas: Canvas, rng: np.random.Generator, wide: float) -> None:
    half, curl, open_by = wide * rng.uniform(0.25, 0.6), rng.uniform(-0.25, 0.3), rng.uniform(0.05, 0.3)
    lips = plain(some_colour(rng, pick(rng, (0.0, 0.97, 0.02))), 0.2)
    if chance(rng, 0.4):
        canvas.stroke([(-half, 0.5 - curl / 2), (0.0, 0.5 + curl / 2), (half, 0.5 - curl / 2)], 0.1, 0.1, lips)
        return
    canvas.curve([(-half, 0.5 - curl), (0.0, 0.5), (half, 0.5 - curl), (0.0, 0.5 + open_by)], lips)
    if chance(rng, 0.5):
        for x in np.linspace(-0.5, 0.5, int(rng.integers(2, 5))) * half:
            canvas.polygon(box(x - 0.05, 0.46, x + 0.05, 0.58), plain((0.97, 0.96, 0.9), 0.0))
