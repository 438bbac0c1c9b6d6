"""The table of the backbones gives the counts that Keras gives, at any depth of freezing."""

from __future__ import annotations

import pytest

from grader.backbones import backbone, names


@pytest.mark.parametrize(
    ("name", "layers", "parameters", "trainable"),
    [
        ("VGG16", 19, 14_714_688, 14_714_688),
        ("ResNet50", 175, 23_587_712, 23_534_592),
        ("MobileNet", 86, 3_228_864, 3_206_976),
        ("MobileNetV2", 154, 2_257_984, 2_223_872),
        ("EfficientNetB0", 237, 4_049_571, 4_007_548),
        ("AlexNet", 9, 3_747_200, 3_747_200),
    ],
)
def test_the_counts_are_those_of_keras(name: str, layers: int, parameters: int, trainable: int) -> None:
    found = backbone(name)
    assert (len(found.layers), found.parameters, found.trainable()) == (layers, parameters, trainable)


@pytest.mark.parametrize(
    ("name", "frozen", "trainable"),
    [
        ("ResNet50", 50, 22_927_104),
        ("ResNet50", 100, 19_452_928),
        ("ResNet50", 143, 14_976_000),
        ("ResNet50", 150, 9_990_144),
        ("MobileNet", 50, 2_664_448),
        ("MobileNet", 100, 0),
        ("MobileNetV2", 100, 1_861_440),
        ("VGG16", 50, 0),
    ],
)
def test_freezing_leaves_so_many_parameters(name: str, frozen: int, trainable: int) -> None:
    assert backbone(name).trainable(frozen) == trainable


def test_an_unknown_backbone_lists_those_that_are_known() -> None:
    with pytest.raises(ValueError, match="backbone is 'VGG19'; there is AlexNet, EfficientNetB0, "):
        backbone("VGG19")
    assert len(names()) == 6
