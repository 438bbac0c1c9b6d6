"""Rules about images: what ``prepare`` makes of them, what reaches the backbone, what the model makes of new ones."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from grader.backbones import PREPROCESSING
from grader.measures import Arrival, Measure, PredictionFacts, Predictions
from grader.records import Evidence, ProbeFacts, TaskEvidence
from grader.rules.base import RECOMPUTED, UnusableError, Verdict, expecting, fact_of, short

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "raw": "raw pixels",
        "1/255": "pixels divided by 255",
        "vgg16": "VGG16's own preprocessing",
        "mobilenet": "MobileNet's preprocessing (pixels from -1 to 1)",
        "torch": "PyTorch's preprocessing (pixels divided by 255, then standardised)",
    }
)
"""The names that the probe knows -> how a sentence calls them."""


@dataclass(frozen=True)
class PreparedBatch:
    """``prepare`` returns float numbers of the right shape and leaves its input alone."""

    object: str
    shape: tuple[int, ...]
    raw: str

    kind: ClassVar[str] = RECOMPUTED
    trusts_prepare: ClassVar[bool] = True

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the probe; ``raw`` names the preprocessing that leaves pixels as they are."""
        probe = task.probes.get(self.object)
        if self.object in task.problems or probe is None:
            raise UnusableError(task.problems.get(self.object, f"`{self.object}` could not be tried on images."))
        expected = f"float numbers of shape (n, {', '.join(map(str, self.shape))}), and an input left as it was"
        if len(probe.shape) != len(self.shape) + 1 or probe.shape[1:] != self.shape:
            return Verdict(0, f"`{self.object}` returned an array of shape {probe.shape}", expected)
        if not probe.dtype.startswith(("float", "bfloat")):
            return Verdict(0, f"`{self.object}` returned numbers of type {short(probe.dtype)}", expected)
        if not (math.isfinite(probe.low) and math.isfinite(probe.high)):
            return Verdict(0, f"`{self.object}` returned values that are not finite numbers", expected)
        if probe.input_changed:
            return Verdict(0, f"`{self.object}` changed the images that it was given: work on a copy", expected)
        if probe.matches == self.raw:
            found = f"`{self.object}` leaves the pixels as they are, so the model must preprocess them itself"
            return Verdict(1, found, expected)
        return Verdict(1, f"{short(probe.dtype)} numbers from {probe.low:.4g} to {probe.high:.4g}", expected)


@dataclass(frozen=True)
class Preprocessing:
    """What arrives at the backbone is its own preprocessing, wherever that happens."""

    object: str
    backbone: str

    kind: ClassVar[str] = RECOMPUTED
    trusts_prepare: ClassVar[bool] = True

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured."""
        return (Arrival(self.object),)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge what the backbone sees of random images."""
        equals = PREPROCESSING[self.backbone]
        expected = f"the first convolution receives {_name(equals, self.backbone)}"
        with expecting(expected):
            seen = fact_of(task, whole, Arrival(self.object), ProbeFacts)
        if seen.matches == equals:
            return Verdict(1, expected, expected)
        span = f"numbers from {seen.low:.4g} to {seen.high:.4g}"
        what = f"{_name(seen.matches)}, {span}" if seen.matches else f"{span} that fit no preprocessing known here"
        return Verdict(0, f"the first convolution receives {what}", expected)


@dataclass(frozen=True)
class FreshAccuracy:
    """The model names enough of the images of a set, which nobody has seen before where that is a fresh one."""

    object: str
    at_least: float
    images: str

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse a threshold that no model, or every model, reaches."""
        if not 0 < self.at_least <= 1:
            raise ValueError(f"at_least is {self.at_least:g}; give an accuracy above 0 and up to 1.")

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured."""
        return (Predictions(self.object, self.images),)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge accuracy."""
        expected = f"an accuracy of at least {self.at_least:.2f} on {self.images} images"
        with expecting(expected):
            measured = fact_of(task, whole, Predictions(self.object, self.images), PredictionFacts)
        found = f"accuracy {measured.accuracy:.3f} ({measured.correct} of {measured.images} {self.images} images)"
        return Verdict(1 if measured.accuracy >= self.at_least else 0, found, expected)


def _name(preprocessing: str, backbone: str = "VGG16") -> str:
    if preprocessing == "vgg16":
        return f"{backbone}'s own preprocessing"
    return WORDS.get(preprocessing, short(preprocessing))
