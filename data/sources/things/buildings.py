"""Large made things: houses, castles, cars, boats and aeroplanes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from data.drawing import Canvas, Paint, Texture
from data.drawing.paint import Colour
from data.sources.things.tools import INK, box, chance, material, pick, plain, polar, shade, some_colour, turned

_GLASS: tuple[Colour, ...] = ((0.65, 0.82, 0.92), (0.98, 0.9, 0.55), (0.2, 0.26, 0.36))


def house(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw a house of one to three storeys with a pitched, hipped or flat roof, windows, a door and a chimney."""
    canvas.shadow((0.0, 0.95), (1.1, 0.12))
    half, floors, columns = rng.uniform(0.55, 0.95), int(rng.integers(1, 4)), int(rng.integers(2, 5))
    top, wall, frame = (
        0.95 - rng.uniform(0.4, 0.5) * floors,
        material(rng, textured=0.25),
        plain((0.95, 0.94, 0.9), 0.0),
    )
    eaves, pitch, flat = half * rng.uniform(1.0, 1.25), rng.uniform(0.3, 0.7), half * pick(rng, (0.0, 0.0, 0.4, 0.95))
    if chance(rng, 0.6):
        x = half * pick(rng, (-0.6, 0.5))
        canvas.polygon(box(x - 0.1, top - pitch, x + 0.1, top), material(rng, some_colour(rng, 0.03)))
    canvas.polygon(box(-half, top, half, 0.95), wall)
    canvas.polygon(
        [(-eaves, top), (-flat, top - pitch), (flat, top - pitch), (eaves, top)], material(rng, textured=0.6)
    )
    pane, wide = plain(pick(rng, _GLASS), 0.1), half / columns * rng.uniform(0.45, 0.7)
    gate = int(rng.integers(columns))
    for row in range(floors):
        y = top + (0.95 - top) * (row + 0.5) / floors
        for column in range(columns):
            x = half * (2 * column + 1 - columns) / columns
            if row == floors - 1 and column == gate:
                canvas.polygon(box(x - wide, y - 0.1, x + wide, 0.95), material(rng, textured=0.1))
                continue
            canvas.polygon(box(x - wide, y - 0.15, x + wide, y + 0.13), frame)
            canvas.polygon(box(x - wide * 0.75, y - 0.11, x + wide * 0.75, y + 0.09), pane)


def castle(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw one to five towers with battlements or pointed roofs, a wall and a gate, perhaps with flags."""
    canvas.shadow((0.0, 0.95), (1.1, 0.12))
    count, stone, roof = int(rng.integers(1, 6)), some_colour(rng), material(rng, textured=0.3)
    wall = Paint(
        shade(stone, 1.2), shade(stone, 0.8), pick(rng, (Texture.CHECKS, Texture.CLOUDS, Texture.SCALES)), 0.05
    )
    flags = chance(rng, 0.4)
    if count > 1:
        canvas.polygon(_battlement(-0.85, 0.85, rng.uniform(-0.1, 0.4), 7), wall)
    for x in np.linspace(-0.8, 0.8, count) if count > 1 else (0.0,):
        half, top = rng.uniform(0.16, 0.26) * (2.0 if count == 1 else 1.0), rng.uniform(-0.7, 0.05)
        canvas.polygon(turned([0.95, top], [half * rng.uniform(1.0, 1.2), half], x), wall)
        if chance(rng, 0.5):
            peak = top - rng.uniform(0.35, 0.7)
            canvas.polygon([(x - half * 1.25, top), (x, peak), (x + half * 1.25, top)], roof)
        else:
            peak = top - 0.2
            canvas.polygon(_battlement(x - half * 1.2, x + half * 1.2, peak, 3, top + 0.08), wall)
        if flags:
            canvas.stroke([(x, peak + 0.1), (x, peak - 0.25)], 0.04, 0.04, plain(INK))
            canvas.polygon([(x, peak - 0.27), (x + 0.28, peak - 0.17), (x, peak - 0.07)], plain(some_colour(rng)))
        canvas.ellipse((x, top + 0.3), (half * 0.3, 0.1), plain(INK, 0.0))
    canvas.curve([(-0.17, 1.0), (-0.17, 0.6), (0.0, 0.45), (0.17, 0.6), (0.17, 1.0)], plain(shade(stone, 0.25), 0.0))


def _battlement(left: float, right: float, top: float, teeth: int, foot: float = 0.95) -> list[tuple[float, float]]:
    edges = np.linspace(left, right, 2 * teeth)
    merlons = [(float(x), top + 0.12 * ((i + 1) // 2 % 2)) for i, x in enumerate(edges.repeat(2)[1:-1])]
    return [(left, foot), (left, top), *merlons, (right, top), (right, foot)]


def car(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw a car from the side: saloon, van, lorry or bus, with any wheels, windows and lamps."""
    canvas.shadow((0.0, 0.62), (1.1, 0.1))
    body, glass = material(rng, textured=0.25), plain(pick(rng, _GLASS), 0.15)
    roof, sill, deck = rng.uniform(-0.6, -0.3), 0.45, rng.uniform(-0.05, 0.1)
    front, rear, rake = rng.uniform(0.3, 0.7), rng.uniform(-0.95, -0.4), rng.uniform(0.05, 0.3)
    kind = pick(rng, ("saloon", "saloon", "van", "lorry"))
    front, rear = {"saloon": (min(front, 0.5), rear), "van": (front, -0.98), "lorry": (0.95, 0.35)}[kind]
    cabin = [(rear, deck), (rear + rake * (rear > -0.9), roof), (front - rake, roof), (front, deck)]
    canvas.polygon([(-1.0, deck), *cabin, (1.02, deck + 0.08), (1.05, sill), (-1.02, sill)], body)
    if kind == "lorry":
        canvas.polygon(box(-1.05, roof - rng.uniform(0.0, 0.3), 0.28, sill - 0.05), material(rng))
    posts = np.linspace(rear + rake * 0.7 + 0.1, front - rake * 0.7, 2 if kind == "lorry" else int(rng.integers(3, 6)))
    for left, right in pairwise(posts):
        canvas.polygon(box(left + 0.03, roof + 0.08, right - 0.03, deck), glass)
    canvas.ellipse((0.98, deck + 0.2), (0.08, 0.08), plain((1.0, 0.95, 0.6), 0.1))
    r, hub = rng.uniform(0.18, 0.3), plain(some_colour(rng))
    for x in (-0.6, 0.62) if chance(rng, 0.75) else (-0.7, -0.15, 0.62):
        canvas.ellipse((x, sill), (r, r), plain(INK, 0.5))
        canvas.ellipse((x, sill), (r * 0.5, r * 0.5), hub)


def boat(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw a sailing boat with one to three sails or a steamer with funnels, on water or not."""
    keel, bow, stern, deck = rng.uniform(0.7, 0.9), rng.uniform(0.8, 1.1), rng.uniform(0.7, 1.0), rng.uniform(0.3, 0.5)
    hull = [
        (-stern, deck),
        (bow, deck - 0.1),
        (bow * rng.uniform(0.5, 0.8), keel),
        (-stern * rng.uniform(0.6, 0.9), keel),
    ]
    if chance(rng, 0.65):
        square, masts = chance(rng, 0.3), int(rng.integers(1, 3))
        for x in np.linspace(-0.4, 0.4, masts) if masts > 1 else (0.0,):
            top, sail = rng.uniform(-1.0, -0.7), material(rng)
            canvas.stroke([(x, deck), (x, top)], 0.07, 0.05, plain(some_colour(rng, 0.08)))
            span, belly = rng.uniform(0.5, 0.8) / masts**0.7, rng.uniform(0.0, 0.15)
            if square:
                wide = np.array([0.75, 0.85, 1.0, 0.95]) * span * 0.8
                canvas.polygon(turned([top + 0.12, -0.4, -0.05, deck - 0.15], wide, x + belly), sail)
            else:
                canvas.polygon(
                    [
                        (x - 0.06, top),
                        (x - 0.06 - span / 2 - belly, -0.3),
                        (x - span, deck - 0.1),
                        (x - 0.06, deck - 0.1),
                    ],
                    sail,
                )
                canvas.polygon([(x + 0.06, top + 0.2), (x + span * 0.8, deck - 0.12), (x + 0.06, deck - 0.12)], sail)
    else:
        cabin = rng.uniform(-0.1, 0.1)
        for x in np.linspace(-0.4, 0.3, int(rng.integers(1, 4))):
            canvas.polygon(box(x - 0.1, cabin - 0.55, x + 0.1, cabin), material(rng))
            canvas.polygon(box(x - 0.1, cabin - 0.45, x + 0.1, cabin - 0.35), plain(INK))
        canvas.polygon(box(-0.65, cabin, 0.55, deck), plain((0.93, 0.92, 0.88)))
        for x in np.linspace(-0.5, 0.4, int(rng.integers(3, 6))):
            canvas.ellipse((x, (cabin + deck) / 2), (0.07, 0.07), plain(pick(rng, _GLASS), 0.0))
    canvas.polygon(hull, material(rng))
    if chance(rng, 0.6):
        t = np.linspace(1.3, -1.3, 27)
        sea = np.stack([t, keel - 0.1 + 0.05 * np.sin(t * rng.uniform(6, 12))], axis=1)
        canvas.polygon([(-1.3, 1.1), (1.3, 1.1), *sea], material(rng, some_colour(rng, 0.57), 0.5))


def aeroplane(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw an aeroplane from above: straight, swept or delta wings, a tailplane, engines or a propeller."""
    body, wings, girth = material(rng, textured=0.2), material(rng), rng.uniform(0.13, 0.24)
    sweep, root, tip = rng.uniform(-0.05, 0.6), rng.uniform(0.3, 0.6), rng.uniform(0.08, 0.3)
    span, lead, tail = rng.uniform(0.8, 1.1), rng.uniform(-0.45, -0.2), rng.uniform(0.3, 0.5)
    count, glass = int(rng.integers(0, 3)), plain(pick(rng, _GLASS), 0.1)
    for side in (-1, 1):
        for share in np.linspace(0.4, 0.7, 2)[:count]:
            y = lead + sweep * share
            canvas.stroke(
                [(side * span * share, y - 0.12), (side * span * share, y + 0.15)], 0.14, 0.1, plain(INK, 0.6)
            )
        canvas.polygon(
            [(0, lead), (side * span, lead + sweep), (side * span, lead + sweep + tip), (0, lead + root)], wings
        )
        canvas.polygon([(0, 0.65), (side * tail, 0.75 + sweep / 3), (side * tail, 0.9 + sweep / 3), (0, 0.9)], wings)
    nose = rng.uniform(-1.0, -0.8)
    canvas.curve(turned([nose, nose + 0.25, 0.2, 1.0], [girth * 0.3, girth, girth, girth * 0.25]), body)
    canvas.stroke([(0.0, 0.55), (0.0, 1.0)], 0.05, 0.09, wings)
    canvas.ellipse((0.0, nose + 0.25), (girth * 0.6, 0.12), glass)
    if count == 0:
        canvas.polygon(box(-0.35, nose - 0.07, 0.35, nose), plain(INK, 0.0))
    elif chance(rng, 0.4):
        for side in (-1, 1):
            canvas.polygon(
                polar([0.14, 0.06] * 5, (side * span * 0.8, lead + sweep * 0.8 + tip * 0.7)), plain(some_colour(rng))
            )
