"""What the layers answer to: windows against Keras itself, filters, maps and strongest pictures against known ones."""

from types import SimpleNamespace

import numpy as np
import pytest

from data import insight


def _convolution(name: str, kernel: int) -> SimpleNamespace:
    return SimpleNamespace(name=name, kernel_size=(kernel, kernel), strides=(1, 1))


def _pooling(name: str) -> SimpleNamespace:
    return SimpleNamespace(name=name, pool_size=(2, 2), strides=(2, 2))


def test_a_window_grows_by_each_kernel_times_the_step() -> None:
    layers = [_convolution("a", 3), _pooling("b"), _convolution("c", 3), _convolution("d", 1)]
    assert [insight.window(layers, name) for name in "abcd"] == [(3, 1), (4, 2), (8, 2), (8, 2)]


def test_the_window_of_an_unknown_layer_is_refused() -> None:
    with pytest.raises(ValueError, match="no layer 'z'"):
        insight.window([_pooling("b")], "z")


@pytest.mark.slow
def test_a_window_holds_all_the_pixels_that_matter_and_no_other() -> None:
    import keras  # noqa: PLC0415  (TensorFlow takes seconds to import; the quick tests do without)

    base = keras.applications.VGG16(weights=None, include_top=False, input_shape=(64, 64, 3))
    side, step = insight.window(base.layers[1:], "block2_pool")
    part = keras.Model(base.inputs, base.get_layer("block2_pool").output)
    picture = np.random.default_rng(1).uniform(-1, 1, (64, 64, 3)).astype("float32")
    place = 7
    start = int(step * (place + 0.5) - side / 2)
    pictures = np.stack([picture] * 3)
    pictures[1, start : start + side, start : start + side] += 1.0
    outside = np.ones((64, 64), dtype=bool)
    outside[start : start + side, start : start + side] = False
    pictures[2, outside] += 1.0
    answers = part.predict(pictures, verbose=0)[:, place, place]
    np.testing.assert_allclose(answers[2], answers[0], rtol=1e-4)
    assert np.abs(answers[1] - answers[0]).max() > 1e-3 * np.abs(answers[0]).max()


def test_filters_are_shown_red_first_and_grey_where_they_are_zero() -> None:
    kernel = np.zeros((3, 3, 3, 2))
    kernel[0, 0, 0, 0] = 2.0  # blue, which VGG16 takes first
    kernel[1, 1, 2, 1] = -0.5  # red
    tiles = insight.filter_tiles(kernel)
    assert tiles.shape == (2, 3, 3, 3)
    np.testing.assert_allclose(tiles[0, 0, 0], [127.5, 127.5, 255])
    np.testing.assert_allclose(tiles[1, 1, 1], [0, 127.5, 127.5])
    np.testing.assert_allclose(tiles[1, 0, 0], 127.5)


def test_an_even_filter_compares_nothing_and_an_edge_everything() -> None:
    kernel = np.ones((3, 3, 3, 2))
    kernel[:, 0, :, 1], kernel[:, 1, :, 1] = -1, 0
    np.testing.assert_allclose(insight.edge_share(insight.filter_tiles(kernel)), [0, 1], atol=1e-12)


def test_striking_channels_vary_most_and_differ() -> None:
    ramp = np.arange(16.0).reshape(4, 4)
    maps = np.stack([ramp, 3 * ramp, np.ones((4, 4)), ramp.T, -ramp], axis=-1)
    assert insight.striking(maps, 5) == [1, 3, 4]
    assert insight.striking(maps, 1) == [1]


def test_grey_is_white_at_the_peak_and_as_large_as_asked() -> None:
    picture = insight.grey([[0.0, 1.0], [2.0, -4.0]], 4)
    assert picture.shape == (4, 4, 3)
    np.testing.assert_array_equal(picture[::2, ::2, 0], [[0, 127.5], [255, 0]])
    assert not insight.grey(np.zeros((2, 2)), 4).any()


def _maps() -> tuple[np.ndarray, np.ndarray]:
    """Twenty pictures of two kinds; the channels answer to kind 0, to kind 1, to both alike, and to two pictures."""
    labels = np.repeat([0, 1], 10)
    maps = np.zeros((20, 2, 2, 4))
    strength = np.arange(1.0, 21.0)
    maps[:, 1, 0, 0] = strength * (labels == 0)
    maps[:, 0, 1, 1] = strength * (labels == 1)
    maps[:, 0, 0, 2] = np.where(labels == 0, strength, strength - 10)
    maps[:2, 0, 0, 3] = 1.0
    return maps, labels


def test_the_strongest_pictures_come_first() -> None:
    top, alive = insight.strongest(_maps()[0])
    assert top[0].tolist() == [9, 8, 7, 6, 5, 4, 3, 2]
    assert alive.tolist() == [True, True, True, False]


def test_agreement_counts_the_most_frequent_kind_and_nothing_for_a_silent_channel() -> None:
    assert insight.agreement(*_maps()).tolist() == [8, 8, 4, 0]


def test_the_clearest_channels_stand_for_two_kinds() -> None:
    assert insight.clearest(*_maps()) == (0, 1)
    maps, labels = _maps()
    with pytest.raises(ValueError, match="same kind"):
        insight.clearest(maps[..., :1], labels)


def test_a_cut_out_shows_the_window_at_the_peak() -> None:
    picture = np.zeros((8, 8, 3), dtype=np.uint8)
    picture[4:6, 2:4] = 200
    answers = np.zeros((4, 4))
    answers[2, 1] = 1.0
    part = insight.cut_out(picture, answers, side=2, step=2)
    assert part.shape == (8, 8, 3)
    assert (part == 200).all()
    assert (insight.cut_out(picture, answers, side=4, step=2) == 200).mean() == pytest.approx(0.25)


def test_what_lies_beyond_the_edge_is_grey() -> None:
    picture = np.full((8, 8, 3), 200, dtype=np.uint8)
    answers = np.zeros((4, 4))
    answers[0, 0] = 1.0
    part = insight.cut_out(picture, answers, side=6, step=2)
    assert part.shape == (8, 8, 3)
    assert set(part[0].ravel()) == set(part[:, 0].ravel()) == {128}
    assert (part[3:, 3:] == 200).all()


def test_a_window_larger_than_the_picture_shows_all_of_it() -> None:
    picture = np.arange(192, dtype=np.uint8).reshape(8, 8, 3)
    np.testing.assert_array_equal(insight.cut_out(picture, np.eye(4), side=8, step=2), picture)


def test_fields_are_averages_in_rows() -> None:
    picture = np.zeros((1, 9, 9, 3))
    picture[0, :4, 4:8] = [4, 8, 12]
    np.testing.assert_array_equal(insight.fields(picture, 2), [[0, 0, 0, 4, 8, 12, 0, 0, 0, 0, 0, 0]])
