"""How far the thresholds of the exercise on learning rates lie from right answers and from honest mistakes.

Run as `python -m tests.thresholds_learning_rates`; its table stands beside the thresholds in the rubric. Only the last
stage of ResNet50 is fine-tuned, so that all images pass the frozen layers below it once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import keras
import numpy as np
from numpy.typing import NDArray

from data import critters, load, source_head, source_sample, weights
from grader.secret import image_seed
from tests.thresholds import SEEDS

SETTINGS = {"as handed out": (20, 2), "cut down": (10, 1)}
"""Name -> training images of each kind, epochs of each fine-tuning."""

RATES = (1e-6, 1e-4, 1e-3, 1e-2)
FRESH_OF_EACH = 20
SOURCE_SEED, SOURCES = 5, 50

Images = tuple[NDArray[np.float32], NDArray[np.int64]]


@dataclass(frozen=True)
class Split:
    """ResNet50 cut below its last stage: what is frozen, what is fine-tuned, and the pretrained weights' length."""

    below: keras.Model
    stage: keras.Model
    length: float

    def prepared(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return what reaches the last stage."""
        pixels = keras.applications.resnet50.preprocess_input(images.astype("float32"))
        return in_batches(self.below, pixels)


def split() -> Split:
    """Return the pretrained base, cut in two, its last stage free but for BatchNormalization."""
    base = keras.applications.ResNet50(weights=weights("ResNet50"), include_top=False, input_shape=(64, 64, 3))
    for layer in base.layers:
        layer.trainable = layer.name.startswith("conv5") and not isinstance(layer, keras.layers.BatchNormalization)
    squares = sum(float(np.square(weight.numpy(), dtype="float64").sum()) for weight in learned(base))
    border = base.get_layer("conv4_block6_out").output
    return Split(keras.Model(base.input, border), keras.Model(border, base.output), float(np.sqrt(squares)))


def learned(model: keras.Model) -> list[keras.Variable]:
    """Return the weights that a gradient can move."""
    return [weight for weight in model.weights if "moving" not in weight.path]


def in_batches(model: keras.Model, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a model's outputs, without the tracing that ``predict`` needs."""
    parts = [np.asarray(model(inputs[first : first + 50], training=False)) for first in range(0, len(inputs), 50)]
    return np.concatenate(parts)


class Bench:
    """One traced model that is set back before each training, as the exercise's sheet proposes."""

    def __init__(self, parts: Split) -> None:
        """Build the last stage with a head on it, and remember how both began."""
        self.parts = parts
        self.head = keras.Sequential([keras.Input((2048,)), keras.layers.Dense(10, activation="softmax")])
        pooled = keras.layers.GlobalAveragePooling2D()
        self.model = keras.Sequential([keras.Input(parts.stage.input_shape[1:]), parts.stage, pooled, self.head])
        for part in (self.head, self.model):
            part.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy")
            part.optimizer.build(part.trainable_variables)
        self.memories = [[each.numpy() for each in part.optimizer.variables] for part in (self.head, self.model)]
        self.pretrained = [weight.numpy() for weight in learned(parts.stage)]

    def begin(self, seed: int) -> None:
        """Set the stage back and give the head new random weights."""
        keras.utils.set_random_seed(seed)
        for weight, old in zip(learned(self.parts.stage), self.pretrained, strict=True):
            weight.assign(old)
        kernel, bias = self.head.weights
        kernel.assign(keras.initializers.GlorotUniform(seed)(kernel.shape))
        bias.assign(keras.ops.zeros(bias.shape))

    def fit(self, part: keras.Model, images: Images, rate: float, epochs: int) -> None:
        """Train the head or the whole at a rate, with an optimizer that remembers nothing."""
        memory = self.memories[0 if part is self.head else 1]
        for variable, value in zip(part.optimizer.variables, memory, strict=True):
            variable.assign(value)
        part.optimizer.learning_rate = rate
        part.fit(*images, epochs=epochs, batch_size=20, verbose=0)

    def measured(self, sources: Images, fresh: Images) -> tuple[float, float, float]:
        """Return the drift, the source accuracy and the accuracy on fresh images."""
        pairs = zip(learned(self.parts.stage), self.pretrained, strict=True)
        way = sum(float(np.square(weight.numpy() - old, dtype="float64").sum()) for weight, old in pairs)
        classifier = source_head("ResNet50")
        seen = in_batches(self.parts.stage, sources[0]).mean(axis=(1, 2))
        named = (seen @ classifier["kind/kernel"] + classifier["kind/bias"]).argmax(axis=1)
        answers = in_batches(self.model, fresh[0]).argmax(axis=1)
        drift = float(np.sqrt(way)) / self.parts.length
        return drift, float((named == sources[1]).mean()), float((answers == fresh[1]).mean())


def rows(bench: Bench, train: Images, epochs: int, seed: int) -> Iterator[float]:
    """Train a head on one seed, then yield each rate after bench and head were set back to that start."""
    bench.begin(seed)
    order = np.random.default_rng(seed).permutation(len(train[1]))
    shuffled = train[0][order], train[1][order]
    pooled = in_batches(bench.parts.stage, shuffled[0]).mean(axis=(1, 2))
    bench.fit(bench.head, (pooled, shuffled[1]), 1e-3, 40)
    start = bench.model.get_weights()
    for rate in RATES:
        bench.model.set_weights(start)
        bench.fit(bench.model, shuffled, rate, epochs)
        yield rate


def main() -> int:
    """Measure and print the table."""
    parts = split()
    bench = Bench(parts)
    pictures, labels = source_sample(SOURCE_SEED, SOURCES)
    sources = parts.prepared(pictures), labels["kind"]
    images, known = critters.sample(image_seed(None).value, FRESH_OF_EACH)
    fresh = parts.prepared(images), known
    print(f"lowest to highest of {SEEDS} seeds: drift, source accuracy, accuracy on fresh images")
    for name, (per_kind, epochs) in SETTINGS.items():
        raw, kinds = load("critters", "train", per_kind)
        train = parts.prepared(raw), kinds
        found: dict[float, list[tuple[float, float, float]]] = {}
        for seed in range(SEEDS):
            for rate in rows(bench, train, epochs, seed):
                found.setdefault(rate, []).append(bench.measured(sources, fresh))
        for rate, measured in found.items():
            spans = zip(np.min(measured, axis=0), np.max(measured, axis=0), strict=True)
            told = "   ".join(f"{low:.5f} to {high:.5f}" for low, high in spans)
            print(f"{name:16s}{rate:7g}   {told}", flush=True)
        ratios = np.array(found[1e-4])[:, 0] / np.array(found[1e-6])[:, 0]
        print(f"{name:16s}drift at 1e-4 / drift at 1e-6: {ratios.min():.1f} to {ratios.max():.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
