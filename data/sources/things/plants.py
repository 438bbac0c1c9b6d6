"""Plants: trees, a cactus, flowers, mushrooms and leaves."""

from __future__ import annotations

import numpy as np

from data.drawing import Canvas, Paint, Texture, smooth_closed
from data.sources.things.tools import (
    GREENS,
    chance,
    material,
    pick,
    plain,
    polar,
    shade,
    some_colour,
    turned,
)


def broadleaf(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw a broadleaved tree: a trunk and a crown of blobs, green, autumnal or in blossom, perhaps in fruit."""
    canvas.shadow((0.0, 1.0), (0.8, 0.12))
    wide, tall, high = rng.uniform(0.35, 0.7), rng.uniform(0.35, 0.65), rng.uniform(-0.5, -0.25)
    bark, leaves = plain(some_colour(rng, 0.07)), some_colour(rng, pick(rng, (*GREENS, 0.08, 0.03, 0.93)))
    girth, lean = rng.uniform(0.14, 0.35), rng.uniform(-0.2, 0.2)
    canvas.stroke([(lean, 1.0), (lean / 2, 0.4), (0.0, high)], girth, girth * 0.5, bark)
    for side in (-1, 1):
        canvas.stroke([(lean / 2, 0.4), (side * wide * 0.6, high + 0.2)], girth * 0.5, 0.05, bark)
    count, blob = int(rng.integers(4, 10)), rng.uniform(0.25, 0.4)
    for turn in np.linspace(0.0, 2 * np.pi, count, endpoint=False) + rng.uniform(0.0, 6.0):
        centre = (wide * np.cos(turn) * 0.8, high + tall * np.sin(turn) * 0.8)
        paint = plain(shade(leaves, rng.uniform(0.65, 1.05)), 0.5)
        canvas.curve(polar(blob * rng.uniform(0.8, 1.2, 9), centre), paint)
    canvas.curve(polar(rng.uniform(0.85, 1.1, 9) * min(wide, tall), (0.0, high)), material(rng, leaves, 0.6))
    if chance(rng, 0.35):
        fruit = plain(some_colour(rng))
        for x, y in rng.uniform(-0.7, 0.7, (9, 2)):
            canvas.ellipse((x * wide, high + y * tall), (0.07, 0.07), fruit)


def fir(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw a conifer of two to six tiers, smooth or toothed, perhaps with snow or lights."""
    canvas.shadow((0.0, 1.0), (0.6, 0.1))
    canvas.stroke([(0.0, 1.0), (0.0, 0.4)], 0.2, 0.14, plain(some_colour(rng, 0.07)))
    tiers, width, teeth = int(rng.integers(2, 7)), rng.uniform(0.4, 0.8), pick(rng, (2, 5, 7, 9))
    needles, snowy, lit = some_colour(rng, pick(rng, (0.3, 0.38, 0.45))), chance(rng, 0.3), chance(rng, 0.25)
    for step in range(tiers, 0, -1):
        foot, half = -1.0 + 1.75 * step / tiers, width * (0.35 + 0.65 * step / tiers)
        top = foot - 1.75 / tiers * rng.uniform(1.3, 1.6)
        hem = [(x, foot + 0.07 * (i % 2)) for i, x in enumerate(np.linspace(half, -half, teeth))]
        canvas.polygon([(0.0, top), *hem], plain(shade(needles, 0.65 + 0.35 * (tiers - step + 1) / tiers), 0.6))
        if snowy:
            cap = half * 0.5
            canvas.polygon(
                [(0.0, top), (cap, (top + foot) / 2), (0.0, foot - 0.1), (-cap, (top + foot) / 2)],
                plain((0.93, 0.95, 1.0), 0.2),
            )
        for x in rng.uniform(-0.8, 0.8, 3 * lit):
            canvas.ellipse((half * x, foot - 0.06), (0.06, 0.06), plain(some_colour(rng)))
    if lit:
        canvas.polygon(polar([0.2, 0.08] * 5, (0.0, -1.05)), plain((0.98, 0.85, 0.2)))


def cactus(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw a ribbed column with arms, or a pile of pads, in a pot or on the ground, perhaps in flower."""
    canvas.shadow((0.0, 0.95), (0.7, 0.12))
    skin, girth = some_colour(rng, pick(rng, (0.28, 0.36, 0.42))), rng.uniform(0.3, 0.6)
    ribs = Paint(
        skin, shade(skin, 0.6), pick(rng, (Texture.STRIPES, Texture.SPOTS)), rng.uniform(0.04, 0.08), relief=0.6
    )
    tips = [(0.0, rng.uniform(-0.95, -0.5))]
    if chance(rng, 0.3):
        for x, y, r in ((0.0, 0.5, 0.42), (-0.35, -0.1, 0.34), (0.35, -0.05, 0.3), (0.05, -0.55, 0.28)):
            canvas.ellipse((x + rng.uniform(-0.1, 0.1), y), (r * rng.uniform(0.7, 0.95), r), ribs)
    else:
        for side in rng.permutation([-1, 1])[: int(rng.integers(0, 3))]:
            x, y, up = side * rng.uniform(0.5, 0.75), rng.uniform(0.1, 0.4), rng.uniform(0.35, 0.8)
            canvas.stroke([(0.0, y), (x * 0.8, y), (x, y - 0.15), (x, y - up)], girth * 0.6, girth * 0.5, ribs)
            tips.append((x, y - up))
        canvas.stroke([(0.0, 0.95), (0.0, 0.0), tips[0]], girth, girth * 0.8, ribs)
    if chance(rng, 0.5):
        canvas.polygon(turned([0.5, 0.65, 0.65, 1.0], [0.5, 0.5, 0.42, 0.3]), material(rng, some_colour(rng, 0.05)))
    if chance(rng, 0.5):
        for tip in tips:
            canvas.polygon(polar([0.2, 0.1] * 6, (tip[0], tip[1] - girth * 0.35)), plain(some_colour(rng, 0.92)))


def flower(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw a flower head of one or two whorls of petals of any form, with or without stem and leaves."""
    count, reach, whorls = int(rng.integers(4, 14)), rng.uniform(0.5, 0.7), int(rng.integers(1, 3))
    stalk, centre = chance(rng, 0.65), (0.0, 0.0)
    if stalk:
        green, centre, bend = plain(some_colour(rng, pick(rng, GREENS))), (0.0, -0.35), rng.uniform(-0.3, 0.3)
        canvas.stroke([(bend / 2, 1.1), (bend, 0.4), centre], 0.1, 0.07, green)
        for side in (-1, 1)[: int(rng.integers(0, 3))]:
            canvas.curve(
                [(bend, 0.7), (bend + side * 0.3, 0.35), (bend + side * 0.6, 0.4), (bend + side * 0.3, 0.65)], green
            )
    reach *= 1.0 if stalk else 1.4
    girth, widest, notch = rng.uniform(0.5, 1.3) * np.pi / count, rng.uniform(0.45, 0.8), rng.uniform(0.85, 1.1)
    form = np.array(
        [(0.1, 0.0), (widest, -girth), (1.0, -girth * 0.3), (notch, 0.0), (1.0, girth * 0.3), (widest, girth)]
    )
    for whorl in range(whorls):
        petals = material(rng, textured=0.3)
        for turn in np.arange(count) * 2 * np.pi / count + whorl * np.pi / count:
            long, way = form[:, 0] * reach * (1.0 - 0.35 * whorl), turn + form[:, 1]
            canvas.curve(np.stack([long * np.cos(way), long * np.sin(way)], axis=1) + centre, petals)
    heart = rng.uniform(0.12, 0.4) * reach
    canvas.ellipse(centre, (heart, heart), material(rng, some_colour(rng, pick(rng, (0.13, 0.1, 0.06, 0.3))), 0.6))


def mushroom(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw one to three mushrooms with domed, pointed or flat caps, plain or spotted."""
    canvas.shadow((0.0, 0.95), (0.7, 0.12))
    cap, stem = some_colour(rng, pick(rng, (0.0, 0.04, 0.08, 0.12, 0.75))), some_colour(rng, 0.1)
    peak, spots = rng.uniform(0.35, 0.9), int(rng.integers(0, 9)) * chance(rng, 0.7)
    for x, size in ((-0.65, 0.5), (0.6, 0.6), (0.0, 1.0))[2 - int(rng.integers(0, 3)) :]:
        half, rim, girth = (
            size * rng.uniform(0.6, 0.9),
            0.9 - size * rng.uniform(0.8, 1.2),
            size * rng.uniform(0.2, 0.45),
        )
        canvas.curve(turned([0.95, 0.7, rim], [girth * 0.8, girth * 0.7, girth * 0.4], x), plain(shade(stem, 1.7)))
        canvas.ellipse((x, rim), (half * 0.95, size * 0.15), plain(shade(stem, 1.3), 0.1))
        top, low = rim - size * peak, rim + size * 0.08
        crown = np.array([(0.0, top), (half * 0.6, top + size * peak * 0.3), (half, low), (0.0, low - 0.12 * size)])
        canvas.curve(np.concatenate([crown, crown[2:0:-1] * (-1, 1)]) + np.array((x, 0.0)), plain(cap, 0.7))
        for u, v, r in rng.uniform((-0.55, 0.25, 0.05), (0.55, 0.8, 0.13), (spots, 3)):
            canvas.ellipse(
                (x + u * half * v * 1.5, top + v * (rim - top)), (r * size, r * size), plain((0.97, 0.95, 0.9), 0.1)
            )


def leaf(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw one leaf: simple, lobed like a maple's, or feathered, with its veins."""
    colour = some_colour(rng, pick(rng, (*GREENS, 0.02, 0.08, 0.13)))
    blade, vein = material(rng, colour, 0.3), plain(shade(colour, pick(rng, (0.55, 1.5))), 0.0)
    form, width = pick(rng, ("simple", "simple", "lobed", "feathered")), rng.uniform(0.3, 0.75)
    canvas.stroke([(0.0, -0.6), (0.0, 0.5), (rng.uniform(-0.2, 0.2), 1.15)], 0.05, 0.09, vein)
    pairs = int(rng.integers(3, 7))
    if form == "lobed":
        lobes = int(pick(rng, (5, 7, 9)))
        reach = np.stack([rng.uniform(0.8, 1.0, lobes), np.full(lobes, rng.uniform(0.35, 0.6))], axis=1).ravel()
        canvas.polygon(smooth_closed(polar(reach), 3), blade)
        for tip in polar(reach * 0.85)[::2]:
            canvas.stroke([(0.0, 0.3), tip], 0.06, 0.02, vein)
    elif form == "simple":
        canvas.curve(
            turned([-1.0, -0.5, 0.1, 0.6, 0.85], [0.0, width * rng.uniform(0.5, 0.9), width, width * 0.6, 0.05]), blade
        )
        canvas.stroke([(0.0, -0.9), (0.0, 0.9)], 0.02, 0.08, vein)
    for y in np.linspace(-0.55, 0.6, pairs):
        for side in (-1, 1):
            span = side * width * (1.0 - abs(y) * 0.7)
            if form == "simple":
                canvas.stroke([(0.0, y), (span * 0.8, y - 0.2)], 0.05, 0.02, vein)
            elif form == "feathered":
                canvas.curve([(0.0, y), (span * 0.6, y - 0.25), (span * 1.3, y - 0.25), (span * 0.7, y)], blade)
