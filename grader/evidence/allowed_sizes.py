"""The largest sizes that a model's configuration may ask for, looked at before anything is built."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

MAX_NODES = 500_000
MAX_DEPTH = 64
MAX_LAYERS = 2_000
MAX_UNITS = 20_000
MAX_SIDE = 1_024
MAX_VALUES = 16_000_000
MAX_PARAMETERS = 200_000_000
MAX_KERNEL = 64

FREE_KEYS = frozenset({"seed"})
SHAPE_KEYS = frozenset({"batch_shape", "batch_input_shape", "shape", "target_shape", "build_input_shape"})
KERNEL_KEYS = frozenset({"kernel_size", "strides", "dilation_rate", "pool_size", "size", "depth_multiplier"})
SIDE_KEYS = frozenset({"padding", "cropping", "height", "width", "n"})


def oversize(kind: str, config: dict[str, Any], build_config: Any) -> str | None:
    """Return why one layer's sizes are beyond the limits (the end of a sentence), or None."""
    if kind in ("Functional", "Sequential"):
        config = {key: value for key, value in config.items() if key not in ("layers", "input_layers", "output_layers")}
    for key, value in config.items():
        fault = _fault(key, value)
        if fault is not None:
            return fault
    for shape in _shapes(build_config):
        if prod(shape) > MAX_VALUES:
            return f"takes {prod(shape):,} values; at most {MAX_VALUES:,} can be graded."
    return None


def _fault(key: str, value: Any) -> str | None:
    if key in FREE_KEYS:
        return None
    if key in SHAPE_KEYS:
        return _shape_fault(value, of_images=key != "target_shape")
    limit = MAX_KERNEL if key in KERNEL_KEYS else MAX_SIDE if key in SIDE_KEYS else MAX_UNITS
    largest = max((abs(number) for number in _integers(value)), default=0)
    if largest > limit:
        return f"asks for {key}={largest:,}; at most {limit:,} can be graded."
    return None


def _shape_fault(value: Any, *, of_images: bool) -> str | None:
    sides = list(_integers(value))
    if prod(abs(side) for side in sides) > MAX_VALUES:
        return f"takes {prod(abs(side) for side in sides):,} values; at most {MAX_VALUES:,} can be graded."
    if (
        of_images
        and isinstance(value, list)
        and len(value) >= 4
        and any(abs(side) > MAX_SIDE for side in value[1:3] if side)
    ):
        return f"takes images of {max(sides):,} pixels a side; at most {MAX_SIDE:,} can be graded."
    return None


def _integers(value: Any) -> Iterator[int]:
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _integers(item)


def _shapes(value: Any) -> Iterator[list[int]]:
    """Yield the shapes anywhere in a ``build_config``, without their unknown sides."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _shapes(item)
    elif isinstance(value, list):
        if any(isinstance(item, list | dict) for item in value):
            for item in value:
                yield from _shapes(item)
        else:
            yield [abs(side) for side in value if isinstance(side, int)]
