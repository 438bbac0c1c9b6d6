"""What a plate carries in a regular order: screws, bolts, rivets and drilled holes, each of which can be absent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from data.drawing.paint import Colour, hsv, jitter
from data.surfaces.metals import METALS
from data.surfaces.plate import Array, Plate, Window, box, ramp, rotated, tone

STYLES = ("slotted", "cross", "socket", "bolt", "rivet", "hole")


class Part(Protocol):
    """Something that belongs to a surface, at (u, v) of the plate, within ``reach``."""

    @property
    def u(self) -> float:
        """First plate coordinate."""

    @property
    def v(self) -> float:
        """Second plate coordinate."""

    @property
    def reach(self) -> float:
        """Radius of what it covers."""

    def mount(self, plate: Plate) -> None:
        """Draw the part where it should be."""

    def leave_out(self, plate: Plate) -> None:
        """Draw what is seen where the part is missing."""


@dataclass(frozen=True)
class Look:
    """What the fittings of a plate have in common; ``drilled``: an empty hole stays where one is missing."""

    style: str
    radius: float
    colour: Colour
    drilled: bool


@dataclass(frozen=True)
class Fitting:
    """One screw, bolt, rivet or hole, turned by ``angle`` in radians."""

    u: float
    v: float
    angle: float
    look: Look

    @property
    def reach(self) -> float:
        """Radius of what it covers."""
        return self.look.radius

    def mount(self, plate: Plate) -> None:
        """Draw the fitting."""
        window = plate.near(self.u, self.v, 1.7 * self.look.radius)
        if window is None:
            return
        if self.look.style == "hole":
            drill(window, self.look.radius)
        else:
            self._head(window)

    def leave_out(self, plate: Plate) -> None:
        """Draw the empty hole, or nothing where none was drilled."""
        window = plate.near(self.u, self.v, 1.7 * self.look.radius)
        if window is None or not self.look.drilled or self.look.style == "hole":
            return
        # Where a head sat the surface is cleaner or duller than around it.
        print_of_head = window.inside(np.hypot(window.u, window.v) - self.look.radius, 4.0)
        window.albedo *= (1.0 - 0.12 * print_of_head)[:, :, None]
        drill(window, 0.62 * self.look.radius)

    def _head(self, window: Window) -> None:
        u, v = rotated(window.u, window.v, self.angle)
        r, gap = self.look.radius, np.hypot(u, v)
        outline = _hexagon(u, v, 0.92 * r) if self.look.style == "bolt" else gap - r
        window.shade(0.5 * ramp(-outline, -0.5 * r, 0.0))
        window.height[:] *= 1.0 - window.inside(outline)
        inside = window.inside(outline)
        window.colour(self.look.colour, inside)
        window.shine(inside, 0.6, 0.45)
        window.cover(inside)
        if self.look.style == "rivet":
            window.height[:] += 0.75 * np.sqrt(np.maximum(r * r - gap * gap, 0.0))
        else:
            window.height[:] += 0.22 * r * ramp(-outline, 0.0, 0.3 * r)
        window.shade(0.85 * window.inside(self._drive(u, v, gap)))

    def _drive(self, u: Array, v: Array, gap: Array) -> Array:
        r = self.look.radius
        if self.look.style == "slotted":
            return box(u, v, 0.8 * r, 0.15 * r)
        if self.look.style == "cross":
            return np.minimum(box(u, v, 0.62 * r, 0.15 * r), box(u, v, 0.15 * r, 0.62 * r))
        if self.look.style == "socket":
            return _hexagon(u, v, 0.42 * r)
        return np.full_like(gap, 1.0)


def drill(window: Window, radius: float) -> None:
    """Drill a hole with a bevelled rim around the window's origin."""
    gap = np.hypot(window.u, window.v)
    window.height[:] -= 0.5 * radius * ramp(-gap, -1.2 * radius, -0.75 * radius)
    inside = window.inside(gap - 0.88 * radius)
    window.shade(0.93 * inside)
    window.open(window.inside(gap - 1.1 * radius))


def mount_fittings(plate: Plate, rng: np.random.Generator) -> list[Part]:
    """Return fittings in one of five regular orders: a grid, a staggered grid, a flange, a row, four corners."""
    order = rng.choice(["grid", "staggered", "flange", "row", "corners"], p=[0.25, 0.2, 0.2, 0.2, 0.15])
    places, room = _ORDERS[str(order)](rng)
    dense = len(places) > 12
    style = "hole" if dense and rng.random() < 0.75 else str(rng.choice(STYLES))
    radius = float(np.clip(room * rng.uniform(0.2, 0.32), 0.028, 0.075))
    look = Look(style, radius, _head_colour(rng), bool(rng.random() < 0.6))
    return [Fitting(float(u), float(v), float(rng.uniform(0.0, np.pi)), look) for u, v in places]


def _head_colour(rng: np.random.Generator) -> Colour:
    if rng.random() < 0.15:
        return hsv(rng.random(), rng.uniform(0.2, 0.7), rng.uniform(0.3, 0.8))
    return tone(jitter(rng, METALS[rng.integers(len(METALS))], 0.05), rng.uniform(0.7, 1.1))


def _grid(rng: np.random.Generator) -> tuple[Array, float]:
    columns, rows = int(rng.integers(2, 5)), int(rng.integers(2, 5))
    pitch = rng.uniform(0.62, 0.8) / (max(columns, rows) - 1)
    return _centred(columns, rows, pitch), float(pitch)


def _staggered(rng: np.random.Generator) -> tuple[Array, float]:
    pitch = rng.uniform(0.15, 0.24)
    places = _centred(9, 9, pitch)
    places[:, 0] += 0.5 * pitch * (np.arange(81) // 9 % 2)
    return places, float(pitch)


def _flange(rng: np.random.Generator) -> tuple[Array, float]:
    count, radius = int(rng.integers(5, 9)), rng.uniform(0.27, 0.38)
    turn = np.linspace(0.0, 2.0 * np.pi, count, endpoint=False) + rng.uniform(0.0, 2.0)
    return radius * np.stack([np.cos(turn), np.sin(turn)], axis=1), float(radius * 2.0 * np.sin(np.pi / count))


def _row(rng: np.random.Generator) -> tuple[Array, float]:
    pitch, off = rng.uniform(0.16, 0.24), rng.uniform(0.15, 0.35)
    both = rng.random() < 0.5
    places = np.concatenate(
        [_centred(9, 1, pitch) + np.array([0.0, side * off]) for side in ((-1, 1) if both else (1,))]
    )
    return places[:, ::-1] if rng.random() < 0.5 else places, float(pitch)


def _corners(rng: np.random.Generator) -> tuple[Array, float]:
    half = rng.uniform(0.2, 0.34, 2)
    return _centred(2, 2, 1.0) * 2.0 * half, float(rng.uniform(0.16, 0.3))


_ORDERS = {"grid": _grid, "staggered": _staggered, "flange": _flange, "row": _row, "corners": _corners}


def _centred(columns: int, rows: int, pitch: float) -> Array:
    u, v = np.meshgrid(np.arange(columns) - (columns - 1) / 2, np.arange(rows) - (rows - 1) / 2)
    return np.asarray(pitch * np.stack([u.ravel(), v.ravel()], axis=1), dtype=np.float64)


def _hexagon(u: Array, v: Array, radius: float) -> Array:
    a, b = np.abs(u), np.abs(v)
    return np.asarray(np.maximum(0.5 * a + 0.8660254037844386 * b, a) - radius)
