"""How far an accuracy threshold lies from a right answer and from a head that learned nothing.

Run as `python -m tests.thresholds`; its table stands beside the threshold in the rubric. The frozen base computes the
features of some augmented views of each image once, and in each epoch the head meets one of them, drawn anew: nearly
what training with the base inside gives, in a fraction of the time.
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
VIEWS = 16
BATCH = 20
HELD_OUT = 0.2


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

Labelled = tuple[NDArray[np.float32], NDArray[np.int64]]
"""Features and labels; the features of training images have an axis of views in front."""


def accuracies(views: Labelled, setting: Setting, fresh: Labelled) -> Iterator[float]:
    """Yield the accuracy on fresh features for each seed."""
    features, labels = views
    chosen = np.concatenate([np.flatnonzero(labels == kind)[: setting.per_kind] for kind in np.unique(labels)])
    for seed in range(SEEDS):
        keras.utils.set_random_seed(seed)
        rng = np.random.default_rng(seed)
        trained = rng.permutation(chosen)[: round((1 - HELD_OUT) * len(chosen))]
        head = keras.Sequential(
            [
                keras.Input(features.shape[2:]),
                keras.layers.Flatten(),
                keras.layers.Dense(256, activation="relu"),
                keras.layers.Dropout(0.5),
                keras.layers.Dense(10, activation="softmax"),
            ]
        )
        head.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
        for _ in range(setting.epochs):
            seen = features[rng.integers(VIEWS, size=len(trained)), trained]
            head.fit(seen, labels[trained], batch_size=BATCH, verbose=0)
        yield float(head.evaluate(*fresh, verbose=0)[1])


def extract(base: keras.Model, images: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the base's features of raw images."""
    prepared = keras.applications.vgg16.preprocess_input(images.copy())
    return np.asarray(base.predict(prepared, batch_size=50, verbose=0))


def training_views(base: keras.Model) -> Labelled:
    """Return the features of the training images' views, augmented as the solution does it."""
    images, labels = load("critters", "train", max(setting.per_kind for setting in SETTINGS))
    keras.utils.set_random_seed(SEEDS)
    augment = keras.Sequential([keras.layers.RandomFlip("horizontal"), keras.layers.RandomTranslation(0.05, 0.05)])
    raw = images.astype("float32")
    views = [extract(base, keras.ops.convert_to_numpy(augment(raw, training=True))) for _ in range(VIEWS)]
    return np.stack(views), labels


def main() -> int:
    """Measure and print the table."""
    base = keras.applications.VGG16(weights=weights("VGG16"), include_top=False, input_shape=(64, 64, 3))
    images, labels = critters.sample(image_seed(None).value, FRESH_OF_EACH)
    fresh = extract(base, images.astype("float32")), labels
    views = training_views(base)
    print(f"accuracy on {len(labels)} fresh images over {SEEDS} seeds: mean, lowest, highest, standard error of one")
    for setting in SETTINGS:
        found = np.array(list(accuracies(views, setting, fresh)))
        error = float(np.sqrt(found.mean() * (1 - found.mean()) / len(labels)))
        row = f"{found.mean():.3f}  {found.min():.3f}  {found.max():.3f}  {error:.3f}"
        print(f"{setting.name:32s} {row}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
