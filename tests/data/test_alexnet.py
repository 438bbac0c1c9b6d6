"""AlexNet in Keras: its size, its maps, and plain refusals."""

from pathlib import Path

import numpy as np
import pytest

from data.alexnet import AlexNet, preprocess_input


def test_it_has_the_parameters_of_the_ungrouped_convolutions() -> None:
    assert AlexNet().count_params() == 3_747_200
    assert AlexNet(input_shape=(227, 227, 3)).output_shape == (None, 6, 6, 256)
    assert AlexNet(input_shape=(64, 64, 3)).output_shape == (None, 1, 1, 256)


def test_weights_come_back_from_a_file(tmp_path: Path) -> None:
    first = AlexNet()
    first.save_weights(tmp_path / "a.weights.h5")
    second = AlexNet(weights=str(tmp_path / "a.weights.h5"))
    for one, other in zip(first.get_weights(), second.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_what_there_is_not_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="no ImageNet weights for AlexNet"):
        AlexNet(weights="imagenet")
    with pytest.raises(ValueError, match="include_top=False"):
        AlexNet(include_top=True)


def test_preprocessing_scales_to_minus_one_to_one_and_leaves_the_images_alone() -> None:
    images = np.array([0.0, 127.5, 255.0])
    assert preprocess_input(images).tolist() == [-1.0, 0.0, 1.0]
    assert images.tolist() == [0.0, 127.5, 255.0]
