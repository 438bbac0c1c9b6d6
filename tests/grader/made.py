"""Evidence built by hand: a right submission, from which tests make wrong ones with ``dataclasses.replace``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from grader.backbones import NEVER_TRAINED, backbone
from grader.measures import (
    Arrival,
    Augmented,
    AugmentedFacts,
    Labelled,
    LabelledFacts,
    PredictionFacts,
    Predictions,
)
from grader.records import (
    CheckResult,
    CompileFacts,
    Evidence,
    Json,
    LayerFacts,
    ModelFacts,
    ProbeFacts,
    TaskEvidence,
    WeightFacts,
)

ACCURACY = Predictions("model", "fresh")
SEEN = Arrival("model")
AUGMENTED = Augmented("model")
LABELLED = Labelled("train_images", "train_labels", "critters", "train", 60)
KINDS = ("bird", "butterfly", "cat", "dog", "elephant", "fish", "frog", "rabbit", "snail", "turtle")
EXERCISE = "01_vgg16_feature_extraction"
BLOCKS = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
PARAMETERS = 14_714_688

RAW = ProbeFacts((4, 64, 64, 3), "float32", 0.0, 255.0, "raw", True)
VGG = ProbeFacts((4, 64, 64, 3), "float32", -123.68, 151.061, "vgg16", True)
COMPILED = CompileFacts("Adam", 1e-3, "sparse_categorical_crossentropy", ("accuracy",))

Layers = tuple[LayerFacts, ...]


def zeros(shape: tuple[int, ...]) -> str:
    """The digest of float32 zeros."""
    count = 1
    for side in shape:
        count *= side
    return hashlib.sha256(repr(shape).encode() + bytes(4 * count)).hexdigest()


def weight(name: str, shape: tuple[int, ...], trainable: bool = True, same_as: str | None = None) -> WeightFacts:
    return WeightFacts(name, shape, trainable, same_as, hashlib.sha256(f"{name}{shape}{same_as}".encode()).hexdigest())


def layer(kind: str, config: Mapping[str, Json] | None = None, weights: tuple[WeightFacts, ...] = ()) -> LayerFacts:
    return LayerFacts(kind.lower(), kind, config or {}, weights)


def vgg16(prefix: str = "vgg16/", frozen: bool = True, pretrained: bool = True) -> Layers:
    """VGG16 without its top: 13 convolutions and 5 poolings."""
    layers: list[LayerFacts] = []
    channels = 3
    for block, (filters, count) in enumerate(BLOCKS, start=1):
        for number in range(1, count + 1):
            name = f"block{block}_conv{number}"
            arrays = tuple(
                weight(part, shape, not frozen, f"VGG16/{name}/{part}" if pretrained else None)
                for part, shape in (("kernel", (3, 3, channels, filters)), ("bias", (filters,)))
            )
            layers.append(LayerFacts(f"{prefix}{name}", "Conv2D", {"filters": filters}, arrays))
            channels = filters
        layers.append(LayerFacts(f"{prefix}block{block}_pool", "MaxPooling2D", {}))
    return tuple(layers)


def with_zero_biases(layers: Layers) -> Layers:
    return tuple(
        replace(
            one,
            weights=tuple(replace(w, digest=zeros(w.shape)) if len(w.shape) == 1 else w for w in one.weights),
        )
        for one in layers
    )


def changed(layers: Layers, names: Iterable[str]) -> Layers:
    """The same layers, with other weights in those whose name ends in one of ``names``."""
    ends = tuple(names)
    return tuple(
        replace(one, weights=tuple(replace(w, same_as=None, digest=f"{w.digest}-moved") for w in one.weights))
        if one.name.endswith(ends)
        else one
        for one in layers
    )


def dense(inputs: int, units: int, activation: Json) -> LayerFacts:
    weights = (weight("kernel", (inputs, units)), weight("bias", (units,)))
    return layer("Dense", {"units": units, "activation": activation}, weights)


def dropout(rate: float = 0.5) -> LayerFacts:
    return layer("Dropout", {"rate": rate})


FLATTEN = layer("Flatten")
HEAD: Layers = (FLATTEN, dense(2048, 256, "relu"), dropout(), dense(256, 10, "softmax"))


def model(base: Layers | None = None, head: Layers = HEAD, front: Layers = ()) -> ModelFacts:
    return ModelFacts(front + (vgg16() if base is None else base) + head, (64, 64, 3), (10,), COMPILED)


def base_model(layers: Layers | None = None) -> ModelFacts:
    return ModelFacts(vgg16("") if layers is None else layers, (64, 64, 3), (2, 2, 512))


def predicted(images: int, correct: int) -> PredictionFacts:
    """Two classes, all images of the first; ``correct`` of them are named so."""
    return PredictionFacts((0,) * images, ((0.9, 0.1),) * correct + ((0.2, 0.8),) * (images - correct))


def train(facts: ModelFacts | None = None, accuracy: PredictionFacts | None = None) -> TaskEvidence:
    """Evidence of the task ``train``."""
    measured = {ACCURACY: accuracy or predicted(300, 210)}
    return TaskEvidence("train", {}, {"model": facts or model()}, {"prepare": VGG}, measured=measured)


def arrays(facts: LabelledFacts | None = None, refused: str = "names.pickle") -> TaskEvidence:
    """Evidence of the task ``arrays``."""
    measured = {LABELLED: facts or LabelledFacts(images=200, known=200, right=200, different=200, kinds=10)}
    return TaskEvidence("arrays", values={"refused": refused}, measured=measured)


def report(told: Json = None) -> TaskEvidence:
    """Evidence of the task ``report``: a model that names one image of each kind, all of them rightly."""
    sure = tuple(tuple(float(kind == other) for other in range(10)) for kind in range(10))
    measured = {Predictions("model", "test"): PredictionFacts(tuple(range(10)), sure)}
    told = told or {kind: {"precision": 1.0, "recall": 1.0} for kind in KINDS}
    return TaskEvidence("report", {}, {"model": model()}, values={"report": told}, measured=measured)


def pretrained(layers: Layers | None = None) -> dict[str, tuple[str, ...]]:
    """The digests of the pretrained VGG16."""
    return {"VGG16": tuple(w.digest for one in layers or vgg16() for w in one.weights)}


def right() -> Evidence:
    """A submission in which everything is right."""
    return Evidence(
        {
            "arrays": arrays(),
            "prepare": TaskEvidence("prepare", probes={"prepare": VGG}),
            "base": TaskEvidence("base", models={"base": base_model()}),
            "model": with_model(model()),
            "train": train(),
            "report": report(),
        },
        pretrained=pretrained(),
    )


def but(**tasks: TaskEvidence) -> Evidence:
    """The right submission with other evidence for some tasks."""
    return Evidence({**right().tasks, **tasks}, pretrained=pretrained())


def with_model(facts: ModelFacts) -> TaskEvidence:
    """Evidence of the task ``model``: these layers behind a random flip."""
    flipped = replace(facts, layers=(layer("RandomFlip"), *facts.layers))
    measured = {SEEN: VGG, AUGMENTED: AugmentedFacts(changes=True, varies=True, rests=True)}
    return TaskEvidence("model", {}, {"model": flipped}, {"prepare": VGG}, measured=measured)


def result_of(results: Iterable[CheckResult], check: str) -> CheckResult:
    return next(result for result in results if result.check == check)


def network(name: str, frozen: int = 0, moved: int | None = None, statistics: int | None = None) -> Layers:
    """A known backbone with ``base.layers[:frozen]`` frozen; the weights of ``layers[moved:]`` differ from pretrained.

    The moving statistics differ from ``layers[statistics:]`` on; None stands for none at all.
    """
    layers = []
    for place, known in enumerate(backbone(name).layers[1:], start=1):
        arrays = []
        for part, shape in known.weights.items():
            still = part in NEVER_TRAINED
            limit = statistics if still else moved
            tail = "-moved" if limit is not None and place >= limit else ""
            digest = f"{name}/{known.name}/{part}{tail}"
            arrays.append(WeightFacts(part, shape, not still and place >= frozen, None, digest))
        layers.append(LayerFacts(known.name, known.kind, {}, tuple(arrays)))
    return tuple(layers)


def pretrained_as_known(*names: str) -> dict[str, tuple[str, ...]]:
    """The digests with which ``network`` names pretrained arrays."""
    return {name: tuple(w.digest for one in network(name) for w in one.weights) for name in names}


def model_on(layers: Layers, head: Layers = HEAD) -> ModelFacts:
    """A model with these layers as its base."""
    return ModelFacts(layers + head, (64, 64, 3), (10,), COMPILED)
