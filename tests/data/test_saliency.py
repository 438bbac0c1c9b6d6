"""Grad-CAM's heat, checked by hand and against the gradients of a real network; covered pictures."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from data import saliency


def test_heat_weighs_each_channel_by_its_mean_gradient() -> None:
    maps = np.zeros((1, 2, 2, 2))
    maps[0, 0, 0], maps[0, 1, 1], maps[0, 0, 1] = (4, 0), (1, 0), (0, 5)
    slopes = np.zeros((1, 2, 2, 2))
    slopes[..., 0], slopes[0, 0, 0, 1] = 1.0, -4.0
    np.testing.assert_allclose(saliency.heat(maps, slopes), [[[1.0, 0.0], [0.0, 0.25]]])


def test_what_speaks_against_a_kind_leaves_no_heat() -> None:
    assert not saliency.heat(np.ones((1, 2, 2, 3)), -np.ones((1, 2, 2, 3))).any()


def test_each_picture_has_its_own_scale() -> None:
    maps = np.ones((2, 1, 2, 1)) * [[[[1.0], [2.0]]], [[[10.0], [5.0]]]]
    np.testing.assert_allclose(saliency.heat(maps, np.ones((2, 1, 2, 1))), [[[0.5, 1.0]], [[1.0, 0.5]]])


def test_maps_and_gradients_of_unlike_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="gradients"):
        saliency.heat(np.ones((1, 2, 2, 3)), np.ones((1, 2, 2, 4)))


def test_behind_averaged_features_the_weights_are_those_of_the_dense_layer() -> None:
    keras.utils.set_random_seed(3)
    dense = layers.Dense(3, kernel_initializer=keras.initializers.RandomUniform(-0.5, 1.0))
    head = keras.Sequential([keras.Input((4, 4, 5)), layers.GlobalAveragePooling2D(), dense])
    maps = tf.constant(np.random.default_rng(3).random((2, 4, 4, 5), dtype="float32"))
    with tf.GradientTape() as tape:
        tape.watch(maps)
        score = tf.gather(head(maps), [0, 2], batch_dims=1)
    found = saliency.heat(maps, tape.gradient(score, maps))
    kernel = np.asarray(dense.kernel)
    expected = np.maximum(np.einsum("nhwc,nc->nhw", maps, kernel[:, [0, 2]].T), 0)
    np.testing.assert_allclose(found, expected / expected.max(axis=(1, 2), keepdims=True), atol=1e-5)


def test_enlarged_heat_keeps_its_place_and_its_range() -> None:
    small = np.zeros((2, 2, 2))
    small[0, 0, 1], small[1] = 1.0, 1.0
    large = saliency.enlarge(small, 8)
    assert large.shape == (2, 8, 8)
    assert large[0, 0, 7] == 1.0
    assert large[0, 7, 0] == 0.0
    assert large[1].min() == 1.0


def test_the_hottest_fields_are_covered_and_nothing_else() -> None:
    picture = np.zeros((1, 4, 4, 3))
    picture[0, :2, 2:] = 200.0
    heats = np.array([[[0.1, 1.0], [0.0, 0.2]]])
    hot = saliency.cover(picture, heats, 1)
    assert np.all(hot == np.where(picture > 0, 50.0, 0.0))
    cold = saliency.cover(picture, heats, 1, hottest=False)
    assert np.all(cold[0, 2:, :2] == 50.0)
    assert np.array_equal(cold[0, :2], picture[0, :2])
    assert np.array_equal(cold[0, 2:, 2:], picture[0, 2:, 2:])


def test_the_pictures_that_were_given_stay_as_they_are() -> None:
    picture = np.full((1, 4, 4, 3), 7, dtype=np.uint8)
    picture[0, 0, 0] = 0
    saliency.cover(picture, np.ones((1, 2, 2)), 4)
    assert picture.sum() == 15 * 3 * 7


def test_all_fields_or_none_can_be_covered() -> None:
    picture = np.random.default_rng(1).integers(0, 256, (2, 4, 4, 3))
    heats = np.zeros((2, 2, 2))
    assert np.array_equal(saliency.cover(picture, heats, 0), picture)
    assert saliency.cover(picture, heats, 4).std(axis=(1, 2)).max() < 1e-9


@pytest.mark.parametrize(("size", "fields"), [(5, 1), (4, 5), (4, -1)])
def test_fields_that_do_not_fit_are_refused(size: int, fields: int) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        saliency.cover(np.zeros((1, size, size, 3)), np.zeros((1, 2, 2)), fields)
