"""Labelled pictures by the number: what every set of target images does with its function that draws one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Draw = Callable[[str, np.random.Generator], NDArray[np.uint8]]
"""Draws one picture of a kind."""


def labelled(
    draw: Draw, known: Sequence[str], kinds: Sequence[str], per_kind: int, seed: int
) -> tuple[list[NDArray[np.uint8]], NDArray[np.int64]]:
    """Return ``per_kind`` pictures of each of ``kinds``, grouped by kind, and their labels.

    The labels have shape (n,) and are positions in ``kinds``.
    Picture k of a kind depends on ``seed``, the kind's place in ``known`` and k alone. Raise ValueError for a
    negative seed or number, or a kind that is not known.
    """
    check_numbers(seed, per_kind)
    for kind in kinds:
        check_kind(kind, known)
    drawn = [draw(kind, np.random.default_rng([seed, known.index(kind), k])) for kind in kinds for k in range(per_kind)]
    return drawn, np.repeat(np.arange(len(kinds), dtype=np.int64), per_kind)


def check_kind(kind: str, known: Sequence[str]) -> None:
    """Raise ValueError for a kind that is not known."""
    if kind not in known:
        raise ValueError(f"Unknown kind {kind!r}: choose one of {', '.join(known)}.")


def check_numbers(seed: int, pictures: int) -> None:
    """Raise ValueError for a negative seed or number of pictures."""
    if seed < 0:
        raise ValueError(f"The seed must be 0 or more, not {seed}.")
    if pictures < 0:
        raise ValueError(f"The number of pictures must be 0 or more, not {pictures}.")
