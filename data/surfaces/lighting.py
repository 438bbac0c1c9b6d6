"""A lamp, a room that metal mirrors, and a camera: from a plate to a picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from data.drawing.paint import value_noise
from data.surfaces.plate import OVERSAMPLING, Array, Plate, ramp


@dataclass(frozen=True)
class Lamp:
    """A lamp at (x, y), as shares of the picture's side, ``z`` above it; ``fill`` is the light from all around."""

    x: float
    y: float
    z: float
    fill: float
    tint: tuple[float, float, float]
    exposure: float


def hang_lamp(rng: np.random.Generator, brightness: float) -> Lamp:
    """Return a lamp above or beside the picture's upper half, set for a plate of the given mean albedo."""
    way, far = rng.uniform(-2.9, -0.25), rng.uniform(0.5, 1.3)
    warm = rng.normal(0.0, 0.05)
    tint = (1.0 + warm, 1.0, 1.0 - warm)
    exposure = float(np.clip(rng.uniform(0.34, 0.62) / max(brightness, 0.05), 0.55, 1.7))
    fill = float(rng.uniform(0.3, 0.6))
    return Lamp(
        float(0.5 + far * np.cos(way)), float(0.5 + far * np.sin(way)), rng.uniform(0.7, 1.3), fill, tint, exposure
    )


def photograph(plate: Plate, lamp: Lamp, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return the picture of a plate, shape (size, size, 3), 0 to 255.

    Diffuse light after Lambert, highlights after J. F. Blinn, "Models of light reflection for computer
    synthesized pictures", 1977; what metal mirrors is smooth noise looked up where the reflected ray points.
    """
    down, right = np.gradient(plate.height, plate.fine)
    up = 1.0 / np.sqrt(1.0 + right * right + down * down)
    normal = (-right * up, -down * up, up)
    axis = (np.arange(plate.side) + 0.5) / plate.side
    x, y = np.meshgrid(axis, axis)
    diffuse, highlight = _lit(normal, x, y, lamp)
    room = _room(x + 1.1 * normal[0] * up, y + 1.1 * normal[1] * up, rng)
    matte = (1.0 - plate.mirror) * (lamp.fill + (1.0 - lamp.fill) * diffuse)
    light = plate.albedo * (matte + plate.mirror * (0.35 * diffuse + 0.95 * room))[:, :, None]
    light += (plate.gloss * highlight)[:, :, None] * (0.5 + 0.5 * plate.albedo)
    light *= lamp.exposure * np.asarray(lamp.tint)
    if rng.random() < 0.3:
        light *= _cast_shadow(x, y, rng)[:, :, None]
    return _develop(light, plate.side // OVERSAMPLING, rng)


def _lit(normal: tuple[Array, Array, Array], x: Array, y: Array, lamp: Lamp) -> tuple[Array, Array]:
    to_x, to_y = lamp.x - x, lamp.y - y
    length = np.sqrt(to_x * to_x + to_y * to_y + lamp.z * lamp.z)
    to_x, to_y, to_z = to_x / length, to_y / length, lamp.z / length
    middle = lamp.z / np.sqrt((lamp.x - 0.5) ** 2 + (lamp.y - 0.5) ** 2 + lamp.z**2)
    diffuse = np.clip(normal[0] * to_x + normal[1] * to_y + normal[2] * to_z, 0.0, None) / middle
    half = np.sqrt(2.0 + 2.0 * to_z)
    facing = (normal[0] * to_x + normal[1] * to_y + normal[2] * (to_z + 1.0)) / half
    return np.minimum(diffuse, 2.2), np.clip(facing, 0.0, 1.0) ** 40


def _room(x: Array, y: Array, rng: np.random.Generator) -> Array:
    turn, broad = rng.uniform(0.0, np.pi), rng.uniform(0.9, 2.2)
    u, v = np.cos(turn) * x + np.sin(turn) * y, -np.sin(turn) * x + np.cos(turn) * y
    bright = value_noise(broad * u + rng.uniform(8.0, 20.0), 0.5 * broad * v + rng.uniform(8.0, 20.0), rng, 1)
    return np.asarray(0.45 + 0.9 * ramp(bright, 0.1, 0.9))


def _cast_shadow(x: Array, y: Array, rng: np.random.Generator) -> Array:
    turn, place = rng.uniform(0.0, 2 * np.pi), rng.uniform(-0.1, 0.35)
    gap = (x - 0.5) * np.cos(turn) + (y - 0.5) * np.sin(turn) - place
    soft = rng.uniform(0.03, 0.2)
    return np.asarray(1.0 - rng.uniform(0.15, 0.4) * ramp(gap, -soft, soft))


def _develop(light: Array, size: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    picture = light.reshape(size, OVERSAMPLING, size, OVERSAMPLING, 3).mean(axis=(1, 3))
    # A shoulder instead of a hard limit, so that highlights keep their shape.
    picture = np.where(picture > 0.75, 0.75 + 0.25 * np.tanh((picture - 0.75) / 0.25), picture)
    picture += rng.normal(0.0, rng.uniform(0.002, 0.012), (size, size, 1))
    pixels: NDArray[np.uint8] = (np.clip(picture, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
    if rng.random() < 0.15:
        softness = rng.uniform(0.3, 0.55) * size / 64.0
        pixels = np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(softness)))
    return pixels
