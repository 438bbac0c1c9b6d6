"""Rules about the head that stands on a backbone: its layers, its Dropout, its number of parameters."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from grader.records import Evidence, TaskEvidence
from grader.rules.base import RECOMPUTED, Verdict, model_of
from grader.rules.network import DROPOUT, described, parts, weights

FLATTEN = "Flatten"
GLOBAL_POOLING = ("GlobalAveragePooling2D", "GlobalMaxPooling2D")


@dataclass(frozen=True)
class HeadLayers:
    """The head consists of the layers asked for, in this order; a Dropout may stand anywhere before the output."""

    object: str
    backbone: str
    layers: tuple[str, ...]

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse an empty list, of which no share can be taken."""
        if not self.layers:
            raise ValueError('layers is empty; list what the head holds, such as "Flatten" and "Dense 10 softmax".')

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge by the share of layers that are right; one layer in another's place costs one share."""
        head = parts(model_of(task, self.object), self.backbone).head
        held = described(head)
        right = self._right(held)
        wrong = max(len(self.layers), len(held)) - right
        share = max(0.0, 1 - wrong / len(self.layers))
        found = ", ".join(held[:12]) + (", …" if len(held) > 12 else "") if held else "no head behind the base"
        pooling = next((name for name in GLOBAL_POOLING if name in held), None)
        if pooling and FLATTEN in self.layers and FLATTEN not in held:
            count = sum(weight.size for weight in weights(head))
            found += f": {pooling} stands in the place of Flatten, and leaves the head {count:,} parameters"
        return Verdict(share, found, ", ".join(self.layers))

    def _right(self, held: Sequence[str]) -> int:
        dropouts = Counter(self.layers)[DROPOUT]
        last = max((i for i, phrase in enumerate(held) if phrase.startswith("Dense ")), default=-1)
        found = min(dropouts, list(held[: last + 1]).count(DROPOUT))
        return found + _common([x for x in self.layers if x != DROPOUT], [x for x in held if x != DROPOUT])


@dataclass(frozen=True)
class DropoutRate:
    """Every Dropout of the head has the rate asked for, and there is one."""

    object: str
    backbone: str
    rate: float

    kind: ClassVar[str] = RECOMPUTED

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the rates in the head; Dropout elsewhere is not looked at."""
        head = parts(model_of(task, self.object), self.backbone).head
        rates = [layer.config.get("rate") for layer in head if layer.kind == DROPOUT]
        numbers = [float(rate) for rate in rates if isinstance(rate, int | float)]
        expected = f"Dropout with rate {self.rate:g}"
        if not numbers:
            return Verdict(0, "no Dropout in the head", expected)
        right = all(math.isclose(rate, self.rate, abs_tol=1e-6) for rate in numbers)
        found = f"Dropout with rate {' and '.join(f'{rate:g}' for rate in numbers[:4])}"
        return Verdict(1 if right else 0, found, expected)


@dataclass(frozen=True)
class TrainableParameters:
    """A model has exactly so many parameters that training would change."""

    object: str
    backbone: str
    parameters: int

    kind: ClassVar[str] = RECOMPUTED

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the count over the whole model."""
        model = model_of(task, self.object)
        in_base = sum(w.size for w in weights(parts(model, self.backbone).backbone) if w.trainable)
        count = model.trainable_parameters
        found = f"{count:,} trainable parameters"
        if in_base:
            found += f", {in_base:,} of them in the base, which is not frozen"
        return Verdict(1 if count == self.parameters else 0, found, f"{self.parameters:,} trainable parameters")


def _common(wanted: Sequence[str], held: Sequence[str]) -> int:
    """Return the length of the longest sequence that both contain in the same order."""
    row = [0] * (len(held) + 1)
    for phrase in wanted:
        above, row = row, [0] * (len(held) + 1)
        for i, other in enumerate(held):
            row[i + 1] = above[i] + 1 if phrase == other else max(above[i + 1], row[i])
    return row[-1]
