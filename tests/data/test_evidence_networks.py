"""The trainings of the proof: a seed fixes a result, fine-tuning starts where the head stands, scratch trains all."""

import itertools
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest

from data.evidence import networks
from data.evidence.heads import Extractor, NewHead, TrainingFeatures, random_weights, right
from data.evidence.networks import FineTuned, FromScratch
from data.evidence.plan import Head, Recipe, Tuning
from data.evidence.views import view

RNG = np.random.default_rng(3)
IMAGES = RNG.integers(0, 256, (12, 64, 64, 3), dtype=np.uint8)
LABELS = np.arange(12, dtype=np.int64) % 3
RECIPE = Recipe(head=Head(steps=20, batch=8), tuning=Tuning(steps=3, batch=8))


def _features(count: int) -> tuple[np.ndarray, np.ndarray]:
    labels = np.arange(count) % 3
    features = RNG.normal(0.0, 1e-4, (count, 12)).astype(np.float32)
    features[np.arange(count), labels] += 1e-3
    features[:, 11] = 5.0  # a feature that tells nothing and does not change
    return features, labels


@pytest.fixture(scope="module")
def head() -> NewHead:
    return NewHead(12, 3, Head(steps=100, batch=16, rate=0.05))


@pytest.mark.slow
def test_a_head_learns_from_features_of_whatever_scale_and_a_constant_one_does_no_harm(head: NewHead) -> None:
    head.fit(*_features(60), seed=1)
    features, labels = _features(90)
    features[:, 11] = 6.0
    assert head.accuracy([features], labels) == 1.0
    assert head.accuracy([features], (labels + 1) % 3) == 0.0
    assert head.trainable == 12 * 3 + 3


@pytest.mark.slow
def test_a_seed_fixes_a_head_whatever_was_trained_before(head: NewHead) -> None:
    features, labels = _features(60)
    found = []
    for seed in (1, 2, 1):
        head.fit(features, labels, seed)
        found.append(head.model.get_layer("classes").kernel.numpy())
    np.testing.assert_allclose(found[0], found[2], atol=1e-6)
    assert np.abs(found[0] - found[1]).max() > 0.05


@pytest.fixture(scope="module")
def mobilenet() -> tuple[Extractor, list[Any]]:
    extractor, weights = Extractor("MobileNet"), random_weights("MobileNet", 1)
    extractor.load(weights)
    return extractor, weights


@pytest.mark.slow
def test_features_are_the_same_in_one_go_and_piece_by_piece(mobilenet: tuple[Extractor, list[Any]]) -> None:
    whole, pieces = (TrainingFeatures(mobilenet[0], IMAGES, views=1, seed=1) for _ in range(2))
    at_once, _ = whole.upto(12)
    first, less = pieces.upto(5)
    second, more = pieces.upto(12)
    assert [part.shape for part in at_once] == [(12, mobilenet[0].width)] * 3
    for part, piece, beginning in zip(at_once, second, first, strict=True):
        np.testing.assert_allclose(piece, part, rtol=1e-3, atol=1e-9)
        np.testing.assert_array_equal(beginning, piece[:5])
    for part, images in zip(at_once, (IMAGES, IMAGES[:, :, ::-1], view(IMAGES, 1, 0, 0)), strict=True):
        np.testing.assert_allclose(mobilenet[0](images), part, rtol=1e-3, atol=1e-9)
    assert less < more, "more images take more time"
    assert whole.upto(3)[1] == pytest.approx(whole.upto(12)[1] / 4)


def test_a_view_is_fixed_by_seed_number_and_position_and_keeps_most_of_its_image() -> None:
    ramp = np.broadcast_to(np.arange(64, dtype=np.uint8)[None, None, :, None] * 3 + 30, (40, 64, 64, 3)).copy()
    seen = view(ramp, 1, 0, 0)
    np.testing.assert_array_equal(view(ramp[10:], 1, 10, 0), seen[10:])
    for other in (view(ramp, 2, 0, 0), view(ramp, 1, 1, 0), view(ramp, 1, 0, 1)):
        assert (other != seen).any((1, 2, 3)).all()
    rise = seen[:, 32, :, 1].astype(int)
    rise = np.abs(rise[:, -1] - rise[:, 0]) / (63 * 3)
    assert 0.5 < rise.min() < rise.max() < 1.4, "from four fifths to all of the ramp, in other colours"
    turned = seen[:, 32, 0, 1] > seen[:, 32, -1, 1]
    assert 8 < turned.sum() < 32, "about half are mirrored"


def test_answers_to_an_image_and_its_mirror_image_count_together() -> None:
    sure, unsure = np.array([[0.9, 0.1], [0.2, 0.8]]), np.array([[0.4, 0.6], [0.45, 0.55]])
    assert right([sure, unsure], np.array([0, 1])) == 1.0
    assert right([unsure], np.array([0, 1])) == 0.5


@pytest.mark.slow
def test_without_a_rate_fine_tuning_is_the_head_on_frozen_features(mobilenet: tuple[Extractor, list[Any]]) -> None:
    extractor, weights = mobilenet
    head = NewHead(extractor.width, 3, RECIPE.head)
    head.fit(extractor(IMAGES), LABELS, seed=1)
    network = FineTuned("MobileNet", 3, replace(RECIPE, tuning=replace(RECIPE.tuning, rate=0.0)))
    network.fit((weights, head), IMAGES, LABELS, seed=1)
    expected = head.model.predict(extractor(IMAGES), verbose=0)
    found = network.model.predict(IMAGES.astype(np.float32), verbose=0)
    np.testing.assert_allclose(found, expected, atol=1e-4)
    # BatchNormalization among them, although the network was trained for steps.
    for before, after in zip(weights, network._base.get_weights(), strict=True):
        np.testing.assert_array_equal(after, before)


@pytest.mark.slow
def test_fine_tuning_is_fixed_by_its_seed_and_holds_the_statistics(mobilenet: tuple[Extractor, list[Any]]) -> None:
    extractor, weights = mobilenet
    head = NewHead(extractor.width, 3, RECIPE.head)
    head.fit(extractor(IMAGES), LABELS, seed=1)
    network = FineTuned("MobileNet", 3, RECIPE)
    found = []
    for seed in (1, 2, 1):
        network.fit((weights, head), IMAGES, LABELS, seed)
        found.append(network._base.get_weights())
    paths = [variable.path for variable in network._base.weights]
    apart = []
    for path, before, first, second, third in zip(paths, weights, *found, strict=True):
        np.testing.assert_allclose(first, third, atol=1e-5, err_msg=path)
        if "kernel" in path:
            assert np.abs(first - before).max() > 0, path
            apart.append(float(np.abs(first - second).max()))
        else:
            np.testing.assert_array_equal(first, before, err_msg=path)
    # Where weights are random, the first layers have hardly a gradient; the last one has.
    assert apart[-1] > 1e-5


@pytest.mark.slow
def test_from_scratch_everything_is_trained_until_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    network = FromScratch("MobileNet", 3, RECIPE)
    weights = random_weights("MobileNet", 1)
    assert network.fit(weights, IMAGES, LABELS, 1, seconds=1e-6) == 1
    # A clock that is read twice a step and goes on by one second each time: five steps are ten seconds.
    monkeypatch.setattr(networks, "processor_seconds", partial(next, itertools.count()))
    assert network.fit(weights, IMAGES, LABELS, 1, seconds=10.0) == 5
    for variable, before in zip(network._base.weights, weights, strict=True):
        assert np.abs(variable.numpy() - before).max() > 0, variable.path
    assert network.trainable > sum(int(np.prod(v.shape)) for v in network._base.trainable_variables) > 3_000_000
