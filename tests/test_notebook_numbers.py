"""Numbers in the text of notebooks are those of Keras and of the pictures, and agree with what others measured."""

from __future__ import annotations

import re
from typing import Any

import keras
import nbformat
import pytest

from data import anatomy, surfaces
from data.alexnet import AlexNet
from data.datasets import PARTS
from tests.variants import COURSE


def run(names: dict[str, Any], *cells: str) -> dict[str, Any]:
    """Run cells of the notebook, the course's own, and return the names that they leave."""
    notebook = nbformat.read(COURSE / "notebooks" / "04_mobilenet_swap.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.id in cells:
            exec(compile(cell.source, cell.id, "exec"), names)
    return names


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ResNet50", "MobileNet", "MobileNetV2", "VGG16"])
def test_the_tops_have_the_parameters_of_those_in_keras(name: str) -> None:
    build = getattr(keras.applications, name)
    sizes = {"VGG16": 14_714_688, "ResNet50": 23_587_712, "MobileNet": 3_228_864, "MobileNetV2": 2_257_984}
    tops = run({"size": sizes}, "tops")["tops"]
    assert build(weights=None).count_params() == sizes[name] + tops[name]


@pytest.mark.parametrize("name", ["VGG16", "ResNet50", "MobileNet", "MobileNetV2"])
def test_a_base_refuses_pictures_of_fewer_than_32_pixels(name: str) -> None:
    build = getattr(keras.applications, name)
    with pytest.raises(ValueError, match="at least 32x32"):
        build(weights=None, include_top=False, input_shape=(31, 31, 3))


def test_mobilenet_takes_32_pixels_and_alexnet_57() -> None:
    small = keras.applications.MobileNet(weights=None, include_top=False, input_shape=(32, 32, 3))
    assert small.output_shape == (None, 1, 1, 1024)
    assert AlexNet(input_shape=(57, 57, 3)).output_shape == (None, 1, 1, 256)
    with pytest.raises(ValueError, match="output size"):
        AlexNet(input_shape=(56, 56, 3))


def printed(path: str, cell: str) -> str:
    """Return what a cell of a committed notebook has printed."""
    notebook = nbformat.read(COURSE / path, as_version=4)
    (found,) = (each for each in notebook.cells if each.id == cell)
    return "".join(output.get("text", "") for output in found.outputs)


def test_a_hundred_times_the_rate_drifts_dozens_of_times_as_far() -> None:
    told = re.search(r"the drift at 1e-4 is (\d+) times", printed("solutions/04_learning_rates.ipynb", "low"))
    drift = dict(
        re.findall(r"([\d.e-]+): drift ([\d.]+)%", printed("notebooks/03_resnet50_fine_tuning.ipynb", "rates-shown"))
    )
    assert told is not None
    for times in (
        int(told[1]),
        float(drift["0.0001"]) / float(drift["1e-06"]),
        float(drift["0.001"]) / float(drift["1e-05"]),
    ):
        assert 24 < times < 100


def test_what_a_deeper_head_adds_is_little_beside_its_base() -> None:
    base = keras.applications.ResNet50(weights=None, include_top=False, input_shape=(64, 64, 3))
    added = 256 * 128 + 128 * 64 + 64 * 10 - 256 * 10
    assert 35_000 < added < 45_000
    assert anatomy.multiplications(base.layers) > 200e6


def test_notebook_06_counts_the_surfaces_as_they_are() -> None:
    train, test = (PARTS["surfaces"][part].counts for part in ("train", "test"))
    assert train["crack"] == train["missing"] == min(train.values()) == 5
    defects = sum(train.values()) - train["good"]
    assert (defects, round(0.3 * defects), round(100 / 11)) == (38, 11, 9)
    found = sum(test.values()) - test["good"]
    assert found == 29 and round(100 / found, 1) == 3.4 and min(test.values()) == 4
    assert surfaces.SHARES[surfaces.GOOD] == 0.88
