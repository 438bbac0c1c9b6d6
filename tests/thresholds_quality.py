"""How far the thresholds of the exercise on quality control lie from right answers and from honest mistakes.

Run as `python -m tests.thresholds_quality`; its table stands beside the thresholds in the rubric. What is frozen is
computed once: the last blocks of EfficientNetB0 learn from what reaches them, which gives what training with the whole
base inside gives. Each seed has new parts of its own, drawn as the grader draws them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from data import load, surfaces, weights
from grader.measures import PredictionFacts
from grader.rules.decisions import Decisions, decisions
from grader.secret import image_seed

SEEDS = 10
NEW = 300
"""The number of new parts that the grader draws."""

CUT = "block6a_expand_conv"
MISSED, FALSE_ALARM = 8.0, 1.0
RATE, FINE_RATE, BATCH = 1e-3, 1e-4, 50
DRAWN_FROM = 7
"""The sheet's seed."""

Array = NDArray[np.float32]
Labels = NDArray[np.int64]
Images = tuple[Array, Labels]


@dataclass(frozen=True)
class Way:
    """One way through the exercise; without epochs the head is left untrained, without others the base frozen."""

    name: str
    sound: int = 280
    extra: int = 20
    epochs: int = 30
    fine_epochs: int = 6
    scale: float = 1.0
    pretrained: bool = True


WAYS = (
    Way("as handed out"),
    Way("cut down", sound=120, extra=4, fine_epochs=1),
    Way("no second phase", fine_epochs=0),
    Way("divided by 255", scale=1 / 255),
    Way("random weights", pretrained=False),
    Way("untrained head", epochs=0, fine_epochs=0),
)

Choice = Callable[[PredictionFacts], float]


def cheapest(facts: PredictionFacts) -> float:
    """Return the threshold with the lowest cost."""
    return min(_candidates(facts), key=lambda value: _cost(decisions(facts, value)))


def most_accurate(facts: PredictionFacts) -> float:
    """Return the threshold with the highest accuracy."""
    return min(_candidates(facts), key=lambda value: decisions(facts, value).cost(1, 1))


CHOICES: Mapping[str, Choice] = {
    "by cost": cheapest,
    "one half": lambda _: 0.5,
    "by accuracy": most_accurate,
    "all stopped": lambda _: 0.0,
}


def _candidates(facts: PredictionFacts) -> list[float]:
    return sorted({row[1] for row in facts.probabilities} | {1.0})


def _cost(made: Decisions) -> float:
    return made.cost(MISSED, FALSE_ALARM)


class Inspector:
    """EfficientNetB0 in two parts, of which the second one learns together with a head."""

    def __init__(self, pretrained: bool) -> None:
        """Build the base once; each training begins anew from its weights."""
        keras.utils.set_random_seed(0)
        source = weights("EfficientNetB0") if pretrained else None
        base = keras.applications.EfficientNetB0(weights=source, include_top=False, input_shape=(64, 64, 3))
        for layer in base.layers:
            layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)
        place = [layer.name for layer in base.layers].index(CUT)
        between = base.layers[place - 1].output
        self.front, self.back = keras.Model(base.input, between), keras.Model(between, base.output)
        self._start = self.back.get_weights()
        self.head = keras.Sequential(
            [
                keras.Input(self.back.output_shape[1:]),
                keras.layers.Flatten(),
                keras.layers.Dropout(0.5),
                keras.layers.Dense(1, activation="sigmoid"),
            ]
        )
        self.whole = keras.Sequential([self.back, self.head])
        for model in (self.head, self.whole):
            model.compile(keras.optimizers.Adam(RATE), "binary_crossentropy")
            model.optimizer.build(model.trainable_variables)
        self._rested = [[each.numpy() for each in model.optimizer.variables] for model in (self.head, self.whole)]

    def train(self, reached: Images, way: Way) -> None:
        """Train anew: the head on the back's features, then both on what reaches the back."""
        self.back.set_weights(self._start)
        self.head.set_weights(keras.models.clone_model(self.head).get_weights())
        for model, rested in zip((self.head, self.whole), self._rested, strict=True):
            for variable, value in zip(model.optimizer.variables, rested, strict=True):
                variable.assign(value)
        if way.epochs:
            features = answers(self.back, reached[0])
            self.head.fit(features, reached[1], epochs=way.epochs, batch_size=BATCH, verbose=0)
        if way.fine_epochs:
            self.whole.optimizer.learning_rate = FINE_RATE
            self.whole.fit(*reached, epochs=way.fine_epochs, batch_size=BATCH, verbose=0)

    def facts(self, reached: Images) -> PredictionFacts:
        """Return what the trained inspector says."""
        given = answers(self.whole, reached[0])[:, 0].astype(float)
        rows = tuple((1 - float(value), float(value)) for value in given)
        return PredictionFacts(tuple(int(label) for label in reached[1]), rows)


def answers(model: keras.Model, images: Array) -> Array:
    """Return what a model makes of images, in inference."""
    return np.concatenate([np.asarray(model(images[i : i + 50], training=False)) for i in range(0, len(images), 50)])


def training_images(way: Way) -> tuple[NDArray[np.uint8], Labels]:
    """Return the images that the sheet trains on, and their labels."""
    shift, kinds = load("surfaces", "train")
    sound = surfaces.KINDS.index(surfaces.GOOD)
    defects = [kind for kind in surfaces.KINDS if kind != surfaces.GOOD]
    extra, _ = surfaces.sample(DRAWN_FROM, way.extra, kinds=defects)
    images = np.concatenate([shift[kinds == sound][: way.sound], shift[kinds != sound], extra])
    return images, np.repeat([0, 1], [way.sound, len(images) - way.sound])


def judged(check: PredictionFacts, new: PredictionFacts, choose: Choice) -> tuple[float, ...]:
    """Return what the rubric bounds: costs on check images, and recall and cost on new ones."""
    threshold = choose(check)
    on_check, on_new = _cost(decisions(check, threshold)), decisions(new, threshold)
    plain = min(_cost(decisions(check, 0.0)), _cost(decisions(check, 2.0)))
    return (
        on_check / _cost(decisions(check, cheapest(check))),
        on_check / plain,
        on_new.recall,
        _cost(on_new) / _cost(decisions(new, cheapest(new))),
    )


def main(arguments: list[str]) -> int:
    """Measure and print the table, of one way where it is named."""
    sound = surfaces.KINDS.index(surfaces.GOOD)
    fresh, kinds = surfaces.production(image_seed(None).value, NEW * SEEDS)
    raw: dict[str, tuple[Any, Labels]] = {"new": (fresh, (kinds != sound).astype(np.int64))}
    shown, kinds = load("surfaces", "test")
    raw["check"] = shown, (kinds != sound).astype(np.int64)
    titles = ("check: cost / best", "check: cost / plain", "new: recall", "new: cost / best")
    print(f"over {SEEDS} seeds, each time lowest, highest, mean: {', '.join(titles)}", flush=True)
    made = {pretrained: Inspector(pretrained) for pretrained in (True, False)}
    for way in WAYS:
        if arguments and way.name not in arguments:
            continue
        inspector = made[way.pretrained]
        everything = {**raw, "train": training_images(way)}
        reached = {
            name: (answers(inspector.front, images.astype("float32") * np.float32(way.scale)), labels)
            for name, (images, labels) in everything.items()
        }
        found: dict[str, list[tuple[float, ...]]] = {name: [] for name in CHOICES}
        for seed in range(SEEDS):
            keras.utils.set_random_seed(seed)
            order = np.random.default_rng(seed).permutation(len(reached["train"][1]))
            inspector.train((reached["train"][0][order], reached["train"][1][order]), way)
            part = slice(seed * NEW, (seed + 1) * NEW)
            check, new = (inspector.facts((each[0][cut], each[1][cut])) for each, cut in _parts(reached, part))
            for name, choose in CHOICES.items():
                found[name].append(judged(check, new, choose))
        for name in CHOICES if way.name == "as handed out" else ("by cost",):
            columns = np.array(found[name]).T
            numbers = "".join(f"{low:8.2f}{high:6.2f}{mean:6.2f}" for low, high, mean in _summary(columns))
            print(f"{way.name:17s}{name:13s}{numbers}", flush=True)
    return 0


def _parts(reached: Mapping[str, Images], part: slice) -> tuple[tuple[Images, slice], tuple[Images, slice]]:
    return (reached["check"], slice(None)), (reached["new"], part)


def _summary(columns: NDArray[np.float64]) -> list[tuple[float, float, float]]:
    return [(float(row.min()), float(row.max()), float(row.mean())) for row in columns]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
