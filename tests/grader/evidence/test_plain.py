"""Plain values are taken over as JSON, and nothing too large to be read gets through."""

from __future__ import annotations

import numpy as np
import pytest

from grader.evidence.plain import beyond_caps, plain
from grader.records import Json


class Sly(int):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        (np.float32(0.5), ("number", 0.5)),
        (np.int64(3), ("number", 3)),
        ({50: np.float64(1.5), "b": (1, "x")}, ("dict", {"50": 1.5, "b": [1, "x"]})),
        ([{"backbone": "VGG16", "seconds": np.float32(2)}], ("list", [{"backbone": "VGG16", "seconds": 2.0}])),
        (float("inf"), ("number", "inf")),
        (Sly(3), ("other", None)),
        ([Sly(3)], ("list", [None])),
        (object(), ("other", None)),
    ],
)
def test_a_value_is_taken_over(value: object, taken: tuple[str, Json]) -> None:
    assert plain(value) == taken


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ([0] * 9_999, None),
        ([0] * 10_000, "more than 10,000 values"),
        ([[0] * 5_000] * 3, "more than 10,000 values"),
        ("x" * 10_001, "a text of more than"),
        ({"a": [[[[[1]]]]]}, None),
        ({"a": [[[[[[1]]]]]]}, "nested more than 6 deep"),
        (10**400, "a number that is too large"),
        (float("nan"), "a number that is too large"),
        (None, None),
    ],
)
def test_caps_hold(value: Json, fault: str | None) -> None:
    found = beyond_caps(value)
    assert found == fault if fault is None else fault in (found or "")
