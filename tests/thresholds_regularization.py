"""How far the thresholds of the exercise on regularization lie from right answers and from honest mistakes.

Run as `python -m tests.thresholds_regularization`; its table stands beside the thresholds in the rubric.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

import keras
import numpy as np
from numpy.typing import NDArray

from data import critters, load, weights
from grader.secret import image_seed
from tests.thresholds import FRESH_OF_EACH, SEEDS, extract

SETTINGS = {"as handed out": (20, 40), "cut down": (10, 20)}
"""Name -> training images of each kind, epochs."""

NEAR = 1e-3
Features = tuple[NDArray[np.float32], NDArray[np.int64]]


def heads(shape: tuple[int, ...]) -> Mapping[str, keras.Model]:
    """Return the four heads of the exercise, untrained."""
    made = {}
    for name in ("plain", "dropout", "l1", "l2"):
        penalty = {"l1": keras.regularizers.L1(1e-4), "l2": keras.regularizers.L2(1e-2)}.get(name)
        layers = [keras.Input(shape), keras.layers.Flatten()]
        layers.append(keras.layers.Dense(256, activation="relu", kernel_regularizer=penalty))
        layers += [keras.layers.Dropout(0.5)] if name == "dropout" else []
        made[name] = keras.Sequential([*layers, keras.layers.Dense(10, activation="softmax")])
    return made


def trained(train: Features, epochs: int, seed: int) -> Mapping[str, keras.Model]:
    """Return the four heads, trained on features from one seed."""
    keras.utils.set_random_seed(seed)
    order = np.random.default_rng(seed).permutation(len(train[1]))
    made = heads(train[0].shape[1:])
    for head in made.values():
        head.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
        head.fit(train[0][order], train[1][order], epochs=epochs, batch_size=20, verbose=0)
    return made


def measured(head: keras.Model, train: Features, fresh: Features) -> tuple[float, float, float, float]:
    """Return the gap of the losses, the accuracy, the share of near-zero weights and the length of the kernel."""
    losses = []
    for features, labels in (train, fresh):
        right = np.asarray(head(features, training=False))[np.arange(len(labels)), labels]
        losses.append(float(-np.log(np.maximum(right, 1e-7)).mean()))
    accuracy = float((np.asarray(head(fresh[0], training=False)).argmax(axis=1) == fresh[1]).mean())
    kernel = np.asarray(head.layers[1].kernel)
    return losses[1] - losses[0], accuracy, float((np.abs(kernel) < NEAR).mean()), float(np.linalg.norm(kernel))


def main() -> int:
    """Measure and print the table."""
    base = keras.applications.VGG16(weights=weights("VGG16"), include_top=False, input_shape=(64, 64, 3))
    images, labels = critters.sample(image_seed(None).value, FRESH_OF_EACH)
    fresh = extract(base, images), labels
    raw, known = load("critters", "train", 20)
    features = extract(base, raw)
    learned = np.flatnonzero(np.tile(np.arange(20) < 10, 10))
    print(f"lowest to highest of {SEEDS} seeds: gap, accuracy, near zero, length of the kernel")
    for name, (per_kind, epochs) in SETTINGS.items():
        chosen = np.flatnonzero(np.tile(np.arange(20) < per_kind, 10))
        rows: dict[str, list[tuple[float, float, float, float]]] = {}
        for seed in range(SEEDS):
            for head, model in trained((features[chosen], known[chosen]), epochs, seed).items():
                rows.setdefault(head, []).append(measured(model, (features[learned], known[learned]), fresh))
        for head, found in rows.items():
            spans = zip(np.min(found, axis=0), np.max(found, axis=0), strict=True)
            print(f"{name:16s}{head:10s}" + "   ".join(f"{low:7.3f} {high:7.3f}" for low, high in spans), flush=True)
        for head in ("dropout", "l1", "l2"):
            ratios = np.array(rows[head])[:, 0] / np.array(rows["plain"])[:, 0]
            print(f"{name:16s}gap of {head} / gap of plain: {ratios.min():.2f} to {ratios.max():.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
