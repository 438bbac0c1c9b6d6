"""What a pretraining run does, and where it stands: stages, rates and the clock that they follow."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

from data.clock import processor_seconds
from data.files import write_atomically

HEAD_SHARES = {"kind": 1.0, "ears": 0.5, "tail": 0.5, "horns": 0.4, "coat": 0.4}
"""Head of the source classifier -> its weight in the loss."""


@dataclass(frozen=True)
class Stage:
    """A part of a run: ``share`` of its length, the images' ``side`` in pixels, and the rates at start and end.

    The network has 1/``narrowing`` of the backbone's filters; when that changes, it is widened. ``labels`` is a factor
    on what the source classifier counts for in the loss, beside the hints.
    """

    share: float
    side: int
    narrowing: int
    first_rate: float
    last_rate: float
    labels: float = 1.0


@dataclass(frozen=True)
class Hint:
    """What one layer of the teaching network sees: maps (side, side, channels) that a pupil learns to predict.

    ``share`` is the weight, in the loss, of the mean squared error of maps with mean 0 and deviation 1.
    """

    layer: str
    side: int
    channels: int
    share: float


TEACHER = "VGG16"
"""The backbone that teaches the others, with the weights that ship; it learns from labels alone itself."""

HINTS = (
    Hint("block3_pool", side=8, channels=64, share=1.0),
    Hint("block4_pool", side=4, channels=128, share=2.0),
    Hint("block5_pool", side=2, channels=512, share=4.0),
)
"""What it sees in images of 64 pixels, in the order of its layers: in their first channels where not all are named.

Its filters were repeated when it was widened, so that the first quarter of them sees nearly all that all of them see.
"""

_HALVED = (
    Stage(share=0.47, side=64, narrowing=2, first_rate=2e-3, last_rate=5e-4),
    Stage(share=0.31, side=64, narrowing=1, first_rate=7e-4, last_rate=1e-5),
    Stage(share=0.22, side=64, narrowing=1, first_rate=6e-4, last_rate=1e-5, labels=0.05),
)

STAGES: dict[str, tuple[Stage, ...]] = {
    "MobileNet": _HALVED,
    "VGG16": (
        Stage(share=0.12, side=32, narrowing=4, first_rate=1e-3, last_rate=1e-3),
        Stage(share=0.73, side=64, narrowing=4, first_rate=1e-3, last_rate=2e-4),
        Stage(share=0.1, side=64, narrowing=2, first_rate=5e-4, last_rate=1e-4),
        Stage(share=0.05, side=64, narrowing=1, first_rate=1e-4, last_rate=1e-5),
    ),
    "ResNet50": (
        Stage(share=0.75, side=64, narrowing=4, first_rate=2e-3, last_rate=3e-4),
        Stage(share=0.1, side=64, narrowing=2, first_rate=4e-4, last_rate=2e-4),
        Stage(share=0.15, side=64, narrowing=1, first_rate=3e-4, last_rate=1e-5),
    ),
    "MobileNetV2": _HALVED,
    "EfficientNetB0": _HALVED,
    "AlexNet": (
        Stage(share=0.5, side=64, narrowing=1, first_rate=1e-3, last_rate=2e-4),
        Stage(share=0.3, side=64, narrowing=1, first_rate=5e-4, last_rate=1e-5),
        Stage(share=0.2, side=64, narrowing=1, first_rate=4e-4, last_rate=1e-5, labels=0.05),
    ),
}
"""Backbone -> the stages of its run.

A part of the filters learns in a fraction of the work; then the network is widened. Who has learned to name the
source kinds well has features for these and for little else; so those who began with a half, and AlexNet, listen
almost to the hints alone in the end. Small images (32 pixels) teach
only VGG16: the others have a single pixel left of them in their last layers, and stay at chance.
"""


@dataclass(frozen=True)
class Recipe:
    """How one backbone is pretrained; ``minutes`` is a budget of time, ``steps`` (if given) replaces it.

    Time is processor time, shared among the machine's cores: minutes of a machine that does nothing else.
    """

    name: str
    images: int = 40_000
    seed: int = 2026
    minutes: float = 30.0
    steps: int | None = None
    batch: int = 64
    decay: float = 0.02
    stages: tuple[Stage, ...] = ()

    def __post_init__(self) -> None:
        """Take the backbone's own stages where none are given."""
        if not self.stages:
            object.__setattr__(self, "stages", STAGES[self.name])


def checkpoint(name: str, number: int, folder: Path) -> Path:
    """Return the file that keeps a backbone's network in the stage of that number, from 0."""
    return folder / f"{name}-stage{number}.weights.h5"


class Clock:
    """Where a run stands between 0 and 1, by steps or by time, and the stage and rate that belong there."""

    def __init__(self, recipe: Recipe, kept: Path) -> None:
        """Take up the steps and seconds of an earlier sitting, if ``kept`` tells of one."""
        earlier = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        self.recipe = recipe
        self.step = int(earlier.get("step", 0))
        self._before = float(earlier.get("seconds", 0.0))
        self._kept = kept
        self._started = processor_seconds()

    @property
    def seconds(self) -> float:
        """Seconds of training so far, earlier sittings included; other programs on the machine do not add to them."""
        return self._before + processor_seconds() - self._started

    @property
    def progress(self) -> float:
        """The share of the run that is done; 1 or more when it is over."""
        if self.recipe.steps is not None:
            return self.step / self.recipe.steps
        return self.seconds / (60.0 * self.recipe.minutes)

    @property
    def stage_number(self) -> int:
        """The number, from 0, of the stage in which the run is."""
        return self._place()[0]

    @property
    def stage(self) -> Stage:
        """The stage in which the run is."""
        return self.recipe.stages[self.stage_number]

    @property
    def rate(self) -> float:
        """The learning rate now: a short warm-up, then half a cosine from the stage's first rate to its last.

        Source: I. Loshchilov and F. Hutter, "SGDR: Stochastic gradient descent with warm restarts", 2017.
        """
        number, share = self._place()
        stage = self.recipe.stages[number]
        rate = stage.last_rate + (stage.first_rate - stage.last_rate) * 0.5 * (1.0 + math.cos(math.pi * share))
        return rate * min(share / 0.04, 1.0) + 1e-6

    def keep(self) -> None:
        """Write down steps and seconds, so that a broken run resumes."""
        write_atomically(self._kept, json.dumps({"step": self.step, "seconds": self.seconds}))

    def _place(self) -> tuple[int, float]:
        """Return the number of the stage and the share of it that is done."""
        begun = 0.0
        for number, stage in enumerate(self.recipe.stages):
            share = (min(self.progress, 1.0) - begun) / stage.share
            if share < 1.0 or number == len(self.recipe.stages) - 1:
                return number, min(share, 1.0)
            begun += stage.share
        raise ValueError("A recipe needs at least one stage.")
