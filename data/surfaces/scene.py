"""One surface without a defect: framing, sheet, edges, fittings and what lies on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from data.surfaces import boards, clutter, metals
from data.surfaces.circuit import circuit
from data.surfaces.edges import Piece, cut_edges
from data.surfaces.fittings import Part, mount_fittings
from data.surfaces.plate import Framing, Plate

_SHEETS: tuple[tuple[Callable[[Plate, np.random.Generator], None], float], ...] = (
    (metals.brushed, 0.12),
    (metals.cast, 0.06),
    (metals.painted, 0.11),
    (metals.galvanised, 0.09),
    (metals.turned, 0.09),
    (metals.tread, 0.06),
    (boards.wood, 0.16),
    (boards.flakes, 0.07),
    (boards.laminate, 0.07),
    (boards.fibreboard, 0.03),
)
"""What draws a sheet -> its share of all surfaces; the rest are circuit boards."""

_LAYOUTS = ("plain", "edges", "fittings", "both")
_MARGIN = 0.12
"""A part that could be missing lies at least so far inside the picture (share of its side)."""

_FEW = 4
"""Of fewer fittings in the picture than this nobody can tell that one more belongs to them."""

_MANY = 12
"""In an order of more visible fittings than this, those beside the plate are not missed."""


def compose(rng: np.random.Generator, size: int, with_parts: bool) -> tuple[Plate, list[Part]]:
    """Return a sound surface and what is still to be mounted on it.

    With ``with_parts`` at least one part lies well inside the picture.
    """
    while True:
        plate, parts = _start(rng, size)
        if not with_parts or in_view(plate, parts):
            break
    for add, share in (
        (clutter.add_joint, 0.15),
        (clutter.add_print, 0.22),
        (clutter.add_wear, 0.35),
        (clutter.add_dust, 0.35),
    ):
        if rng.random() < share:
            add(plate, rng)
    return plate, parts


def in_view(plate: Plate, parts: Sequence[Part]) -> list[Part]:
    """Return the parts whose absence can be seen: well inside the picture, in an order that shows."""
    orderly = len(_within(plate, parts, 0.05)) >= _FEW
    return [part for part in _within(plate, parts, _MARGIN) if orderly or isinstance(part, Piece)]


def _within(plate: Plate, parts: Sequence[Part], margin: float) -> list[Part]:
    places = [plate.framing.seen(part.u, part.v) for part in parts]
    return [part for part, at in zip(parts, places, strict=True) if min(at) > margin and max(at) < 1.0 - margin]


def _start(rng: np.random.Generator, size: int) -> tuple[Plate, list[Part]]:
    centre = (float(rng.uniform(0.46, 0.54)), float(rng.uniform(0.46, 0.54)))
    angle = float(rng.normal(0.0, 0.08) if rng.random() < 0.75 else rng.uniform(0.0, 2.0 * np.pi))
    plate = Plate(size, Framing(centre, angle, float(rng.uniform(0.9, 1.15))))
    lot = rng.random()
    for lay, share in _SHEETS:
        lot -= share
        if lot < 0.0:
            lay(plate, rng)
            break
    else:
        return plate, circuit(plate, rng)
    layout = str(rng.choice(_LAYOUTS, p=[0.3, 0.17, 0.45, 0.08]))
    parts: list[Part] = []
    if layout in {"edges", "both"}:
        parts.extend(cut_edges(plate, rng))
    if layout in {"fittings", "both"}:
        parts.extend(_fitting(plate, mount_fittings(plate, rng)))
    return plate, parts


def _fitting(plate: Plate, fittings: list[Part]) -> list[Part]:
    # Beside the plate nothing can be mounted. From a small set a fitting would then seem to be missing.
    held = [part for part in fittings if _holds(plate, part)]
    seen = [part for part in fittings if plate.near(part.u, part.v, 0.0) is not None]
    return held if len(held) == len(fittings) or len(seen) > _MANY else []


def _holds(plate: Plate, part: Part) -> bool:
    window = plate.near(part.u, part.v, 1.2 * part.reach)
    return window is None or bool(window.solid.min() > 0.5)
