"""What ``prepare`` does to an image, told from what it made of random images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from grader.evidence.facts import leaves
from grader.evidence.plan import Array
from grader.records import ProbeFacts

TOLERANCE = 1e-3
"""The largest difference that still counts as equal, as a share of the full range of the output."""

PROBE_COUNT = 4
PROBE_SIZE = 64


@dataclass(frozen=True, eq=False)
class AffineMap:
    """A fixed linear mix of each pixel's channels; ``matrix`` (channels in + 1, channels out) adds its last row."""

    matrix: NDArray[np.float64]

    def apply(self, images: Array) -> NDArray[np.float32]:
        """Return the prepared form, float32 (n, height, width, channels out), of raw images 0..255."""
        mixed = np.asarray(images, dtype=np.float64) @ self.matrix[:-1] + self.matrix[-1]
        prepared: NDArray[np.float32] = mixed.astype(np.float32)
        return prepared


def _scaled(scale: tuple[float, float, float], shift: tuple[float, float, float], *, swap: bool = False) -> AffineMap:
    mix = np.diag(np.asarray(scale, dtype=np.float64))
    return AffineMap(np.vstack([mix[::-1] if swap else mix, shift]))


_ONE = (1.0, 1.0, 1.0)
_MEAN, _DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)

KNOWN: Mapping[str, AffineMap] = {
    "raw": _scaled(_ONE, (0.0, 0.0, 0.0)),
    "vgg16": _scaled(_ONE, (-103.939, -116.779, -123.68), swap=True),
    "mobilenet": _scaled((1 / 127.5,) * 3, (-1.0, -1.0, -1.0)),
    "1/255": _scaled((1 / 255,) * 3, (0.0, 0.0, 0.0)),
    "torch": AffineMap(
        np.vstack(
            [np.diag([1 / (255 * d) for d in _DEVIATION]), [-m / d for m, d in zip(_MEAN, _DEVIATION, strict=True)]]
        )
    ),
}
"""The preprocessing of the backbones; ``vgg16`` is also that of ResNet50, ``mobilenet`` that of MobileNetV2."""


def probe_images(seed: int) -> NDArray[np.float32]:
    """Return random images (4, 64, 64, 3), whole numbers 0..255 as float32.

    Each image has another range, so that scaling by an image's own extremes does not look like a fixed scale.
    """
    generator = np.random.default_rng(seed)
    ranges = ((0, 256), (0, 128), (96, 256), (40, 200))
    side = (PROBE_SIZE, PROBE_SIZE, 3)
    return np.stack([generator.integers(low, high, side) for low, high in ranges]).astype(np.float32)


def probe_facts(raw: Array, prepared: Array, *, input_changed: bool = False) -> ProbeFacts:
    """Compare raw images (n, height, width, 3) with what was made of them."""
    result = np.asarray(prepared)
    finite = bool(result.size) and bool(np.isfinite(np.asarray(result, dtype=np.float64)).all())
    return ProbeFacts(
        shape=tuple(int(side) for side in result.shape),
        dtype=str(result.dtype),
        low=float(result.min()) if finite else float("nan"),
        high=float(result.max()) if finite else float("nan"),
        matches=_matches(raw, result) if finite else None,
        affine=finite and affine_map(raw, result) is not None,
        input_changed=input_changed,
    )


def _matches(raw: Array, prepared: Array) -> str | None:
    if prepared.shape != raw.shape:
        return None
    for name, known in KNOWN.items():
        if _equal(known.apply(raw), prepared, _full_range(known)):
            return name
    return None


def _full_range(known: AffineMap) -> float:
    """Return how far a map spreads the raw values 0..255."""
    return float(255.0 * np.abs(known.matrix[:-1]).sum(axis=0).max())


def _equal(expected: Array, found: Array, spread: float) -> bool:
    difference = np.abs(expected.astype(np.float64) - np.asarray(found, dtype=np.float64))
    return bool(difference.max() <= TOLERANCE * max(spread, 1e-6))


def affine_map(raw: Array, prepared: Array) -> AffineMap | None:
    """Return the fixed linear mix of channels that explains ``prepared``, fitted by least squares, or None."""
    result = np.asarray(prepared, dtype=np.float64)
    if result.ndim != 4 or result.shape[:3] != raw.shape[:3] or not np.isfinite(result).all():
        return None
    # Counted in units of the full range, so that the fit is as exact for the constant as for the channels.
    pixels = np.asarray(raw, dtype=np.float64).reshape(-1, raw.shape[-1]) / 255.0
    design = np.hstack([pixels, np.ones((len(pixels), 1))])
    target = result.reshape(-1, result.shape[-1])
    matrix: NDArray[np.float64] = np.linalg.lstsq(design, target, rcond=None)[0].astype(np.float64)
    spread = float(np.abs(matrix[:-1]).sum(axis=0).max())
    if not _equal(design @ matrix, target, spread or float(np.abs(target).max())):
        return None
    matrix[:-1] /= 255.0
    return AffineMap(matrix)


def seen_by_first_convolution(model: Any, images: Array, *, training: bool = False) -> Array | None:
    """Return what arrives at the first Conv2D of a model (before its zero padding), or None without one.

    EfficientNet scales and standardises its pixels itself, by one layer more under ImageNet weights than under
    others; these layers count as part of it, so that what arrives before them is the same for both.
    The images, (n, height, width, channels), are sent through the model in inference mode, in which
    augmentation and Dropout rest, unless ``training`` asks for the other. Whatever the model itself raises before
    that layer passes through.
    """
    order = [leaf.operation for leaf in leaves(model)]
    place = next((i for i, layer in enumerate(order) if isinstance(layer, keras.layers.Conv2D)), None)
    if place is None:
        return None
    if place and isinstance(order[place - 1], keras.layers.ZeroPadding2D):
        place -= 1
    place -= _standardising(order[:place])
    seen: list[Array] = []

    def stop(inputs: Any, *_: Any, **__: Any) -> Any:
        seen.append(np.asarray(keras.ops.convert_to_numpy(keras.ops.cast(inputs, "float32"))))
        raise _SeenError

    # A forward pass reaches the layer in any nesting; a sub-model would have to be cut from each kind apart.
    vars(order[place])["call"] = stop
    try:
        model(np.asarray(images), training=training)
    except Exception:
        # Keras dresses exceptions up anew, so that only the list tells whether it was ours.
        if not seen:
            raise
    finally:
        del vars(order[place])["call"]
    return seen[0] if seen else None


def _standardising(before: Sequence[Any]) -> int:
    """Return how many of the layers before a first convolution are those with which an EfficientNet begins."""
    kinds = [type(layer).__name__ for layer in before]
    for stem in (["Rescaling", "Normalization"], ["Rescaling", "Normalization", "Rescaling"]):
        if kinds[-len(stem) :] == stem and np.allclose(before[-len(stem)].scale, 1 / 255):
            return len(stem)
    return 0


class _SeenError(Exception):
    """Ends a forward pass at the layer that was looked for."""
