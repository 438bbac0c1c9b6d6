"""Printed circuit boards: traces, vias, chips and rows of small components, each of which can be absent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.drawing.paint import Colour, jitter
from data.surfaces.fittings import Part
from data.surfaces.plate import Plate, Window, along_line, box, noise, ramp, rotated, tone

_MASKS: tuple[Colour, ...] = (
    (0.07, 0.38, 0.20),
    (0.09, 0.28, 0.17),
    (0.10, 0.22, 0.50),
    (0.52, 0.10, 0.11),
    (0.13, 0.13, 0.15),
    (0.86, 0.87, 0.85),
    (0.30, 0.13, 0.40),
)
_GOLD: Colour = (0.86, 0.72, 0.40)
_TIN: Colour = (0.76, 0.77, 0.78)


@dataclass(frozen=True)
class Component:
    """A body of size ``half`` (along, across) on its pads, with the outline that is printed around it.

    ``shape`` is "chip", "pair" (two pads) or "can"; ``colours`` are those of body, pads and print.
    """

    shape: str
    u: float
    v: float
    half: tuple[float, float]
    angle: float
    colours: tuple[Colour, Colour, Colour]

    @property
    def reach(self) -> float:
        """Radius of what it covers."""
        return float(np.hypot(*self.half)) + 0.02

    def mount(self, plate: Plate) -> None:
        """Draw the outline, the pads and the body."""
        window = plate.near(self.u, self.v, 1.5 * self.reach)
        if window is None:
            return
        self._footprint(window)
        {"chip": self._chip, "pair": self._pair, "can": self._can}[self.shape](window)

    def leave_out(self, plate: Plate) -> None:
        """Draw the outline and the bare pads."""
        window = plate.near(self.u, self.v, 1.5 * self.reach)
        if window is not None:
            self._footprint(window)

    def _footprint(self, window: Window) -> None:
        u, v = rotated(window.u, window.v, self.angle)
        a, b = self.half
        if self.shape == "can":
            outline = np.abs(np.hypot(u, v) - 1.12 * a) - 0.006
            pads = np.minimum(np.hypot(u - 0.45 * a, v), np.hypot(u + 0.45 * a, v)) - 0.2 * a
        elif self.shape == "pair":
            outline = np.abs(box(u, v, a + 0.025, b + 0.025)) - 0.005
            pads = box(np.abs(u) - 0.75 * a, v, 0.32 * a, 1.05 * b)
        else:
            outline = np.abs(box(u, v, a - 0.025, b - 0.025)) - 0.005
            pitch = 0.052
            count = max(int(2 * a / pitch) - 1, 1)
            tooth = np.abs(u - pitch * np.clip(np.round(u / pitch + 0.5 * (count + 1) % 1), -count // 2, count // 2))
            pads = np.maximum(tooth - 0.014, np.abs(np.abs(v) - b - 0.008) - 0.026)
        window.colour(self.colours[2], 0.85 * window.inside(outline))
        share = window.inside(pads)
        window.colour(self.colours[1], share)
        window.shine(share, 0.7, 0.35)

    def _chip(self, window: Window) -> None:
        u, v = rotated(window.u, window.v, self.angle)
        a, b = self.half
        gap = box(u, v, a, b - 0.012, 0.008)
        self._body(window, gap, 0.03)
        window.shade(0.6 * window.inside(np.hypot(u + 0.75 * a, v - 0.55 * b) - 0.014))
        text = np.maximum(np.abs(np.abs(v) - 0.018) - 0.006, np.abs(u) - 0.5 * a) + 0.012 * (np.sin(170 * u) > 0.2)
        window.colour((0.7, 0.7, 0.7), 0.5 * window.inside(text))

    def _pair(self, window: Window) -> None:
        u, v = rotated(window.u, window.v, self.angle)
        a, b = self.half
        self._body(window, box(u, v, a, b, 0.006), 0.025)
        ends = window.inside(np.maximum(box(u, v, a, b, 0.006), 0.62 * a - np.abs(u)))
        window.colour(_TIN, ends)
        window.shine(ends, 0.8, 0.4)

    def _can(self, window: Window) -> None:
        u, v = rotated(window.u, window.v, self.angle)
        a = self.half[0]
        gap = np.hypot(u, v)
        self._body(window, gap - a, 0.04)
        top = window.inside(gap - 0.82 * a)
        window.colour(_TIN, top)
        window.shine(top, 0.6, 0.5)
        window.colour(self.colours[0], window.inside(np.maximum(gap - 0.82 * a, 0.35 * a - u)))

    def _body(self, window: Window, gap: np.ndarray[tuple[int, ...], np.dtype[np.float64]], tall: float) -> None:
        window.shade(0.45 * ramp(-gap, -0.03, 0.0))
        inside = window.inside(gap)
        window.colour(self.colours[0], inside)
        window.shine(inside, 0.3, 0.1)
        window.cover(inside)
        window.height[:] += tall * ramp(-gap, 0.0, 0.02)


def circuit(plate: Plate, rng: np.random.Generator) -> list[Part]:
    """Lay a circuit board; return its components, unmounted."""
    mask = jitter(rng, _MASKS[rng.choice(len(_MASKS), p=[0.3, 0.15, 0.17, 0.13, 0.1, 0.08, 0.07])], 0.03)
    plate.whole().colour(mask, np.ones_like(plate.u))
    plate.albedo *= (1.0 + 0.04 * noise(plate.u * 5, plate.v * 5, rng))[:, :, None]
    plate.whole().shine(np.ones_like(plate.u), 0.45, 0.08)
    plate.under = (0.85, 0.55, 0.35)
    pads = _GOLD if rng.random() < 0.6 else _TIN
    _traces(plate, tone(mask, 1.5 if max(mask) < 0.7 else 0.88), rng)
    for u, v in rng.uniform(-0.6, 0.6, (rng.integers(4, 12), 2)):
        _via(plate, float(u), float(v), pads)
    printed = (0.9, 0.9, 0.88) if max(mask) < 0.7 else (0.15, 0.15, 0.15)
    return _components(rng, pads, printed)


def _traces(plate: Plate, colour: Colour, rng: np.random.Generator) -> None:
    window = plate.whole()
    for _ in range(rng.integers(2, 5)):
        turn = rng.integers(4) * np.pi / 2
        u, v = rotated(plate.u, plate.v, turn)
        start, bend, drop = rng.uniform(-0.5, 0.5), rng.uniform(-0.3, 0.3), rng.uniform(-0.3, 0.3)
        spine = np.array([[-0.9, start], [bend, start], [bend + abs(drop), start + drop], [0.9, start + drop]])
        for lane in range(rng.integers(1, 6)):
            gap, _ = along_line(u, v, spine + np.array([0.0, 0.042 * lane]))
            share = window.inside(gap - 0.011)
            window.colour(colour, share)
            window.height[:] += 0.0025 * ramp(-gap, -0.016, -0.008)


def _via(plate: Plate, u: float, v: float, pads: Colour) -> None:
    window = plate.near(u, v, 0.05)
    if window is not None:
        gap = np.hypot(window.u, window.v)
        window.colour(pads, window.inside(gap - 0.024))
        window.shine(window.inside(gap - 0.024), 0.6, 0.3)
        window.shade(0.9 * window.inside(gap - 0.01))


def _components(rng: np.random.Generator, pads: Colour, printed: Colour) -> list[Part]:
    # Rows across, one under the other: each is a row of small parts, of cans, or of one or two chips.
    parts: list[Part] = []
    turn, top = float(rng.integers(4) * np.pi / 2), -0.62
    while top < 0.45:
        kind = str(rng.choice(["pair", "can", "chip"], p=[0.5, 0.2, 0.3]))
        tall = {"pair": rng.uniform(0.045, 0.06), "can": rng.uniform(0.075, 0.11), "chip": rng.uniform(0.09, 0.14)}[
            kind
        ]
        half, angle = (tall, tall), 0.0
        if kind == "pair":
            half = (tall * rng.uniform(1.5, 1.9), tall)
            angle, tall = (np.pi / 2, half[0]) if rng.random() < 0.5 else (0.0, tall)
        elif kind == "chip":
            half = (rng.uniform(0.16, 0.24), tall)
        body = _body_colour(rng, kind)
        wide = half[1] if angle else half[0]
        pitch = 2 * wide + (rng.uniform(0.07, 0.13) if rng.random() < 0.7 else rng.uniform(0.15, 0.3))
        middle = top + tall + 0.05
        for u in (np.arange(9) - 4 + rng.uniform(-0.5, 0.5)) * pitch:
            cos, sin = np.cos(turn), np.sin(turn)
            if abs(u) < 0.75:
                place = (float(cos * u - sin * middle), float(sin * u + cos * middle))
                parts.append(Component(kind, *place, half, turn + angle, (body, pads, printed)))
        top = middle + tall + (0.05 if rng.random() < 0.6 else rng.uniform(0.15, 0.35))
    return parts


def _body_colour(rng: np.random.Generator, kind: str) -> Colour:
    if kind == "can":
        return jitter(rng, ((0.12, 0.13, 0.16), (0.15, 0.2, 0.45), (0.5, 0.12, 0.12))[rng.integers(3)], 0.03)
    if kind == "chip":
        return jitter(rng, (0.13, 0.13, 0.14), 0.03)
    return jitter(
        rng, ((0.12, 0.12, 0.13), (0.62, 0.48, 0.34), (0.72, 0.72, 0.7), (0.75, 0.55, 0.15))[rng.integers(4)], 0.03
    )
