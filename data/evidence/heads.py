"""Frozen backbones: their features, computed once, and a new head that is trained on them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

from data import backbones
from data.clock import processor_seconds
from data.evidence.pictures import SIZE, Images, Labels
from data.evidence.plan import Head
from data.evidence.state import Reset, batches
from data.evidence.views import view

Features = NDArray[np.float32]
Weights = list[NDArray[np.float32]]


class Extractor:
    """A backbone that is not trained, and its map as one row of features."""

    def __init__(self, name: str) -> None:
        """Build the backbone of that name for images of 64 pixels."""
        self.name = name
        base = backbones.architecture(name, SIZE)
        self._base = base
        self._model = keras.Model(base.inputs, layers.Flatten()(base.outputs[0]))
        self._model.compile(jit_compile=False)
        self.width = int(self._model.output_shape[-1])
        self._predict(np.zeros((1, SIZE, SIZE, 3), dtype=np.uint8))  # traced here, outside every measured time

    def load(self, weights: Weights) -> None:
        """Take these weights, in the order of ``get_weights``."""
        self._base.set_weights(weights)

    def __call__(self, images: Images) -> Features:
        """Return the features (n, width) of images (n, 64, 64, 3), 0 to 255."""
        return self._predict(images) if len(images) else np.zeros((0, self.width), dtype=np.float32)

    def _predict(self, images: Images) -> Features:
        prepared = backbones.preprocess_input(self.name, images.astype(np.float32))
        features: Features = self._model.predict(prepared, batch_size=50, verbose=0)
        return features


class TrainingFeatures:
    """Features of training images, of their mirror images and of further views, computed as far as asked for."""

    def __init__(self, extractor: Extractor, images: Images, views: int, seed: int) -> None:
        """Compute nothing yet; ``views`` further ones of each image will be drawn from ``seed``."""
        self._extractor, self._images, self._views, self._seed = extractor, images, views, seed
        self._parts: list[list[Features]] = [[] for _ in range(2 + views)]
        self._seconds = {0: 0.0}

    def upto(self, count: int) -> tuple[list[Features], float]:
        """Return the features of the first ``count`` images in each of their shapes, and the seconds it took.

        The list begins with the images as they are and mirrored; the further views follow.
        """
        done = max(self._seconds)
        if count > done:
            begun = processor_seconds()
            images = self._images[done:count]
            further = [view(images, self._seed, done, number) for number in range(self._views)]
            for part, shaped in zip(self._parts, (images, mirrored(images), *further), strict=True):
                part.append(self._extractor(shaped))
            self._seconds[count] = self._seconds[done] + processor_seconds() - begun
        # Asked for fewer than were computed in one go: the time is in proportion.
        upper = min(n for n in self._seconds if n >= count)
        seconds = self._seconds[upper] * (count / upper if count else 0.0)
        return [np.concatenate(part)[:count] for part in self._parts], seconds


def new_head(width: int, classes: int, recipe: Head) -> Any:
    """Return features (n, width) to probabilities: standardised, Dropout, one softmax layer."""
    head = keras.Sequential(
        [
            keras.Input((width,)),
            # A frozen BatchNormalization standardises with what is assigned to it, also after tracing.
            layers.BatchNormalization(center=False, epsilon=1e-9, name="standardised"),
            layers.Dropout(recipe.dropout),
            layers.Dense(classes, activation="softmax", name="classes"),
        ]
    )
    head.get_layer("standardised").trainable = False
    return head


class NewHead:
    """A head that is built once and trained with AdamW for each seed anew."""

    def __init__(self, width: int, classes: int, recipe: Head) -> None:
        """Build and trace the head for features of ``width`` numbers."""
        self.recipe = recipe
        self.model = new_head(width, classes, recipe)
        rate = keras.optimizers.schedules.CosineDecay(recipe.rate, recipe.steps)
        optimizer = keras.optimizers.AdamW(rate, weight_decay=recipe.decay)
        self.model.compile(optimizer, "sparse_categorical_crossentropy", jit_compile=False)
        self._reset = Reset(self.model)
        # Traced here, outside every measured time.
        self.model.train_on_batch(np.zeros((recipe.batch, width), np.float32), np.zeros(recipe.batch, np.int64))

    @property
    def trainable(self) -> int:
        """The number of trainable parameters."""
        return parameters(self.model)

    def fit(self, features: Features, labels: Labels, seed: int) -> float:
        """Train from new weights on features (n, width); return the seconds it took."""
        begun = processor_seconds()
        self._reset(seed)
        standardised, dense = self.model.get_layer("standardised"), self.model.get_layer("classes")
        deviation = features.std(axis=0, dtype=np.float64)
        # A feature that was constant stays silent. The factor goes into gamma, since the variance has an epsilon
        # beside it, and the features of random weights can be as small as that.
        known = deviation > 1e-3 * deviation.max()
        standardised.moving_mean.assign(features.mean(axis=0))
        standardised.gamma.assign(np.divide(1.0, deviation, out=np.zeros_like(deviation), where=known))
        dense.kernel.assign(keras.initializers.GlorotUniform(seed)(dense.kernel.shape))
        rng = np.random.default_rng([seed, 1])
        chosen = batches(len(features), self.recipe.batch, rng)
        for _ in range(self.recipe.steps):
            k = next(chosen)
            self.model.train_on_batch(features[k], labels[k])
        return processor_seconds() - begun

    def accuracy(self, features: Sequence[Features], labels: Labels) -> float:
        """Return the share of images that are named rightly, from the features of each and of its mirror image."""
        return right([self.model.predict(one, batch_size=500, verbose=0) for one in features], labels)


def parameters(model: Any) -> int:
    """Return the number of a model's trainable parameters."""
    return sum(math.prod(variable.shape) for variable in model.trainable_variables)


def mirrored(images: Images) -> Images:
    """Return images (n, height, width, channels) with left and right exchanged."""
    return images[:, :, ::-1]


def right(answers: Sequence[NDArray[np.float32]], labels: Labels) -> float:
    """Return the share of images whose most probable class is the label, by the product of several ``answers``."""
    logarithms = np.log(np.asarray(answers, dtype=np.float64) + 1e-7)
    return float(np.mean(np.argmax(logarithms.sum(axis=0), axis=1) == labels))


def random_weights(name: str, seed: int) -> Weights:
    """Return the weights of a backbone as Keras starts it, from a seed."""
    keras.utils.set_random_seed(seed)
    weights: Weights = backbones.architecture(name, SIZE).get_weights()
    return weights
