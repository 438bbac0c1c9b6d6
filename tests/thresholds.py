"""How far an accuracy threshold lies from a right answer and from a head that learned nothing.

Run as `python -m tests.thresholds`; its table stands beside the threshold in the rubric. The heads are trained on
features that the frozen base computed once, which gives what training with the base inside gives.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import keras
import numpy as np
from numpy.typing import NDArray

from data import critters, load, weights
from grader.secret import image_seed

SEEDS = 10
FRESH_OF_EACH = 30


@dataclass(frozen=True)
class Setting:
    """Parameters of the exercise: images of each kind, and epochs (0: the head is left untrained)."""

    name: str
    per_kind: int
    epochs: int


SETTINGS = (
    Setting("as handed out", per_kind=20, epochs=12),
    Setting("cut down for the sample class", per_kind=10, epochs=4),
    Setting("untrained head", per_kind=10, epochs=0),
)


def accuracies(
    base: keras.Model, setting: Setting, fresh: tuple[NDArray[np.float32], NDArray[np.int64]]
) -> Iterator[float]:
    """Yield the accuracy on fresh features for each seed."""
    images, labels = load("critters", "train", setting.per_kind)
    features = extract(base, images)
    for seed in range(SEEDS):
        keras.utils.set_random_seed(seed)
        order = np.random.default_rng(seed).permutation(len(labels))
        head = keras.Sequential(
            [
                keras.Input(features.shape[1:]),
                keras.layers.Flatten(),
                keras.layers.Dense(256, activation="relu"),
                keras.layers.Dropout(0.5),
                keras.layers.Dense(10, activation="softmax"),
            ]
        )
        head.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
        if setting.epochs:
            chosen = features[order], labels[order]
            head.fit(*chosen, epochs=setting.epochs, batch_size=20, validation_split=0.2, verbose=0)
        yield float(head.evaluate(*fresh, verbose=0)[1])


def extract(base: keras.Model, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the base's features of raw images."""
    prepared = keras.applications.vgg16.preprocess_input(images.astype("float32"))
    return np.asarray(base.predict(prepared, batch_size=50, verbose=0))


def main() -> int:
    """Measure and print the table."""
    base = keras.applications.VGG16(weights=weights("VGG16"), include_top=False, input_shape=(64, 64, 3))
    images, labels = critters.sample(image_seed(None).value, FRESH_OF_EACH)
    fresh = extract(base, images), labels
    print(f"accuracy on {len(labels)} fresh images over {SEEDS} seeds: mean, lowest, highest, standard error of one")
    for setting in SETTINGS:
        found = np.array(list(accuracies(base, setting, fresh)))
        error = float(np.sqrt(found.mean() * (1 - found.mean()) / len(labels)))
        row = f"{found.mean():.3f}  {found.min():.3f}  {found.max():.3f}  {error:.3f}"
        print(f"{setting.name:32s} {row}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
