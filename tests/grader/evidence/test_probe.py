"""Preprocessing is recognised from what it made of random images, in prepare and inside the model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest

from grader.evidence.plan import Array
from grader.evidence.probe import affine_map, probe_facts, probe_images, seen_by_first_convolution

from .conftest import SIZE, head, vgg_prepare

APPLICATIONS = keras.applications


@pytest.mark.parametrize(
    ("prepare", "name"),
    [
        (lambda x: x, "raw"),
        (vgg_prepare, "vgg16"),
        (lambda x: APPLICATIONS.resnet50.preprocess_input(x.copy()), "vgg16"),
        (lambda x: APPLICATIONS.mobilenet.preprocess_input(x.copy()), "mobilenet"),
        (lambda x: APPLICATIONS.mobilenet_v2.preprocess_input(x.copy()), "mobilenet"),
        (lambda x: APPLICATIONS.densenet.preprocess_input(x.copy()), "torch"),
        (lambda x: x / 255, "1/255"),
        (lambda x: (x / 255).astype("float16"), "1/255"),
    ],
)
def test_known_preprocessing_is_named(prepare: Callable[[Array], Array], name: str) -> None:
    raw = probe_images(3)
    facts = probe_facts(raw, prepare(raw))
    assert facts.matches == name
    assert facts.affine


@pytest.mark.parametrize(
    ("prepare", "affine"),
    [
        (lambda x: x[..., ::-1] / 255, True),
        (lambda x: x - 100, True),
        (np.zeros_like, True),
        (lambda x: x**2 / 255, False),
        (lambda x: x / x.max(axis=(1, 2, 3), keepdims=True), False),
        (lambda x: x[:, ::-1], False),
        (lambda x: x[:, :32, :32], False),
        (lambda x: x * np.nan, False),
        (lambda x: x.reshape(4, -1), False),
    ],
)
def test_other_preprocessing_has_no_name(prepare: Callable[[Array], Array], affine: bool) -> None:
    raw = probe_images(3)
    facts = probe_facts(raw, prepare(raw))
    assert facts.matches is None
    assert facts.affine is affine


def test_the_recovered_map_prepares_other_images_alike() -> None:
    raw, other = probe_images(1), probe_images(2)
    recovered = affine_map(raw, vgg_prepare(raw))
    assert recovered is not None
    np.testing.assert_allclose(recovered.apply(other.astype(np.uint8)), vgg_prepare(other), atol=1e-3)


def test_probe_images_follow_the_seed() -> None:
    assert np.array_equal(probe_images(1), probe_images(1))
    assert not np.array_equal(probe_images(1), probe_images(2))


def inside(base: Any, nested: bool) -> Any:
    inputs = keras.Input((SIZE, SIZE, 3))
    flipped = keras.layers.RandomFlip("horizontal")(inputs)
    prepared = keras.applications.vgg16.preprocess_input(flipped)
    x = base(prepared) if nested else prepared
    if not nested:
        x = keras.layers.Conv2D(2, 3, name="own")(x)
    for layer in head():
        x = layer(x)
    return keras.Model(inputs, x)


@pytest.mark.parametrize("nested", [True, False])
def test_preprocessing_inside_the_model_is_seen(base: Any, nested: bool) -> None:
    raw, model = probe_images(5), inside(base, nested)
    seen = seen_by_first_convolution(model, raw)
    assert seen is not None
    assert probe_facts(raw, seen).matches == "vgg16"
    # The layer is itself again afterwards.
    assert np.asarray(model(raw)).shape == (4, 10)


def test_a_base_whose_layers_were_called_anew_is_seen_in_the_right_graph(base: Any) -> None:
    inputs = keras.Input((SIZE, SIZE, 3))
    x = inputs / 255.0
    first = base.get_layer("one")
    raw = probe_images(5)
    seen = seen_by_first_convolution(keras.Model(inputs, first(x)), raw)
    assert seen is not None
    assert probe_facts(raw, seen).matches == "1/255"


def test_zero_padding_before_the_first_convolution_is_left_out() -> None:
    model = keras.Sequential(
        [keras.Input((SIZE, SIZE, 3)), keras.layers.ZeroPadding2D(3), keras.layers.Conv2D(1, 7, strides=2)]
    )
    raw = probe_images(5)
    seen = seen_by_first_convolution(model, raw)
    assert seen is not None
    assert probe_facts(raw, seen).matches == "raw"


def test_a_model_without_convolution_sees_nothing() -> None:
    model = keras.Sequential([keras.Input((SIZE, SIZE, 3)), keras.layers.Flatten()])
    assert seen_by_first_convolution(model, probe_images(5)) is None


@pytest.mark.parametrize("layers", [2, 3])
@pytest.mark.parametrize(("before", "arrives"), [(1.0, "raw"), (1 / 255, "1/255")])
def test_what_efficientnet_does_to_its_pixels_counts_as_part_of_it(layers: int, before: float, arrives: str) -> None:
    own = [keras.layers.Rescaling(1 / 255), keras.layers.Normalization(), keras.layers.Rescaling([2.0, 2.1, 2.1])]
    first = [keras.layers.ZeroPadding2D(1), keras.layers.Conv2D(2, 3)]
    scaled = [] if before == 1.0 else [keras.layers.Rescaling(before)]
    model = keras.Sequential([keras.Input((SIZE, SIZE, 3)), *scaled, *own[:layers], *first])
    raw = probe_images(5)
    seen = seen_by_first_convolution(model, raw)
    assert seen is not None
    assert probe_facts(raw, seen).matches == arrives


def test_a_rescaling_without_a_normalization_counts_as_preprocessing() -> None:
    layers = [keras.layers.Rescaling(1 / 255), keras.layers.Conv2D(2, 3)]
    raw = probe_images(5)
    seen = seen_by_first_convolution(keras.Sequential([keras.Input((SIZE, SIZE, 3)), *layers]), raw)
    assert seen is not None
    assert probe_facts(raw, seen).matches == "1/255"
