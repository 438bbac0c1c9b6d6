"""What a network costs: its maps, its file, its time; and such figures as a table in plain text."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

FLOAT = 4
"""Bytes of a number of 32 bits, in which Keras keeps weights and maps."""


@dataclass(frozen=True)
class Times:
    """Seconds of the first call of a function, which prepares it, and of each later one."""

    first: float
    later: tuple[float, ...]

    @property
    def typical(self) -> float:
        """The median of the later calls: a call that something else held up does not count."""
        return statistics.median(self.later)


def times(function: Callable[[Any], Any], given: Any, repeats: int = 9) -> Times:
    """Return how long ``function(given)`` takes, once for the first time and ``repeats`` times afterwards.

    The function has to hand back what it computed, not a promise of it: on a GPU, let it return a NumPy array.
    Raises ValueError for fewer than one repeat.
    """
    if repeats < 1:
        raise ValueError(f"A time needs one repeat at least, and {repeats} were asked for.")
    taken = []
    for _ in range(repeats + 1):
        began = time.perf_counter()
        function(given)
        taken.append(time.perf_counter() - began)
    return Times(taken[0], tuple(taken[1:]))


def map_bytes(network: Any) -> int:
    """Return the bytes of all that leaves the layers of a functional network for one picture, the picture included.

    Training keeps nearly all of it until the gradients have passed; prediction lets most of it go at once.
    """
    return sum(FLOAT * int(np.prod(layer.output.shape[1:])) for layer in network.layers)


def file_bytes(model: Any) -> int:
    """Return the bytes of the ``.weights.h5`` file that Keras writes for a model."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "model.weights.h5"
        model.save_weights(path)
        return path.stat().st_size


def table(rows: Mapping[str, Mapping[str, str]]) -> str:
    """Return rows of cells as lines of text: row -> column -> cell, names to the left and cells to the right.

    Raises ValueError when there is no row or two rows differ in their columns.
    """
    columns = list(next(iter(rows.values()), {}))
    if not columns or any(list(row) != columns for row in rows.values()):
        raise ValueError(f"Each row needs the columns {', '.join(columns) or '(none are given)'}, in this order.")
    lines = [["", *columns], *([name, *row.values()] for name, row in rows.items())]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns) + 1)]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.rjust(width) if place else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([first, *others]).rstrip()
