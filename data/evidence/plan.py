"""What is run: on which set, from which weights, with how many images, and by which fixed recipe."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from data import pretrained
from data.backbones import MODULES

FROZEN, TUNED, RANDOM, SCRATCH = "frozen", "fine-tuned", "random", "scratch"

WAYS: dict[str, str] = {
    FROZEN: "course weights, frozen; a new head",
    TUNED: "the same, then all layers fine-tuned",
    RANDOM: "random weights, frozen; a new head",
    SCRATCH: "random weights, all layers trained, for the time that fine-tuning took",
}
"""Way -> what it does."""

AT = 20
"""Images of each class at which the ways are compared."""

COUNTS: dict[str, dict[str, tuple[int, ...]]] = {
    "critters": {FROZEN: (5, AT, 60), TUNED: (AT,), RANDOM: (5, AT, 60), SCRATCH: (AT,)},
    "surfaces": {FROZEN: (AT,), RANDOM: (AT,)},
    "flowers": {FROZEN: (AT,), RANDOM: (AT,)},
}
"""Set -> way -> training images of each class."""


@dataclass(frozen=True)
class Run:
    """One number of the table: a way to use a backbone on a set, with ``per_class`` training images, from a seed."""

    set: str
    backbone: str
    way: str
    per_class: int
    seed: int


@dataclass(frozen=True)
class Head:
    """How the head on frozen features is trained: AdamW whose rate falls along half a cosine.

    Every training image is used as it is, mirrored, and in so many further ``views``.
    """

    views: int = 3
    steps: int = 800
    batch: int = 64
    rate: float = 2e-3
    decay: float = 0.05
    dropout: float = 0.5


@dataclass(frozen=True)
class Tuning:
    """How whole networks are trained, on images that are mirrored, shifted and zoomed at random.

    Fine-tuning takes ``steps``, or what ``steps_of_slow`` says of a backbone, at ``rate``; training from scratch
    takes its time, at ``scratch_rate``.
    """

    steps: int = 60
    steps_of_slow: tuple[tuple[str, int], ...] = (("VGG16", 20), ("ResNet50", 30), ("EfficientNetB0", 40))
    batch: int = 32
    rate: float = 1e-4
    scratch_rate: float = 1e-3
    decay: float = 0.01


@dataclass(frozen=True)
class Recipe:
    """The one recipe for all backbones; it was chosen on images that are not in the table, see data/README.md.

    ``test_images`` of each class are drawn once; 0 means as many as the set has usually.
    """

    test_images: int = 0
    head: Head = Head()
    tuning: Tuning = Tuning()

    def tuning_steps(self, backbone: str) -> int:
        """Return for how many batches a backbone is fine-tuned."""
        return dict(self.tuning.steps_of_slow).get(backbone, self.tuning.steps)

    def stamp(self, run: Run) -> str:
        """Return eight hexadecimal digits that change with whatever of the recipe a run depends on."""
        parts: tuple[object, ...] = (self.test_images, self.head)
        if run.way in (TUNED, SCRATCH):
            parts += (replace(self.tuning, steps=self.tuning_steps(run.backbone), steps_of_slow=()),)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]


def planned(
    backbones: Sequence[str] = tuple(MODULES),
    sets: Collection[str] = tuple(COUNTS),
    ways: Collection[str] = tuple(WAYS),
    seeds: int = 5,
    counts: Mapping[str, Mapping[str, Sequence[int]]] = COUNTS,
) -> list[Run]:
    """Return the runs in the order in which they share work: by backbone, set, seed and weights.

    Training from scratch needs the time of fine-tuning, so the one brings the other along. Raises ValueError
    for a name that is unknown.
    """
    for given, known in ((backbones, MODULES), (sets, COUNTS), (ways, WAYS)):
        unknown = [name for name in given if name not in known]
        if unknown:
            raise ValueError(f'There is no "{unknown[0]}"; there are {", ".join(known)}.')
    wanted = {*ways, TUNED} if SCRATCH in ways else set(ways)
    return [
        Run(name, backbone, way, per_class, seed)
        for backbone in backbones
        for name in counts
        if name in sets
        for seed in range(1, seeds + 1)
        for way in WAYS
        if way in wanted
        for per_class in counts[name].get(way, ())
    ]


def key(run: Run, recipe: Recipe) -> tuple[Run, str, str]:
    """Return what tells a run from every other: itself, a digest of the shipped weights, the recipe's stamp.

    Training from scratch has the digest, too, since fine-tuning those weights sets its time.
    """
    digests = "".join(pretrained.digests(run.backbone))
    weights = "random" if run.way == RANDOM else hashlib.sha256(digests.encode()).hexdigest()[:12]
    return run, weights, recipe.stamp(run)
