"""Accuracy counts right answers, and answers in a sentence where there are no probabilities."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from grader.evidence.fresh import UnusableModelError, accuracy
from grader.evidence.probe import KNOWN

from .conftest import SIZE, draw


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
    images, labels = draw(0, 6, SIZE)
    told: list[tuple[int, int]] = []
    facts = accuracy(grey_reader(), KNOWN["raw"], images, labels, lambda done, total: told.append((done, total)))
    assert (facts.images, facts.correct) == (60, 60)
    assert told == [(50, 60), (60, 60)]


def test_the_wrong_preparation_costs_accuracy() -> None:
    images, labels = draw(0, 6, SIZE)
    assert accuracy(grey_reader(), KNOWN["1/255"], images, labels).correct == 6


@pytest.mark.parametrize(
    ("units", "activation", "match"), [(10, None, "softmax"), (3, "softmax", "shape"), (10, "sigmoid", "softmax")]
)
def test_what_is_no_probability_is_refused(units: int, activation: str | None, match: str) -> None:
    images, labels = draw(0, 1, SIZE)
    model = keras.Sequential(
        [keras.Input((SIZE, SIZE, 3)), keras.layers.GlobalMaxPooling2D(), keras.layers.Dense(units, activation)]
    )
    with pytest.raises(UnusableModelError, match=match):
        accuracy(model, KNOWN["raw"], images, labels)


def test_weights_that_are_not_finite_are_told() -> None:
    images, labels = draw(0, 1, SIZE)
    model = grey_reader()
    model.layers[-1].bias.assign(np.full(10, np.nan))
    with pytest.raises(UnusableModelError, match="not finite"):
        accuracy(model, KNOWN["raw"], images, labels)


def test_a_model_for_other_images_is_told() -> None:
    images, labels = draw(0, 1, 32)
    model = keras.Sequential([keras.Input((SIZE, SIZE, 3)), keras.layers.Flatten(), keras.layers.Dense(10)])
    with pytest.raises(UnusableModelError, match="fails on prepared images"):
        accuracy(model, KNOWN["raw"], images, labels)
