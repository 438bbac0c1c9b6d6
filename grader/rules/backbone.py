"""Rules about the pretrained backbone: whose weights it holds, and whether they were kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from grader.records import Evidence, LayerFacts, TaskEvidence, WeightFacts
from grader.rules.base import RECOMPUTED, UnusableError, Verdict, model_of, short
from grader.rules.network import parts, weights

ALL = 10**6


@dataclass(frozen=True)
class PretrainedWeights:
    """A model's convolutions hold a backbone's pretrained weights, bit for bit, all of them."""

    object: str
    backbone: str
    arrays: int

    kind: ClassVar[str] = RECOMPUTED

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge by comparison with the shipped arrays, each of which must occur once."""
        held = weights(parts(model_of(task, self.object), ALL).backbone)
        same = {weight.same_as for weight in held if _is_pretrained(weight, self.backbone)}
        expected = f"{self.arrays} weight arrays, each bit-identical to {self.backbone}'s pretrained one"
        found = f"{len(same)} of {self.arrays} weight arrays are bit-identical to {self.backbone}'s pretrained ones"
        if not held:
            found = f"`{self.object}` has no convolution with weights"
        elif len(held) > self.arrays:
            found = f"`{self.object}` has {len(held)} weight arrays in its convolutions"
        elif not same and _untouched(held):
            found = f"the weights of `{self.object}` are random: it was built without the pretrained ones"
        return Verdict(1 if len(same) == len(held) == self.arrays else 0, found, expected)


@dataclass(frozen=True)
class Frozen:
    """A backbone has exactly so many frozen parameters, and none that would be trained."""

    object: str
    parameters: int

    kind: ClassVar[str] = RECOMPUTED

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the counts from the first convolution on."""
        split = parts(model_of(task, self.object), ALL)
        held = weights(split.backbone + split.head)
        frozen, trainable = _counts(held)
        expected = f"{self.parameters:,} frozen parameters and none that would be trained"
        found = f"{frozen:,} frozen parameters and {trainable:,} that would be trained"
        return Verdict(1 if (frozen, trainable) == (self.parameters, 0) else 0, found, expected)


@dataclass(frozen=True)
class FrozenAndPretrained:
    """After training, the backbone inside a model is frozen and still bit-identical to the pretrained weights."""

    object: str
    backbone: str
    convolutions: int
    parameters: int
    before: str

    kind: ClassVar[str] = RECOMPUTED

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the weights first and the counts second: counts alone prove nothing about what was trained.

        ``before`` is the task that exported the same object before the training, where it was reached.
        """
        layers = parts(model_of(task, self.object), self.convolutions).backbone
        held = weights(layers)
        if not held:
            raise UnusableError(f"`{self.object}` has no convolution with weights: the base is not part of it.")
        same = {weight.same_as for weight in held if _is_pretrained(weight, self.backbone)}
        frozen, trainable = _counts(held)
        expected = (
            f"{self.parameters:,} frozen parameters, every weight array bit-identical to "
            f"{self.backbone}'s pretrained one"
        )
        changed = len(held) - len(same)
        if (frozen, trainable, changed) == (self.parameters, 0, 0):
            return Verdict(1, f"{self.parameters:,} frozen parameters, all {len(held)} weight arrays kept", expected)
        never = _untouched(held) or self._was_never_pretrained(whole)
        return Verdict(0, self._failure(layers, changed, never), expected)

    def _failure(self, layers: Sequence[LayerFacts], changed: int, never: bool) -> str:
        held = weights(layers)
        frozen, trainable = _counts(held)
        differ = f"{changed} of {len(held)} weight arrays of the base"
        if trainable:
            counts = f"Only {frozen:,} of the base's {frozen + trainable:,} parameters are frozen"
            if never:
                return f"{counts}, and {differ} never were the pretrained ones: the base was built without them."
            if changed:
                return f"{counts}, and {differ} differ from the pretrained ones: the base was trained with the head."
            return f"{counts}: its weights are still the pretrained ones, but the next training would change them."
        if frozen != self.parameters:
            return f"The base has {frozen:,} frozen parameters: it is not the whole of {self.backbone}."
        summary = f"The summary counts {frozen:,} frozen parameters, but {differ}"
        if never:
            return f"{summary} never were the pretrained ones: the base was built without them (`weights=None`?)."
        return (
            f"{summary} differ from the pretrained ones: they were trained first and frozen afterwards, "
            f"or frozen without compiling again.{self._which(layers, changed)}"
        )

    def _which(self, layers: Sequence[LayerFacts], changed: int) -> str:
        if changed == len(weights(layers)):
            return ""
        differ = [
            short(layer.name)
            for layer in layers
            if not all(_is_pretrained(weight, self.backbone) for weight in layer.weights)
        ]
        more = f" and {len(differ) - 3} more" if len(differ) > 3 else ""
        return f" They are in {', '.join(differ[:3])}{more}." if differ else ""

    def _was_never_pretrained(self, whole: Evidence) -> bool:
        earlier = whole.tasks.get(self.before)
        model = earlier.models.get(self.object) if earlier else None
        if model is None:
            return False
        held = weights(parts(model, self.convolutions).backbone)
        return bool(held) and not any(_is_pretrained(weight, self.backbone) for weight in held)


def _is_pretrained(weight: WeightFacts, backbone: str) -> bool:
    return weight.same_as is not None and weight.same_as.startswith(f"{backbone}/")


def _counts(held: Sequence[WeightFacts]) -> tuple[int, int]:
    trainable = sum(weight.size for weight in held if weight.trainable)
    return sum(weight.size for weight in held) - trainable, trainable


def _untouched(held: Sequence[WeightFacts]) -> bool:
    # Keras starts every bias at zero, and one step of training moves it.
    biases = [weight for weight in held if len(weight.shape) == 1]
    return bool(biases) and all(weight.digest == _digest_of_zeros(weight.shape) for weight in biases)


def _digest_of_zeros(shape: tuple[int, ...]) -> str:
    return hashlib.sha256(repr(shape).encode() + bytes(4 * shape[0])).hexdigest()
