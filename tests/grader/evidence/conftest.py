"""A small pretrained base, its table of digests, and a generator of images: all that the evidence needs."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import pytest

from data.pretrained import digest
from grader.evidence.plan import Array, Sources
from grader.measures import ImageSet

SIZE = 64


def tiny_base() -> Any:
    """Return an untrained Functional base of three convolutions, with branches that meet again."""
    inputs = keras.Input((SIZE, SIZE, 3))
    first = keras.layers.Conv2D(4, 3, strides=4, padding="same", activation="relu", name="one")(inputs)
    left = keras.layers.Conv2D(5, 3, padding="same", name="left")(first)
    right = keras.layers.Conv2D(5, 3, padding="same", name="right")(first)
    joined = keras.layers.BatchNormalization(name="norm")(keras.layers.Add(name="sum")([left, right]))
    return keras.Model(inputs, keras.layers.MaxPooling2D(4, name="pool")(joined), name="tiny")


def head() -> list[Any]:
    """Return the layers that an exercise would ask for on top of the base."""
    return [
        keras.layers.Flatten(name="flatten"),
        keras.layers.Dense(8, activation="relu", name="hidden"),
        keras.layers.Dropout(0.5, name="dropout"),
        keras.layers.Dense(10, activation="softmax", name="answer"),
    ]


def fresh(seed: int | None = 5, count: int = 2, features: str = "") -> ImageSet:
    """Return the description of images that ``draw`` draws."""
    return ImageSet("fresh", "critters", "fresh", count, size=SIZE, features=features, seed=seed)


def draw(images: ImageSet) -> tuple[Array, Array]:
    """Return images of one grey each, whose level tells the kind."""
    labels = np.repeat(np.arange(10), images.count)
    noise = np.random.default_rng(images.seed).integers(0, 5, (len(labels), images.size, images.size, 3))
    return (noise + labels[:, None, None, None] * 25).astype(np.uint8), labels


def vgg_prepare(images: Array) -> Array:
    """Return VGG16's own preprocessing, without touching the given images."""
    prepared: Array = keras.applications.vgg16.preprocess_input(np.array(images, dtype=np.float32))
    return prepared


@pytest.fixture
def pretrained() -> dict[str, Array]:
    base = tiny_base()
    generator = np.random.default_rng(1)
    arrays = {
        f"TINY/{weight.path.replace('tiny/', '')}": generator.uniform(-0.1, 0.1, weight.shape).astype(np.float32)
        for weight in base.weights
    }
    arrays["TINY/norm/moving_variance"] += 10_000
    return arrays


@pytest.fixture
def base(pretrained: dict[str, Array]) -> Any:
    model = tiny_base()
    model.set_weights(list(pretrained.values()))
    model.trainable = False
    return model


@pytest.fixture
def sources(pretrained: dict[str, Array]) -> Sources:
    table = {digest(array): name for name, array in pretrained.items()}
    return Sources(table, pretrained.__getitem__, draw, lambda name: tiny_base(), lambda name: source_head())


def source_head() -> dict[str, Array]:
    """Return a classifier of ten kinds on the averaged features of the base."""
    generator = np.random.default_rng(3)
    return {"kind/kernel": generator.normal(size=(5, 10)).astype(np.float32), "kind/bias": np.zeros(10, np.float32)}


@pytest.fixture
def nested(base: Any) -> Any:
    return keras.Sequential([keras.Input((SIZE, SIZE, 3)), base, *head()], name="nested")


@pytest.fixture
def flat(base: Any) -> Any:
    x = base.output
    for layer in head():
        x = layer(x)
    return keras.Model(base.input, x, name="flat")


Build = Callable[[], Any]
