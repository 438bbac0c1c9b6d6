"""What a backbone may learn from another: the maps that a pretrained VGG16 sees in the source images.

With labels alone, networks that halve their images at once stay at chance for long. A target for each place of an
image, early, in the middle and late in the network, shortens that. Source: A. Romero et al., "FitNets: Hints for thin
deep nets", 2015.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from data.pretraining import trunk
from data.pretraining.recipe import HINTS, STAGES, TEACHER, TEACHING_STAGE, checkpoint

_AT_ONCE = 200


class TeacherError(Exception):
    """The teacher's own run left no network; the message says how to make it."""


def network(folder: Path) -> Path:
    """Return the file of the network that the teacher's own run left in ``folder``; raise TeacherError for none."""
    file = checkpoint(TEACHER, TEACHING_STAGE, folder)
    if not file.exists():
        raise TeacherError(
            f"{file} is missing: the other backbones learn from {TEACHER}. Pretrain it first, with the same "
            f"--folder: python -m data pretrain {TEACHER} --folder {folder}"
        )
    return file


def maps(images: NDArray[np.uint8], heads: Mapping[str, int], folder: Path) -> dict[str, NDArray[np.float16]]:
    """Return the layer of each hint -> its maps (n, side, side, channels) of images (n, 64, 64, 3).

    Each channel has mean 0 and deviation 1. They are computed once, by the network that the teacher's own run left in
    ``folder``, and kept there. Raises TeacherError if it left none.
    """
    file = network(folder)
    kept = folder / f"hints-{len(images)}-{hashlib.sha256(file.read_bytes()).hexdigest()[:12]}.npz"
    if not kept.exists():
        seen = _seen(_teacher(file, heads), images)
        partial = kept.with_suffix(".partial.npz")
        np.savez(partial, allow_pickle=False, **{layer: _standardised(values) for layer, values in seen.items()})
        partial.replace(kept)
    with np.load(kept, allow_pickle=False) as stored:
        return {hint.layer: stored[hint.layer] for hint in HINTS}


def _teacher(file: Path, heads: Mapping[str, int]) -> Any:
    classifier = trunk.classifier(TEACHER, heads, STAGES[TEACHER][TEACHING_STAGE].narrowing)
    classifier.load_weights(file)
    return keras.Model(classifier.inputs, [classifier.get_layer(hint.layer).output for hint in HINTS])


def _seen(teacher: Any, images: NDArray[np.uint8]) -> dict[str, NDArray[np.float16]]:
    seen = {hint.layer: np.empty((len(images), hint.side, hint.side, hint.channels), np.float16) for hint in HINTS}
    for start in tqdm(range(0, len(images), _AT_ONCE), f"asking {TEACHER}", unit=f" x {_AT_ONCE}"):
        part = slice(start, start + _AT_ONCE)
        for hint, values in zip(HINTS, teacher.predict_on_batch(images[part].astype(np.float32)), strict=True):
            seen[hint.layer][part] = values
    return seen


def _standardised(values: NDArray[np.float16]) -> NDArray[np.float16]:
    mean = values.mean(axis=(0, 1, 2), dtype=np.float64)
    deviation = values.std(axis=(0, 1, 2), dtype=np.float64)
    standardised = (values - mean.astype(np.float32)) / (deviation + 1e-3).astype(np.float32)
    halves: NDArray[np.float16] = standardised.astype(np.float16)
    return halves
