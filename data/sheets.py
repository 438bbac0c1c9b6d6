"""Contact sheets: small pictures side by side, to show at a glance what a generator draws."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from data import critters, sources, surfaces
from data.files import write_atomically

FOLDER = Path(__file__).parent
SEED = 303
"""Seed of the pictures on the sheets: none of them is a training or a test image."""

_SIDE = 96
_GAP = 4
_COLOURS = 256
_SHEETS: dict[str, tuple[int, Callable[[], NDArray[np.uint8]]]] = {
    "critters": (8, lambda: critters.sample(SEED, 8, _SIDE)[0]),
    "surfaces": (8, lambda: surfaces.sample(SEED, 8, _SIDE)[0]),
    "sources": (12, lambda: sources.sample(SEED, 72, _SIDE)[0]),
}
"""Name of a sheet -> (columns, what draws its pictures)."""


def draw_sheets(target: Path = FOLDER) -> Iterator[Path]:
    """Draw every sheet into ``target``, and yield each path when it is written.

    Critters and surfaces lie in one row for each kind; the sources are the first of their sequence, none picked.
    """
    for name, (columns, draw) in _SHEETS.items():
        path = target / f"{name}.png"
        sheet = Image.fromarray(tiled(draw(), columns))
        buffer = io.BytesIO()
        sheet.quantize(palette=sheet.quantize(_COLOURS)).save(buffer, format="PNG", optimize=True)
        write_atomically(path, buffer.getvalue())
        yield path


def tiled(images: NDArray[np.uint8], columns: int, gap: int = _GAP) -> NDArray[np.uint8]:
    """Return images of shape (n, side, side, 3) as one, row by row, with ``gap`` white pixels around each."""
    side = images.shape[1]
    rows = -(-len(images) // columns)
    step = side + gap
    sheet = np.full((gap + rows * step, gap + columns * step, 3), 255, dtype=np.uint8)
    for number, image in enumerate(images):
        top, left = gap + number // columns * step, gap + number % columns * step
        sheet[top : top + side, left : left + side] = image
    return sheet
