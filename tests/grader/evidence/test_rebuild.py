"""A configuration and arrays become the same model again; what does not fit is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from grader.evidence.allowed import RefusedModelError
from grader.evidence.facts import leaf_weights, leaves, model_facts, values
from grader.evidence.observe import model_config
from grader.evidence.plan import Sources
from grader.evidence.reading import StoredWeight
from grader.evidence.rebuild import rebuild

from .conftest import SIZE, head


def stored(model: Any) -> tuple[dict[str, Any], list[StoredWeight]]:
    weights = [
        StoredWeight(w.leaf.path, w.index, w.trainable, values(w.variable)) for w in leaf_weights(model, leaves(model))
    ]
    return model_config(model), weights


def augmented(base: Any) -> Any:
    inputs = keras.Input((SIZE, SIZE, 3))
    x = keras.layers.RandomRotation(0.1)(keras.layers.RandomFlip("horizontal")(inputs))
    x = base(keras.applications.vgg16.preprocess_input(x), training=False)
    for layer in head():
        x = layer(x)
    return keras.Model(inputs, x)


def normalized(base: Any) -> Any:
    scale = keras.layers.Normalization(mean=[1.0, 2.0, 3.0], variance=[1.0, 1.0, 4.0])
    return keras.Sequential([keras.Input((SIZE, SIZE, 3)), scale, keras.layers.Rescaling(1 / 255), base, *head()])


def adapted(base: Any) -> Any:
    scale = keras.layers.Normalization()
    scale.adapt(np.arange(24.0).reshape(2, 2, 2, 3))
    return keras.Sequential([keras.Input((SIZE, SIZE, 3)), scale, base, *head()])


def built_by_use(base: Any) -> Any:
    model = keras.Sequential([base, *head()])
    model(np.zeros((3, SIZE, SIZE, 3), dtype=np.float32))
    return model


def with_functions(base: Any) -> Any:
    inputs = keras.Input((SIZE, SIZE, 3))
    hidden = keras.activations.relu(keras.layers.Dense(6)(keras.layers.Flatten()(base(inputs))))
    return keras.Model(inputs, keras.layers.Dense(10, activation=tf.nn.softmax)(hidden))


def half_frozen(base: Any) -> Any:
    base.trainable = True
    base.get_layer("left").trainable = False
    return keras.Sequential([keras.Input((SIZE, SIZE, 3)), base, *head()])


@pytest.mark.parametrize("build", [augmented, normalized, adapted, built_by_use, with_functions, half_frozen])
def test_a_rebuilt_model_has_the_same_facts_and_answers(build: Any, base: Any, sources: Sources) -> None:
    model = build(base)
    again = rebuild(*stored(model))
    assert model_facts(again, sources.digests) == model_facts(model, sources.digests)
    images = np.random.default_rng(0).uniform(0, 255, (4, SIZE, SIZE, 3)).astype(np.float32)
    np.testing.assert_allclose(again(images, training=False), model(images, training=False), atol=1e-5)


def test_mixed_precision_is_rebuilt(sources: Sources) -> None:
    layer = keras.layers.Dense(3, dtype="mixed_bfloat16")
    model = keras.Sequential([keras.Input((4,)), layer])
    assert model_facts(rebuild(*stored(model)), {}) == model_facts(model, {})


def test_weights_that_are_not_finite_are_kept(nested: Any) -> None:
    nested.get_layer("answer").bias.assign(np.full(10, np.nan))
    assert np.isnan(rebuild(*stored(nested)).get_layer("answer").bias.numpy()).all()


def test_a_missing_or_doubled_weight_is_refused(nested: Any) -> None:
    config, weights = stored(nested)
    with pytest.raises(RefusedModelError, match="exported"):
        rebuild(config, weights[:-1])
    with pytest.raises(RefusedModelError, match="exported"):
        rebuild(config, [*weights[:-1], weights[0]])


def test_a_weight_of_another_shape_is_refused(nested: Any) -> None:
    config, weights = stored(nested)
    with pytest.raises(RefusedModelError, match="do not fit"):
        rebuild(config, [*weights[:-1], replace(weights[-1], array=np.zeros(11, np.float32))])


def test_an_enormous_model_is_refused_before_it_takes_memory() -> None:
    # 16 million inputs times 20,000 units would be 1.3 terabytes.
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(5)])
    config, weights = stored(model)
    config["config"]["layers"][0]["config"]["batch_shape"] = [None, 16_000_000]
    config["config"]["layers"][1]["config"]["units"] = 20_000
    config["config"]["layers"][1]["build_config"] = {"input_shape": [None, 16_000_000]}
    with pytest.raises(RefusedModelError, match="do not fit"):
        rebuild(config, weights)
    assert rebuild(*stored(model)).count_params() == 25


@pytest.mark.parametrize("name", ["flatten", "hidden", "nowhere"])
def test_a_graph_with_a_loop_or_a_gap_is_refused(flat: Any, name: str) -> None:
    config, weights = stored(flat)
    node = config["config"]["layers"][-3]["inbound_nodes"][0]
    node["args"][0]["config"]["keras_history"][0] = name if name != "hidden" else "answer"
    if name == "flatten":
        config["config"]["output_layers"] = ["nowhere", 0, 0]
    with pytest.raises(RefusedModelError):
        rebuild(config, weights)


def test_a_lambda_never_reaches_keras() -> None:
    model = keras.Sequential([keras.Input((4,)), keras.layers.Lambda(lambda x: x * 2)])
    with pytest.raises(RefusedModelError, match="Lambda"):
        rebuild(json.loads(model.to_json()), [])
