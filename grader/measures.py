"""What a check can have measured on a task's objects: the requests that a rubric makes, and the answers to them."""

from __future__ import annotations

from dataclasses import dataclass, replace

PARTS = ("fresh", "given", "train", "test", "production")
OWN = ""
ALL = 0
"""The ``count`` of a shipped part of which every image is taken."""


@dataclass(frozen=True)
class ImageSet:
    """Images with labels, described in a rubric.

    ``part`` is ``fresh`` (drawn from the grader's seed), ``given`` (drawn from ``seed``, which the sheet tells),
    a shipped part, or ``production`` (as they come, defects being rare). ``count`` is the number of images of each
    kind, or of all where kinds come by chance, or ``ALL``. With ``sound``, that kind is class 0 and all others
    together class 1. With ``features`` the models take the features of that pretrained backbone in place of prepared
    images.
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


@dataclass(frozen=True)
class Samples:
    """Some weights of the kernels of a model's Dense layers, by which models of two tasks can be compared."""

    model: str


@dataclass(frozen=True)
class Augmented:
    """What reaches a model's backbone in training, twice, and in inference, twice, for the same prepared images."""

    model: str


@dataclass(frozen=True)
class Labelled:
    """Which images of a shipped set an exported array holds, and whether each has its own label.

    ``model`` is the name of the array of images here; ``count`` is the number of images of each kind in the set.
    """

    model: str
    labels: str
    set: str
    part: str
    count: int


Measure = Predictions | SourcePredictions | Arrival | Drift | Magnitudes | Samples | Augmented | Labelled


@dataclass(frozen=True)
class PredictionFacts:
    """For each image of a set its label and the model's probabilities, one for each class."""

    labels: tuple[int, ...]
    probabilities: tuple[tuple[float, ...], ...]

    @property
    def images(self) -> int:
        """The number of images."""
        return len(self.labels)

    @property
    def answers(self) -> tuple[int, ...]:
        """For each image the most probable class."""
        return tuple(max(range(len(row)), key=row.__getitem__) for row in self.probabilities)

    @property
    def correct(self) -> int:
        """The number of images that are named rightly."""
        return sum(answer == label for answer, label in zip(self.answers, self.labels, strict=True))

    @property
    def accuracy(self) -> float:
        """The share of images that are named rightly, 0 to 1."""
        return self.correct / self.images if self.images else 0.0


@dataclass(frozen=True)
class Moved:
    """How far one layer's trainable weights are from the pretrained ones: both squared, over all its arrays."""

    layer: str
    distance: float
    length: float


@dataclass(frozen=True)
class DriftFacts:
    """The movement of each layer of a backbone that has trainable weights, in the order of the layers."""

    layers: tuple[Moved, ...]


@dataclass(frozen=True)
class Kernel:
    """One Dense layer's kernel: how many weights, how many of them near zero, and the sums of |w| and w²."""

    layer: str
    weights: int
    near_zero: int
    absolute: float
    squares: float


@dataclass(frozen=True)
class MagnitudeFacts:
    """The kernels of a model's Dense layers, in the order in which data flows."""

    kernels: tuple[Kernel, ...]


@dataclass(frozen=True)
class SampledKernel:
    """Evenly spaced weights of one Dense layer's kernel; ``shape`` is that of the whole."""

    shape: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True)
class SampleFacts:
    """Samples of the kernels of a model's Dense layers, in the order in which data flows."""

    kernels: tuple[SampledKernel, ...]


@dataclass(frozen=True)
class AugmentedFacts:
    """Whether training changes what the backbone receives, anew each time, and whether inference leaves it alone."""

    changes: bool
    varies: bool
    rests: bool


@dataclass(frozen=True)
class LabelledFacts:
    """Of ``images`` exported ones, how many are ``known``, and how many of these have the right label.

    ``different`` counts the known ones without repetition, ``kinds`` the kinds among them.
    """

    images: int
    known: int
    right: int
    different: int
    kinds: int


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
