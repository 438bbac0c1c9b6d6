"""Patterns laid mark by mark: leaves, polygons, strokes, cracks and stains over the whole canvas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from data.drawing import Canvas, Paint, Texture, uneven
from data.sources.things.tools import INK, chance, material, pick, plain, polar, shade, some_colour


def dead_leaves(canvas: Canvas, rng: np.random.Generator) -> None:
    """Cover with discs, blobs or polygons whose sizes follow a power law.

    Sources: A. B. Lee, D. Mumford and J. Huang, "Occlusion models for natural images", 2001;
    M. Baradad et al., "Learning to see by looking at noise", 2021.
    """
    canvas.background(material(rng))
    form, small, large = pick(rng, ("disc", "blob", "corner", "mixed")), rng.uniform(0.045, 0.09), rng.uniform(0.2, 0.4)
    power, flat = rng.random(30), chance(rng, 0.6)
    radii = (small**-2 + power * (large**-2 - small**-2)) ** -0.5
    for index, (reach, centre) in enumerate(zip(radii, rng.uniform(0.0, 1.0, (30, 2)), strict=True)):
        shape = ("disc", "blob", "corner")[index % 3] if form == "mixed" else form
        corners = {"disc": 24, "blob": 7, "corner": int(rng.integers(3, 7))}[shape]
        spread = np.ones(corners) if shape == "disc" else rng.uniform(0.6, 1.2, corners)
        outline = polar(reach * spread, (float(centre[0]), float(centre[1])), float(rng.uniform(0.0, 6.0)))
        paint = material(rng, textured=0.25)
        paint = replace(paint, relief=0.0) if flat else paint
        (canvas.curve if shape == "blob" else canvas.polygon)(outline, paint)


def polygons(canvas: Canvas, rng: np.random.Generator) -> None:
    """Cover with six to sixteen large random polygons of three to seven corners."""
    canvas.background(material(rng))
    for centre in rng.uniform(0.0, 1.0, (int(rng.integers(6, 17)), 2)):
        reach = rng.uniform(0.1, 0.45) * rng.uniform(0.4, 1.0, int(rng.integers(3, 8)))
        canvas.polygon(polar(reach, (float(centre[0]), float(centre[1])), float(rng.uniform(0.0, 6.0))), material(rng))


def strokes(canvas: Canvas, rng: np.random.Generator) -> None:
    """Cover with bands of brush strokes that follow one direction, straight, bowed or crossed."""
    canvas.background(material(rng))
    palette = [some_colour(rng) for _ in range(int(rng.integers(2, 5)))]
    way, sway, bow = rng.uniform(0.0, np.pi), rng.uniform(0.0, 0.4), rng.uniform(-0.2, 0.2)
    broad, long, crossed = rng.uniform(0.03, 0.13), rng.uniform(0.15, 0.6), chance(rng, 0.3)
    relief = pick(rng, (0.0, 0.0, 0.3))
    for index, (x, y) in enumerate(rng.uniform(0.0, 1.0, (24, 2))):
        turn = way + rng.normal(0.0, sway) + crossed * (index % 2) * np.pi / 2
        dx, dy = long / 2 * np.cos(turn), long / 2 * np.sin(turn)
        spine = [(x - dx, y - dy), (x - bow * dy, y + bow * dx), (x + dx, y + dy)]
        tone = shade(pick(rng, palette), float(rng.uniform(0.7, 1.2)))
        canvas.stroke(spine, broad, broad * rng.uniform(0.2, 1.0), plain(tone, relief))


def cracks(canvas: Canvas, rng: np.random.Generator) -> None:
    """Show plain material with branching cracks, straight scratches or both."""
    base = _plain_material(canvas, rng)
    dark, light = plain(shade(base, 0.2), 0.0), plain(shade(base, 1.6), 0.0)
    kind = pick(rng, ("cracks", "scratches", "both"))
    for _ in range(int(rng.integers(2, 4)) if kind != "scratches" else 0):
        way, wide = rng.uniform(0.0, 2 * np.pi), rng.uniform(0.012, 0.035)
        spine = rng.uniform(0.25, 0.75, 2) + np.concatenate([np.zeros((1, 2)), _wander(rng, float(way), 9)])
        canvas.stroke(spine, wide, 0.004, dark)
        for knot in rng.integers(2, 9, int(rng.integers(1, 5))):
            twig = _wander(rng, float(way + pick(rng, (-1, 1)) * rng.uniform(0.5, 1.2)), 4)
            canvas.stroke(np.concatenate([spine[knot : knot + 1], spine[knot] + twig]), wide * 0.6, 0.004, dark)
    grain = rng.uniform(0.0, np.pi)
    for x, y in rng.uniform(0.0, 1.0, (int(rng.integers(3, 13)) if kind != "cracks" else 0, 2)):
        turn, half = grain + rng.normal(0.0, 0.35), rng.uniform(0.05, 0.35)
        dx, dy = half * np.cos(turn), half * np.sin(turn)
        canvas.stroke(
            [(x - dx, y - dy), (x + dx, y + dy)], rng.uniform(0.006, 0.016), 0.004, pick(rng, (light, light, dark))
        )


def stains(canvas: Canvas, rng: np.random.Generator) -> None:
    """Show plain material with soft or sharp spots, rings and runs of one or two colours."""
    base = _plain_material(canvas, rng)
    axis = np.linspace(0.0, 1.0, 96)
    for _ in range(int(rng.integers(1, 3))):
        stain = some_colour(rng) if chance(rng, 0.5) else shade(base, pick(rng, (0.3, 0.5, 1.6)))
        field, edge = np.zeros((96, 96)), rng.uniform(2.0, 14.0)
        for x, y, r in rng.uniform(
            (0.0, 0.0, 0.03), (1.0, 1.0, rng.uniform(0.06, 0.22)), (int(rng.integers(2, 14)), 3)
        ):
            run = rng.uniform(1.0, 2.0)
            field = np.maximum(field, 1.5 - np.hypot(axis[None, :] - x, (axis[:, None] - y) / run) / r)
        field += 0.7 * (uneven(rng, 8.0, 96) - 0.5)
        amount = np.clip((field - 0.5) * edge, 0.0, 1.0)
        if chance(rng, 0.3):
            amount *= np.clip(1.3 - (field - 0.5) * 2.0, 0.15, 1.0)
        canvas.wash(stain, amount * rng.uniform(0.5, 0.95))


def _plain_material(canvas: Canvas, rng: np.random.Generator) -> tuple[float, float, float]:
    base = some_colour(rng)
    grain = pick(rng, (Texture.CLOUDS, Texture.FUR, Texture.PLAIN))
    canvas.background(
        Paint(base, shade(base, 0.75), grain, float(rng.uniform(0.03, 0.3)), float(rng.uniform(0.0, 3.1)))
    )
    canvas.wash(INK, 0.12 * uneven(rng, 6.0))
    return base


def _wander(rng: np.random.Generator, way: float, steps: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    turns = way + rng.normal(0.0, 0.55, steps)
    return np.cumsum(rng.uniform(0.05, 0.12, (steps, 1)) * np.stack([np.cos(turns), np.sin(turns)], axis=1), axis=0)
