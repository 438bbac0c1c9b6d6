"""Rules about penalties on weights: which layers carry them, of which kind, and how strong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from grader.backbones import names
from grader.records import Evidence, Json, LayerFacts, TaskEvidence
from grader.rules.base import RECOMPUTED, UnusableError, Verdict, expecting, listed, model_of, short
from grader.rules.network import parts

ANY = "any"
PENALTIES = ("L1", "L2", "L1L2", "none", ANY)
PLACES = ("kernel_regularizer", "bias_regularizer", "activity_regularizer")


@dataclass(frozen=True)
class Penalty:
    """Every hidden Dense layer of the head has a penalty of one kind on its kernel, and the base has none.

    ``penalty`` is ``L1``, ``L2``, ``L1L2``, ``none``, or ``any`` where only the base matters; the strength lies between
    ``lowest`` and ``highest``. The last Dense layer may have one or not.
    """

    object: str
    backbone: str
    penalty: str
    lowest: float = 0.0
    highest: float = 1e3

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse an unknown backbone or kind of penalty."""
        if self.penalty not in PENALTIES:
            raise ValueError(f'penalty is "{self.penalty}"; write one of {", ".join(PENALTIES)}.')
        if self.backbone not in names():
            raise ValueError(f"backbone is {self.backbone!r}; there is {', '.join(names())}.")

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the kernels' penalties; those of L1L2 with one strength of zero count as the other."""
        expected = self._expected()
        with expecting(expected):
            split = parts(model_of(task, self.object), self.backbone)
            dense = [layer for layer in split.head if layer.kind == "Dense"]
            if not dense:
                raise UnusableError(f"`{self.object}` has no Dense layer behind the base.")
        in_base = [layer.name for layer in split.backbone if any(strengths(layer, place) for place in PLACES)]
        if in_base:
            return Verdict(0, f"{len(in_base)} layers of the base carry a penalty: {listed(in_base)}", expected)
        looked_at = dense[:-1] if self.penalty != "none" and len(dense) > 1 else dense
        found = ", ".join(f"{short(layer.name)}: {_phrase(layer)}" for layer in dense)
        return Verdict(1 if all(self._fits(layer) for layer in looked_at) else 0, found, expected)

    def _fits(self, layer: LayerFacts) -> bool:
        held = strengths(layer, PLACES[0])
        if self.penalty == ANY:
            return True
        if self.penalty == "none":
            return not any(strengths(layer, place) for place in PLACES)
        wanted = {"L1": {"l1"}, "L2": {"l2"}, "L1L2": {"l1", "l2"}}[self.penalty]
        inside = all(self.lowest * (1 - 1e-6) <= strength <= self.highest * (1 + 1e-6) for strength in held.values())
        return set(held) == wanted and inside

    def _expected(self) -> str:
        if self.penalty == ANY:
            return "no penalty on any layer of the base"
        if self.penalty == "none":
            return "no penalty on any layer"
        return (
            f"an {self.penalty} penalty from {self.lowest:g} to {self.highest:g} on the kernel of every hidden Dense "
            "layer of the head, and none on the base"
        )


def strengths(layer: LayerFacts, place: str) -> Mapping[str, float]:
    """Return the strengths that are not zero of a layer's penalty: ``l1``, ``l2``, or another kind by its name."""
    value: Json = layer.config.get(place)
    if not isinstance(value, dict):
        return {}
    config = value.get("config")
    kept = config.items() if isinstance(config, dict) else ()
    return {str(key): float(item) for key, item in kept if isinstance(item, int | float) and item}


def _phrase(layer: LayerFacts) -> str:
    said = [
        f"{short(key).upper()} {strength:g} on the {place.removesuffix('_regularizer')}"
        for place in PLACES
        for key, strength in strengths(layer, place).items()
    ]
    return " and ".join(said) or "no penalty"
