"""Configurations that name code, files or absurd sizes are refused before anything is deserialized."""

from __future__ import annotations

import copy
import json
from typing import Any

import keras
import pytest

from grader.evidence.allowed import RefusedModelError, clean


def config_of(model: Any) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(model.to_json())
    return result


@pytest.fixture
def config() -> dict[str, Any]:
    return config_of(keras.Sequential([keras.Input((4, 4, 3)), keras.layers.Conv2D(2, 3), keras.layers.Dense(3)]))


def dense(config: dict[str, Any]) -> dict[str, Any]:
    layer: dict[str, Any] = config["config"]["layers"][-1]
    return layer


def test_a_plain_model_passes_unchanged_but_for_compile(config: dict[str, Any]) -> None:
    expected = {key: value for key, value in config.items() if key != "compile_config"}
    assert clean({**config, "compile_config": {"loss": {"class_name": "Evil", "config": {}}}}) == expected


@pytest.mark.parametrize("name", ["vgg16", "resnet50", "mobilenet", "mobilenet_v2", "efficientnet"])
def test_preprocessing_on_the_input_tensor_passes(name: str) -> None:
    inputs = keras.Input((32, 32, 3))
    model = keras.Model(inputs, keras.layers.Flatten()(getattr(keras.applications, name).preprocess_input(inputs)))
    clean(config_of(model))


@pytest.mark.parametrize(
    "layer",
    [
        keras.layers.Dense(3, activation=keras.activations.relu, kernel_regularizer="l2"),
        keras.layers.Dense(3, activation=keras.layers.LeakyReLU()),
        keras.layers.Dense(
            3, activation="gelu", kernel_initializer=keras.initializers.HeNormal(), dtype="mixed_float16"
        ),
        keras.layers.Dense(3, kernel_constraint=keras.constraints.MaxNorm(2)),
    ],
)
def test_what_is_built_in_passes(layer: Any) -> None:
    clean(config_of(keras.Sequential([keras.Input((4,)), layer])))


HOSTILE: list[dict[str, Any]] = [
    {"module": "keras.layers", "class_name": "Lambda", "config": {"name": "x"}, "registered_name": None},
    {"module": "keras.layers", "class_name": "TorchModuleWrapper", "config": {}, "registered_name": None},
    {"module": "keras.layers", "class_name": "TFSMLayer", "config": {"filepath": "/etc"}, "registered_name": None},
    {"module": "keras.layers", "class_name": "Hashing", "config": {"num_bins": 3}, "registered_name": None},
    {"module": "keras.layers", "class_name": "TextVectorization", "config": {"vocabulary": "/etc/passwd"}},
    {"module": "os", "class_name": "system", "config": {}, "registered_name": None},
    {"module": "os", "class_name": "function", "config": "system", "registered_name": "system"},
    {"module": "builtins", "class_name": "function", "config": "eval", "registered_name": "function"},
    {"module": "keras.layers", "class_name": "function", "config": "relu", "registered_name": "os>system"},
    {"module": "subprocess", "class_name": "Dense", "config": {"units": 1}, "registered_name": None},
    {"module": "keras.layers", "class_name": "Dense", "config": {"units": 1}, "registered_name": "Custom>Mine"},
    {"module": None, "class_name": "Mine", "config": {"name": "mine"}, "registered_name": "Mine"},
    {"class_name": "Dense", "config": {"units": 1}},
    {"class_name": "__lambda__", "config": {"value": ["4wEAAA==", None, None]}},
    {"class_name": "__typespec__", "config": [], "spec_name": "system", "module": "os", "registered_name": None},
    {"class_name": "__bytes__", "config": {"value": "x"}},
    {"class_name": ["Dense"], "config": {}},
    {"module": "os", "registered_name": "system", "config": {}},
    {"fn": "system"},
    {"__class__": "x"},
]


@pytest.mark.parametrize("evil", HOSTILE, ids=lambda evil: str(evil)[:60])
@pytest.mark.parametrize("place", ["layer", "activation", "initializer", "deep"])
def test_hostile_entries_are_refused_anywhere(config: dict[str, Any], evil: dict[str, Any], place: str) -> None:
    evil = copy.deepcopy(evil)
    if place == "layer":
        config["config"]["layers"].append(evil)
    elif place == "activation":
        dense(config)["config"]["activation"] = evil
    elif place == "initializer":
        dense(config)["config"]["kernel_initializer"]["config"] = {"seed": evil}
    else:
        dense(config)["config"]["unknown"] = [{"a": [evil]}]
    with pytest.raises(RefusedModelError):
        clean(config)


def test_a_nested_lambda_is_refused_with_its_name() -> None:
    inner = keras.Sequential([keras.Input((4,)), keras.layers.Lambda(lambda x: x, name="secret")], name="inner")
    outer = keras.Sequential([keras.Input((4,)), inner])
    with pytest.raises(RefusedModelError, match=r"Lambda layer .*secret"):
        clean(config_of(outer))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("units", 1_000_000_000),
        ("activation", "os.system"),
        ("kernel_initializer", "mine"),
        ("name", "x" * 1000),
        ("dtype", "object"),
    ],
)
def test_absurd_values_are_refused(config: dict[str, Any], key: str, value: object) -> None:
    dense(config)["config"][key] = value
    with pytest.raises(RefusedModelError):
        clean(config)


def test_a_deep_nesting_is_refused(config: dict[str, Any]) -> None:
    deep: Any = 1
    for _ in range(500):
        deep = [deep]
    dense(config)["config"]["unknown"] = deep
    with pytest.raises(RefusedModelError, match="too large"):
        clean(config)


def test_too_many_layers_are_refused(config: dict[str, Any]) -> None:
    config["config"]["layers"] += [dense(config)] * 2_001
    with pytest.raises(RefusedModelError, match="layers"):
        clean(config)


@pytest.mark.parametrize("config", [None, 3, [], {}, {"class_name": "Dense"}, {"class_name": "Functional"}])
def test_what_is_no_model_is_refused(config: object) -> None:
    with pytest.raises(RefusedModelError):
        clean(config)
