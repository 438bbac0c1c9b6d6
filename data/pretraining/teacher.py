"""What a backbone may learn from another: the features that a pretrained VGG16 sees in the source images.

With labels alone, networks that halve their images at once stay at chance for long. A target for every image that
already tells shapes apart shortens that. Source: A. Romero et al., "FitNets: Hints for thin deep nets", 2015.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from data import backbones, pretrained

NAME = "VGG16"
"""The backbone that teaches the others; it learns from labels alone."""

FEATURES = 512
"""How many features it has."""

SHARE = 4.0
"""Weight of its features in the loss: mean squared error of features with mean 0 and deviation 1."""

_AT_ONCE = 200


def features(images: NDArray[np.uint8], folder: Path) -> NDArray[np.float32]:
    """Return the averaged features of images (n, 64, 64, 3), shape (n, 512), each with mean 0 and deviation 1.

    They are computed once, by the course's own weights, and kept in ``folder``.
    """
    source = pretrained.unpacked(NAME)
    kept = folder / f"teacher-{len(images)}-{source.name.split('.')[0]}.npy"
    if not kept.exists():
        teacher = backbones.architecture(NAME)
        teacher.load_weights(source)
        seen = np.concatenate([_averaged(teacher, images[k : k + _AT_ONCE]) for k in _starts(len(images))])
        partial = kept.with_suffix(".partial.npy")
        np.save(partial, (seen - seen.mean(axis=0)) / (seen.std(axis=0) + 1e-3), allow_pickle=False)
        partial.replace(kept)
    stored: NDArray[np.float32] = np.load(kept, allow_pickle=False)
    return stored


def _starts(images: int) -> Any:
    return tqdm(range(0, images, _AT_ONCE), f"asking {NAME}", unit=f" x {_AT_ONCE}")


def _averaged(teacher: Any, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    prepared = backbones.preprocess_input(NAME, images.astype(np.float32))
    maps: NDArray[np.float32] = teacher.predict(prepared, verbose=0)
    averaged: NDArray[np.float32] = maps.mean(axis=(1, 2))
    return averaged
