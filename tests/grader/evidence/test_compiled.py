"""What compile was told is normalised, however it was told."""

from __future__ import annotations

from typing import Any

import keras
import pytest

from grader.evidence.compiled import compile_facts


@pytest.fixture
def model() -> Any:
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])


@pytest.mark.parametrize(
    ("loss", "name"),
    [
        ("sparse_categorical_crossentropy", "sparse_categorical_crossentropy"),
        (keras.losses.SparseCategoricalCrossentropy(), "sparse_categorical_crossentropy"),
        (keras.losses.SparseCategoricalCrossentropy, "sparse_categorical_crossentropy"),
        (keras.losses.sparse_categorical_crossentropy, "sparse_categorical_crossentropy"),
        ("SparseCategoricalCrossentropy", "sparse_categorical_crossentropy"),
        (keras.losses.CategoricalCrossentropy(from_logits=True), "categorical_crossentropy(from_logits=True)"),
        ("mse", "mean_squared_error"),
        (None, None),
    ],
)
def test_a_loss_is_named(model: Any, loss: Any, name: str | None) -> None:
    model.compile("adam", loss, metrics=["accuracy"])
    facts = compile_facts(model)
    assert facts is not None
    assert facts.loss == name
    assert facts.metrics == ("accuracy",)


@pytest.mark.parametrize(
    ("optimizer", "name", "rate"),
    [
        ("adam", "Adam", 0.001),
        (keras.optimizers.Adam(1e-4), "Adam", 1e-4),
        (keras.optimizers.SGD(keras.optimizers.schedules.CosineDecay(0.03, 10)), "SGD", 0.03),
        (
            keras.optimizers.SGD(keras.optimizers.schedules.CosineDecay(0.0, 10, warmup_target=0.02, warmup_steps=5)),
            "SGD",
            0.02,
        ),
        (keras.optimizers.Adam(keras.optimizers.schedules.PiecewiseConstantDecay([9], [0.01, 0.001])), "Adam", 0.01),
        (keras.optimizers.LossScaleOptimizer(keras.optimizers.RMSprop(2e-5)), "RMSprop", 2e-5),
    ],
)
def test_an_optimizer_is_named_with_its_rate(model: Any, optimizer: Any, name: str, rate: float) -> None:
    model.compile(optimizer, "mse")
    facts = compile_facts(model)
    assert facts is not None
    assert (facts.optimizer, facts.learning_rate) == (name, rate)


def test_a_function_of_ones_own_is_named(model: Any) -> None:
    def mine(truth: Any, answer: Any) -> Any:
        return truth - answer

    model.compile("adam", mine, metrics=[keras.metrics.SparseCategoricalAccuracy()])
    facts = compile_facts(model)
    assert facts is not None
    assert facts.loss == "mine"
    assert facts.metrics == ("sparse_categorical_accuracy",)


def test_a_model_that_was_never_compiled_has_no_facts(model: Any) -> None:
    assert compile_facts(model) is None
