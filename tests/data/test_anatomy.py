"""Cuts through a network, and layers that moved: found on a small network with a shortcut."""

from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

from data import anatomy


@pytest.fixture
def network() -> Any:
    """Two convolutions in a row beside one in the shortcut, listed as in ResNet50; eight by eight pixels."""
    picture = keras.Input((8, 8, 3), name="picture")
    branch = layers.Conv2D(4, 3, padding="same", name="a_1_conv")(picture)
    branch = layers.BatchNormalization(name="a_1_bn")(branch)
    shortcut = layers.Conv2D(4, 1, name="a_0_conv")(picture)
    branch = layers.Conv2D(4, 1, name="a_2_conv")(branch)
    added = layers.Add(name="a_add")([layers.BatchNormalization(name="a_0_bn")(shortcut), branch])
    return keras.Model(picture, layers.ReLU(name="a_out")(added))


def place(network: Any, name: str) -> int:
    return [layer.name for layer in network.layers].index(name)


def test_behind_a_block_one_tensor_crosses_and_within_it_two(network: Any) -> None:
    assert anatomy.crossing(network, place(network, "a_out")) == ["a_add"]
    assert set(anatomy.crossing(network, place(network, "a_add"))) == {"a_0_bn", "a_2_conv"}
    assert anatomy.crossing(network, 1) == ["picture"]


def test_a_batch_normalization_without_its_convolution_is_named(network: Any) -> None:
    assert anatomy.separated(network, place(network, "a_1_bn")) == ["a_1_bn", "a_0_bn"]
    assert anatomy.separated(network, place(network, "a_0_bn")) == ["a_0_bn"]
    assert anatomy.separated(network, place(network, "a_out")) == []


def test_inputs_are_named_in_the_order_in_which_a_layer_takes_them(network: Any) -> None:
    assert anatomy.inputs_of(network, "a_add") == ["a_0_bn", "a_2_conv"]
    assert anatomy.inputs_of(network, "a_out") == ["a_add"]


def test_multiplications_count_kernel_times_places(network: Any) -> None:
    assert anatomy.multiplications(network.layers) == 64 * (3 * 3 * 3 * 4 + 3 * 4 + 4 * 4)
    assert anatomy.multiplications([network.get_layer("a_out")]) == 0


def test_kept_weights_tell_what_moved_and_come_back(network: Any) -> None:
    kept = anatomy.Kept(network)
    layer = network.get_layer("a_1_conv")
    kernel, bias = layer.get_weights()
    layer.set_weights([1.5 * kernel, bias])
    states = dict(zip([layer.name for layer in network.layers], kept.states(), strict=True))
    assert [name for name, state in states.items() if state == anatomy.MOVED] == ["a_1_conv"]
    assert states["a_2_conv"] == anatomy.HELD_STILL
    assert states["a_add"] == anatomy.NO_WEIGHTS
    assert kept.distance("a_1_conv", "kernel") == pytest.approx(0.5)
    kept.put_back()
    np.testing.assert_array_equal(layer.get_weights()[0], kernel)
    assert anatomy.MOVED not in kept.states()


def test_a_distance_counts_the_weights_that_were_asked_for(network: Any) -> None:
    kept = anatomy.Kept(network)
    layer = network.get_layer("a_1_bn")
    gamma, beta, mean, variance = layer.get_weights()
    layer.set_weights([gamma, beta, mean, 3 * variance])
    assert kept.distance("a_1_bn", "moving_variance") == pytest.approx(2.0)
    assert kept.distance("a_1_bn", "gamma") == 0
    with pytest.raises(ValueError, match="no weights named kernel"):
        kept.distance("a_1_bn", "kernel")
