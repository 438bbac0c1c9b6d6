"""Sizes beyond what an exercise could need are found in the configuration."""

from __future__ import annotations

from typing import Any

import pytest

from grader.evidence.allowed_sizes import oversize


@pytest.mark.parametrize(
    ("kind", "config", "build"),
    [
        ("Dense", {"units": 256, "seed": 2**40}, {"input_shape": [None, 25_088]}),
        ("InputLayer", {"batch_shape": [None, 1_024, 1_024, 3]}, None),
        ("InputLayer", {"batch_shape": [None, 25_088]}, None),
        ("ZeroPadding2D", {"padding": [[3, 3], [3, 3]]}, None),
        ("Reshape", {"target_shape": [1, 1, 1_152]}, None),
        ("Sequential", {"layers": [99_999], "name": "x"}, None),
    ],
)
def test_ordinary_sizes_pass(kind: str, config: dict[str, Any], build: Any) -> None:
    assert oversize(kind, config, build) is None


@pytest.mark.parametrize(
    ("kind", "config", "build"),
    [
        ("Dense", {"units": 20_001}, None),
        ("Dense", {"units": -(10**12)}, None),
        ("Dense", {"units": 5}, {"input_shape": [None, 10**9]}),
        ("Dense", {"units": 5}, {"shapes_dict": {"a": [10**5, 10**5]}}),
        ("InputLayer", {"batch_shape": [None, 1_025, 8, 3]}, None),
        ("InputLayer", {"batch_shape": [None, 8, 8, 10**9]}, None),
        ("Reshape", {"target_shape": [10**5, 10**5]}, None),
        ("ZeroPadding2D", {"padding": [[100_000, 0], [0, 0]]}, None),
        ("UpSampling2D", {"size": [1_000, 1_000]}, None),
        ("Conv2D", {"filters": 4, "kernel_size": [5_000, 5_000]}, None),
    ],
)
def test_absurd_sizes_are_named(kind: str, config: dict[str, Any], build: Any) -> None:
    fault = oversize(kind, config, build)
    assert fault is not None
    assert "at most" in fault
