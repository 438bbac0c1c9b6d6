"""A rule about two phases of training: the second goes on with the head that the first one has trained."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from grader.measures import Measure, SampleFacts, Samples
from grader.records import Evidence, TaskEvidence
from grader.rules.base import RECOMPUTED, UnusableError, Verdict, expecting, fact_of


@dataclass(frozen=True)
class HeadContinued:
    """The head of a model is that of the model ``since``, such as ``head.model``, as it was or trained on.

    The distance between their Dense kernels, as a share of the earlier ones' length, is at most ``at_most``. A head
    that was trained on at a low rate stays near; one that was built anew lies more than the whole length away.
    """

    object: str
    since: str
    at_most: float

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse a bound that a head built anew could keep."""
        if not 0 < self.at_most < 1:
            raise ValueError(f"at_most is {self.at_most:g}; give a share of the length, above 0 and below 1.")

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured."""
        return Samples(self.object), Samples(self.since)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the distance between the kernels, taken in the order in which data flows."""
        expected = f"the head of `{self.since}`, trained on: at most {self.at_most:.0%} of its length away from it"
        with expecting(expected):
            held = fact_of(task, whole, Samples(self.object), SampleFacts).kernels
            before = fact_of(task, whole, Samples(self.since), SampleFacts).kernels
            if not before:
                raise UnusableError(f"`{self.since}` has no Dense layer to compare with.")
        shapes = [[kernel.shape for kernel in kernels] for kernels in (held, before)]
        if shapes[0] != shapes[1]:
            told = " and ".join(" by ".join(map(str, shape)) for shape in shapes[0]) or "missing"
            return Verdict(0, f"another head: its Dense kernels are {told}", expected)
        pairs = [
            (own, other)
            for kernel, earlier in zip(held, before, strict=True)
            for own, other in zip(kernel.values, earlier.values, strict=True)
        ]
        length = math.sqrt(math.fsum(other * other for _, other in pairs))
        distance = math.sqrt(math.fsum((own - other) ** 2 for own, other in pairs)) / max(length, 1e-30)
        found = f"the head lies {distance:.1%} of its length away from that of `{self.since}`"
        if distance > self.at_most:
            found += ": it was built anew, or nearly all of it was overwritten"
        return Verdict(1 if distance <= self.at_most else 0, found, expected)
