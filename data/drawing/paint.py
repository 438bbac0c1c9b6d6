"""What a shape is filled with: colours and repeating textures."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Colour = tuple[float, float, float]
"""Red, green and blue, each 0 to 1."""


class Texture(StrEnum):
    """How a paint mixes its two colours over a shape."""

    PLAIN = "plain"
    STRIPES = "stripes"
    WAVES = "waves"
    SPOTS = "spots"
    CHECKS = "checks"
    FUR = "fur"
    CLOUDS = "clouds"
    SCALES = "scales"
    RINGS = "rings"


@dataclass(frozen=True)
class Paint:
    """A fill: ``colour``, mixed with ``second`` by a texture.

    ``scale`` is the period of the texture as a share of the image's side, ``angle`` its direction in
    radians, ``relief`` (0 to 1) how strongly light and shade model the shape, ``strength`` (0 to 1)
    how much of the second colour shows.
    """

    colour: Colour
    second: Colour | None = None
    texture: Texture = Texture.PLAIN
    scale: float = 0.08
    angle: float = 0.0
    relief: float = 0.35
    strength: float = 1.0


def hsv(hue: float, saturation: float, value: float) -> Colour:
    """Return the RGB colour of a hue (turns, any value wraps), saturation and value (clipped to 0..1)."""
    return colorsys.hsv_to_rgb(hue % 1.0, min(max(saturation, 0.0), 1.0), min(max(value, 0.0), 1.0))


def jitter(rng: np.random.Generator, colour: Colour, amount: float = 0.06) -> Colour:
    """Return the colour with each channel moved by up to ``amount``, clipped to 0..1."""
    moved = np.clip(np.asarray(colour) + rng.uniform(-amount, amount, 3), 0.0, 1.0)
    return (float(moved[0]), float(moved[1]), float(moved[2]))


def coverage(
    paint: Paint, x: NDArray[np.float64], y: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return how much of the second colour shows at each point, 0 to 1, in the shape of ``x`` and ``y``.

    ``x`` and ``y`` are positions as shares of the image's side. The generator gives the phase.
    """
    cos, sin = np.cos(paint.angle), np.sin(paint.angle)
    phase_u, phase_v = rng.uniform(0.0, 1.0, 2)
    u = (cos * x + sin * y) / paint.scale + phase_u
    v = (-sin * x + cos * y) / paint.scale + phase_v
    return paint.strength * _TEXTURES[paint.texture](u, v, rng)


def value_noise(
    u: NDArray[np.float64], v: NDArray[np.float64], rng: np.random.Generator, octaves: int = 3
) -> NDArray[np.float64]:
    """Return smooth noise, 0 to 1, whose coarsest cells have side 1 in ``u`` and ``v``.

    Source: K. Perlin, "An image synthesizer", 1985 (the value-noise variant on a wrapped lattice).
    """
    total, weight = np.zeros_like(u), 0.0
    for octave in range(octaves):
        lattice = rng.uniform(0.0, 1.0, (32, 32))
        fine_u, fine_v = u * 2.0**octave, v * 2.0**octave
        column, row = np.floor(fine_u), np.floor(fine_v)
        fu, fv = _ease(fine_u - column), _ease(fine_v - row)
        i, j = column.astype(np.int64) % 32, row.astype(np.int64) % 32
        i2, j2 = (i + 1) % 32, (j + 1) % 32
        top = lattice[j, i] * (1 - fu) + lattice[j, i2] * fu
        bottom = lattice[j2, i] * (1 - fu) + lattice[j2, i2] * fu
        total += 0.5**octave * (top * (1 - fv) + bottom * fv)
        weight += 0.5**octave
    return total / weight


def _ease(t: NDArray[np.float64]) -> NDArray[np.float64]:
    return t * t * (3.0 - 2.0 * t)


def _step(values: NDArray[np.float64], softness: float = 0.15) -> NDArray[np.float64]:
    return _ease(np.clip(values / softness * 0.5 + 0.5, 0.0, 1.0))


def _plain(u: NDArray[np.float64], v: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    return np.zeros_like(u)


def _stripes(u: NDArray[np.float64], v: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    return _step(np.sin(2 * np.pi * u), 0.5)


def _waves(u: NDArray[np.float64], v: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    return _step(np.sin(2 * np.pi * (u + 0.3 * np.sin(1.7 * v) + 0.15 * np.sin(3.1 * v + 1.0))), 0.5)


def _spots(u: NDArray[np.float64], v: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    column, row = np.floor(u), np.floor(v)
    i, j = column.astype(np.int64) % 16, row.astype(np.int64) % 16
    offset, radius = rng.uniform(0.3, 0.7, (2, 16, 16)), rng.uniform(0.18, 0.36, (16, 16))
    gap = np.hypot(u - column - offset[0][j, i], v - row - offset[1][j, i])
    return _step(radius[j, i] - gap)


def _checks(u: NDArray[np.float64], v: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    return _step(np.sin(np.pi * u) * np.sin(np.pi * v), 0.3)


def _fur(u: NDArray[np.float64], v: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    return value_noise(u * 0.6, v * 2.5, rng, 2)


def _clouds(u: NDArray[np.float64], v: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    return value_noise(u, v, rng, 3)


def _scales(u: NDArray[np.float64], v: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    row = np.floor(v)
    shifted = u + 0.5 * (row % 2)
    gap = np.hypot(shifted - np.floor(shifted) - 0.5, v - row)
    return _step(np.abs(gap - 0.5) * -1.0 + 0.12)


def _rings(u: NDArray[np.float64], v: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    return _step(np.sin(2 * np.pi * np.hypot(u - np.mean(u), v - np.mean(v))), 0.5)


_TEXTURES = {
    Texture.PLAIN: _plain,
    Texture.STRIPES: _stripes,
    Texture.WAVES: _waves,
    Texture.SPOTS: _spots,
    Texture.CHECKS: _checks,
    Texture.FUR: _fur,
    Texture.CLOUDS: _clouds,
    Texture.SCALES: _scales,
    Texture.RINGS: _rings,
}
