"""How far the thresholds of the exercise on other backbones lie from right answers and from honest mistakes.

Run as `python -m tests.thresholds_swap`, or with the name of one backbone; its table stands beside the thresholds in
the rubric. The bases are frozen, so that their averaged features are computed once, and heads learn from these.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from data import critters, load, weights
from data.backbones import architecture
from grader.secret import image_seed
from tests.thresholds_head import Images, Learner

SEEDS = 10
FRESH_OF_EACH = 20
MOST_OF_EACH = 20
BATCH = 50
BACKBONES = ("ResNet50", "VGG16", "MobileNetV2")

Prepare = Callable[[NDArray[np.float32]], Any]


@dataclass(frozen=True)
class Way:
    """One way through the exercise: what the base receives, whose weights it has, and how its head is trained."""

    name: str
    prepare: str
    pretrained: bool = True
    per_kind: int = 20
    epochs: int = 30


def divided(images: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale to 0 to 1."""
    return images / np.float32(255)


PREPARE: dict[str, Prepare] = {
    "caffe": keras.applications.vgg16.preprocess_input,
    "tf": keras.applications.mobilenet_v2.preprocess_input,
    "255": divided,
}
"""Preprocessing by the name that Keras has for it; ResNet50 and VGG16 share one."""


def ways(backbone: str) -> tuple[Way, ...]:
    """Return right answers first, then mistakes."""
    own, other = ("tf", "caffe") if backbone == "MobileNetV2" else ("caffe", "tf")
    return (
        Way("as handed out", own),
        Way("cut down", own, per_kind=4, epochs=25),
        Way("divided by 255", "255"),
        Way("the other preprocessing", other),
        Way("random weights", own, pretrained=False),
        Way("untrained head", own, epochs=0),
    )


def averages(base: keras.Model, prepare: Prepare, images: Images) -> Images:
    """Return a base's features of raw images, averaged over the places, with the labels."""
    parts = []
    for start in range(0, len(images[0]), BATCH):
        prepared = prepare(images[0][start : start + BATCH].astype("float32"))
        parts.append(np.asarray(base(prepared, training=False)).mean(axis=(1, 2)))
    return np.concatenate(parts), images[1]


def accuracies(way: Way, train: Images, fresh: Images) -> list[float]:
    """Return the accuracy on fresh images for each seed."""
    chosen = np.concatenate([np.flatnonzero(train[1] == kind)[: way.per_kind] for kind in np.unique(train[1])])
    output = keras.layers.Dense(10, activation="softmax")
    learner = Learner(keras.Sequential([keras.Input(train[0].shape[1:]), output]))
    found = []
    for seed in range(SEEDS):
        keras.utils.set_random_seed(seed)
        order = np.random.default_rng(seed).permutation(chosen)
        start = keras.models.clone_model(learner.model).get_weights()
        learner.fit(start, 3e-3, (train[0][order], train[1][order]), way.epochs)
        found.append(learner.accuracy(fresh))
    return found


def main(arguments: list[str]) -> int:
    """Measure and print the table, of one backbone where it is named."""
    train = load("critters", "train", MOST_OF_EACH)
    fresh = critters.sample(image_seed(None).value, FRESH_OF_EACH)
    print(f"accuracy on fresh images over {SEEDS} seeds: lowest, highest, mean, standard deviation", flush=True)
    for backbone in arguments or BACKBONES:
        keras.utils.set_random_seed(0)
        bases = {True: architecture(backbone, weights=weights(backbone)), False: architecture(backbone)}
        seen: dict[tuple[bool, str], tuple[Images, Images]] = {}
        for way in ways(backbone):
            key = way.pretrained, way.prepare
            if key not in seen:
                base, prepare = bases[way.pretrained], PREPARE[way.prepare]
                seen[key] = averages(base, prepare, train), averages(base, prepare, fresh)
            values = accuracies(way, *seen[key])
            numbers = (min(values), max(values), float(np.mean(values)), float(np.std(values, ddof=1)))
            print(f"{backbone:14s}{way.name:26s}" + "".join(f"{number:8.3f}" for number in numbers), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
