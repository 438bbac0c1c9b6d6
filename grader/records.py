"""The records that the steps of grading hand on: collect -> restore -> run -> evidence -> score -> report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.measures import (
    AugmentedFacts,
    DriftFacts,
    LabelledFacts,
    MagnitudeFacts,
    Measure,
    PredictionFacts,
    SampleFacts,
)

if TYPE_CHECKING:
    # nbformat takes seconds to import, and a learner's ``check`` does not need it.
    from nbformat import NotebookNode

Json = Any
"""A value that came out of, or can go into, a JSON text."""


class Status(StrEnum):
    """How the work on one submission ended; only ``ok`` means that every cell ran without an error."""

    OK = "ok"
    ERROR = "error"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    REFUSED = "refused"
    INVALID = "invalid"
    MISSING = "missing"


@dataclass(frozen=True)
class Submission:
    """One student's notebook for one exercise; ``path`` is None when nothing was handed in.

    ``remarks`` say what was remarkable about finding it, such as a second version that was not taken.
    """

    student: str
    exercise: str
    path: Path | None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Restored:
    """The pristine exercise with the student's answers laid in, and what was remarkable about them."""

    notebook: NotebookNode
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limits:
    """What one submission may use: times in seconds, sizes in megabytes (10**6 bytes)."""

    cell_timeout: float = 300.0
    notebook_timeout: float = 900.0
    memory_mb: float = 6000.0
    processes: int = 256
    output_mb: float = 5.0
    disk_mb: float = 1000.0


@dataclass(frozen=True)
class Run:
    """What executing a restored notebook left behind: a status, one sentence, and files."""

    status: Status
    detail: str
    exports: Path
    executed: Path | None
    seconds: float
    sandboxed: bool
    probe_seed: int


@dataclass(frozen=True)
class WeightFacts:
    """One weight array of a layer.

    ``same_as`` names the pretrained array with which it is bit-identical, such as
    ``VGG16/block1_conv1/kernel``, or is None. ``finite`` is False where some value is infinite or no number.
    """

    name: str
    shape: tuple[int, ...]
    trainable: bool
    same_as: str | None
    digest: str
    finite: bool = True

    @property
    def size(self) -> int:
        """The number of parameters in the array."""
        count = 1
        for side in self.shape:
            count *= side
        return count


@dataclass(frozen=True)
class LayerFacts:
    """One layer that holds no other layers; ``config`` is the JSON form of its Keras configuration."""

    name: str
    kind: str
    config: Mapping[str, Json]
    weights: tuple[WeightFacts, ...] = ()


@dataclass(frozen=True)
class CompileFacts:
    """What the student's process REPORTED about ``compile``; never recomputed."""

    optimizer: str | None
    learning_rate: float | None
    loss: str | None
    metrics: tuple[str, ...] = ()


@dataclass(frozen=True)
class ModelFacts:
    """A model's leaf layers in the order in which data flows, with shapes without the batch axis."""

    layers: tuple[LayerFacts, ...]
    input_shape: tuple[int | None, ...]
    output_shape: tuple[int | None, ...]
    compiled: CompileFacts | None = None

    @property
    def trainable_parameters(self) -> int:
        """The number of parameters that an optimizer would change."""
        return sum(w.size for layer in self.layers for w in layer.weights if w.trainable)

    @property
    def frozen_parameters(self) -> int:
        """The number of parameters that an optimizer would leave alone."""
        return sum(w.size for layer in self.layers for w in layer.weights if not w.trainable)


@dataclass(frozen=True)
class ProbeFacts:
    """What ``prepare`` made of random images: its output's shape, type and range, and what it equals.

    ``matches`` names the known preprocessing whose result is equal within 1e-3 of full range, or is None;
    ``affine`` tells whether some fixed linear mix of each pixel's channels explains the output.
    """

    shape: tuple[int, ...]
    dtype: str
    low: float
    high: float
    matches: str | None
    affine: bool
    input_changed: bool = False


Fact = PredictionFacts | ProbeFacts | DriftFacts | MagnitudeFacts | SampleFacts | AugmentedFacts | LabelledFacts


@dataclass(frozen=True)
class TaskEvidence:
    """What is known about the objects of one task.

    ``problems`` maps a name, such as ``model``, to one sentence why it could not be used: missing, of
    a wrong type, or refused. ``probes`` tell what each ``prepare`` makes of random images. ``measured`` answers
    what the checks asked for; where that failed, ``failures`` gives the reason, and what is in neither was not
    asked for.
    """

    task: str
    problems: Mapping[str, str] = field(default_factory=dict)
    models: Mapping[str, ModelFacts] = field(default_factory=dict)
    probes: Mapping[str, ProbeFacts] = field(default_factory=dict)
    values: Mapping[str, Json] = field(default_factory=dict)
    measured: Mapping[Measure, Fact] = field(default_factory=dict)
    failures: Mapping[Measure, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """Everything known about one submission: task id -> evidence; a task that exported nothing is absent.

    ``pretrained`` maps a backbone to the digests of its pretrained arrays, in the order of its weights.
    """

    tasks: Mapping[str, TaskEvidence]
    refusals: tuple[str, ...] = ()
    pretrained: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Outcome(StrEnum):
    """How a check ended. ``waiting`` needs a person; ``unmeasured`` was not asked for (live check only)."""

    PASSED = "passed"
    FAILED = "failed"
    WAITING = "waiting"
    UNMEASURED = "unmeasured"


@dataclass(frozen=True)
class CheckResult:
    """One check's result, with all that feedback shows: ``kind`` is ``recomputed`` or ``reported``."""

    check: str
    task: str
    title: str
    kind: str
    points: float
    earned: float
    outcome: Outcome
    found: str = ""
    expected: str = ""
    why: str = ""
    see: str = ""


@dataclass(frozen=True)
class Graded:
    """The whole result of one submission, as the reports show it.

    ``image_seed`` is the digest of the secret seed, or ``public``; ``versions`` maps package -> version;
    ``titles`` maps the exercise's and the tasks' ids to what a person calls them.
    """

    submission: Submission
    status: Status
    detail: str
    results: tuple[CheckResult, ...]
    remarks: tuple[str, ...]
    seconds: float
    sandboxed: bool
    rubric_digest: str
    image_seed: str
    versions: Mapping[str, str]
    executed: Path | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """Points earned."""
        return sum(result.earned for result in self.results)

    @property
    def max_score(self) -> float:
        """Points that can be earned, the same for every submission of an exercise."""
        return sum(result.points for result in self.results)

    @property
    def waiting(self) -> float:
        """Points that a person has still to give or to keep; ``score`` holds none of them."""
        return sum(r.points - r.earned for r in self.results if r.outcome is Outcome.WAITING)
