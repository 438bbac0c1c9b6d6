from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pytest

from grader.records import Evidence, TaskEvidence
from grader.rubric_parameters import build
from grader.rules import Verdict


@dataclass(frozen=True)
class Many:
    """A rule with every type of parameter."""

    word: str
    count: int
    size: float
    sides: tuple[int, ...]

    kind: ClassVar[str] = "recomputed"

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("count must not be negative.")

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        return Verdict(1, self.word, self.word)


RIGHT = {"word": "w", "count": 1, "size": 2, "sides": [64, 64]}


def test_parameters_get_the_types_of_the_fields() -> None:
    assert build(Many, RIGHT, ValueError) == Many("w", 1, 2.0, (64, 64))


def test_a_rules_own_complaint_is_passed_on() -> None:
    with pytest.raises(KeyError, match="parameter count must not be negative"):
        build(Many, {**RIGHT, "count": -1}, KeyError)


@pytest.mark.parametrize("wrong", [{"sides": [64, "64"]}, {"word": 3}, {"size": float("inf")}, {"kind": "reported"}])
def test_wrong_parameters_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(KeyError, match="parameter"):
        build(Many, {**RIGHT, **wrong}, KeyError)


def test_a_rule_that_is_no_dataclass_is_a_programmers_error() -> None:
    with pytest.raises(TypeError, match="not a dataclass"):
        build(lambda: Many("w", 1, 2.0, ()), {}, ValueError)
