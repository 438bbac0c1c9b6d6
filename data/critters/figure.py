"""A figure as a list of filled outlines in its own units, so that it can be measured before it is painted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from data.drawing import Canvas, Paint, Pose


@dataclass(frozen=True)
class Part:
    """One filled outline: ``outline`` has shape (n, 2), in figure units."""

    outline: NDArray[np.float64]
    paint: Paint


@dataclass(frozen=True)
class Figure:
    """Parts in painting order; ``x`` to the right (the way the figure faces), ``y`` down, about -1 to 1.

    ``rim`` is the thickness of the dark edge around each mass, in figure units. ``grounded`` tells whether
    the figure stands on the ground (its shadow touches it) or floats.
    """

    rim: float = 0.03
    grounded: bool = True
    parts: list[Part] = field(default_factory=list)
    frames: tuple[Pose, ...] = ()

    def within(self, frame: Pose) -> Figure:
        """Return a figure with the same list of parts whose outlines are given in the units of ``frame``."""
        return replace(self, frames=(*self.frames, frame))

    def mass(self, paint: Paint, *outlines: ArrayLike) -> None:
        """Add outlines, each of shape (n, 2), as one mass with one dark edge around it."""
        placed = [self._place(outline) for outline in outlines]
        edge = Paint(darker(paint, 0.45).colour, relief=0.0)
        if self.rim > 0:
            self.parts.extend(Part(_grown(outline, self.rim), edge) for outline in placed)
        self.parts.extend(Part(outline, paint) for outline in placed)

    def mark(self, paint: Paint, *outlines: ArrayLike) -> None:
        """Add outlines, each of shape (n, 2), without an edge."""
        self.parts.extend(Part(self._place(outline), paint) for outline in outlines)

    def bounds(self, pose: Pose) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the least and the greatest corner, each of shape (2,), of the figure placed by ``pose``."""
        points = pose.place(np.concatenate([part.outline for part in self.parts]))
        return points.min(axis=0), points.max(axis=0)

    def paint(self, canvas: Canvas, pose: Pose) -> None:
        """Paint the parts, in order, as placed by ``pose``."""
        canvas.pose = pose
        for part in self.parts:
            canvas.polygon(part.outline, part.paint)
        canvas.pose = None

    def _place(self, outline: ArrayLike) -> NDArray[np.float64]:
        points = np.asarray(outline, dtype=np.float64)
        for frame in reversed(self.frames):
            points = frame.place(points)
        return points


def darker(paint: Paint, share: float) -> Paint:
    """Return the paint with its colours multiplied by ``share`` (0 to 1)."""
    red, green, blue = paint.colour
    first = (red * share, green * share, blue * share)
    if paint.second is None:
        return replace(paint, colour=first)
    red, green, blue = paint.second
    return replace(paint, colour=first, second=(red * share, green * share, blue * share))


def frame(x: float, y: float, scale: float = 1.0, angle: float = 0.0, mirrored: bool = False) -> Pose:
    """Return a frame whose origin is (x, y) and whose unit is ``scale`` of the units around it."""
    return Pose((x, y), scale, angle, mirrored)


def both(outline: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return an outline, shape (n, 2), and its mirror image about the line x = 0."""
    points = np.asarray(outline, dtype=np.float64)
    return points, points * [-1.0, 1.0]


def _grown(outline: NDArray[np.float64], amount: float) -> NDArray[np.float64]:
    following, previous = np.roll(outline, -1, axis=0), np.roll(outline, 1, axis=0)
    along = following - previous
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    area = np.sum(outline[:, 0] * following[:, 1] - following[:, 0] * outline[:, 1])
    outward = np.stack([along[:, 1], -along[:, 0]], axis=1) * np.sign(area)
    return np.asarray(outline + amount * outward)
