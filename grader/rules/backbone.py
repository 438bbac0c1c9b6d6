"""Rules about the pretrained backbone: which one it is, whose weights it holds, and whether they were kept."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from grader.backbones import backbone
from grader.records import Evidence, LayerFacts, ModelFacts, TaskEvidence, WeightFacts
from grader.rules.base import RECOMPUTED, UnusableError, Verdict, listed, model_of
from grader.rules.network import Parts, name_of, parts, weights

STARTED_EVEN = frozenset({"bias", "gamma", "beta"})
"""The vectors that Keras starts as zeros or ones, and that one step of training moves."""


@dataclass(frozen=True)
class BackboneLayers:
    """A model holds the layers of one backbone, all of them, in their order and with their sizes."""

    object: str
    backbone: str

    kind: ClassVar[str] = RECOMPUTED

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the structure; the weights do not matter."""
        model = model_of(task, self.object)
        expected = f"the {len(backbone(self.backbone).layers)} layers of {self.backbone}, its input among them"
        if parts(model, self.backbone).known:
            return Verdict(1, expected, expected)
        return Verdict(0, other_network(model, self.object, self.backbone), expected)


@dataclass(frozen=True)
class PretrainedWeights:
    """A model holds a backbone's pretrained weights, bit for bit, all of them."""

    object: str
    backbone: str

    kind: ClassVar[str] = RECOMPUTED

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge each array by comparison with the pretrained one in its place."""
        model = model_of(task, self.object)
        split = parts(model, self.backbone)
        count = len(weights_of(self.backbone))
        expected = f"{count} weight arrays, each bit-identical to {self.backbone}'s pretrained one"
        held = weights(split.backbone)
        kept = sum(same(split, self.backbone, whole))
        found = f"{kept} of {count} weight arrays are bit-identical to {self.backbone}'s pretrained ones"
        if not held:
            found = f"`{self.object}` has no convolution with weights"
        elif not split.known:
            found = other_network(model, self.object, self.backbone)
        elif convolutions_behind(split.head):
            found = f"`{self.object}` has {convolutions_behind(split.head)} more convolutions behind {self.backbone}"
        elif kept < count and random(split, self.backbone, whole):
            found = f"the weights of `{self.object}` are random: it was built without the pretrained ones"
        right = kept == count and not convolutions_behind(split.head)
        return Verdict(1 if right else 0, found, expected)


@dataclass(frozen=True)
class Frozen:
    """A backbone has all of its parameters, all frozen."""

    object: str
    backbone: str

    kind: ClassVar[str] = RECOMPUTED

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the counts from the backbone's first layer on."""
        split = parts(model_of(task, self.object), self.backbone)
        whole_count = backbone(self.backbone).parameters
        frozen, trainable = counts(weights(split.backbone))
        expected = f"{whole_count:,} frozen parameters and none that would be trained"
        found = f"{frozen:,} frozen parameters and {trainable:,} that would be trained"
        return Verdict(1 if (frozen, trainable) == (whole_count, 0) else 0, found, expected)


@dataclass(frozen=True)
class FrozenAndPretrained:
    """After training, the backbone inside a model is frozen and still bit-identical to the pretrained weights.

    ``before`` is the task that exported the same object before the training, where it was reached.
    """

    object: str
    backbone: str
    before: str

    kind: ClassVar[str] = RECOMPUTED

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the weights first and the counts second: counts alone prove nothing about what was trained."""
        split = parts(model_of(task, self.object), self.backbone)
        held = weights(split.backbone)
        if not held:
            raise UnusableError(f"`{self.object}` has no convolution with weights: the base is not part of it.")
        count = backbone(self.backbone).parameters
        frozen, trainable = counts(held)
        expected = f"{count:,} frozen parameters, every weight array bit-identical to {self.backbone}'s pretrained one"
        kept = same(split, self.backbone, whole)
        changed = len(held) - sum(kept)
        if split.known and (frozen, trainable, changed) == (count, 0, 0):
            return Verdict(1, f"{count:,} frozen parameters, all {len(held)} weight arrays kept", expected)
        never = random(split, self.backbone, whole) or self._was_never_pretrained(whole)
        return Verdict(0, self._failure(split, kept, never), expected)

    def _failure(self, split: Parts, kept: Sequence[bool], never: bool) -> str:
        held = weights(split.backbone)
        frozen, trainable = counts(held)
        changed = len(held) - sum(kept)
        differ = f"{changed} of {len(held)} weight arrays of the base"
        if trainable:
            said = f"Only {frozen:,} of the base's {frozen + trainable:,} parameters are frozen"
            if never:
                return f"{said}, and {differ} never were the pretrained ones: the base was built without them."
            if changed:
                return f"{said}, and {differ} differ from the pretrained ones: the base was trained with the head."
            return f"{said}: its weights are still the pretrained ones, but the next training would change them."
        if not split.known:
            return f"The base has {frozen:,} frozen parameters: it is not the whole of {self.backbone}."
        summary = f"The summary counts {frozen:,} frozen parameters, but {differ}"
        if never:
            return f"{summary} never were the pretrained ones: the base was built without them (`weights=None`?)."
        where = f" They are in {listed(changed_layers(split.backbone, kept))}." if changed < len(held) else ""
        return (
            f"{summary} differ from the pretrained ones: they were trained first and frozen afterwards, "
            f"or frozen without compiling again.{where}"
        )

    def _was_never_pretrained(self, whole: Evidence) -> bool:
        earlier = whole.tasks.get(self.before)
        model = earlier.models.get(self.object) if earlier else None
        if model is None:
            return False
        split = parts(model, self.backbone)
        return bool(split.backbone) and not any(same(split, self.backbone, whole))


def same(split: Parts, name: str, whole: Evidence) -> tuple[bool, ...]:
    """Return for each array of the backbone whether it is bit-identical to the pretrained one in its place."""
    held = weights(split.backbone)
    pretrained = whole.pretrained.get(name, ())
    if not split.known or len(pretrained) != len(held):
        return (False,) * len(held)
    return tuple(weight.digest == digest for weight, digest in zip(held, pretrained, strict=True))


def changed_layers(layers: Sequence[LayerFacts], kept: Sequence[bool]) -> list[str]:
    """Return the names of the layers of which some array is not kept; ``kept`` goes through the arrays in order."""
    found, place = [], 0
    for layer in layers:
        if not all(kept[place : place + len(layer.weights)]):
            found.append(layer.name)
        place += len(layer.weights)
    return found


def counts(held: Sequence[WeightFacts]) -> tuple[int, int]:
    """Return how many parameters are frozen, and how many trainable."""
    trainable = sum(weight.size for weight in held if weight.trainable)
    return sum(weight.size for weight in held) - trainable, trainable


def other_network(model: ModelFacts, name: str, wanted: str) -> str:
    """Return a phrase about a model that does not hold the backbone that is wanted."""
    other = name_of(model)
    if other is not None:
        return f"`{name}` holds the layers of {other}, not those of {wanted}"
    split = parts(model, wanted)
    if not split.backbone:
        return f"`{name}` has no convolution with weights"
    count = sum(counts(weights(split.backbone)))
    return f"`{name}` does not hold the whole of {wanted}: its convolutional part has {count:,} parameters"


def weights_of(name: str) -> list[str]:
    """Return the names of a backbone's weight arrays, in their order."""
    return [f"{layer.name}/{weight}" for layer in backbone(name).layers for weight in layer.weights]


def convolutions_behind(head: Sequence[LayerFacts]) -> int:
    """Return how many layers of a head are convolutions."""
    return sum("Conv" in layer.kind for layer in head)


def random(split: Parts, name: str, whole: Evidence) -> bool:
    """Tell whether a backbone was never trained at all: its vectors are still the zeros and ones of Keras."""
    held = [weight for weight in weights(split.backbone) if len(weight.shape) == 1 and weight.name in STARTED_EVEN]
    even = {digest for weight in held for digest in _even_digests(weight.shape)}
    pretrained = {digest for digest in whole.pretrained.get(name, ()) if digest in even}
    # Where the pretrained vectors are as even, as in biases before BatchNormalization, they tell nothing.
    telling = [weight for weight in held if weight.digest not in pretrained]
    return bool(telling) and all(weight.digest in even for weight in telling)


def _even_digests(shape: tuple[int, ...]) -> tuple[str, str]:
    head = repr(shape).encode()
    zero, one = bytes(4), struct.pack("<f", 1.0)
    return hashlib.sha256(head + zero * shape[0]).hexdigest(), hashlib.sha256(head + one * shape[0]).hexdigest()
