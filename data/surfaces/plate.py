"""A plate as arrays that a lamp can be held over: colour, height, gloss and mirror at every point."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from data.drawing.paint import Colour, value_noise

Array = NDArray[np.float64]
"""Values over the picture, shape (side, side) unless stated otherwise."""

OVERSAMPLING = 3
"""Points per pixel and direction: edges are drawn large and averaged."""


@dataclass(frozen=True)
class Framing:
    """How the camera sees the plate: its origin at ``centre`` (shares of the side), turned and enlarged."""

    centre: tuple[float, float]
    angle: float
    zoom: float

    def across(self, side: int) -> tuple[Array, Array]:
        """Return the plate coordinates of every point, each of shape (side, side); the picture is 1/zoom wide."""
        axis = (np.arange(side) + 0.5) / side
        x, y = np.meshgrid(axis - self.centre[0], axis - self.centre[1])
        cos, sin = np.cos(self.angle) / self.zoom, np.sin(self.angle) / self.zoom
        return cos * x + sin * y, -sin * x + cos * y

    def seen(self, u: float, v: float) -> tuple[float, float]:
        """Return where a point of the plate lies in the picture, as shares of its side."""
        cos, sin = np.cos(self.angle) * self.zoom, np.sin(self.angle) * self.zoom
        return float(self.centre[0] + cos * u - sin * v), float(self.centre[1] + sin * u + cos * v)


class Plate:
    """A surface under construction, in plate coordinates ``u`` and ``v``.

    ``albedo`` has shape (side, side, 3), 0 to 1; ``height`` is in units of ``u``; ``gloss`` and ``mirror``
    (0 to 1) say how much of the lamp and of the room is reflected; ``solid`` is 1 where the bare surface lies
    open and 0 in holes, beside the plate and under what is mounted on it; ``body`` is 0 only in holes and
    beside the plate. ``grain`` is the direction of the
    texture in radians (None: it has none) and ``under`` the colour that a scratch lays bare.
    """

    def __init__(self, size: int, framing: Framing) -> None:
        """Start a flat grey plate for a picture of ``size`` pixels."""
        side = size * OVERSAMPLING
        self.framing = framing
        self.side = side
        self.fine = 1.0 / (side * framing.zoom)
        self.u, self.v = framing.across(side)
        self.albedo = np.full((side, side, 3), 0.5)
        self.height, self.gloss, self.mirror = np.zeros((3, side, side))
        self.solid, self.body = np.ones((2, side, side))
        self.grain: float | None = None
        self.under: Colour = (0.7, 0.7, 0.7)

    def copy(self) -> Plate:
        """Return a plate of the same look that can be changed apart from this one."""
        twin = copy.copy(self)
        for name in ("albedo", "height", "gloss", "mirror", "solid", "body"):
            setattr(twin, name, getattr(self, name).copy())
        return twin

    def near(self, u: float, v: float, reach: float) -> Window | None:
        """Return the part of the plate within ``reach`` of a point, or None where the picture does not show it."""
        x, y = self.framing.seen(u, v)
        half = reach * self.framing.zoom * self.side + 2.0
        left, right = max(int(x * self.side - half), 0), min(int(x * self.side + half) + 1, self.side)
        top, bottom = max(int(y * self.side - half), 0), min(int(y * self.side + half) + 1, self.side)
        if left >= right or top >= bottom:
            return None
        return Window(self, (slice(top, bottom), slice(left, right)), (u, v))

    def whole(self) -> Window:
        """Return all of the plate."""
        return Window(self, (slice(None), slice(None)), (0.0, 0.0))


class Window:
    """A rectangle of a plate: ``u`` and ``v`` count from its own origin, changes go to the plate."""

    def __init__(self, plate: Plate, box: tuple[slice, slice], origin: tuple[float, float]) -> None:
        """Open the rectangle ``box`` (rows, columns) of the plate."""
        self.plate = plate
        self.origin = np.array(origin)
        self.u, self.v = plate.u[box] - origin[0], plate.v[box] - origin[1]
        self.albedo, self.height = plate.albedo[box], plate.height[box]
        self.gloss, self.mirror = plate.gloss[box], plate.mirror[box]
        self.solid, self.body = plate.solid[box], plate.body[box]

    def inside(self, distance: Array, soft: float = 1.5) -> Array:
        """Return how far each point is inside an outline, 0 to 1, from its signed distance (negative inside)."""
        return np.asarray(np.clip(0.5 - distance / (soft * self.plate.fine), 0.0, 1.0))

    def colour(self, colour: ArrayLike, share: Array) -> None:
        """Mix a colour, shape (3,) or (rows, columns, 3), over the window, by ``share`` (0 to 1)."""
        self.albedo[:] += share[:, :, None] * (np.asarray(colour) - self.albedo)

    def shine(self, share: Array, gloss: float, mirror: float) -> None:
        """Set gloss and mirror, by ``share`` (0 to 1)."""
        self.gloss[:] += share * (gloss - self.gloss)
        self.mirror[:] += share * (mirror - self.mirror)

    def cover(self, share: Array) -> None:
        """Mount something on the surface, by ``share`` (0 to 1)."""
        self.solid[:] *= 1.0 - share

    def open(self, share: Array) -> None:
        """Take the plate itself away, by ``share`` (0 to 1)."""
        self.solid[:] *= 1.0 - share
        self.body[:] *= 1.0 - share

    def shade(self, share: Array) -> None:
        """Darken, by ``share`` (0 to 1), as where little light comes to."""
        self.albedo[:] *= 1.0 - share[:, :, None]
        self.gloss[:] *= 1.0 - share
        self.mirror[:] *= 1.0 - share


def rotated(u: Array, v: Array, angle: float) -> tuple[Array, Array]:
    """Return the coordinates along and across a direction in radians."""
    cos, sin = np.cos(angle), np.sin(angle)
    return cos * u + sin * v, -sin * u + cos * v


def noise(u: Array, v: Array, rng: np.random.Generator, octaves: int = 2) -> Array:
    """Return smooth noise, about -1 to 1, with cells of side 1, at a place of its own."""
    du, dv = rng.uniform(0.0, 32.0, 2)
    return 2.0 * value_noise(u + du, v + dv, rng, octaves) - 1.0


def ramp(values: ArrayLike, low: float, high: float) -> Array:
    """Return 0 below ``low``, 1 above ``high`` and a smooth step between."""
    t = np.clip((np.asarray(values, dtype=np.float64) - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def cells(u: Array, v: Array, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Return the distances to the nearest and the second nearest of scattered points, and a number per cell.

    The points lie one in each unit square; the number (0 to 1) is random, equal within a cell.
    Source: S. Worley, "A cellular texture basis function", 1996.
    """
    place, value = rng.uniform(0.1, 0.9, (2, 64, 64)), rng.random((64, 64))
    column, row = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    first, second, owner = np.full_like(u, 9.0), np.full_like(u, 9.0), np.zeros_like(u)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            i, j = (column + right) % 64, (row + down) % 64
            gap = np.hypot(column + right + place[0, j, i] - u, row + down + place[1, j, i] - v)
            nearer = gap < first
            second = np.where(nearer, first, np.minimum(second, gap))
            owner = np.where(nearer, value[j, i], owner)
            first = np.where(nearer, gap, first)
    return first, second, owner


def along_line(u: Array, v: Array, points: ArrayLike) -> tuple[Array, Array]:
    """Return the distance to a line through points, shape (n, 2), and how far along it lies, 0 to 1."""
    knots = np.asarray(points, dtype=np.float64)
    steps = np.maximum(np.hypot(knots[1:, 0] - knots[:-1, 0], knots[1:, 1] - knots[:-1, 1]), 1e-9)
    begin = np.concatenate([[0.0], np.cumsum(steps)])
    square, along = np.full_like(u, 81.0), np.zeros_like(u)
    for k, step in enumerate(steps):
        du, dv = (knots[k + 1] - knots[k]) / step
        a, b = u - knots[k, 0], v - knots[k, 1]
        t = np.clip(a * du + b * dv, 0.0, step)
        here = (a - t * du) ** 2 + (b - t * dv) ** 2
        nearer = here < square
        along[nearer] = (begin[k] + t[nearer]) / begin[-1]
        square = np.where(nearer, here, square)
    return np.sqrt(square), along


def box(u: Array, v: Array, half_u: float, half_v: float, corner: float = 0.0) -> Array:
    """Return the signed distance to a rectangle around the origin, negative inside, with round corners."""
    du, dv = np.abs(u) - half_u + corner, np.abs(v) - half_v + corner
    outside = np.hypot(np.maximum(du, 0.0), np.maximum(dv, 0.0))
    return np.asarray(outside + np.minimum(np.maximum(du, dv), 0.0) - corner)


def tone(colour: Colour, share: float) -> Colour:
    """Return a colour multiplied by ``share`` and clipped to 0..1."""
    red, green, blue = (min(max(channel * share, 0.0), 1.0) for channel in colour)
    return red, green, blue
