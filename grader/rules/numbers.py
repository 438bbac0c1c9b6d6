"""Rules about numbers that the grader works out by itself: within bounds, in an order, or told by the student."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import ClassVar

from grader.measures import Measure
from grader.records import Evidence, Json, TaskEvidence
from grader.rules.base import RECOMPUTED, REPORTED, Verdict, expecting, short, value_of
from grader.rules.quantities import Quantity

UNBOUNDED = 1e300
ROUNDING = 1e-9


@dataclass(frozen=True)
class Between:
    """A quantity lies between two bounds, both allowed; either may be left out."""

    quantity: str
    at_least: float = -UNBOUNDED
    at_most: float = UNBOUNDED

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse a quantity that cannot be read, and bounds that say nothing."""
        Quantity.parse(self.quantity)
        if self.at_least == -UNBOUNDED and self.at_most == UNBOUNDED:
            raise ValueError("at_least and at_most are both missing; give one of them.")

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured."""
        return Quantity.parse(self.quantity).wants()

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the number."""
        expected = f"{self.quantity} {_bounds(self.at_least, self.at_most)}"
        with expecting(expected):
            value = Quantity.parse(self.quantity).value(task, whole)
        inside = self.at_least <= value <= self.at_most
        return Verdict(1 if inside else 0, f"{self.quantity} is {shown(value)}", expected)


@dataclass(frozen=True)
class Rising:
    """Each quantity is greater than the one before: by a factor, by a difference, or just greater."""

    quantities: tuple[str, ...]
    factor: float = 1.0
    difference: float = 0.0

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse quantities that cannot be read, and fewer than two."""
        for text in self.quantities:
            Quantity.parse(text)
        if len(self.quantities) < 2:
            raise ValueError("quantities holds fewer than two; list those to compare, the smallest first.")

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured."""
        return tuple(measure for text in self.quantities for measure in Quantity.parse(text).wants())

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge each neighbouring pair; one pair in the wrong order costs all the points."""
        expected = " < ".join(self.quantities)
        if self.factor != 1:
            expected += f", each at least {self.factor:g} times the one before"
        if self.difference:
            expected += f", each at least {self.difference:g} above the one before"
        with expecting(expected):
            values = [Quantity.parse(text).value(task, whole) for text in self.quantities]
        found = ", ".join(f"{text} is {shown(value)}" for text, value in zip(self.quantities, values, strict=True))
        right = all(
            high > low and high >= low * self.factor - ROUNDING and high >= low + self.difference - ROUNDING
            for low, high in itertools.pairwise(values)
        )
        return Verdict(1 if right else 0, found, expected)


@dataclass(frozen=True)
class Told:
    """Numbers that the student exported equal those that the grader works out, each within a tolerance.

    ``keys`` are the places in the exported table, such as ``50`` or ``VGG16.parameters`` (rows of a list are found by
    any of their values); none of them stands for the exported number itself. Each place counts for its share.
    """

    object: str
    quantities: tuple[str, ...]
    keys: tuple[str, ...] = ()
    within: float = 0.0

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse quantities that cannot be read, and keys that do not go with them."""
        for text in self.quantities:
            Quantity.parse(text)
        if len(self.quantities) != max(1, len(self.keys)):
            raise ValueError(f"keys has {len(self.keys)} entries and quantities {len(self.quantities)}; give as many.")

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured."""
        return tuple(measure for text in self.quantities for measure in Quantity.parse(text).wants())

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge each number; the feedback does not tell the right one, which the learner can work out, too."""
        close = f" within {self.within:g}" if self.within else ""
        expected = f"`{self.object}`{close} as the grader works it out: {', '.join(self.quantities)}"
        with expecting(expected):
            told = value_of(task, self.object)
            values = [Quantity.parse(text).value(task, whole) for text in self.quantities]
        right, found = 0, []
        for key, value in zip(self.keys or ("",), values, strict=True):
            name = f"`{self.object}`[{key}]" if key else f"`{self.object}`"
            number = number_at(told, key)
            close_enough = number is not None and abs(number - value) <= self.within + 1e-9 * abs(value)
            right += close_enough
            found.append(f"{name} {_answer(number, close_enough)}")
        return Verdict(right / len(values), ", ".join(found), expected)


@dataclass(frozen=True)
class ReportedNumbers:
    """Numbers that only the student's process knows, such as epochs or seconds, lie between two bounds."""

    object: str
    keys: tuple[str, ...] = ()
    at_least: float = -UNBOUNDED
    at_most: float = UNBOUNDED

    kind: ClassVar[str] = REPORTED

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge each reported number for its share."""
        expected = f"each number {_bounds(self.at_least, self.at_most)}"
        with expecting(expected):
            told = value_of(task, self.object)
        right, found = 0, []
        for key in self.keys or ("",):
            name = f"`{self.object}`[{key}]" if key else f"`{self.object}`"
            number = number_at(told, key)
            right += number is not None and self.at_least <= number <= self.at_most
            found.append(f"{name} is {'no number' if number is None else shown(number)}")
        return Verdict(right / max(1, len(self.keys)), ", ".join(found), expected)


@dataclass(frozen=True)
class Choice:
    """One of several given answers was chosen, and it is a right one; what is right is not told."""

    object: str
    options: tuple[str, ...]
    accepted: tuple[str, ...]

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse an accepted answer that is no option."""
        strange = [choice for choice in self.accepted if choice not in self.options]
        if strange or not self.accepted or len(self.accepted) == len(self.options):
            raise ValueError(f"accepted is {list(self.accepted)}; give some, but not all, of the options.")

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the chosen letter or word; capitals and spaces do not matter."""
        expected = f"the right one of {', '.join(self.options)}"
        with expecting(expected):
            told = value_of(task, self.object)
        word = told.strip().casefold() if isinstance(told, str) else ""
        if word not in {option.casefold() for option in self.options}:
            return Verdict(0, f"`{self.object}` is {short(str(told))}, which is none of the choices", expected)
        right = word in {choice.casefold() for choice in self.accepted}
        said = f'the answer "{short(word)}" is {"right" if right else "not right"}'
        return Verdict(1 if right else 0, said, expected)


def number_at(value: Json, key: str) -> float | None:
    """Return the finite number at a place such as ``VGG16.parameters`` of an exported value, or None."""
    for part in key.split(".") if key else ():
        value = _inside(value, part)
    if isinstance(value, dict) and isinstance(value.get("values"), int | float) and value.get("shape") == []:
        value = value["values"]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _inside(value: Json, part: str) -> Json:
    if isinstance(value, dict):
        return value.get(part)
    if isinstance(value, list):
        # A table of rows, such as [{"backbone": "VGG16", "parameters": ...}, ...].
        return next((row for row in value if isinstance(row, dict) and part in row.values()), None)
    return None


def shown(value: float) -> str:
    """Return a number for a sentence: whole ones with commas, others with four digits."""
    return f"{value:,.0f}" if value == int(value) and abs(value) >= 1 else f"{value:.4g}"


def _bounds(low: float, high: float) -> str:
    if high == UNBOUNDED:
        return f"at least {shown(low)}"
    return f"at most {shown(high)}" if low == -UNBOUNDED else f"from {shown(low)} to {shown(high)}"


def _answer(number: float | None, right: bool) -> str:
    if number is None:
        return "is no number"
    return f"is {shown(number)}, which is {'right' if right else 'not right'}"
