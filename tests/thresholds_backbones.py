"""How far the thresholds of the exercise on MobileNet and AlexNet lie from right answers and from honest mistakes.

Run as `python -m tests.thresholds_backbones`; its table stands beside the thresholds in the rubric. What is frozen is
computed once: MobileNet's layers behind the cut learn from what reaches them, which gives what training with the
whole base inside gives.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from data import alexnet, critters, load, weights
from grader.secret import image_seed
from tests.thresholds import FRESH_OF_EACH
from tests.thresholds_head import Images, Learner

SEEDS = 10
CUT = 50
"""The number of MobileNet's layers that are frozen."""

ARGUMENTS: dict[str, Any] = {"include_top": False, "input_shape": (64, 64, 3)}

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Way:
    """One way through the exercise; without epochs the head is left untrained, without others the base frozen."""

    name: str
    prepare: Callable[[Any], Any]
    per_kind: int = 20
    epochs: int = 30
    fine_epochs: int = 0
    pretrained: bool = True


def divided(images: Array) -> Array:
    """Scale to 0 to 1."""
    return images / np.float32(255)


own, other = keras.applications.mobilenet.preprocess_input, keras.applications.vgg16.preprocess_input
MOBILENET = (
    Way("as handed out", own, fine_epochs=4),
    Way("cut down", own, per_kind=10, epochs=15, fine_epochs=1),
    Way("divided by 255", divided, fine_epochs=4),
    Way("ResNet50's preprocessing", other, fine_epochs=4),
    Way("random weights", own, fine_epochs=4, pretrained=False),
    Way("no first phase", own, epochs=0, fine_epochs=4),
)
ALEXNET = (
    Way("as handed out", alexnet.preprocess_input),
    Way("cut down", alexnet.preprocess_input, per_kind=10, epochs=15),
    Way("divided by 255", divided),
    Way("VGG16's preprocessing", other),
    Way("random weights", alexnet.preprocess_input, pretrained=False),
    Way("untrained head", alexnet.preprocess_input, epochs=0),
)


@dataclass(frozen=True)
class Made:
    """A base in two parts, with a head that is trained at ``rate``; ``whole`` is its back, which learns, with a head.

    ``start`` holds the back's weights.
    """

    front: keras.Model
    back: keras.Model
    start: list[Array]
    head: Learner
    rate: float
    whole: Learner


def mobilenet(pretrained: bool) -> Made:
    """Return MobileNet, cut in front of the layers that learn."""
    keras.utils.set_random_seed(0)
    base = keras.applications.MobileNet(weights=weights("MobileNet") if pretrained else None, **ARGUMENTS)
    between = base.layers[CUT - 1].output
    layers = [keras.layers.GlobalAveragePooling2D()]
    return _made(keras.Model(base.input, between), keras.Model(between, base.output), layers, 3e-3)


def alexnet_base(pretrained: bool) -> Made:
    """Return AlexNet, of which nothing learns but a head."""
    keras.utils.set_random_seed(0)
    base = alexnet.AlexNet(weights=weights("AlexNet") if pretrained else None, **ARGUMENTS)
    hidden = keras.layers.Dense(256, activation="relu")
    layers = [keras.layers.Flatten(), hidden, keras.layers.Dropout(0.3)]
    return _made(base, keras.Sequential([keras.Input(base.output_shape[1:]), keras.layers.Identity()]), layers, 3e-3)


def _made(front: keras.Model, back: keras.Model, layers: list[Any], rate: float) -> Made:
    head = keras.Sequential([keras.Input(back.output_shape[1:]), *layers, keras.layers.Dense(10, activation="softmax")])
    copied = keras.models.clone_model(head)
    whole = Learner(keras.Sequential([back, copied]))
    return Made(front, back, back.get_weights(), Learner(head), rate, whole)


def accuracies(made: Made, way: Way, fresh: Images) -> list[float]:
    """Return the accuracy on fresh images for each seed."""
    images, labels = load("critters", "train", way.per_kind)
    reached = _answers(made.front, way.prepare(images.astype("float32")))
    fresh_reached = _answers(made.front, way.prepare(fresh[0].astype("float32")))
    made.back.set_weights(made.start)
    features, fresh_features = _answers(made.back, reached), _answers(made.back, fresh_reached)
    found = []
    for seed in range(SEEDS):
        keras.utils.set_random_seed(seed)
        order = np.random.default_rng(seed).permutation(len(labels))
        begin = keras.models.clone_model(made.head.model).get_weights()
        made.head.fit(begin, made.rate, (features[order], labels[order]), way.epochs)
        if not way.fine_epochs:
            found.append(made.head.accuracy((fresh_features, fresh[1])))
            continue
        start = [*made.start, *made.head.model.get_weights()]
        made.whole.fit(start, 1e-4, (reached[order], labels[order]), way.fine_epochs)
        found.append(made.whole.accuracy((fresh_reached, fresh[1])))
    return found


def _answers(model: keras.Model, images: Array) -> Array:
    return np.concatenate([np.asarray(model(images[i : i + 50], training=False)) for i in range(0, len(images), 50)])


def main(arguments: list[str]) -> int:
    """Measure and print the table, of one backbone where it is named."""
    fresh = critters.sample(image_seed(None).value, FRESH_OF_EACH)
    print(f"accuracy on fresh images over {SEEDS} seeds: lowest, highest, mean, standard deviation", flush=True)
    for name, make, ways in (("MobileNet", mobilenet, MOBILENET), ("AlexNet", alexnet_base, ALEXNET)):
        if arguments and name not in arguments:
            continue
        made = {pretrained: make(pretrained) for pretrained in (True, False)}
        for way in ways:
            values = accuracies(made[way.pretrained], way, fresh)
            numbers = (min(values), max(values), float(np.mean(values)), float(np.std(values, ddof=1)))
            print(f"{name:12s}{way.name:28s}" + "".join(f"{number:8.3f}" for number in numbers), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
