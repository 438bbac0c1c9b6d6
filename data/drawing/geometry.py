"""Outlines as arrays of points: ellipses, smooth closed curves and tapered strokes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]
"""Points of an outline, shape (n, 2), x to the right and y down, in the caller's own units."""


def ellipse(
    centre: tuple[float, float],
    radii: tuple[float, float],
    angle: float = 0.0,
    points: int = 36,
) -> Points:
    """Return the outline of an ellipse, shape (points, 2); ``angle`` in radians, clockwise on screen."""
    turn = np.linspace(0.0, 2.0 * np.pi, points, endpoint=False)
    x, y = radii[0] * np.cos(turn), radii[1] * np.sin(turn)
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack([centre[0] + cos * x - sin * y, centre[1] + sin * x + cos * y], axis=1)


def smooth_open(control: ArrayLike, per_segment: int = 8) -> Points:
    """Return a Catmull-Rom curve through the control points, shape (n, 2), from the first to the last.

    Source: E. Catmull and R. Rom, "A class of local interpolating splines", 1974.
    """
    knots = np.asarray(control, dtype=np.float64)
    padded = np.concatenate([2 * knots[:1] - knots[1:2], knots, 2 * knots[-1:] - knots[-2:-1]])
    return np.concatenate([_catmull_rom(padded, per_segment), knots[-1:]])


def smooth_closed(control: ArrayLike, per_segment: int = 8) -> Points:
    """Return a closed Catmull-Rom curve through the control points, shape (n, 2), end not repeated."""
    knots = np.asarray(control, dtype=np.float64)
    return _catmull_rom(np.concatenate([knots[-1:], knots, knots[:2]]), per_segment)


def tapered(control: ArrayLike, start: float, end: float, per_segment: int = 8) -> Points:
    """Return the outline of a smooth stroke whose full width runs from ``start`` to ``end``, round at both ends."""
    spine = smooth_open(control, per_segment)
    along = np.gradient(spine, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    half = np.linspace(start, end, len(spine))[:, None] / 2.0
    left, right = spine + across * half, (spine - across * half)[::-1]
    return np.concatenate([left, _cap(spine[-1], across[-1], end), right, _cap(spine[0], -across[0], start)])


def _cap(centre: Points, across: Points, width: float) -> Points:
    turn = np.linspace(0.0, np.pi, 7)[1:-1, None]
    along = np.array([across[1], -across[0]])
    return np.asarray(centre + width / 2.0 * (np.cos(turn) * across + np.sin(turn) * along))


def _catmull_rom(knots: Points, per_segment: int) -> Points:
    t = np.linspace(0.0, 1.0, per_segment, endpoint=False)[None, :, None]
    p0, p1, p2, p3 = (knots[i : len(knots) - 3 + i, None, :] for i in range(4))
    curve = 0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3)
    return np.asarray(curve.reshape(-1, 2))
