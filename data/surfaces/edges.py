"""The border of a plate that does not fill the picture, and the piece that can be broken out of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.drawing.paint import Colour, hsv
from data.surfaces.plate import Array, Plate, Window, noise, ramp, tone


@dataclass(frozen=True)
class Piece:
    """A piece of the border at (u, v): nothing to draw where it is there, a bite in the plate where it is not.

    ``bench`` is the colour of what lies beneath, ``seed`` fixes the line of the break.
    """

    u: float
    v: float
    reach: float
    bench: Colour
    seed: int

    def mount(self, plate: Plate) -> None:
        """Leave the plate whole."""

    def leave_out(self, plate: Plate) -> None:
        """Break the piece out: what lies beneath shows, with a rough bright rim."""
        window = plate.near(self.u, self.v, 1.9 * self.reach)
        if window is None:
            return
        rng = np.random.default_rng(self.seed)
        rough = noise(window.u / self.reach * 1.3, window.v / self.reach * 1.3, rng, 3)
        gap = np.hypot(window.u, window.v) - self.reach * (1.0 + 0.4 * rough)
        whole = window.solid.copy()
        window.colour(tone(plate.under, rng.uniform(0.8, 1.1)), 0.85 * window.inside(gap - 0.03) * whole)
        window.height[:] -= 0.02 * ramp(-gap, -0.035, 0.0) * whole
        _uncover(window, window.inside(gap) * whole, self.bench, -gap)


def cut_edges(plate: Plate, rng: np.random.Generator) -> list[Piece]:
    """Cut the plate along one side or two with a round corner; return the piece that could break out."""
    bench = hsv(rng.random(), rng.uniform(0.0, 0.35), rng.choice([0.1, 0.18, 0.45, 0.8]))
    turn, off = float(rng.integers(4) * np.pi / 2), float(rng.uniform(0.2, 0.36))
    du, dv = np.cos(turn), np.sin(turn)
    window = plate.whole()
    out, side = window.u * du + window.v * dv - off, -window.u * dv + window.v * du
    along, r = float(rng.uniform(-0.25, 0.25)), 0.0
    gap = out
    if rng.random() < 0.55:
        along, r = float(rng.uniform(0.2, 0.36)), float(rng.uniform(0.01, 0.12))
        near, far = out + r, side - along + r
        gap = np.hypot(np.maximum(near, 0.0), np.maximum(far, 0.0)) + np.minimum(np.maximum(near, far), 0.0) - r
    plate.height -= 0.012 * ramp(gap, -0.02, 0.0)
    _uncover(window, window.inside(-gap), bench, gap)
    off, along = off - 0.3 * r, along - 0.3 * r
    reach = float(rng.uniform(0.08, 0.17))
    return [Piece(off * du - along * dv, off * dv + along * du, reach, bench, int(rng.integers(2**32)))]


def _uncover(window: Window, share: Array, bench: Colour, outside: Array) -> None:
    # The plate's own shadow: the bench is darkest where it meets the edge.
    shadow = 0.45 + 0.55 * ramp(outside, 0.0, 0.09)
    window.colour(np.asarray(bench) * shadow[:, :, None], share)
    window.shine(share, 0.0, 0.0)
    window.height[:] *= 1.0 - share
    window.open(share)
