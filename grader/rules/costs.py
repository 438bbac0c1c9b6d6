"""Rules about a table of costs: the parameters and the size of backbones, and what a wrong number has counted."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from grader.backbones import backbone
from grader.records import Evidence, TaskEvidence
from grader.rules.base import RECOMPUTED, UnusableError, Verdict, expecting, model_at, value_of
from grader.rules.numbers import number_at, shown

FLOAT_BYTES = 4
MEGABYTE = 1_000_000
TOPS: Mapping[str, int] = MappingProxyType({"ResNet50": 2_049_000, "VGG16": 123_642_856, "MobileNetV2": 1_281_000})
"""Parameters of the tops that Keras gives these networks for ImageNet's thousand classes; textbooks count them in."""

STATISTICS_LEFT_OUT = "the moving means and variances of BatchNormalization are left out"
OTHER_UNITS = (
    ("a megabyte has 1,000,000 bytes here, and not 1,048,576", FLOAT_BYTES / 2**20),
    ("these are millions of parameters, and not yet bytes", 1 / MEGABYTE),
    ("each parameter is counted with two bytes", 2 / MEGABYTE),
    ("each parameter is counted with eight bytes", 8 / MEGABYTE),
    ("these are kilobytes", FLOAT_BYTES / 1000),
    ("these are bytes", float(FLOAT_BYTES)),
    ("these are megabits", 8 * FLOAT_BYTES / MEGABYTE),
)
"""What was counted -> what it makes of one parameter."""

Mistakes = Iterator[tuple[str, float]]
"""A phrase about a wrong number, and the number."""


@dataclass(frozen=True)
class ToldParameters:
    """The exported table tells the number of all parameters of each backbone, without any head.

    It stands at a place such as ``VGG16.parameters``. ``models`` are models on the backbones, in the same order, of
    this task or of another, ``vgg16.model``; by them a count with the head is recognised. Each backbone counts for its
    share.
    """

    object: str
    backbones: tuple[str, ...]
    models: tuple[str, ...]
    column: str = "parameters"

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse unknown backbones, and models that do not go with them."""
        _require_known(self.backbones)
        if len(self.models) != len(self.backbones):
            raise ValueError(
                f"models has {len(self.models)} entries and backbones {len(self.backbones)}; give as many."
            )

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge each count, which has to be exact."""
        expected = "the number of all parameters of each base, frozen or not, without the head"
        with expecting(expected):
            table = value_of(task, self.object)
        right, found = 0, []
        for name, model in zip(self.backbones, self.models, strict=True):
            number = number_at(table, f"{name}.{self.column}")
            exact = number == backbone(name).parameters
            right += exact
            found.append(_sentence(name, number, exact, self._mistakes(name, model, task, whole), 0))
        return Verdict(right / len(self.backbones), "; ".join(found), expected)

    def _mistakes(self, name: str, model: str, task: TaskEvidence, whole: Evidence) -> Mistakes:
        with contextlib.suppress(UnusableError):
            held = model_at(task, whole, model)
            count = held.trainable_parameters + held.frozen_parameters
            yield "the head is counted, too", count
            yield "that is the head alone", count - backbone(name).parameters
        yield "that is with the top for ImageNet's classes", backbone(name).parameters + TOPS.get(name, 0)
        yield STATISTICS_LEFT_OUT, backbone(name).trainable()
        yield "training would change none of a frozen base, but it has parameters", 0
        for other in self.backbones:
            yield f"that is {other}", backbone(other).parameters


@dataclass(frozen=True)
class ToldMegabytes:
    """The exported table tells how many megabytes the float32 weights of each backbone take, without any head.

    It stands at a place such as ``VGG16.megabytes``; a megabyte is 1,000,000 bytes, and the number is right
    ``within`` so many of them. Each backbone counts for its share.
    """

    object: str
    backbones: tuple[str, ...]
    column: str = "megabytes"
    within: float = 0.1

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse unknown backbones."""
        _require_known(self.backbones)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge each size."""
        expected = (
            f"the megabytes of each base without the head, within {self.within:g}: "
            "all of its parameters as float32 numbers, a megabyte being 1,000,000 bytes"
        )
        with expecting(expected):
            table = value_of(task, self.object)
        right, found = 0, []
        for name in self.backbones:
            number = number_at(table, f"{name}.{self.column}")
            close = number is not None and abs(number - _megabytes(backbone(name).parameters)) <= self.within
            right += close
            found.append(_sentence(name, number, close, self._mistakes(name), self.within))
        return Verdict(right / len(self.backbones), "; ".join(found), expected)

    def _mistakes(self, name: str) -> Mistakes:
        count = backbone(name).parameters
        yield STATISTICS_LEFT_OUT, _megabytes(backbone(name).trainable())
        yield "it is rounded too far", round(_megabytes(count))
        for phrase, of_one in OTHER_UNITS:
            yield phrase, count * of_one
        for other in self.backbones:
            yield f"that is {other}", _megabytes(backbone(other).parameters)


def _megabytes(parameters: int) -> float:
    return parameters * FLOAT_BYTES / MEGABYTE


def _require_known(names: Sequence[str]) -> None:
    if not names:
        raise ValueError("backbones is empty; name at least one.")
    for name in names:
        backbone(name)


def _sentence(name: str, number: float | None, right: bool, mistakes: Mistakes, near: float) -> str:
    """Return what was found; ``near`` is how far from a known mistake a number still counts as that mistake."""
    if number is None:
        return f"{name}: no number"
    if right:
        return f"{name}: {shown(number)}, which is right"
    reason = next((phrase for phrase, value in mistakes if abs(number - value) <= near), None)
    return f"{name}: {shown(number)}, which is not right" + (f": {reason}" if reason else "")
