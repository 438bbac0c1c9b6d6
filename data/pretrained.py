"""The course's own backbones: packed at 8 bits a parameter in the repository, unpacked once into a cache."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from numpy.typing import NDArray

from data import official
from data.backbones import architecture
from data.files import write_atomically
from data.official import WeightsError

FOLDER = Path(__file__).parent / "weights"
MANIFEST = FOLDER / "manifest.json"
CACHE_VARIABLE = "COURSE_CACHE"
WEIGHTS_VARIABLE = "COURSE_WEIGHTS"
COURSE, IMAGENET = "course", "imagenet"

_LEVELS_PER_DEVIATION = 20.0
"""Finest rounding, in steps per standard deviation: a finer one takes more room and gains no accuracy."""


def choice() -> str:
    """Return which weights are chosen: ``"course"`` or ``"imagenet"``; raises WeightsError for anything else."""
    chosen = os.environ.get(WEIGHTS_VARIABLE, COURSE)
    if chosen not in (COURSE, IMAGENET):
        raise WeightsError(f'{WEIGHTS_VARIABLE} is "{chosen}"; set it to "course" or "imagenet".')
    return chosen


def weights(name: str, size: int | None = 64, alpha: float = 1.0) -> str:
    """Return what to pass as ``weights=`` to ``keras.applications``: a path, or ``"imagenet"``.

    The environment variable ``COURSE_WEIGHTS`` chooses between the ``course``'s own backbones (the
    default; no network needed) and ``imagenet``, whose files Keras downloads once. Those of MobileNet and
    MobileNetV2 differ in ``size``, the side of the images in pixels, and in ``alpha``, their share of filters;
    the course's own fit every size and have all filters. Raises WeightsError for an unknown name, a damaged
    file, or one that is not there and cannot be downloaded.
    """
    path = weights_file(name, size, alpha)
    return IMAGENET if choice() == IMAGENET else str(path)


def weights_file(name: str, size: int | None = 64, alpha: float = 1.0) -> Path:
    """Return the path of the file with a backbone's chosen weights, unpacked or downloaded on first use."""
    if choice() == IMAGENET:
        return official.fetched(name, size, alpha)
    if alpha != 1.0:
        raise WeightsError(f"The course has {name} with all of its filters only; leave out alpha = {alpha:g}.")
    return unpacked(name)


def cache_folder() -> Path:
    """Return the folder that holds unpacked weights: ``COURSE_CACHE``, or the user's cache folder."""
    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen) if chosen else platformdirs.user_cache_path("transfer-learning-course")


def unpacked(name: str) -> Path:
    """Return the path of a backbone's ``.weights.h5`` file in the cache, unpacking it on first use.

    The file appears whole or not at all, so that two processes may ask at once.
    """
    target = cache_folder() / f"{name}-{_entry(name)['sha256'][:16]}.weights.h5"
    if not target.exists():
        values = list(arrays(name).values())
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            partial = Path(scratch) / target.name
            model = architecture(name)
            model.set_weights(values)
            model.save_weights(partial)
            partial.replace(target)
    return target


def names() -> tuple[str, ...]:
    """Return the names of the backbones whose own weights ship with the course."""
    return tuple(_manifest())


def digests(name: str) -> Mapping[str, str]:
    """Return digest -> reference, such as ``VGG16/block1_conv1/kernel``, of every array of the chosen weights.

    Where several arrays of a backbone are the same, as biases that are all zero, the digest stands for the
    first; those that follow are entered as ``<digest>#1``, ``<digest>#2`` and so on.
    """
    found = _official_digests(name) if choice() == IMAGENET else _entry(name)["arrays"]
    table: dict[str, str] = {}
    met: Counter[str] = Counter()
    for path, sha in found.items():
        table[occurrence(sha, met[sha])] = f"{name}/{path}"
        met[sha] += 1
    return table


def occurrence(sha: str, number: int) -> str:
    """Return the key in ``digests`` for an array that was met ``number`` times before."""
    return f"{sha}#{number}" if number else sha


def array(reference: str) -> NDArray[np.float32]:
    """Return the array of the chosen weights that a reference such as ``VGG16/block1_conv1/kernel`` names."""
    name, _, path = reference.partition("/")
    found = (official.arrays(name) if choice() == IMAGENET else arrays(name)).get(path)
    if found is None:
        raise WeightsError(f'"{reference}" is no array of the chosen weights ("{choice()}").')
    return found


@lru_cache(maxsize=8)
def _official_digests(name: str) -> Mapping[str, str]:
    return {path: digest(values) for path, values in official.arrays(name).items()}


def layers_of(name: str) -> Any:
    """Return a backbone as Keras builds it under the chosen weights, for images of 64 pixels; its values may be any.

    Only EfficientNetB0 differs: under ``imagenet`` it has a layer more, without which it computes something else.
    """
    if choice() == IMAGENET:
        official.fetched(name)
        return architecture(name, weights=IMAGENET)
    return architecture(name)


def digest(values: NDArray[Any]) -> str:
    """Return the SHA-256 over an array's shape and its float32 values, in hexadecimal."""
    exact = np.ascontiguousarray(values, dtype=np.float32)
    return hashlib.sha256(repr(tuple(exact.shape)).encode() + exact.tobytes()).hexdigest()


@lru_cache(maxsize=2)
def arrays(name: str) -> Mapping[str, NDArray[np.float32]]:
    """Return path -> array of the course's own backbone, in the order of ``model.weights``.

    Raises WeightsError when the packed file's SHA-256 differs.
    """
    return unpack(_entry(name), FOLDER)


def source_head(name: str) -> Mapping[str, NDArray[np.float32]]:
    """Return the classifier of the source kinds on a backbone's averaged features, as ``kind/kernel`` and the like.

    Raises WeightsError when it does not ship with the course, its SHA-256 differs, or other weights are chosen.
    """
    if choice() == IMAGENET:
        raise WeightsError('The source classifiers belong to the course\'s own weights; choose the weights "course".')
    entry = _entry(name)
    if "source_head" not in entry:
        raise WeightsError(f'The course has no source classifier for "{name}".')
    return unpack(entry["source_head"], FOLDER)


def unpack(entry: Mapping[str, Any], folder: Path) -> Mapping[str, NDArray[np.float32]]:
    """Return the arrays of a packed file in ``folder`` by its entry of the manifest.

    Raises WeightsError when the file is missing or its SHA-256 differs.
    """
    file = folder / entry["file"]
    if not file.exists():
        raise WeightsError(f"{file} is missing; bring it back with `git checkout -- {file}`.")
    if hashlib.sha256(file.read_bytes()).hexdigest() != entry["sha256"]:
        raise WeightsError(f"{file} is damaged (its SHA-256 differs); bring it back with `git checkout -- {file}`.")
    with np.load(file, allow_pickle=False) as packed:
        return {path: _restore(packed, path) for path in entry["arrays"]}


def register(name: str, entry: Mapping[str, Any], folder: Path = FOLDER) -> None:
    """Enter a packed backbone in the manifest of ``folder``."""
    manifest = folder / MANIFEST.name
    earlier = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}
    write_atomically(manifest, json.dumps({**earlier, name: entry}, indent=1) + "\n")
    _manifest.cache_clear()
    arrays.cache_clear()


def pack(name: str, values: Mapping[str, NDArray[np.float32]], folder: Path = FOLDER) -> dict[str, Any]:
    """Write ``<name>.npz`` into ``folder`` with 8 bits a parameter, and return its entry for the manifest.

    Arrays of two or more axes become int8 with one float32 scale for each output channel, none finer
    than a twentieth of the channel's root mean square; vectors (biases, BatchNorm) stay float32.
    Source of the scheme: R. Krishnamoorthi, "Quantizing deep convolutional networks for efficient
    inference", 2018, section 2.
    """
    packed: dict[str, NDArray[Any]] = {}
    for path, value in values.items():
        if value.ndim < 2:
            packed[path] = value.astype(np.float32)
            continue
        # A depthwise kernel (height, width, channels, 1) has its output channels on the axis before the last.
        axes = tuple(range(value.ndim - (2 if value.ndim == 4 and value.shape[-1] == 1 else 1)))
        spread = np.sqrt(np.mean(value**2, axis=axes)) / _LEVELS_PER_DEVIATION
        scale = np.maximum(np.maximum(np.abs(value).max(axis=axes) / 127.0, spread), 1e-12).astype(np.float32)
        packed[path] = np.round(value / scale).astype(np.int8)
        packed[f"{path}:scale"] = scale
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **packed)
    target = folder / f"{name}.npz"
    write_atomically(target, buffer.getvalue())
    return {
        "file": target.name,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "arrays": {path: digest(_restore(packed, path)) for path in values},
    }


def _restore(packed: Mapping[str, NDArray[Any]], path: str) -> NDArray[np.float32]:
    values = packed[path]
    restored: NDArray[np.float32] = values.astype(np.float32)
    if values.dtype == np.int8:
        restored *= packed[f"{path}:scale"]
    restored.setflags(write=False)
    return restored


def _entry(name: str) -> dict[str, Any]:
    manifest = _manifest()
    if name not in manifest:
        raise WeightsError(f'The course has no weights for "{name}"; it has them for {", ".join(manifest) or "none"}.')
    entry: dict[str, Any] = manifest[name]
    return entry


@lru_cache(maxsize=1)
def _manifest() -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WeightsError(f"{MANIFEST} is missing; bring it back with `git checkout -- {MANIFEST}`.") from None
    except ValueError:
        raise WeightsError(f"{MANIFEST} is damaged; bring it back with `git checkout -- {MANIFEST}`.") from None
    return loaded
