"""Sheets of metal: brushed, cast, painted, galvanised, turned on a lathe, and tread plate."""

from __future__ import annotations

import numpy as np

from data.drawing.paint import Colour, hsv, jitter
from data.surfaces.plate import Plate, box, cells, noise, ramp, rotated, tone

METALS: tuple[Colour, ...] = (
    (0.62, 0.64, 0.67),
    (0.74, 0.75, 0.76),
    (0.40, 0.42, 0.46),
    (0.80, 0.67, 0.40),
    (0.78, 0.51, 0.38),
)
"""Steel, aluminium, gunmetal, brass and copper."""


def bare(rng: np.random.Generator) -> Colour:
    """Return the colour of a bare metal, now and then anodised in any hue."""
    if rng.random() < 0.15:
        return hsv(rng.random(), rng.uniform(0.25, 0.6), rng.uniform(0.45, 0.75))
    return jitter(rng, METALS[rng.choice(len(METALS), p=[0.34, 0.26, 0.14, 0.13, 0.13])], 0.03)


def brushed(plate: Plate, rng: np.random.Generator) -> None:
    """Lay a sheet with fine parallel lines."""
    plate.grain = float(rng.choice([0.0, np.pi / 2, rng.uniform(0.0, np.pi)]))
    along, across = rotated(plate.u, plate.v, plate.grain)
    lines = 0.6 * noise(along * 1.7, across * 31, rng) + 0.7 * noise(along * 2.3, across * 47, rng, 1)
    lines += 0.4 * noise(along * 0.6, across * 7, rng, 1)
    strength = rng.uniform(0.05, 0.15)
    _metal(plate, bare(rng), 1.0 + strength * lines, (0.35, 0.6))
    plate.height += 0.0012 * lines


def cast(plate: Plate, rng: np.random.Generator) -> None:
    """Lay a rough, matte casting or sand-blasted sheet."""
    fine = rng.uniform(14, 24)
    rough = noise(plate.u * fine, plate.v * fine, rng) + 0.5 * noise(plate.u * 5, plate.v * 5, rng)
    _metal(plate, tone(bare(rng), rng.uniform(0.75, 1.0)), 1.0 + 0.07 * rough, (0.2, 0.15))
    plate.height += rng.uniform(0.002, 0.0045) * rough


def painted(plate: Plate, rng: np.random.Generator) -> None:
    """Lay a sheet under smooth paint of any colour, with the fine waves of spraying."""
    plate.under = jitter(rng, (0.72, 0.73, 0.74), 0.05) if rng.random() < 0.7 else (0.3, 0.29, 0.28)
    paint = hsv(rng.random(), rng.uniform(0.05, 0.7), rng.uniform(0.3, 0.85))
    peel = noise(plate.u * 17, plate.v * 17, rng)
    plate.whole().colour(paint, np.ones_like(plate.u))
    plate.albedo *= (1.0 + 0.03 * noise(plate.u * 3, plate.v * 3, rng))[:, :, None]
    plate.height += rng.uniform(0.0003, 0.0012) * peel
    plate.whole().shine(np.ones_like(plate.u), rng.uniform(0.3, 0.7), rng.uniform(0.1, 0.3))


def galvanised(plate: Plate, rng: np.random.Generator) -> None:
    """Lay a zinc-coated sheet: a mosaic of crystals, each reflecting its own way."""
    scale, bent = rng.uniform(5.0, 11.0), rng.uniform(0.15, 0.4)
    u, v = (w * scale + bent * noise(plate.u * 9, plate.v * 9, rng) for w in (plate.u, plate.v))
    first, second, owner = cells(u, v, rng)
    feather = noise(u * 3 + 9 * owner, v * 3 * (0.3 + owner), rng, 1)
    spangle = (owner - 0.5) * rng.uniform(0.25, 0.5) + 0.04 * feather - 0.06 * ramp(0.08 - (second - first), 0.0, 0.08)
    _metal(plate, jitter(rng, (0.64, 0.67, 0.70), 0.03), 1.0 + spangle, (0.3, 0.35))


def turned(plate: Plate, rng: np.random.Generator) -> None:
    """Lay a face with the concentric lines of a lathe around a point, perhaps outside the picture."""
    centre = rng.uniform(-0.12, 0.12, 2) if rng.random() < 0.5 else rng.uniform(-0.9, 0.9, 2)
    u, v = plate.u - centre[0], plate.v - centre[1]
    radius, turn = np.hypot(u, v), np.arctan2(v, u)
    lines = noise(radius * rng.uniform(26, 40), 0.0 * turn, rng) + 0.4 * noise(radius * 9, 0.0 * turn, rng, 1)
    fan = np.cos(2.0 * (turn - rng.uniform(0.0, np.pi))) ** 2
    _metal(plate, bare(rng), 1.0 + rng.uniform(0.06, 0.13) * lines + 0.22 * (fan - 0.5), (0.3, 0.45))
    plate.height += 0.0009 * lines


def tread(plate: Plate, rng: np.random.Generator) -> None:
    """Lay a tread plate: raised bars in a regular pattern, turned in pairs."""
    pitch = rng.uniform(0.13, 0.2)
    along, across = rotated(plate.u, plate.v, np.pi / 4)
    column, row = np.floor(along / pitch), np.floor(across / pitch)
    in_u, in_v = along - (column + 0.5) * pitch, across - (row + 0.5) * pitch
    flip = (column + row) % 2 > 0
    length, width = np.where(flip, in_u, in_v), np.where(flip, in_v, in_u)
    gap = box(length, width, 0.4 * pitch, 0.13 * pitch, 0.13 * pitch)
    rough = noise(plate.u * 15, plate.v * 15, rng)
    worn = ramp(-gap, -0.02 * pitch, 0.1 * pitch)
    _metal(plate, tone(bare(rng), 0.85), 1.0 + 0.04 * rough + 0.1 * worn, (0.35, 0.4))
    plate.height += 0.1 * pitch * worn + 0.0012 * rough


def _metal(
    plate: Plate, colour: Colour, shade: np.ndarray[tuple[int, ...], np.dtype[np.float64]], shine: tuple[float, float]
) -> None:
    plate.albedo[:] = np.clip(np.asarray(colour) * shade[:, :, None], 0.0, 1.0)
    plate.whole().shine(np.ones_like(plate.u), *shine)
    plate.under = tone(colour, 1.35) if max(colour) < 0.6 else tone(colour, 1.2)
