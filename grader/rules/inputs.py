"""Rules about what a model learns from: arrays of images with their labels, and how training changes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from grader.measures import Augmented, AugmentedFacts, Labelled, LabelledFacts
from grader.records import Evidence, TaskEvidence
from grader.rules.base import RECOMPUTED, UnmeasuredError, UnusableError, Verdict, expecting, fact_of, listed, model_of
from grader.rules.network import parts

RANDOM = "Random"


@dataclass(frozen=True)
class LabelledImages:
    """An exported array holds images of a shipped set, each once and unchanged, and another one their labels.

    ``kinds`` is the number of classes, ``count`` that of images of each in the whole set.
    """

    object: str
    labels: str
    set: str
    part: str
    kinds: int
    count: int

    kind: ClassVar[str] = RECOMPUTED

    def wants(self) -> tuple[Labelled, ...]:
        """Return what has to be measured."""
        return (Labelled(self.object, self.labels, self.set, self.part, self.count),)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the pairs; a single image with a label that is not its own costs all the points."""
        expected = f"images of all {self.kinds} kinds in `{self.object}`, as they were, and the label of each in "
        expected += f"`{self.labels}`"
        [wanted] = self.wants()
        for name in (self.object, self.labels):
            if name in task.problems:
                raise UnusableError(task.problems[name])
        if wanted in task.failures:
            raise UnusableError(task.failures[wanted])
        facts = task.measured.get(wanted)
        if not isinstance(facts, LabelledFacts):
            raise UnmeasuredError(f"`{self.object}` was not compared with the images of the course")
        found = _faults(facts, self.kinds)
        return Verdict(0 if found else 1, found or f"{facts.images} images, each with its own label", expected)


@dataclass(frozen=True)
class Augmentation:
    """Random layers before the backbone change the images in training, anew each time, and rest in inference."""

    object: str
    backbone: str

    kind: ClassVar[str] = RECOMPUTED

    def wants(self) -> tuple[Augmented, ...]:
        """Return what has to be measured."""
        return (Augmented(self.object),)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge which random layers there are and where, and what they do to random images."""
        expected = f"Random... layers before {self.backbone} that change the images in training, anew each time, and "
        expected += "rest in inference"
        with expecting(expected):
            model = model_of(task, self.object)
            facts = fact_of(task, whole, Augmented(self.object), AugmentedFacts)
        base = parts(model, self.backbone).backbone
        start = model.layers.index(base[0]) if base else 0
        before = [layer.kind for layer in model.layers[:start] if layer.kind.startswith(RANDOM)]
        behind = [layer.kind for layer in model.layers[start:] if layer.kind.startswith(RANDOM)]
        if not before:
            place = f"{listed(behind)} after the first convolution" if behind else "nowhere"
            return Verdict(0, f"no random layer stands before the base; in the model: {place}", expected)
        if not facts.rests:
            return Verdict(0, f"{listed(before)}: in inference, too, no two passes see the same images", expected)
        if not (facts.changes and facts.varies):
            what = "changes nothing" if not facts.changes else "changes the images in the same way each time"
            return Verdict(0, f"{listed(before)} {what} in training", expected)
        return Verdict(1, f"{listed(before)}: new in each step of training, at rest in inference", expected)


def _faults(facts: LabelledFacts, kinds: int) -> str:
    """Return what is wrong with images and labels, or nothing."""
    if facts.known < facts.images or not facts.images:
        return f"{facts.known} of {facts.images} images are as they were in the file"
    if facts.different < facts.known:
        return f"{facts.known - facts.different} of {facts.images} images are there more than once"
    if facts.right < facts.known:
        return f"{facts.known - facts.right} of {facts.images} images have the label of another kind"
    return "" if facts.kinds == kinds else f"{facts.kinds} of {kinds} kinds are there"
