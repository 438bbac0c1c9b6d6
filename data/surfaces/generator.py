"""Labelled pictures of surfaces, sound or with one defect, each redrawn to the pixel from its seed and number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from data.drawing.sampling import check_kind, check_numbers, labelled
from data.surfaces import defects
from data.surfaces.lighting import hang_lamp, photograph
from data.surfaces.plate import Plate
from data.surfaces.scene import compose, in_view

Picture = NDArray[np.uint8]
"""Shape (size, size, 3), 0 to 255."""

KINDS: tuple[str, ...] = ("crack", "dent", "good", "missing", "scratch", "stain")
"""Sound surfaces and the five defects, in alphabetical order."""

GOOD = "good"
"""The kind without a defect."""

SHARES: dict[str, float] = {
    "crack": 0.015,
    "dent": 0.025,
    "good": 0.88,
    "missing": 0.015,
    "scratch": 0.040,
    "stain": 0.025,
}
"""Share of each kind in production: most surfaces are sound, and some defects are rarer than others."""

_HARM: dict[str, Callable[[Plate, np.random.Generator], None]] = {
    "crack": defects.crack,
    "dent": defects.dent,
    "scratch": defects.scratch,
    "stain": defects.stain,
}
_LEAST: dict[str, float] = {"crack": 0.010, "dent": 0.024, "missing": 0.0045, "scratch": 0.0075, "stain": 0.018}
"""Share of the picture that a defect must clearly change."""

_ATTEMPTS = 10


def draw(kind: str, rng: np.random.Generator, size: int = 64) -> Picture:
    """Return one picture of a kind, shape (size, size, 3), 0 to 255; raise ValueError for an unknown kind."""
    return twins(kind, rng, size)[0]


def twins(kind: str, rng: np.random.Generator, size: int = 64) -> tuple[Picture, Picture]:
    """Return what ``draw`` returns, and the same surface in the same light without its defect.

    Both have shape (size, size, 3), 0 to 255; they are equal for the kind "good". Where they differ is where
    the defect lies. Raise ValueError for an unknown kind.
    """
    check_kind(kind, KINDS)
    body, harm, camera = (int(seed) for seed in rng.integers(2**63, size=3))
    bare, parts = compose(np.random.default_rng(body), size, with_parts=kind == "missing")
    whole = bare.copy()
    for part in parts:
        part.mount(whole)
    brightness = float(whole.albedo.mean(axis=(0, 1)).max())

    def take(plate: Plate) -> Picture:
        light = np.random.default_rng(camera)
        return photograph(plate, hang_lamp(light, brightness), light)

    sound = take(whole)
    if kind == GOOD:
        return sound, sound
    best, clearest = sound, -1.0
    # A defect may fall where nobody would see it: then it is drawn anew.
    for attempt in range(_ATTEMPTS):
        again = np.random.default_rng([harm, attempt])
        if kind == "missing":
            damaged, choice = bare.copy(), in_view(bare, parts)
            absent = choice[again.integers(len(choice))]
            for part in parts:
                (part.leave_out if part is absent else part.mount)(damaged)
        else:
            damaged = whole.copy()
            _HARM[kind](damaged, again)
        picture = take(damaged)
        clear = _changed(picture, sound)
        if clear > clearest:
            best, clearest = picture, clear
        if clear >= _LEAST[kind]:
            break
    return best, sound


def sample(
    seed: int, per_kind: int, size: int = 64, kinds: Sequence[str] = KINDS
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return ``per_kind`` pictures of each kind, grouped by kind, and their labels.

    Pictures have shape (n, size, size, 3), 0 to 255; labels have shape (n,) and are positions in ``kinds``.
    Picture k of a kind depends on ``seed``, the kind and k alone. Raise ValueError for a negative seed or
    number, or an unknown kind.
    """
    drawn, labels = labelled(partial(draw, size=size), KINDS, kinds, per_kind, seed)
    return np.array(drawn, dtype=np.uint8).reshape(len(labels), size, size, 3), labels


def production(seed: int, n: int, size: int = 64) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the first ``n`` pictures that a line of production shows, their kinds drawn by ``SHARES``.

    Pictures have shape (n, size, size, 3), 0 to 255; labels have shape (n,) and are positions in ``KINDS``.
    Picture k and its kind depend on ``seed`` and k alone. Raise ValueError for a negative seed or number.
    """
    check_numbers(seed, n)
    images, labels = np.zeros((n, size, size, 3), dtype=np.uint8), np.zeros(n, dtype=np.int64)
    shares = [SHARES[kind] for kind in KINDS]
    for k in range(n):
        # A number after those of the kinds: no picture of ``sample`` starts from the same seed.
        rng = np.random.default_rng([seed, len(KINDS), k])
        labels[k] = rng.choice(len(KINDS), p=shares)
        images[k] = draw(KINDS[labels[k]], rng, size)
    return images, labels


def _changed(picture: Picture, sound: Picture) -> float:
    """Return the share of pixels that changed by more than what the surface itself shows around them."""
    before, after = sound.astype(np.float64), picture.astype(np.float64)
    blocks = min(8, len(before))
    wide = len(before) // blocks
    size = blocks * wide
    grey = before[:size, :size].mean(axis=2).reshape(blocks, wide, blocks, wide)
    busy = np.repeat(np.repeat(grey.std(axis=(1, 3)), wide, axis=0), wide, axis=1)
    gap = np.abs(after - before)[:size, :size].max(axis=2)
    return float(np.mean(gap > 20.0 + 0.9 * busy))
