"""Rules about a backbone of which some layers are frozen: which ones would be trained, and which ones were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from grader.backbones import NEVER_TRAINED, STATISTICS, BackboneLayer, backbone
from grader.records import Evidence, LayerFacts, ModelFacts, TaskEvidence
from grader.rules.backbone import other_network
from grader.rules.base import RECOMPUTED, UnusableError, Verdict, expecting, listed, model_at, model_of
from grader.rules.network import Parts, parts, weights

TRAINED, FROZEN, EITHER = "trained", "frozen", "either"
NORMALIZATION = "BatchNormalization"


@dataclass(frozen=True)
class FrozenLayers:
    """Exactly the first layers of a backbone are frozen, counted as ``base.layers[:depth]`` counts them.

    ``normalization`` tells what holds for BatchNormalization behind them: ``trained`` as the rest, ``frozen`` for
    good, or ``either``, but then for all of them alike. A ``depth`` of -1 stands for the whole backbone.
    """

    object: str
    backbone: str
    depth: int
    normalization: str = EITHER

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse what cannot be counted or is unknown."""
        _require_known(self.backbone, self.depth, self.normalization)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge layer by layer, and tell the count that a learner can compare with a summary."""
        depth = _depth(self.backbone, self.depth)
        expected = self._expected(depth)
        with expecting(expected):
            split = _whole_backbone(model_of(task, self.object), self.object, self.backbone)
        pairs = tuple(zip(split.backbone, split.known, strict=True))
        # Keras counts the input as the first layer.
        first, rest = pairs[: max(0, depth - 1)], pairs[max(0, depth - 1) :]
        moving = [layer.name for layer, _ in first if _would_train(layer)]
        kept = [layer.name for layer, known in rest if self._must_train(known) and not _trains(layer, known)]
        loose = [layer.name for layer, known in rest if self._must_rest(known) and _would_train(layer)]
        uneven = self._uneven(rest)
        count = sum(weight.size for weight in weights(split.backbone) if weight.trainable)
        found = f"{count:,} trainable parameters in the base"
        if moving:
            found += f"; {len(moving)} of the first {depth} layers would be trained: {listed(moving)}"
        if kept:
            found += f"; {len(kept)} later layers are frozen: {listed(kept)}"
        if loose:
            found += f"; {len(loose)} BatchNormalization layers would be trained: {listed(loose)}"
        if uneven:
            found += f"; {len(uneven)} later BatchNormalization layers are frozen, others not: {listed(uneven)}"
        return Verdict(0 if moving or kept or loose or uneven else 1, found, expected)

    def _expected(self, depth: int) -> str:
        known = backbone(self.backbone)
        still = sum(layer.trainable for layer in known.layers[depth:] if layer.kind == NORMALIZATION)
        count = known.trainable(depth)
        said = f"{count:,} trainable parameters in the base"
        if still and self.normalization == FROZEN:
            said = f"{count - still:,} trainable parameters in the base"
        if still and self.normalization == EITHER:
            said += f" ({count - still:,} if BatchNormalization stays frozen)"
        return f"the first {depth} of {len(known.layers)} layers frozen and no others: {said}"

    def _uneven(self, rest: Sequence[tuple[LayerFacts, BackboneLayer]]) -> list[str]:
        """Return the frozen ones of the later BatchNormalization layers where others of them are not frozen."""
        if self.normalization != EITHER:
            return []
        alike = [(layer.name, _trains(layer, known)) for layer, known in rest if known.kind == NORMALIZATION]
        still = [name for name, trains in alike if not trains]
        return still if len(still) < len(alike) else []

    def _must_train(self, known: BackboneLayer) -> bool:
        return known.trainable > 0 and (known.kind != NORMALIZATION or self.normalization == TRAINED)

    def _must_rest(self, known: BackboneLayer) -> bool:
        return known.kind == NORMALIZATION and self.normalization == FROZEN


@dataclass(frozen=True)
class ChangedLayers:
    """The first layers of a backbone kept every bit, and each of the others was trained.

    They are compared with the pretrained weights, or with those of the model ``since``, such as ``head.model``.
    ``statistics`` tells what the moving statistics of BatchNormalization behind the frozen layers did: ``trained``
    (they moved), ``frozen`` (they did not), or ``either``; in the frozen layers they must never move.
    """

    object: str
    backbone: str
    depth: int
    since: str = ""
    statistics: str = EITHER

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse what cannot be counted or is unknown."""
        _require_known(self.backbone, self.depth, self.statistics)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge by comparison of digests, layer by layer."""
        depth = _depth(self.backbone, self.depth)
        before = f"those of `{self.since}`" if self.since else f"{self.backbone}'s pretrained ones"
        expected = f"the weights of the first {depth} layers bit-identical to {before}"
        if depth < len(backbone(self.backbone).layers):
            expected += ", those of each other layer trained"
        with expecting(expected):
            split = _whole_backbone(model_of(task, self.object), self.object, self.backbone)
            changed = self._changed(task, whole, split)
        faults = self._faults(split, changed, max(0, depth - 1))
        trained = sum(any(flags[w] for w in flags if w not in STATISTICS) for flags in changed)
        told = f"{trained} layers of the base were trained"
        return Verdict(0 if faults else 1, "; ".join(faults) or told, expected)

    def _changed(self, task: TaskEvidence, whole: Evidence, split: Parts) -> list[dict[str, bool]]:
        """Return for each layer, and each of its weights by name, whether it differs from before."""
        held = weights(split.backbone)
        if self.since:
            earlier = _whole_backbone(model_at(task, whole, self.since), self.since, self.backbone)
            before: Sequence[str] = [weight.digest for weight in weights(earlier.backbone)]
        else:
            before = whole.pretrained.get(self.backbone, ())
        if len(before) != len(held):
            raise UnusableError(f"The weights of {self.backbone} are not at hand to compare with.")
        flags = iter(weight.digest != digest for weight, digest in zip(held, before, strict=True))
        return [{name: next(flags) for name in known.weights} for known in split.known]

    def _faults(self, split: Parts, changed: Sequence[dict[str, bool]], first: int) -> list[str]:
        moved: dict[str, list[str]] = {"frozen": [], "frozen statistics": [], "kept": [], "statistics": []}
        for place, (layer, known, flags) in enumerate(zip(split.backbone, split.known, changed, strict=True)):
            trained = any(flag for name, flag in flags.items() if name not in NEVER_TRAINED)
            shifted = any(flag for name, flag in flags.items() if name in STATISTICS)
            if place < first:
                moved["frozen"] += [layer.name] * trained
                moved["frozen statistics"] += [layer.name] * (shifted and not trained)
                continue
            kept_on_purpose = known.kind == NORMALIZATION and self.statistics != TRAINED
            moved["kept"] += [layer.name] * (known.trainable > 0 and not trained and not kept_on_purpose)
            if known.kind == NORMALIZATION and self.statistics in (TRAINED, FROZEN):
                moved["statistics"] += [layer.name] * (shifted != (self.statistics == TRAINED))
        sentences = {
            "frozen": "of the layers that should be frozen {n} were trained: {names}",
            "frozen statistics": "the moving statistics of {n} frozen BatchNormalization layers changed: {names}",
            "kept": "{n} layers that should be trained did not change: {names}",
            "statistics": "the moving statistics of {n} BatchNormalization layers "
            + ("did not change: {names}" if self.statistics == TRAINED else "changed: {names}"),
        }
        return [sentences[key].format(n=len(names), names=listed(names)) for key, names in moved.items() if names]


def _whole_backbone(model: ModelFacts, name: str, wanted: str) -> Parts:
    split = parts(model, wanted)
    if not split.known:
        raise UnusableError(f"{other_network(model, name, wanted)}.")
    return split


def _depth(name: str, depth: int) -> int:
    return len(backbone(name).layers) if depth < 0 else depth


def _require_known(name: str, depth: int, choice: str) -> None:
    if not -1 <= depth <= len(backbone(name).layers):
        raise ValueError(f"depth is {depth}; {name} has {len(backbone(name).layers)} layers.")
    if choice not in (TRAINED, FROZEN, EITHER):
        raise ValueError(f'normalization or statistics is "{choice}"; write trained, frozen or either.')


def _would_train(layer: LayerFacts) -> bool:
    return any(weight.trainable for weight in layer.weights)


def _trains(layer: LayerFacts, known: BackboneLayer) -> bool:
    pairs = zip(layer.weights, known.weights, strict=True)
    return all(weight.trainable for weight, name in pairs if name not in NEVER_TRAINED)
