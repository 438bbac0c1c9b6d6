"""Live objects of every kind are told apart, and none of them makes the look at it fail."""

from __future__ import annotations

from typing import Any, NoReturn

import keras
import numpy as np
import pytest
import tensorflow as tf

from grader.evidence.observe import Observed, model_config, observe
from grader.evidence.plan import Array


class Rude:
    """An object that fails wherever it is touched."""

    def __getattribute__(self, name: str) -> NoReturn:
        raise RuntimeError("go away")


class Doubling(keras.layers.Layer):  # type: ignore[misc]
    def call(self, inputs: Any) -> Any:
        return inputs * 2


class Own(keras.Model):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.answer = keras.layers.Dense(2)

    def call(self, inputs: Any) -> Any:
        return self.answer(inputs)


def look(name: str, value: object) -> Observed:
    return observe([name], {name: value}, 0)[name]


@pytest.mark.parametrize(
    ("value", "kind", "plain"),
    [
        (3, "number", 3),
        (np.float32(0.5), "number", 0.5),
        (float("nan"), "number", "nan"),
        (True, "number", True),
        ("text", "text", "text"),
        ([1, (2.0, "x")], "list", [1, [2.0, "x"]]),
        ({"a": [1], 2: None}, "dict", {"a": [1], "2": None}),
    ],
)
def test_plain_values_are_taken_over(value: object, kind: str, plain: object) -> None:
    found = look("x", value)
    assert (found.kind, found.value, found.problem) == (kind, plain, None)


@pytest.mark.parametrize("value", [None, ...])
def test_a_placeholder_is_a_missing_answer(value: object) -> None:
    found = look("model", value)
    assert found.kind == "missing"
    assert "still" in str(found.problem)


def test_an_undefined_name_is_missing() -> None:
    assert "not defined" in str(observe(["model"], {}, 0)["model"].problem)


@pytest.mark.parametrize("name", ["x", "model", "prepare"])
def test_an_object_that_fails_everywhere_is_only_a_problem(name: str) -> None:
    assert look(name, Rude()).problem is not None


def test_subclasses_of_plain_types_are_no_plain_values() -> None:
    class Always(int):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = int.__hash__

    assert look("x", Always(3)).kind == "other"


@pytest.mark.parametrize("value", [np.arange(6).reshape(2, 3), tf.reshape(tf.range(6), (2, 3))])
def test_arrays_and_tensors_are_arrays(value: object) -> None:
    found = look("x", value)
    assert found.kind == "array"
    assert found.array is not None
    assert found.array.tolist() == [[0, 1, 2], [3, 4, 5]]


def test_an_array_of_objects_is_refused() -> None:
    assert look("x", np.array([object()])).kind == "other"


def test_prepare_is_run_on_a_copy_and_a_change_in_place_is_told() -> None:
    def in_place(images: Array) -> Array:
        images /= 255
        return images

    assert look("prepare", in_place).input_changed
    assert not look("prepare", lambda images: images / 255).input_changed


def test_prepare_may_take_whole_numbers_only() -> None:
    def choosy(images: Array) -> Array:
        if images.dtype != np.uint8:
            raise TypeError("bytes, please")
        return images / 255

    assert look("prepare", choosy).prepared is not None


def test_prepare_may_be_a_layer_or_return_a_tensor() -> None:
    assert look("prepare", keras.layers.Rescaling(1 / 255)).prepared is not None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (3, "must be a function"),
        (lambda images: None, "returns nothing"),
        (lambda images: "no", "must return an array"),
        (lambda images: 1 / 0, "ZeroDivisionError"),
        (lambda images: images[:0], "cannot be graded"),
        (lambda images: dict[str, int]()["\x1b[1mloud\x1b[0m"], "loud"),
        (tf.data.Dataset.from_tensors, "must return an array"),
    ],
)
def test_a_wrong_prepare_is_told_in_a_sentence(value: object, words: str) -> None:
    problem = str(look("prepare", value).problem)
    assert words in problem
    assert problem.isprintable()


def lambda_model() -> Any:
    return keras.Sequential([keras.Input((2,)), keras.layers.Lambda(lambda x: x * 2), keras.layers.Dense(2)])


def own_layer() -> Any:
    return keras.Sequential([keras.Input((2,)), Doubling(name="mine"), keras.layers.Dense(2)])


def own_model() -> Any:
    model = Own()
    model(np.zeros((1, 2)))
    return model


def own_activation() -> Any:
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(2, activation=lambda x: x)])


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda_model, "Lambda layer"),
        (own_layer, "Doubling"),
        (own_model, "class Own"),
        (own_activation, "holds a lambda"),
        (lambda: keras.Sequential([keras.layers.Dense(2)]), "no weights yet"),
    ],
)
def test_a_model_that_cannot_be_rebuilt_is_refused_with_the_way_out(build: Any, words: str) -> None:
    found = look("model", build())
    assert found.kind == "refused"
    assert words in str(found.problem)


def test_a_number_under_a_models_name_is_told() -> None:
    assert "must be a Keras model" in str(look("base", 3).problem)


@pytest.mark.parametrize("loss", [keras.losses.MeanSquaredError, lambda truth, answer: truth - answer])
def test_an_unusual_compile_does_not_cost_the_model(loss: Any) -> None:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2)])
    model.compile("adam", loss)
    assert look("model", model).kind == "model"


def test_both_import_roots_describe_a_model_alike() -> None:
    ours = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2, name="a")], name="m")
    theirs = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(2, name="a")], name="m")
    one, two = model_config(ours), model_config(theirs)
    for config in (one, two):
        config["config"]["layers"][0]["config"].pop("name")
    assert one == two
