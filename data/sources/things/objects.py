"""Small made things: cups, bottles, umbrellas, keys, gear wheels, chairs, balloons and springs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from data.drawing import Canvas, Paint, ellipse
from data.sources.things.tools import (
    INK,
    box,
    chance,
    hoop,
    material,
    pick,
    pierced,
    plain,
    polar,
    shade,
    some_colour,
    turned,
)


def cup(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw a mug, bowl-like cup or goblet with its drink, perhaps with a handle, a saucer and steam."""
    canvas.shadow((0.0, 0.85), (0.8, 0.12))
    ware, rim, foot, top = material(rng), rng.uniform(0.5, 0.75), rng.uniform(0.25, 0.6), rng.uniform(-0.6, -0.2)
    if chance(rng, 0.35):
        canvas.ellipse((0.0, 0.82), (rng.uniform(0.8, 1.0), 0.14), material(rng))
    goblet = chance(rng, 0.2)
    if chance(rng, 0.75) and not goblet:
        canvas.polygon(
            hoop((rim * 0.95, rng.uniform(0.0, 0.15)), (rng.uniform(0.25, 0.4), rng.uniform(0.25, 0.35)), 0.11), ware
        )
    floor = 0.25 if goblet else 0.8
    belly = rng.uniform(0.45, 1.05) * rim
    canvas.polygon(
        turned([top, (top + floor) / 2, floor - 0.08, floor], [rim, max(belly, foot), foot, foot * 0.8]), ware
    )
    if goblet:
        canvas.polygon(turned([floor, 0.4, 0.7, 0.85], [foot * 0.7, 0.07, 0.07, 0.45]), ware)
    elif chance(rng, 0.4):
        canvas.polygon(
            polar([0.2, pick(rng, (0.08, 0.2))] * 5, (0.0, (top + floor) / 2 + 0.1)), plain(some_colour(rng))
        )
    canvas.ellipse((0.0, top), (rim, 0.14), plain(shade(ware.colour, 1.4), 0.0))
    canvas.ellipse(
        (0.0, top + 0.02), (rim * 0.85, 0.1), plain(some_colour(rng, pick(rng, (0.06, 0.1, 0.3, 0.55))), 0.0)
    )
    for x in np.linspace(-0.3, 0.3, int(rng.integers(2, 4))) if chance(rng, 0.35) else ():
        canvas.stroke(
            [(x, top - 0.1), (x + 0.1, top - 0.25), (x - 0.05, top - 0.4), (x + 0.06, top - 0.55)],
            0.07,
            0.03,
            plain((0.96, 0.96, 0.98), 0.0),
        )


def bottle(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw a bottle, flask or vase of any profile with a stopper, a label and a glint."""
    canvas.shadow((0.0, 0.95), (0.6, 0.1))
    glass, half, neck = material(rng, textured=0.3), rng.uniform(0.22, 0.6), rng.uniform(0.08, 0.18)
    shoulder, mouth = rng.uniform(-0.4, 0.25), rng.uniform(-0.95, -0.7)
    mouth = min(mouth, shoulder - 0.3)
    slope, waist = rng.uniform(0.05, 0.3), half * rng.uniform(0.7, 1.2)
    profile = turned(
        [mouth, shoulder - slope, shoulder, (shoulder + 0.95) / 2, 0.85, 0.95],
        [neck, neck * rng.uniform(0.9, 1.3), half, waist, half * rng.uniform(0.6, 1.0), half * 0.6],
    )
    (canvas.curve if chance(rng, 0.5) else canvas.polygon)(profile, glass)
    if chance(rng, 0.8):
        canvas.polygon(turned([mouth - 0.15, mouth + 0.05], [neck * rng.uniform(0.8, 1.3), neck * 1.2]), material(rng))
    if chance(rng, 0.65):
        high, low = shoulder + rng.uniform(0.08, 0.2), rng.uniform(0.55, 0.75)
        canvas.polygon(box(-min(half, waist) * 0.95, high, min(half, waist) * 0.95, low), material(rng, textured=0.6))
        canvas.ellipse((0.0, (high + low) / 2), (half * 0.4, (low - high) * 0.3), plain(some_colour(rng), 0.0))
    canvas.stroke([(-half * 0.6, shoulder + 0.1), (-half * 0.6, 0.5)], 0.06, 0.03, plain(shade(glass.colour, 1.7), 0.0))


def umbrella(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw an open umbrella or parasol of four to eight panels in one or two colours, with hook or straight stick."""
    rim, peak, half = rng.uniform(-0.2, 0.1), rng.uniform(-1.0, -0.75), rng.uniform(0.75, 1.05)
    stick, panels = plain(some_colour(rng, pick(rng, (0.08, None))), 0.3), int(rng.integers(4, 9))
    hook = [(0.25, 0.85), (0.13, 1.0)] if chance(rng, 0.7) else []
    canvas.stroke([(0.0, peak - 0.12), (0.0, 0.75), *([(0.05, 0.98)] if hook else []), *hook[::-1]], 0.07, 0.09, stick)
    cloths = [material(rng, textured=0.2), material(rng, textured=0.2)][: int(rng.integers(1, 3))]
    edges, sag = half * np.sin(np.linspace(-np.pi / 2, np.pi / 2, panels + 1)), rng.uniform(0.0, 0.15)
    bow = rng.uniform(0.5, 0.9)
    rise = np.linspace(0.0, 1.0, 7)
    for index, (left, right) in enumerate(pairwise(edges)):
        width, height = np.cos(rise * np.pi / 2) ** bow, rim + (peak - rim) * np.sin(rise * np.pi / 2)
        up, down = np.stack([left * width, height], axis=1), np.stack([right * width, height], axis=1)[::-1]
        hem = [((left + right) / 2, rim - sag)]
        cloth = cloths[index % len(cloths)]
        tone = Paint(
            shade(cloth.colour, 0.85 + 0.15 * (index % 2)), cloth.second, cloth.texture, cloth.scale, cloth.angle
        )
        canvas.polygon(np.concatenate([up, down, hem]), tone)


def key(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw a key: a round, square or trefoil bow, a shaft and two to five teeth of any length."""
    metal = plain(some_colour(rng, pick(rng, (0.12, 0.07, 0.6, None))), 0.6)
    form, girth, x = pick(rng, ("round", "square", "trefoil")), rng.uniform(0.1, 0.22), -0.6
    r = rng.uniform(0.32, 0.48)
    canvas.polygon(box(x + r * 0.8, -girth / 2, 1.05, girth / 2), metal)
    if form == "trefoil":
        for turn in (-np.pi / 2, np.pi / 2, np.pi):
            canvas.polygon(
                hoop((x + r * 0.7 * np.cos(turn), r * 0.75 * np.sin(turn)), (r * 0.65, r * 0.65), r * 0.3), metal
            )
        canvas.ellipse((x + r * 0.4, 0.0), (r * 0.5, r * 0.3), metal)
    elif form == "round":
        canvas.polygon(hoop((x, 0.0), (r, r * rng.uniform(0.8, 1.2)), r * rng.uniform(0.25, 0.6)), metal)
    else:
        canvas.polygon(pierced(box(x - r, -r, x + r, r), box(x - r * 0.5, -r * 0.5, x + r * 0.5, r * 0.5)), metal)
    for left in np.linspace(0.95, rng.uniform(0.4, 0.7), int(rng.integers(2, 6))):
        canvas.polygon(box(left - 0.05, 0.0, left + 0.07, girth / 2 + rng.uniform(0.12, 0.4)), metal)
    if chance(rng, 0.5):
        canvas.polygon(box(x + r, -girth * 0.9, x + r + 0.1, girth * 0.9), metal)


def gear(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw one or two gear wheels of six to twenty teeth, full, holed or spoked."""
    wheels = (((0.0, 0.0), 1.0),) if chance(rng, 0.7) else (((-0.35, 0.3), 0.68), ((0.5, -0.5), 0.48))
    for centre, reach in wheels:
        teeth, root, metal = int(rng.integers(6, 21)), reach * rng.uniform(0.72, 0.87), material(rng, textured=0.3)
        rim = polar(np.tile([root, reach, reach, root], teeth), centre)
        bore = reach * rng.uniform(0.12, 0.35)
        spokes = int(rng.integers(3, 7)) if chance(rng, 0.4) else 0
        canvas.polygon(
            pierced(rim, ellipse(centre, (root * 0.75,) * 2) if spokes else ellipse(centre, (bore, bore))), metal
        )
        for end in polar([root * 0.8] * max(spokes, 1), centre)[:spokes]:
            canvas.stroke([centre, end], 0.2 * reach, 0.14 * reach, metal)
        if spokes or chance(rng, 0.4):
            canvas.polygon(hoop(centre, (bore * 1.5, bore * 1.5), bore * 0.7), plain(shade(metal.colour, 0.75), 0.6))


def chair(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw a chair or stool in oblique view: legs, a seat, a back of slats or of one board, perhaps arms."""
    canvas.shadow((0.1, 0.95), (0.9, 0.12))
    wood, seat, leg = material(rng, textured=0.3), material(rng), rng.uniform(0.07, 0.14)
    half, high, skew, top = (
        rng.uniform(0.4, 0.6),
        rng.uniform(0.05, 0.35),
        rng.uniform(0.15, 0.35),
        rng.uniform(-1.0, -0.6),
    )
    rear, splay = high - 0.2, rng.uniform(0.0, 0.12)
    for x, y, foot in ((-half + skew, rear, 0.78), (half + skew, rear, 0.78), (-half, high, 0.95), (half, high, 0.95)):
        canvas.stroke([(x, y), (x + splay * np.sign(x), foot)], leg, leg * 0.7, wood)
    backed = chance(rng, 0.85)
    for x in (-half + skew, half + skew) if backed else ():
        canvas.stroke([(x, rear), (x + 0.05, top)], leg, leg, wood)
    if backed and chance(rng, 0.4):
        canvas.polygon(
            [(-half + skew, top), (half + skew, top), (half + skew, rear - 0.1), (-half + skew, rear - 0.1)], seat
        )
    elif backed:
        for y in np.linspace(top + 0.08, rear - 0.2, int(rng.integers(1, 5))):
            canvas.polygon(box(-half + skew, y - 0.06, half + skew + 0.04, y + 0.06), wood)
    canvas.polygon([(-half, high), (half, high), (half + skew, rear), (-half + skew, rear)], seat)
    canvas.polygon(box(-half, high, half, high + rng.uniform(0.06, 0.2)), plain(shade(seat.colour, 0.7)))
    for x in (-half, half) if backed and chance(rng, 0.35) else ():
        canvas.stroke([(x, high), (x, high - 0.35), (x + skew, rear - 0.35)], leg, leg, wood)


def balloon(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw one to four toy balloons on strings, or a hot-air balloon with its basket."""
    if chance(rng, 0.4):
        half, foot = rng.uniform(0.65, 0.9), rng.uniform(0.35, 0.5)
        for x in (-0.18, 0.18):
            canvas.stroke([(x * 1.3, foot - 0.1), (x, 0.75)], 0.04, 0.04, plain(INK))
        canvas.polygon(box(-0.2, 0.72, 0.2, 1.0), material(rng, some_colour(rng, 0.08)))
        first, second = material(rng), some_colour(rng)
        heights, shares = [-1.0, -0.85, -0.35, 0.1, foot], np.array([0.2, 0.6, 1.0, 0.75, 0.3])
        canvas.curve(turned(heights, shares * half), first)
        for width in (0.6, 0.2)[: int(rng.integers(0, 3))]:
            canvas.curve(turned(heights, shares * half * width), plain(pick(rng, (second, first.colour)), 0.5))
        return
    for _ in range(int(rng.integers(1, 5))):
        x, y, r, skin = (
            rng.uniform(-0.6, 0.6),
            rng.uniform(-0.7, -0.1),
            rng.uniform(0.35, 0.5),
            material(rng, textured=0.25),
        )
        long = r * rng.uniform(1.0, 1.35)
        canvas.stroke(
            [(x, y + long), (x * 0.5 + rng.uniform(-0.2, 0.2), 0.7), (0.0, 1.1)],
            0.04,
            0.04,
            plain((0.9, 0.9, 0.88), 0.0),
        )
        canvas.polygon(
            [(x, y + long - 0.05), (x + 0.09, y + long + 0.12), (x - 0.09, y + long + 0.12)], plain(skin.colour)
        )
        canvas.curve(
            turned(
                [y - long, y - long * 0.6, y, y + long * 0.6, y + long], np.array([0.15, 0.85, 1.0, 0.65, 0.1]) * r, x
            ),
            skin,
        )
        canvas.ellipse(
            (x - r * 0.35, y - long * 0.4), (r * 0.12, long * 0.22), plain(shade(skin.colour, 1.6), 0.0), 0.4
        )


def spring(canvas: Canvas, rng: np.random.Generator) -> None:
    """Draw an upright coil spring of three to eight turns, even or conical, perhaps between two plates."""
    turns, wire, lead = int(rng.integers(3, 9)), rng.uniform(0.07, 0.16), rng.uniform(0.0, 0.09)
    metal, low, high = some_colour(rng, pick(rng, (0.6, 0.12, None))), rng.uniform(0.4, 0.7), rng.uniform(0.4, 0.7)
    for front in (False, True):
        for turn in range(turns):
            t = np.linspace(0.0, np.pi, 7) + (np.pi if front else 0.0) + 2 * np.pi * turn
            share = t / (2 * np.pi * turns)
            loop = np.stack([(high + (low - high) * share) * np.cos(t), -0.85 + 1.7 * share - lead * np.sin(t)], axis=1)
            canvas.stroke(loop, wire, wire, plain(shade(metal, 1.15 if front else 0.55), 0.5))
    if chance(rng, 0.5):
        plate = material(rng)
        for y, half in ((-0.95, high), (0.95, low)):
            canvas.polygon(box(-half * 1.2, y - 0.08, half * 1.2, y + 0.08), plate)
