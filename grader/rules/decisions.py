"""Rules about a threshold that turns a model's probability of class 1, the defect, into a decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from grader.measures import Measure, PredictionFacts, Predictions
from grader.records import Evidence, TaskEvidence
from grader.rules.base import RECOMPUTED, UnusableError, Verdict, expecting, fact_of, value_of
from grader.rules.numbers import number_at

NEAR = 1e-3
"""Probabilities so close to a threshold, as logits, may fall on either side: other batches round in other ways."""

SWAPPED = "; sound ones get higher probabilities than defects: the model's output has to be the probability of a defect"


@dataclass(frozen=True)
class Decisions:
    """What a threshold decides about images: of the defects those found, of the sound ones those stopped.

    An image is stopped where its probability of class 1 is at least the threshold.
    """

    defects: int
    found: int
    sound: int
    stopped: int

    @property
    def recall(self) -> float:
        """The share of the defects that are found, 0 to 1."""
        return self.found / max(1, self.defects)

    @property
    def false_alarms(self) -> float:
        """The share of the sound images that are stopped, 0 to 1."""
        return self.stopped / max(1, self.sound)

    def cost(self, missed: float, false_alarm: float) -> float:
        """Return the mean cost of an image: of a defect that is not found, and of a sound one that is stopped."""
        whole = (self.defects - self.found) * missed + self.stopped * false_alarm
        return whole / max(1, self.defects + self.sound)

    def __str__(self) -> str:
        return f"{self.found} of {self.defects} defects are found and {self.stopped} of {self.sound} sound ones stopped"


@dataclass(frozen=True)
class Recall:
    """At the student's threshold the model finds enough of the class 1 images of a set."""

    object: str
    model: str
    images: str
    at_least: float

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse a share that no model, or every model, reaches."""
        if not 0 < self.at_least <= 1:
            raise ValueError(f"at_least is {self.at_least:g}; give a share above 0 and up to 1.")

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured."""
        return (Predictions(self.model, self.images),)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the recall of class 1: found where its probability is at least the threshold."""
        expected = f"a threshold at which at least {self.at_least:.0%} of the defects among the images are found"
        with expecting(expected):
            threshold = threshold_of(task, self.object)
            facts = fact_of(task, whole, Predictions(self.model, self.images), PredictionFacts)
        made = max(nearby(facts, threshold), key=lambda each: each.recall)
        found = f"at the threshold {threshold:.4g}, {made} ({made.recall:.1%} of the defects)"
        if made.recall < self.at_least and is_swapped(facts):
            found += SWAPPED
        return Verdict(1 if made.recall >= self.at_least else 0, found, expected)


@dataclass(frozen=True)
class Cost:
    """At the student's threshold the cost of mistakes is within a factor of the best threshold's on the same images.

    ``missed`` is what a defect costs that is not found, ``false_alarm`` what a sound part costs that is stopped.
    """

    object: str
    model: str
    images: str
    missed: float
    false_alarm: float
    within: float = 1.2

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse costs that make no mistake dear, and a factor that even the best threshold exceeds."""
        require_costs(self.missed, self.false_alarm)
        if self.within < 1:
            raise ValueError(f"within is {self.within:g}; give a factor of 1 or more.")

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured."""
        return (Predictions(self.model, self.images),)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the mean cost of an image."""
        expected = f"a mean cost of at most {self.within:g} times that of the best threshold for these images"
        with expecting(expected):
            threshold = threshold_of(task, self.object)
            facts = fact_of(task, whole, Predictions(self.model, self.images), PredictionFacts)
        made = _cheapest(facts, threshold, self.missed, self.false_alarm)
        cost, best = made.cost(self.missed, self.false_alarm), self._best(facts)
        found = f"the threshold {threshold:.4g} costs {cost:.4g} an image: {made}; the best one would cost {best:.4g}"
        return Verdict(1 if cost <= self.within * best + 1e-12 else 0, found, expected)

    def _best(self, facts: PredictionFacts) -> float:
        rows = sorted({row[1] for row in facts.probabilities} | {0.0, 2.0})
        return min(decisions(facts, row).cost(self.missed, self.false_alarm) for row in rows)


@dataclass(frozen=True)
class Saving:
    """Inspection by the student's threshold costs clearly less than to stop every image, and than to stop none.

    ``at_most`` is its share of the cheaper of these two, on the same images; the costs are those of ``Cost``.
    """

    object: str
    model: str
    images: str
    missed: float
    false_alarm: float
    at_most: float

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse costs that make no mistake dear, and a share that stopping all of them would keep."""
        require_costs(self.missed, self.false_alarm)
        if not 0 < self.at_most < 1:
            raise ValueError(f"at_most is {self.at_most:g}; give a share above 0 and below 1.")

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured."""
        return (Predictions(self.model, self.images),)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the mean cost of an image against what needs no model."""
        expected = (
            f"a mean cost of at most {self.at_most:.0%} of what the cheaper of stopping all and stopping none costs"
        )
        with expecting(expected):
            threshold = threshold_of(task, self.object)
            facts = fact_of(task, whole, Predictions(self.model, self.images), PredictionFacts)
        made = _cheapest(facts, threshold, self.missed, self.false_alarm)
        cost = made.cost(self.missed, self.false_alarm)
        every = decisions(facts, 0.0).cost(self.missed, self.false_alarm)
        none = decisions(facts, 2.0).cost(self.missed, self.false_alarm)
        found = (
            f"the threshold {threshold:.4g} costs {cost:.4g} an image: {made}; "
            f"stopping all costs {every:.4g}, stopping none {none:.4g}"
        )
        right = cost <= self.at_most * min(every, none) + 1e-12
        if not right and is_swapped(facts):
            found += SWAPPED
        return Verdict(1 if right else 0, found, expected)


def decisions(facts: PredictionFacts, threshold: float) -> Decisions:
    """Return what a threshold decides; 0 stops every image, and 2 none."""
    pairs = [(bool(label), row[1] >= threshold) for row, label in zip(facts.probabilities, facts.labels, strict=True)]
    defects = sum(label for label, _ in pairs)
    found = sum(label and stopped for label, stopped in pairs)
    return Decisions(defects, found, len(pairs) - defects, sum(stopped for _, stopped in pairs) - found)


def nearby(facts: PredictionFacts, threshold: float) -> Iterator[Decisions]:
    """Yield what the threshold decides, and what it would if probabilities were rounded in another way."""
    reach = NEAR * threshold * (1 - threshold)
    for place in (threshold, threshold - reach, threshold + reach):
        yield decisions(facts, place)


def is_swapped(facts: PredictionFacts) -> bool:
    """Tell whether the sound images' probabilities of class 1 are higher, in the mean, than those of the defects."""
    sides: dict[bool, list[float]] = {True: [], False: []}
    for row, label in zip(facts.probabilities, facts.labels, strict=True):
        sides[bool(label)].append(row[1])
    means = {label: sum(values) / max(1, len(values)) for label, values in sides.items()}
    return means[False] > means[True]


def threshold_of(task: TaskEvidence, name: str) -> float:
    """Return the threshold that a task exported; raise UnusableError where it is none."""
    number = number_at(value_of(task, name), "")
    if number is None or not 0 <= number <= 1:
        raise UnusableError(f"`{name}` must be one number from 0 to 1.")
    return number


def require_costs(missed: float, false_alarm: float) -> None:
    """Raise ValueError where a mistake costs nothing."""
    if missed <= 0 or false_alarm <= 0:
        raise ValueError(f"missed is {missed:g} and false_alarm {false_alarm:g}; give two costs above 0.")


def _cheapest(facts: PredictionFacts, threshold: float, missed: float, false_alarm: float) -> Decisions:
    return min(nearby(facts, threshold), key=lambda each: each.cost(missed, false_alarm))
