"""Rules about how a head came about: that it was trained, by itself, and with which settings."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import ClassVar

from grader.records import Evidence, Json, ModelFacts, TaskEvidence, WeightFacts
from grader.rules.base import RECOMPUTED, REPORTED, UnusableError, Verdict, expecting, listed, model_of, value_of
from grader.rules.numbers import number_at, shown

FLOAT_BYTES = 4


@dataclass(frozen=True)
class TrainedHead:
    """Every Dense layer of a model was trained, and apart from those of another model of the same task.

    Keras starts a bias as zeros, and a first step moves it; so a bias of zeros alone was never trained. Kernels that
    are bit-identical to those of ``apart_from`` are the other model's. A Dense layer without a bias tells nothing.
    """

    object: str
    apart_from: str = ""

    kind: ClassVar[str] = RECOMPUTED

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the arrays of the Dense layers."""
        expected = "Dense layers whose weights training has moved"
        if self.apart_from:
            expected += f", and that are not those of `{self.apart_from}`"
        with expecting(expected):
            model = model_of(task, self.object)
            other = model_of(task, self.apart_from) if self.apart_from else None
            dense = [layer for layer in model.layers if layer.kind == "Dense"]
            if not dense:
                raise UnusableError(f"`{self.object}` has no Dense layer.")
        at_rest = [layer.name for layer in dense if any(_is_zero_bias(weight) for weight in layer.weights)]
        if at_rest:
            found = f"the bias of {len(at_rest)} Dense layers is still zero everywhere, as before any training: "
            return Verdict(0, found + listed(at_rest), expected)
        taken = _kernels(model) & _kernels(other) if other else set()
        if taken:
            found = f"{len(taken)} kernels of `{self.object}` are bit-identical to those of `{self.apart_from}`"
            return Verdict(0, f"{found}: it is the same head, or a copy that was not trained", expected)
        return Verdict(1, f"{len(dense)} trained Dense layer{'s' if len(dense) > 1 else ''}", expected)


@dataclass(frozen=True)
class OtherSettings:
    """An exported table tells the settings of two trainings, each a number above zero, and they differ somewhere."""

    object: str
    first: str
    second: str
    keys: tuple[str, ...]

    kind: ClassVar[str] = REPORTED

    def __post_init__(self) -> None:
        """Refuse a comparison of nothing."""
        if not self.keys or self.first == self.second:
            raise ValueError("keys is empty, or first and second are the same; name two rows and what stands in them.")

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the numbers told; nothing else knows how a model was trained."""
        expected = f"{', '.join(self.keys)} for `{self.first}` and for `{self.second}`, different in one at least"
        with expecting(expected):
            table = value_of(task, self.object)
        rows = [self._row(table, name) for name in (self.first, self.second)]
        told = [
            f"{name}: " + ", ".join(f"{key} {_phrase(number)}" for key, number in zip(self.keys, row, strict=True))
            for name, row in zip((self.first, self.second), rows, strict=True)
        ]
        complete = all(number is not None and number > 0 for row in rows for number in row)
        return Verdict(1 if complete and _differ(*rows) else 0, "; ".join(told), expected)

    def _row(self, table: Json, name: str) -> list[float | None]:
        return [number_at(table, f"{name}.{key}") for key in self.keys]


def _differ(first: list[float | None], second: list[float | None]) -> bool:
    pairs = zip(first, second, strict=True)
    return any(a is not None and b is not None and not math.isclose(a, b, rel_tol=1e-6) for a, b in pairs)


def _phrase(number: float | None) -> str:
    return "no number" if number is None else shown(number)


def _kernels(model: ModelFacts) -> set[str]:
    dense = (layer for layer in model.layers if layer.kind == "Dense")
    return {weight.digest for layer in dense for weight in layer.weights if len(weight.shape) > 1}


def _is_zero_bias(weight: WeightFacts) -> bool:
    if len(weight.shape) != 1:
        return False
    return weight.digest == hashlib.sha256(repr(weight.shape).encode() + bytes(FLOAT_BYTES * weight.size)).hexdigest()
