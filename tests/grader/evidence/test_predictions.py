"""A model's probabilities count right answers, and there is a sentence where there are none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest

from grader.evidence.plan import Array
from grader.evidence.predictions import UnusableModelError, predictions
from grader.evidence.probe import KNOWN

from .conftest import SIZE, draw, fresh


def raw(images: Array) -> Array:
    return KNOWN["raw"].apply(images)


def grey_reader() -> Any:
    """Return a model that tells draw's kinds apart by their grey."""
    levels = np.arange(10) * 25 + 2.0
    model = keras.Sequential(
        [
            keras.Input((SIZE, SIZE, 3)),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.layers[-1].set_weights([np.tile(2 * levels / 3, (3, 1)), -(levels**2)])
    return model


def test_a_model_that_is_right_is_found_right_and_progress_is_told() -> None:
    images, labels = draw(fresh(0, 6))
    told: list[tuple[int, int]] = []
    facts = predictions(grey_reader(), raw(images), labels, 10, lambda done, total: told.append((done, total)))
    assert (facts.images, facts.correct) == (60, 60)
    assert told == [(50, 60), (60, 60)]


def test_the_wrong_preparation_costs_accuracy() -> None:
    images, labels = draw(fresh(0, 6))
    assert predictions(grey_reader(), KNOWN["1/255"].apply(images), labels, 10).correct == 6


@pytest.mark.parametrize(
    ("units", "activation", "match"), [(10, None, "softmax"), (3, "softmax", "shape"), (10, "sigmoid", "softmax")]
)
def test_what_is_no_probability_is_refused(units: int, activation: str | None, match: str) -> None:
    images, labels = draw(fresh(0, 1))
    model = keras.Sequential(
        [keras.Input((SIZE, SIZE, 3)), keras.layers.GlobalMaxPooling2D(), keras.layers.Dense(units, activation)]
    )
    with pytest.raises(UnusableModelError, match=match):
        predictions(model, raw(images), labels, 10)


def test_weights_that_are_not_finite_are_told() -> None:
    images, labels = draw(fresh(0, 1))
    model = grey_reader()
    model.layers[-1].bias.assign(np.full(10, np.nan))
    with pytest.raises(UnusableModelError, match="not finite"):
        predictions(model, raw(images), labels, 10)


def test_a_model_for_other_images_is_told() -> None:
    images, labels = draw(replace(fresh(0, 1), size=32))
    model = keras.Sequential([keras.Input((SIZE, SIZE, 3)), keras.layers.Flatten(), keras.layers.Dense(10)])
    with pytest.raises(UnusableModelError, match="fails on prepared images"):
        predictions(model, raw(images), labels, 10)


def two_classes(units: int, activation: str) -> Any:
    layers = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(units, activation)]
    return keras.Sequential([keras.Input((SIZE, SIZE, 3)), *layers])


def test_one_sigmoid_is_as_good_as_two_outputs() -> None:
    images, labels = draw(fresh(0, 1))
    facts = predictions(two_classes(1, "sigmoid"), raw(images), (labels > 0).astype(int), 2)
    assert all(abs(sum(row) - 1) < 1e-6 for row in facts.probabilities)
    with pytest.raises(UnusableModelError, match="no probabilities"):
        predictions(two_classes(1, "linear"), raw(images), labels, 2)
    with pytest.raises(UnusableModelError, match="shape"):
        predictions(two_classes(1, "sigmoid"), raw(images), labels, 10)
