"""Facts are the same however the base is held, and tell a frozen base from one that was trained."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from data.pretrained import digest, occurrence
from grader.evidence.facts import leaves, model_facts
from grader.evidence.plan import Sources
from grader.records import ModelFacts

from .conftest import SIZE, fresh, head


def without_paths(facts: ModelFacts) -> list[Any]:
    return [(layer.name.split("/")[-1], layer.kind, layer.config, layer.weights) for layer in facts.layers]


def base_weights(facts: ModelFacts) -> list[Any]:
    return [weight for layer in facts.layers[:6] for weight in layer.weights]


def test_a_nested_and_a_flat_base_give_the_same_facts(base: Any, nested: Any, flat: Any, sources: Sources) -> None:
    flat.get_layer("hidden").set_weights(nested.get_layer("hidden").get_weights())
    flat.get_layer("answer").set_weights(nested.get_layer("answer").get_weights())
    first, second = model_facts(nested, sources.digests), model_facts(flat, sources.digests)
    assert without_paths(first) == without_paths(second)
    assert first.layers[0].name == "tiny/one"
    assert second.layers[0].name == "one"
    assert first.input_shape == second.input_shape == (SIZE, SIZE, 3)
    assert first.output_shape == second.output_shape == (10,)


def test_the_frozen_base_is_counted_and_named(base: Any, nested: Any, sources: Sources) -> None:
    facts = model_facts(nested, sources.digests)
    assert facts.frozen_parameters == base.count_params()
    assert facts.trainable_parameters == sum(w.numpy().size for w in nested.trainable_variables)
    assert [w.same_as for w in base_weights(facts)] == list(sources.digests.values())
    assert all(w.same_as is None for layer in facts.layers[6:] for w in layer.weights)


@pytest.mark.parametrize("by_loop", [True, False])
def test_a_loop_and_the_parent_freeze_alike(base: Any, sources: Sources, by_loop: bool) -> None:
    base.trainable = True
    if by_loop:
        for layer in base.layers:
            layer.trainable = False
    else:
        base.trainable = False
    model = keras.Sequential([keras.Input((SIZE, SIZE, 3)), base, *head()])
    assert not any(weight.trainable for weight in base_weights(model_facts(model, sources.digests)))


def test_a_base_frozen_only_after_training_has_the_right_counts_and_other_bits(
    base: Any, nested: Any, sources: Sources
) -> None:
    right = model_facts(nested, sources.digests)
    base.trainable = True
    nested.compile("sgd", "sparse_categorical_crossentropy")
    images, labels = sources.draw(fresh(0, 1))
    nested.fit(images, labels, verbose=0)
    base.trainable = False
    wrong = model_facts(nested, sources.digests)
    assert wrong.frozen_parameters == right.frozen_parameters
    assert wrong.trainable_parameters == right.trainable_parameters
    assert not any(weight.same_as for weight in base_weights(wrong) if weight.name == "kernel")


def test_an_operation_on_the_input_is_listed_before_the_base(base: Any, sources: Sources) -> None:
    inputs = keras.Input((SIZE, SIZE, 3))
    model = keras.Model(inputs, keras.layers.Flatten()(base(inputs / 255.0)))
    facts = model_facts(model, sources.digests)
    assert [layer.kind for layer in facts.layers][:2] == ["TrueDivide", "Conv2D"]


def test_batch_normalization_statistics_are_never_trainable(base: Any) -> None:
    base.trainable = True
    norm = next(layer for layer in model_facts(base, {}).layers if layer.kind == "BatchNormalization")
    assert [(w.name, w.trainable) for w in norm.weights] == [
        ("gamma", True),
        ("beta", True),
        ("moving_mean", False),
        ("moving_variance", False),
    ]


def test_one_changed_bit_loses_the_name(base: Any, nested: Any, sources: Sources) -> None:
    kernel = base.get_layer("one").kernel
    values = kernel.numpy()
    values[0, 0, 0, 0] = np.nextafter(values[0, 0, 0, 0], np.float32(1))
    kernel.assign(values)
    weights = base_weights(model_facts(nested, sources.digests))
    assert [weight.same_as is None for weight in weights].count(True) == 1


def test_a_layer_that_is_used_twice_is_listed_once() -> None:
    inputs = keras.Input((4,))
    shared = keras.layers.Dense(4)
    assert len(leaves(keras.Model(inputs, shared(shared(inputs))))) == 1


def test_tensorflows_own_activations_are_called_as_those_of_keras() -> None:
    layers = [keras.layers.Dense(4, activation=tf.nn.relu), keras.layers.Dense(3, activation=tf.nn.softmax)]
    facts = model_facts(keras.Sequential([keras.Input((4,)), *layers]), {})
    assert [layer.config["activation"] for layer in facts.layers] == ["relu", "softmax"]


def test_arrays_that_are_alike_get_one_name_after_the_other_and_no_more_than_there_are() -> None:
    layers = [keras.layers.Dense(4, name=f"d{number}") for number in range(3)]
    model = keras.Sequential([keras.Input((4,)), *layers])
    zeros = digest(np.zeros(4, dtype=np.float32))
    table = {zeros: "NET/one/bias", occurrence(zeros, 1): "NET/two/bias"}
    biases = [layer.weights[1].same_as for layer in model_facts(model, table).layers]
    # The third is still the same as a pretrained one, but not one that was left over.
    assert biases == ["NET/one/bias", "NET/two/bias", "NET/one/bias"]
