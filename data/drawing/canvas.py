"""A canvas that fills outlines with paint under one light, drawn large and reduced, so that edges are smooth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageDraw, ImageFilter

from data.drawing.geometry import ellipse, smooth_closed, tapered
from data.drawing.paint import Colour, Paint, coverage, value_noise

_OVERSAMPLING = 3


@dataclass(frozen=True)
class Pose:
    """Where a figure stands: its own units (about -1 to 1) are scaled, mirrored, turned and moved.

    ``centre`` is a share of the image's side, ``scale`` is the share of the side that one unit takes,
    ``angle`` is in radians, clockwise on screen, ``stretch`` widens (above 1) or narrows the figure.
    """

    centre: tuple[float, float] = (0.5, 0.5)
    scale: float = 0.35
    angle: float = 0.0
    mirrored: bool = False
    stretch: float = 1.0

    def place(self, points: ArrayLike) -> NDArray[np.float64]:
        """Return figure points, shape (n, 2), as shares of the image's side."""
        own = np.asarray(points, dtype=np.float64) * [(-1.0 if self.mirrored else 1.0) * self.stretch, 1.0]
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        turned = np.stack([cos * own[:, 0] - sin * own[:, 1], sin * own[:, 0] + cos * own[:, 1]], axis=1)
        return np.asarray(self.scale * turned + np.asarray(self.centre))


class Canvas:
    """A square picture under construction.

    Shapes are given in the units of ``pose``; with ``pose=None`` in shares of the image's side.
    ``light`` is the direction from which light falls, in radians (0: from the right, -pi/2: from above).
    """

    def __init__(self, size: int, rng: np.random.Generator, light: float = -2.2) -> None:
        """Start a black picture of ``size`` by ``size`` pixels."""
        self.size = size
        self.rng = rng
        self.light = light
        self.pose: Pose | None = None
        self._side = size * _OVERSAMPLING
        self._pixels = np.zeros((self._side, self._side, 3))

    def background(self, paint: Paint) -> None:
        """Fill the whole picture."""
        axis = (np.arange(self._side) + 0.5) / self._side
        x, y = np.meshgrid(axis, axis)
        self._pixels[:] = self._colours(paint, x, y)

    def polygon(self, points: ArrayLike, paint: Paint) -> None:
        """Fill an outline, shape (n, 2)."""
        mask = Image.new("L", (self._side, self._side))
        corners = self._corners(points)
        ImageDraw.Draw(mask).polygon(corners, fill=255)
        self._fill(mask, paint)

    def ellipse(
        self, centre: tuple[float, float], radii: tuple[float, float], paint: Paint, angle: float = 0.0
    ) -> None:
        """Fill an ellipse."""
        self.polygon(ellipse(centre, radii, angle), paint)

    def curve(self, control: ArrayLike, paint: Paint) -> None:
        """Fill the smooth closed curve through the control points, shape (n, 2)."""
        self.polygon(smooth_closed(control), paint)

    def stroke(self, control: ArrayLike, start: float, end: float, paint: Paint) -> None:
        """Draw a smooth stroke through the control points; its full width runs from ``start`` to ``end``."""
        self.polygon(tapered(control, start, end), paint)

    def shadow(self, centre: tuple[float, float], radii: tuple[float, float], strength: float = 0.45) -> None:
        """Darken a soft ellipse, as a figure does to the ground beneath it."""
        mask = Image.new("L", (self._side, self._side))
        ImageDraw.Draw(mask).polygon(self._corners(ellipse(centre, radii)), fill=255)
        soft = np.asarray(mask.filter(ImageFilter.GaussianBlur(self._side * 0.025)), dtype=np.float64) / 255.0
        self._pixels *= 1.0 - strength * soft[:, :, None]

    def wash(self, colour: Colour, amount: NDArray[np.float64]) -> None:
        """Mix a colour over the picture; ``amount`` (0 to 1) has shape (n, n) and is stretched to the picture."""
        small = Image.fromarray((np.clip(amount, 0.0, 1.0) * 255.0).astype(np.uint8))
        share = np.asarray(small.resize((self._side, self._side), Image.Resampling.BILINEAR)) / 255.0
        self._pixels += share[:, :, None] * (np.asarray(colour) - self._pixels)

    def finish(self, noise: float = 0.02, softness: float = 0.0) -> NDArray[np.uint8]:
        """Return the picture, shape (size, size, 3), 0 to 255, under uneven light with camera noise.

        ``noise`` is the standard deviation of the sensor noise (of full scale), ``softness`` the radius
        of a blur in final pixels.
        """
        blocks = self._pixels.reshape(self.size, _OVERSAMPLING, self.size, _OVERSAMPLING, 3)
        picture = blocks.mean(axis=(1, 3))
        axis = np.linspace(-1.0, 1.0, self.size)
        fall = axis[None, :] * np.cos(self.light) + axis[:, None] * np.sin(self.light)
        picture *= 1.0 + 0.12 * fall[:, :, None]
        picture += self.rng.normal(0.0, noise, (self.size, self.size, 1)) if noise > 0 else 0.0
        pixels: NDArray[np.uint8] = (np.clip(picture, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
        if softness > 0:
            pixels = np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(softness)))
        return pixels

    def _corners(self, points: ArrayLike) -> Sequence[tuple[float, float]]:
        placed = self.pose.place(points) if self.pose else np.asarray(points, dtype=np.float64)
        return [(float(x), float(y)) for x, y in placed * self._side]

    def _fill(self, mask: Image.Image, paint: Paint) -> None:
        box = mask.getbbox()
        if box is None:
            return
        left, top, right, bottom = box
        x, y = np.meshgrid((np.arange(left, right) + 0.5) / self._side, (np.arange(top, bottom) + 0.5) / self._side)
        colours = self._colours(paint, x, y)
        if paint.relief > 0:
            colours *= 1.0 + paint.relief * self._relief(mask.crop(box))[:, :, None]
        inside = np.asarray(mask.crop(box), dtype=np.float64)[:, :, None] / 255.0
        window = self._pixels[top:bottom, left:right]
        window += inside * (np.clip(colours, 0.0, 1.0) - window)

    def _colours(self, paint: Paint, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        first = np.asarray(paint.colour)
        if paint.second is None:
            return np.broadcast_to(first, (*x.shape, 3)).copy()
        share = coverage(paint, x, y, self.rng)[:, :, None]
        return np.asarray(first + share * (np.asarray(paint.second) - first))

    def _relief(self, mask: Image.Image) -> NDArray[np.float64]:
        reach = max(2, min(mask.size) // 4)
        padded = Image.new("L", (mask.width + 2 * reach, mask.height + 2 * reach))
        padded.paste(mask, (reach, reach))
        soft = np.asarray(padded.filter(ImageFilter.BoxBlur(reach / 2)), dtype=np.float64) / 255.0
        step = max(1, reach // 2)
        dx, dy = round(step * np.cos(self.light)), round(step * np.sin(self.light))
        away = soft[reach - dy : reach - dy + mask.height, reach - dx : reach - dx + mask.width]
        toward = soft[reach + dy : reach + dy + mask.height, reach + dx : reach + dx + mask.width]
        return away - toward


def uneven(rng: np.random.Generator, cells: float = 3.0, points: int = 32) -> NDArray[np.float64]:
    """Return a soft random pattern for ``Canvas.wash``, shape (points, points), 0 to 1."""
    axis = np.linspace(0.0, cells, points)
    u, v = np.meshgrid(axis, axis)
    return value_noise(u, v, rng, 2)
