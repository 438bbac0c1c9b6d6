"""What a backbone may learn from another: the maps that the course's VGG16 sees in the source images.

With labels alone, networks that halve their images at once stay at chance for long. A target for each place of an
image, early, in the middle and late in the network, shortens that. Source: A. Romero et al., "FitNets: Hints for thin
deep nets", 2015.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from data import backbones, pretrained
from data.pretraining.recipe import HINTS, TEACHER

_AT_ONCE = 200


def maps(images: NDArray[np.uint8], folder: Path) -> dict[str, NDArray[np.float16]]:
    """Return the layer of each hint -> its maps (n, side, side, channels) of images (n, 64, 64, 3).

    Each channel has mean 0 and deviation 1. They are computed once and kept in ``folder``. Raises WeightsError if the
    teacher's weights are missing or damaged.
    """
    weights = pretrained.unpacked(TEACHER)
    stamp = hashlib.sha256(weights.read_bytes() + images.tobytes()).hexdigest()[:12]
    kept = folder / f"hints-{len(images)}-{stamp}.npz"
    if not kept.exists():
        seen = _seen(_teacher(weights), images)
        partial = kept.with_suffix(".partial.npz")
        np.savez(partial, allow_pickle=False, **{layer: _standardised(values) for layer, values in seen.items()})
        partial.replace(kept)
    with np.load(kept, allow_pickle=False) as stored:
        return {hint.layer: stored[hint.layer] for hint in HINTS}


def _teacher(weights: Path) -> Any:
    backbone = backbones.architecture(TEACHER, weights=str(weights))
    return keras.Model(backbone.inputs, [backbone.get_layer(hint.layer).output for hint in HINTS])


def _seen(teacher: Any, images: NDArray[np.uint8]) -> dict[str, NDArray[np.float16]]:
    seen = {hint.layer: np.empty((len(images), hint.side, hint.side, hint.channels), np.float16) for hint in HINTS}
    for start in tqdm(range(0, len(images), _AT_ONCE), f"asking {TEACHER}", unit=f" x {_AT_ONCE}"):
        part = slice(start, start + _AT_ONCE)
        prepared = backbones.preprocess_input(TEACHER, images[part].astype(np.float32))
        for hint, values in zip(HINTS, teacher.predict_on_batch(prepared), strict=True):
            seen[hint.layer][part] = values[..., : hint.channels]
    return seen


def _standardised(values: NDArray[np.float16]) -> NDArray[np.float16]:
    mean = values.mean(axis=(0, 1, 2), dtype=np.float64)
    deviation = values.std(axis=(0, 1, 2), dtype=np.float64)
    standardised = (values - mean.astype(np.float32)) / (deviation + 1e-3).astype(np.float32)
    halves: NDArray[np.float16] = standardised.astype(np.float16)
    return halves
