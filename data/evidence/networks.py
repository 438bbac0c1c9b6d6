"""Whole networks trained on images: fine-tuned from a trained head, or from scratch within a time."""

from __future__ import annotations

import math
from typing import Any

import keras
import numpy as np
from keras import layers

from data import backbones
from data.clock import processor_seconds
from data.evidence.heads import NewHead, Weights, mirrored, new_head, parameters, right
from data.evidence.pictures import SIZE, Images, Labels
from data.evidence.plan import Recipe
from data.evidence.state import Reset, batches


class FineTuned:
    """Augmentation, backbone and head; every layer is trained, only BatchNormalization keeps to what it knows."""

    def __init__(self, name: str, classes: int, recipe: Recipe) -> None:
        """Build and trace the network."""
        self.recipe, self.steps = recipe, recipe.tuning_steps(name)
        base = backbones.architecture(name, SIZE)
        # `base(x, training=False)` does not hold them under training in Keras 3; this does.
        for layer in _normalizations(base):
            layer.trainable = False
        head = new_head(_width(base), classes, recipe.head)
        self.model, self._base, self._head = _network(name, base, head), base, head
        warm_up = max(1, self.steps // 10)
        rate = keras.optimizers.schedules.CosineDecay(
            0.0, max(1, self.steps - warm_up), warmup_target=recipe.tuning.rate, warmup_steps=warm_up
        )
        self._reset = _ready(self.model, rate, recipe)

    @property
    def trainable(self) -> int:
        """The number of trainable parameters."""
        return parameters(self.model)

    def fit(self, start: tuple[Weights, NewHead], images: Images, labels: Labels, seed: int) -> float:
        """Train on images (n, 64, 64, 3), from a backbone's weights and a trained head; return the seconds it took."""
        begun = processor_seconds()
        weights, head = start
        self._reset(seed)
        self._base.set_weights(weights)
        self._head.set_weights(head.model.get_weights())
        chosen = batches(len(images), self.recipe.tuning.batch, np.random.default_rng([seed, 2]))
        for _ in range(self.steps):
            k = next(chosen)
            self.model.train_on_batch(images[k].astype(np.float32), labels[k])
        return processor_seconds() - begun

    def accuracy(self, images: Images, labels: Labels) -> float:
        """Return the share of images that are named rightly, each seen as it is and mirrored."""
        return _accuracy(self.model, images, labels)


class FromScratch:
    """The same network with random weights, trained as suits it best: BatchNormalization in the head, too."""

    def __init__(self, name: str, classes: int, recipe: Recipe) -> None:
        """Build and trace the network."""
        self.recipe = recipe
        base = backbones.architecture(name, SIZE)
        # Keras's 0.99 would leave the moving averages near their start in so short a training.
        for layer in _normalizations(base):
            layer.momentum = 0.9
        head = keras.Sequential(
            [
                keras.Input((_width(base),)),
                layers.BatchNormalization(momentum=0.9),
                layers.Dropout(recipe.head.dropout),
                layers.Dense(classes, activation="softmax"),
            ]
        )
        self.model, self._base, self._dense = _network(name, base, head), base, head.layers[-1]
        self._reset = _ready(self.model, recipe.tuning.scratch_rate, recipe)

    @property
    def trainable(self) -> int:
        """The number of trainable parameters."""
        return parameters(self.model)

    def fit(self, weights: Weights, images: Images, labels: Labels, seed: int, seconds: float) -> int:
        """Train on images (n, 64, 64, 3) for so many ``seconds``, one step at least; return the number of steps.

        The rate warms up and then falls along half a cosine, by the clock.
        """
        begun = processor_seconds()
        self._reset(seed)
        self._base.set_weights(weights)
        self._dense.kernel.assign(keras.initializers.GlorotUniform(seed)(self._dense.kernel.shape))
        chosen = batches(len(images), self.recipe.tuning.batch, np.random.default_rng([seed, 2]))
        steps = 0
        # A step that would end later than half of itself after the time is not begun.
        while steps == 0 or (processor_seconds() - begun) * (steps + 0.5) / steps < seconds:
            share = min(1.0, (processor_seconds() - begun) / seconds)
            cosine = 0.5 * (1.0 + math.cos(math.pi * share))
            self.model.optimizer.learning_rate = self.recipe.tuning.scratch_rate * cosine * min(1.0, share / 0.1 + 0.01)
            k = next(chosen)
            self.model.train_on_batch(images[k].astype(np.float32), labels[k])
            steps += 1
        return steps

    def accuracy(self, images: Images, labels: Labels) -> float:
        """Return the share of images that are named rightly, each seen as it is and mirrored."""
        return _accuracy(self.model, images, labels)


def _normalizations(base: Any) -> list[Any]:
    return [layer for layer in base.layers if isinstance(layer, layers.BatchNormalization)]


def _width(base: Any) -> int:
    return math.prod(base.output_shape[1:])


def _network(name: str, base: Any, head: Any) -> Any:
    """Return images (n, 64, 64, 3), 0 to 255, to probabilities; in training they are changed at random first."""
    images = keras.Input((SIZE, SIZE, 3))
    changed = layers.RandomFlip("horizontal")(images)
    changed = layers.RandomTranslation(0.08, 0.08, fill_mode="reflect")(changed)
    changed = layers.RandomZoom(0.1, fill_mode="reflect")(changed)
    features = base(backbones.preprocess_input(name, changed))
    return keras.Model(images, head(layers.Flatten()(features)))


def _ready(model: Any, rate: Any, recipe: Recipe) -> Reset:
    """Compile and trace a network, outside every measured time, and return how to bring it back."""
    optimizer = keras.optimizers.AdamW(rate, weight_decay=recipe.tuning.decay, clipnorm=1.0)
    model.compile(optimizer, "sparse_categorical_crossentropy", jit_compile=False)
    reset = Reset(model)
    shape = (recipe.tuning.batch, SIZE, SIZE, 3)
    model.train_on_batch(np.zeros(shape, dtype=np.float32), np.zeros(recipe.tuning.batch, dtype=np.int64))
    return reset


def _accuracy(model: Any, images: Images, labels: Labels) -> float:
    shapes = images, mirrored(images)
    return right([model.predict(one.astype(np.float32), batch_size=50, verbose=0) for one in shapes], labels)
