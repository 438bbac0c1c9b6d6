"""Rules about a freezing depth that the student chooses and announces: it is the one applied, and the one trained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from grader.backbones import backbone
from grader.records import Evidence, TaskEvidence
from grader.rules.backbone import same
from grader.rules.base import RECOMPUTED, UnusableError, Verdict, expecting, model_of, value_of
from grader.rules.freezing import ChangedLayers, FrozenLayers
from grader.rules.network import parts
from grader.rules.numbers import number_at, shown


@dataclass(frozen=True)
class AnnouncedDepth:
    """A whole number that the student exports as ``announced``: how many of ``base.layers`` are frozen.

    It lies between ``lowest`` and ``highest``, both allowed. How BatchNormalization behind the frozen layers is
    treated is left to the student.
    """

    object: str
    backbone: str
    announced: str
    lowest: int
    highest: int

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse bounds between which nothing lies, or that the backbone does not have."""
        count = len(backbone(self.backbone).layers)
        if not 0 <= self.lowest <= self.highest <= count:
            raise ValueError(
                f"lowest is {self.lowest} and highest {self.highest}; {self.backbone} has {count} layers, "
                f"so give 0 <= lowest <= highest <= {count}."
            )

    def _depth(self, task: TaskEvidence) -> int:
        with expecting(f"`{self.announced}`: a whole number from {self.lowest} to {self.highest}"):
            number = number_at(value_of(task, self.announced), "")
            if number is None:
                raise UnusableError(f"`{self.announced}` is no number.")
            if number != int(number) or not self.lowest <= number <= self.highest:
                raise UnusableError(f"`{self.announced}` is {shown(number)}.")
        return int(number)


@dataclass(frozen=True)
class FrozenAsAnnounced(AnnouncedDepth):
    """Exactly so many of a backbone's first layers are frozen as the student announced."""

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge layer by layer."""
        return FrozenLayers(self.object, self.backbone, self._depth(task)).judge(task, whole)


@dataclass(frozen=True)
class ChangedAsAnnounced(AnnouncedDepth):
    """The layers that the student announced as frozen kept every bit, and each of the others was trained."""

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge by comparison with the pretrained weights, layer by layer."""
        depth = self._depth(task)
        verdict = ChangedLayers(self.object, self.backbone, depth).judge(task, whole)
        if verdict.share < 1 and depth > 1 and not self._any_kept(task, whole, depth):
            found = (
                f"not one kernel of the first {depth} layers is {self.backbone}'s pretrained one: the base was built "
                "without them, or trained from its first layer on"
            )
            return Verdict(0, found, verdict.expected)
        return verdict

    def _any_kept(self, task: TaskEvidence, whole: Evidence, depth: int) -> bool:
        split = parts(model_of(task, self.object), self.backbone)
        flags = iter(same(split, self.backbone, whole))
        kept = [[next(flags) for _ in layer.weights] for layer in split.backbone]
        # Biases and the like may be the same zeros or ones in a base that was never trained.
        return any(
            flag and len(weight.shape) > 1
            for layer, row in zip(split.backbone[: depth - 1], kept, strict=False)
            for weight, flag in zip(layer.weights, row, strict=True)
        )
