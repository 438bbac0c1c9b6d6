"""Boards: planks of wood, pressed flakes, laminate and fibreboard."""

from __future__ import annotations

import numpy as np

from data.drawing.paint import Colour, hsv, jitter
from data.surfaces.plate import Array, Plate, cells, noise, ramp, rotated, tone

_WOODS: tuple[tuple[Colour, Colour], ...] = (
    ((0.85, 0.69, 0.46), (0.67, 0.46, 0.25)),
    ((0.72, 0.55, 0.36), (0.50, 0.34, 0.19)),
    ((0.50, 0.34, 0.22), (0.31, 0.19, 0.12)),
    ((0.84, 0.66, 0.53), (0.66, 0.44, 0.33)),
    ((0.63, 0.34, 0.21), (0.42, 0.19, 0.11)),
    ((0.70, 0.68, 0.63), (0.49, 0.46, 0.42)),
)
"""Early and late wood of pine, oak, walnut, beech, mahogany and weathered grey."""


def wood(plate: Plate, rng: np.random.Generator) -> None:
    """Lay one wide board or some planks: rings cut lengthwise, fibres, here and there a knot."""
    plate.grain = float(rng.choice([0.0, np.pi / 2, rng.uniform(0.0, np.pi)], p=[0.4, 0.4, 0.2]))
    along, across = rotated(plate.u, plate.v, plate.grain)
    early, late = _WOODS[rng.integers(len(_WOODS))]
    early, late = jitter(rng, early, 0.04), jitter(rng, late, 0.04)
    width = rng.uniform(0.24, 0.42) if rng.random() < 0.4 else 9.0
    count = across / width + rng.uniform(0.2, 0.8)
    plank = np.floor(count)
    ring, dark = _rings(along + 1.37 * plank, across, rng)
    fibres = noise(along * 2.5 + 3.3 * plank, across * 37, rng)
    share = np.clip(0.75 * ring + 0.18 * fibres + 0.1, 0.0, 1.0)
    plate.albedo[:] = np.asarray(early) + share[:, :, None] * (np.asarray(late) - np.asarray(early))
    plate.albedo *= (1.0 + 0.05 * np.sin(5.1 * plank + 1.0))[:, :, None]
    plate.whole().colour(tone(late, 0.55), dark)
    plate.height -= 0.0016 * fibres
    _joints(plate, np.minimum(count - plank, plank + 1.0 - count) * width)
    plate.whole().shine(np.ones_like(along), rng.uniform(0.02, 0.25), 0.0)
    plate.under = tone(early, 1.25)


def flakes(plate: Plate, rng: np.random.Generator) -> None:
    """Lay a board pressed from flakes of wood, coarse or fine."""
    early, late = _WOODS[rng.integers(2)]
    coarse = rng.random() < 0.5
    scale = rng.uniform(6.0, 9.0) if coarse else rng.uniform(14.0, 20.0)
    share, lift = np.zeros_like(plate.u), np.zeros_like(plate.u)
    for turn in rng.uniform(0.0, np.pi, 3):
        along, across = rotated(plate.u, plate.v, turn)
        first, second, owner = cells(along * scale * 0.55, across * scale * 1.6, rng)
        chip = ramp(second - first, 0.0, 0.15) * (owner > 0.4)
        fibre = noise(along * 6, across * 60, rng, 1)
        share = share + chip * (owner + 0.12 * fibre - share)
        lift = lift + chip * (0.5 * owner - 0.4 * lift)
    plate.albedo[:] = np.asarray(early) + (share * 0.9)[:, :, None] * (np.asarray(late) - np.asarray(early))
    plate.height += (0.008 if coarse else 0.003) * lift
    plate.whole().shine(np.ones_like(plate.u), 0.04, 0.0)
    plate.under = tone(early, 1.2)


def laminate(plate: Plate, rng: np.random.Generator) -> None:
    """Lay a smooth coated board: one colour, linen or a marbled print."""
    colour = hsv(rng.random(), rng.uniform(0.03, 0.4), rng.uniform(0.5, 0.95))
    style = rng.integers(3)
    if style == 0:
        shade = 0.02 * noise(plate.u * 4, plate.v * 4, rng)
    elif style == 1:
        weave = noise(plate.u * 3, plate.v * 43, rng) + noise(plate.u * 43, plate.v * 3, rng)
        shade = 0.05 * weave
        plate.height += 0.0008 * weave
    else:
        first, _, owner = cells(plate.u * 13, plate.v * 13, rng)
        shade = (owner - 0.45) * 0.5 * ramp(0.42 - first, 0.0, 0.06)
    plate.albedo[:] = np.clip(np.asarray(colour) * (1.0 + shade)[:, :, None], 0.0, 1.0)
    plate.whole().shine(np.ones_like(plate.u), rng.uniform(0.15, 0.5), rng.uniform(0.0, 0.2))
    plate.under = jitter(rng, (0.62, 0.47, 0.3), 0.05)


def fibreboard(plate: Plate, rng: np.random.Generator) -> None:
    """Lay a plain brown or tinted board of fine fibres."""
    colour = jitter(rng, (0.60, 0.46, 0.32), 0.05) if rng.random() < 0.6 else hsv(rng.random(), 0.25, 0.6)
    speck = noise(plate.u * 21, plate.v * 21, rng) + 0.6 * noise(plate.u * 29, plate.v * 11, rng, 1)
    plate.albedo[:] = np.clip(np.asarray(colour) * (1.0 + 0.09 * speck)[:, :, None], 0.0, 1.0)
    plate.height += 0.0016 * speck
    plate.whole().shine(np.ones_like(plate.u), 0.05, 0.0)
    plate.under = tone(colour, 1.3)


def _rings(along: Array, across: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    phase = across * rng.uniform(7.0, 16.0) + rng.uniform(0.6, 2.2) * noise(along * 0.9, across * 2.2, rng)
    dark = np.zeros_like(along)
    for _ in range(rng.integers(0, 3) if rng.random() < 0.5 else 0):
        a, c = rng.uniform(-0.45, 0.45, 2)
        reach = rng.uniform(0.03, 0.06)
        gap = np.hypot((along - a) / 1.5, across - c)
        phase = phase + rng.uniform(2.0, 3.0) * np.exp(-((gap / (2.2 * reach)) ** 2))
        dark = np.maximum(dark, 0.8 * ramp(-gap, -reach, -0.3 * reach))
    part = phase - np.floor(phase)
    return part**1.8 * (1.0 - ramp(part, 0.88, 1.0)), dark


def _joints(plate: Plate, gap: Array) -> None:
    plate.height -= 0.01 * ramp(-gap, -0.008, 0.0)
    plate.whole().shade(0.55 * ramp(-gap, -0.005, -0.001))
