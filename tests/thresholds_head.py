"""How far the thresholds of the exercise on a deeper head lie from right answers and from honest mistakes.

Run as `python -m tests.thresholds_head`; its table stands beside the thresholds in the rubric. What is frozen is
computed once: heads learn from the base's features, and the last stage of the base from what reaches it, which gives
what training with the whole base inside gives.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass

import keras
import numpy as np
from numpy.typing import NDArray

from data import critters, load, weights
from grader.secret import image_seed
from tests.thresholds import FRESH_OF_EACH, SEEDS

CUT = "conv5_block1_1_conv"
"""The first layer that learns, in front of which the base is frozen."""

TEST_OF_EACH = 20

Array = NDArray[np.float32]
Images = tuple[Array, NDArray[np.int64]]


@dataclass(frozen=True)
class Setting:
    """Parameters of the exercise: images of each kind, epochs of the heads, and epochs and rates behind the cut."""

    name: str
    per_kind: int
    epochs: int
    fine_epochs: int
    rates: tuple[float, ...]


LOW_RATE, RUINOUS_RATE = 5e-5, 1e-2
SETTINGS = (
    Setting("as handed out", 20, 30, 4, (LOW_RATE,)),
    Setting("cut down", 10, 40, 1, (LOW_RATE, RUINOUS_RATE)),
)


class Learner:
    """A model that is traced once and can begin anew from any weights."""

    def __init__(self, model: keras.Model) -> None:
        model.compile(keras.optimizers.Adam(LOW_RATE), "sparse_categorical_crossentropy")
        model.optimizer.build(model.trainable_variables)
        self.model = model
        self._state = [np.array(variable) for variable in model.optimizer.variables]

    def fit(self, start: list[Array], rate: float, images: Images, epochs: int) -> None:
        """Train from ``start``."""
        self.model.set_weights(start)
        for variable, value in zip(self.model.optimizer.variables, self._state, strict=True):
            variable.assign(value)
        self.model.optimizer.learning_rate = rate
        self.model.fit(*images, epochs=epochs, batch_size=20, verbose=0)

    def accuracy(self, images: Images) -> float:
        """Return the share of images that are named rightly."""
        return float((_answers(self.model, images[0]).argmax(axis=1) == images[1]).mean())


@dataclass(frozen=True)
class Learners:
    """The exercise's models; ``model`` is ``back`` of the base, which learns, with the deep head on it."""

    shallow: Learner
    deep: Learner
    drowned: Learner
    back: keras.Model
    model: Learner


def stages(base: keras.Model) -> tuple[keras.Model, keras.Model]:
    """Return the base in two parts: the second one learns, but for its BatchNormalization."""
    place = [layer.name for layer in base.layers].index(CUT)
    for layer in base.layers:
        layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)
    between = base.layers[place - 1].output
    return keras.Model(base.input, between), keras.Model(between, base.output)


def head(rate: float, *units: int) -> keras.Model:
    """Return an untrained head."""
    layers = [keras.Input((2, 2, 2048)), keras.layers.GlobalAveragePooling2D()]
    for count in units:
        layers += [keras.layers.Dense(count, activation="relu"), keras.layers.Dropout(rate)]
    return keras.Sequential([*layers, keras.layers.Dense(10, activation="softmax")])


def run(made: Learners, setting: Setting, maps: Mapping[str, Images], seed: int) -> dict[str, float]:
    """Return for one seed the accuracies of right answers and of honest mistakes; ``maps`` reach the base's back."""
    keras.utils.set_random_seed(seed)
    order = np.random.default_rng(seed).permutation(len(maps[setting.name][1]))
    shuffled = maps[setting.name][0][order], maps[setting.name][1][order]
    train, fresh, test = ((_answers(made.back, each[0]), each[1]) for each in (shuffled, maps["fresh"], maps["test"]))
    for each in (made.shallow, made.deep, made.drowned):
        each.fit(keras.models.clone_model(each.model).get_weights(), 1e-3, train, setting.epochs)
    found = {f"{name}, fresh": getattr(made, name).accuracy(fresh) for name in ("shallow", "deep", "drowned")}
    found["deep, test"] = made.deep.accuracy(test)
    found["deep - shallow, test"] = found["deep, test"] - made.shallow.accuracy(test)
    pretrained = made.back.get_weights()
    start = [*pretrained, *made.deep.model.get_weights()]
    for rate in setting.rates:
        made.model.fit(start, rate, shuffled, setting.fine_epochs)
        found[f"model at {rate:g}, fresh"] = made.model.accuracy(maps["fresh"])
        found[f"model at {rate:g} - deep, test"] = made.model.accuracy(maps["test"]) - found["deep, test"]
    made.back.set_weights(pretrained)
    return found


def _answers(model: keras.Model, images: Array) -> Array:
    return np.concatenate([np.asarray(model(images[i : i + 50], training=False)) for i in range(0, len(images), 50)])


def main() -> int:
    """Measure and print the table."""
    base = keras.applications.ResNet50(weights=weights("ResNet50"), include_top=False, input_shape=(64, 64, 3))
    front, back = stages(base)
    raw = {setting.name: load("critters", "train", setting.per_kind) for setting in SETTINGS}
    raw |= {"test": load("critters", "test", TEST_OF_EACH)}
    raw |= {"fresh": critters.sample(image_seed(None).value, FRESH_OF_EACH)}
    prepare = keras.applications.resnet50.preprocess_input
    maps = {name: (_answers(front, prepare(each.astype("float32"))), known) for name, (each, known) in raw.items()}
    heads = [Learner(head(0.5, 256)), Learner(head(0.2, 256, 128, 64)), Learner(head(0.5, 256, 128, 64))]
    made = Learners(*heads, back, Learner(keras.Sequential([back, head(0.2, 256, 128, 64)])))
    print(f"accuracy over {SEEDS} seeds: lowest, highest, mean, standard deviation", flush=True)
    for setting in SETTINGS:
        rows = [run(made, setting, maps, seed) for seed in range(SEEDS)]
        for name in rows[0]:
            values = [row[name] for row in rows]
            numbers = (min(values), max(values), float(np.mean(values)), float(np.std(values, ddof=1)))
            print(f"{setting.name:16s}{name:28s}" + "".join(f"{number:8.3f}" for number in numbers), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
