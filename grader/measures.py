"""What a check can have measured on a task's objects, as requests that a rubric makes and evidence answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

PARTS = ("fresh", "given", "train", "test", "production")
OWN = ""


@dataclass(frozen=True)
class ImageSet:
    """Images with labels, described in a rubric.

    ``part`` is ``fresh`` (drawn from the grader's seed), ``given`` (drawn from ``seed``, which the sheet tells),
    a shipped part, or ``production`` (as they come, defects being rare). ``count`` is the number of images of each
    kind, or of all where kinds come by chance. With ``sound``, that kind is class 0 and all others together class 1.
    With ``features`` the models take the features of that pretrained backbone in place of prepared images.
    """

    id: str
    set: str
    part: str
    count: int
    kinds: tuple[str, ...] = ()
    size: int = 64
    features: str = ""
    sound: str = ""
    seed: int | None = None

    @property
    def pictures(self) -> ImageSet:
        """The same without what does not change the pictures and labels, so that they are drawn once."""
        return replace(self, id="", features="")


@dataclass(frozen=True)
class Predictions:
    """The probabilities that a model gives for the images of a set."""

    model: str
    images: str


@dataclass(frozen=True)
class SourcePredictions:
    """What a model's backbone still says about the source task's kinds, under the shipped source head."""

    model: str
    backbone: str
    images: str


@dataclass(frozen=True)
class Arrival:
    """What reaches a model's backbone when prepared images are sent through the model."""

    model: str


@dataclass(frozen=True)
class Drift:
    """How far the weights of a model's backbone have moved from the pretrained ones, layer by layer."""

    model: str
    backbone: str


@dataclass(frozen=True)
class Magnitudes:
    """How large the kernels of a model's Dense layers are, and how many of their weights are below ``near``."""

    model: str
    near: float


Measure = Predictions | SourcePredictions | Arrival | Drift | Magnitudes


def task_of(name: str) -> str:
    """Return the task of a name such as ``slow.model``; the own task, "", of one such as ``model``."""
    task, dot, _ = name.rpartition(".")
    return task if dot else OWN


def within_task(measure: Measure) -> Measure:
    """Return a measure as the task that holds its model calls it: ``model`` for ``slow.model``."""
    return replace(measure, model=measure.model.rpartition(".")[2])


def images_of(measure: Measure) -> str | None:
    """Return the id of the images that a measure needs, or None."""
    return measure.images if isinstance(measure, Predictions | SourcePredictions) else None


def backbone_of(measure: Measure) -> str | None:
    """Return the backbone whose pretrained weights a measure needs, or None."""
    return measure.backbone if isinstance(measure, SourcePredictions | Drift) else None
