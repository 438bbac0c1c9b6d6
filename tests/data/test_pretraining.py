"""Pretraining: the clock follows its recipe and resumes; widening and folding keep the network's function."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from data import backbones, clock, sources
from data.pretraining.recipe import HEAD_SHARES, HINTS, STAGES, Clock, Recipe, Stage

RECIPE = Recipe("VGG16", steps=1000)
VGG16 = STAGES["VGG16"]


def _clock(tmp_path: Path, step: int = 0, recipe: Recipe = RECIPE) -> Clock:
    clock = Clock(recipe, tmp_path / "clock.json")
    clock.step = step
    return clock


def test_every_backbone_has_stages() -> None:
    assert list(STAGES) == list(backbones.MODULES)
    assert all(Recipe(name).stages is stages for name, stages in STAGES.items())


@pytest.mark.parametrize("stages", STAGES.values(), ids=STAGES)
def test_the_stages_share_the_whole_run_and_only_ever_widen(stages: tuple[Stage, ...]) -> None:
    assert sum(stage.share for stage in stages) == pytest.approx(1.0)
    narrowings = [stage.narrowing for stage in stages]
    assert narrowings == sorted(narrowings, reverse=True)
    assert narrowings[-1] == 1, "the whole backbone is trained in the end"
    assert stages[-1].side == 64, "the last stage trains at the size of the shipped images"


def test_every_head_has_a_share_in_the_loss() -> None:
    assert set(HEAD_SHARES) == set(sources.HEADS)


@pytest.mark.parametrize("number", range(len(VGG16)))
@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_run_is_in_the_stage_that_its_steps_say(number: int, share: float, tmp_path: Path) -> None:
    begun = sum(stage.share for stage in VGG16[:number])
    step = round(100_000 * (begun + share * VGG16[number].share))
    assert _clock(tmp_path, step, replace(RECIPE, steps=100_000)).stage is VGG16[number]


@pytest.mark.parametrize(("step", "number"), [(0, 0), (1000, -1), (2000, -1)])
def test_a_run_begins_in_its_first_stage_and_ends_in_its_last(step: int, number: int, tmp_path: Path) -> None:
    assert _clock(tmp_path, step).stage is VGG16[number]


def test_progress_by_steps_is_the_share_of_the_steps(tmp_path: Path) -> None:
    assert [_clock(tmp_path, step).progress for step in (0, 250, 1000, 1500)] == [0.0, 0.25, 1.0, 1.5]


def test_progress_by_time_is_the_share_of_the_minutes(tmp_path: Path) -> None:
    (tmp_path / "clock.json").write_text(json.dumps({"step": 7, "seconds": 3e8}), encoding="utf-8")
    clock = Clock(Recipe("VGG16", minutes=1e7), tmp_path / "clock.json")
    assert clock.progress == pytest.approx(0.5, abs=0.01)
    assert clock.stage is VGG16[clock.stage_number]
    assert clock.stage_number > 0
    assert clock.step == 7


def test_time_is_processor_time_shared_among_the_cores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock.os, "cpu_count", lambda: 4)
    monkeypatch.setattr(clock, "time", SimpleNamespace(process_time=iter([100.0, 180.0]).__next__))
    assert _clock(tmp_path).seconds == 20.0


@pytest.mark.parametrize("number", range(len(VGG16)))
def test_the_rate_warms_up_then_falls_to_the_last_of_its_stage(number: int, tmp_path: Path) -> None:
    stage, begun = VGG16[number], sum(stage.share for stage in VGG16[:number])
    recipe = replace(RECIPE, steps=100_000)
    steps = [round(100_000 * (begun + stage.share * share)) for share in (0.01, 0.02, 0.04, 0.5, 0.999)]
    cold, warming, warm, half, last = (_clock(tmp_path, step, recipe).rate for step in steps)
    assert cold < warming < warm
    assert warm == pytest.approx(stage.first_rate, rel=0.02)
    assert half == pytest.approx((stage.first_rate + stage.last_rate) / 2, rel=0.02)
    assert last == pytest.approx(stage.last_rate, abs=2e-6)


def test_the_rate_is_never_zero_and_never_above_the_first_of_its_stage(tmp_path: Path) -> None:
    for step in range(0, 1001, 5):
        clock = _clock(tmp_path, step)
        assert 0.0 < clock.rate <= clock.stage.first_rate + 1e-6


def test_a_clock_that_was_kept_is_taken_up_again(tmp_path: Path) -> None:
    first = _clock(tmp_path, 990)
    first.keep()
    second = Clock(RECIPE, tmp_path / "clock.json")
    assert second.step == 990
    assert second.stage is VGG16[-1]
    assert second.seconds >= json.loads((tmp_path / "clock.json").read_text(encoding="utf-8"))["seconds"] >= 0.0
    assert Clock(RECIPE, tmp_path / "none.json").step == 0


def test_one_stage_may_be_the_whole_run(tmp_path: Path) -> None:
    only = Stage(share=1.0, side=32, narrowing=2, first_rate=1e-3, last_rate=1e-4)
    assert _clock(tmp_path, 999, replace(RECIPE, stages=(only,))).stage is only


# What follows builds networks: TensorFlow takes seconds to import.

CLASSES = {"kind": 5, "ears": 3}


def _images(side: int) -> np.ndarray:
    return sources.sample(9, 4, side)[0].astype(np.float32)


def _settled(network: Any, rng: np.random.Generator) -> Any:
    """Give every BatchNormalization factors of its own and the statistics of a few images, as training does."""
    import keras  # noqa: PLC0415

    for layer in network._flatten_layers():
        if isinstance(layer, keras.layers.BatchNormalization):
            _, _, mean, variance = layer.get_weights()
            layer.set_weights([rng.uniform(0.7, 1.3, mean.shape), rng.normal(0.0, 0.2, mean.shape), mean, variance])
            layer.momentum = 0.0
    network(_images(64), training=True)
    return network


@pytest.fixture(scope="module", params=["VGG16", "MobileNetV2", "EfficientNetB0"])
def networks(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A narrow network and its widened copies, without and with noise."""
    from data.pretraining import trunk  # noqa: PLC0415

    rng = np.random.default_rng(0)
    narrow = _settled(trunk.classifier(request.param, CLASSES, narrowing=2), rng)
    wide, noisy = (trunk.classifier(request.param, CLASSES) for _ in range(2))
    trunk.widen(narrow, wide, rng, noise=0.0)
    trunk.widen(narrow, noisy, rng)
    return {"narrow": narrow, "wide": wide, "noisy": noisy}


def _outputs(network: Any, images: np.ndarray) -> dict[str, np.ndarray]:
    return {head: np.asarray(values) for head, values in network(images, training=False).items()}


@pytest.mark.slow
def test_widening_without_noise_keeps_the_function(networks: dict[str, Any]) -> None:
    sizes = [networks[name].count_params() for name in ("narrow", "wide")]
    assert sizes[1] > 3 * sizes[0]
    narrow, wide = (_outputs(networks[name], _images(64)) for name in ("narrow", "wide"))
    for head in CLASSES:
        np.testing.assert_allclose(wide[head], narrow[head], atol=1e-3)
        assert np.ptp(narrow[head], axis=0).max() > 0.01, "a network that answers alike to all shows nothing"


@pytest.mark.slow
def test_widening_with_noise_tells_the_copies_apart(networks: dict[str, Any]) -> None:
    kernels = [weights for weights in networks["noisy"].trainable_weights if weights.path.endswith("kernel")]
    filters = np.asarray(kernels[0]).reshape(-1, kernels[0].shape[-1]).T
    assert len(np.unique(filters, axis=0)) == len(filters)


@pytest.mark.slow
def test_rectifying_subtracts_the_usual_features_and_makes_them_spread_alike() -> None:
    import keras  # noqa: PLC0415

    from data.pretraining import trunk  # noqa: PLC0415

    network, images = _settled(trunk.classifier("VGG16", CLASSES, 8), np.random.default_rng(2)), _images(64)
    inner = keras.Model(network.input, network.get_layer("pooled").input)
    before = np.asarray(inner(images, training=False))
    trunk.rectify(network, images)
    after = np.asarray(inner(images, training=False))
    centred = (before - before.mean(axis=(0, 1, 2))) / (before.std(axis=(0, 1, 2)) + 1e-3)
    np.testing.assert_allclose(after, np.maximum(centred, 0.0), atol=1e-3)
    assert 0.4 < np.mean(after == 0.0) < 0.8
    pooled = after.mean(axis=(1, 2))
    *_, mean, variance = network.get_layer("pooled_norm").get_weights()
    np.testing.assert_allclose(mean, pooled.mean(axis=0), atol=1e-3)
    np.testing.assert_allclose(variance, pooled.var(axis=0), atol=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["VGG16", "AlexNet", "MobileNetV2", "EfficientNetB0"])
def test_the_backbone_keeps_the_features_and_the_source_classifier(name: str) -> None:
    import keras  # noqa: PLC0415

    from data.pretraining import trunk  # noqa: PLC0415

    trained = _settled(trunk.classifier(name, CLASSES), np.random.default_rng(1))
    backbone = trunk.folded(trained, name)
    exact = backbones.architecture(name)
    assert [type(layer) for layer in backbone.layers] == [type(layer) for layer in exact.layers]
    images = _images(64)
    features = np.asarray(backbone(backbones.preprocess_input(name, images.copy()), training=False))
    inner = keras.Model(trained.input, trained.get_layer("pooled").input)
    expected = np.asarray(inner(images, training=False))
    assert features.shape == exact.compute_output_shape((4, 64, 64, 3))
    assert np.ptp(expected, axis=0).max() > 0.5, "features that are alike for all images show nothing"
    np.testing.assert_allclose(features, expected, atol=1e-3)
    arrays = trunk.head_arrays(trained, CLASSES)
    for head, outputs in _outputs(trained, images).items():
        logits = features.mean(axis=(1, 2)) @ arrays[f"{head}/kernel"] + arrays[f"{head}/bias"]
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        np.testing.assert_allclose(odds / odds.sum(axis=1, keepdims=True), outputs, atol=1e-3)
        assert np.ptp(outputs, axis=0).max() > 0.01


@pytest.mark.slow
@pytest.mark.parametrize("side", [32, 64])
def test_batches_have_their_shapes_range_and_labels(side: int) -> None:
    from data.pretraining import batches  # noqa: PLC0415

    images = np.repeat(np.arange(10, dtype=np.uint8) * 20, 64 * 64 * 3).reshape(10, 64, 64, 3)
    labels = {"kind": np.arange(10), "ears": np.full(10, -1)}
    stream = iter(batches.endless(images, labels, 8, side))
    seen: set[int] = set()
    for _ in range(12):
        batch, named = next(stream)
        assert batch.shape == (8, side, side, 3)
        assert batch.dtype == np.float32
        assert 0.0 <= float(np.min(batch)) <= float(np.max(batch)) <= 255.0
        kinds = np.asarray(named["kind"])
        assert (np.asarray(named["ears"]) == -1).all()
        # A tint changes a plain image as a whole: it stays plain, and black stays black.
        assert np.ptp(np.asarray(batch), axis=(1, 2)).max() < 1e-2
        assert np.asarray(batch)[kinds == 0].max(initial=0.0) == 0.0
        seen |= set(kinds.tolist())
    assert seen == set(range(10)), "batches go on past the end of the images and leave none out"


@pytest.mark.slow
def test_maps_are_cropped_and_mirrored_like_their_images() -> None:
    from data.pretraining import batches  # noqa: PLC0415

    slope = np.linspace(0.0, 255.0, 64)
    image = np.tile(slope[None, :, None], (64, 1, 3)).astype(np.uint8)  # brighter to the right
    coarse = np.tile(np.linspace(0.0, 255.0, 8)[None, :, None], (8, 1, 2)).astype(np.float16)
    targets: dict[str, np.ndarray] = {"kind": np.zeros(4, np.int64), "maps": np.stack([coarse] * 4)}
    stream = iter(batches.endless(np.stack([image] * 4), targets, 4, 64))
    turned = set()
    for _ in range(6):
        seen, named = next(stream)
        maps = np.asarray(named["maps"])
        assert maps.shape == (4, 8, 8, 2)
        rising = np.asarray(seen)[:, 32, -1, 1] > np.asarray(seen)[:, 32, 0, 1]
        np.testing.assert_array_equal(maps[:, 4, -1, 0] > maps[:, 4, 0, 0], rising)
        assert (np.ptp(maps[:, 4, :, 0], axis=1) >= 0.85 * 255.0 - 1.0).all()
        turned |= set(rising.tolist())
    assert turned == {True, False}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["AlexNet", "EfficientNetB0", "ResNet50"])
def test_hints_are_predicted_from_the_last_layer_of_their_size(name: str) -> None:
    from data.pretraining import trunk  # noqa: PLC0415

    network = trunk.classifier(name, CLASSES, 2, HINTS)
    outputs = _outputs(network, _images(64))
    assert set(outputs) == {*CLASSES, *(hint.layer for hint in HINTS)}
    for hint in HINTS:
        assert outputs[hint.layer].shape == (4, hint.side, hint.side, hint.channels)
    expected = {
        "AlexNet": ["conv2", "conv5", "pool5"],
        "EfficientNetB0": ["block4a_expand_activation", "block6a_expand_activation", "top_activation"],
        "ResNet50": ["conv3_block4_out", "conv4_block6_out", "conv5_block3_out"],
    }
    assert trunk._taps(name, HINTS) == expected[name]


@pytest.mark.slow
def test_source_images_are_drawn_once_and_are_those_of_the_sequence(tmp_path: Path) -> None:
    from data.pretraining.train import source_images  # noqa: PLC0415

    recipe = Recipe("VGG16", images=6, seed=3)
    images, labels = source_images(recipe, tmp_path)
    drawn, expected = sources.sample(3, 6, 64)
    np.testing.assert_array_equal(images, drawn)
    for head in sources.HEADS:
        np.testing.assert_array_equal(labels[head], expected[head])
    (kept,) = tmp_path.iterdir()
    written = kept.stat().st_mtime_ns
    np.testing.assert_array_equal(source_images(recipe, tmp_path)[0], drawn)
    assert kept.stat().st_mtime_ns == written


@pytest.mark.slow
def test_a_stage_that_listens_less_to_labels_goes_on_with_the_same_network() -> None:
    from data.pretraining import train  # noqa: PLC0415

    kind = Stage(0.4, side=64, narrowing=8, first_rate=1e-3, last_rate=1e-3)
    quiet = replace(kind, labels=0.1)
    recipe = Recipe("AlexNet", stages=(kind, quiet, quiet))
    before = train._compiled(recipe, kind)
    entered = train._entered(recipe, before, 1, {})
    for mine, other in zip(entered.get_weights(), before.get_weights(), strict=True):
        np.testing.assert_array_equal(mine, other)
    rng = np.random.default_rng(4)
    targets: dict[str, np.ndarray] = {head: rng.integers(0, 2, 4) for head in HEAD_SHARES}
    targets |= {hint.layer: rng.normal(size=(4, hint.side, hint.side, hint.channels)) for hint in HINTS}
    for network, factor in ((before, 1.0), (entered, 0.1)):
        losses = network.test_on_batch(_images(64), targets, return_dict=True)
        heads = sum(share * losses[f"{head}_loss"] for head, share in HEAD_SHARES.items())
        hints = sum(hint.share * losses[f"{hint.layer}_loss"] for hint in HINTS)
        assert losses["loss"] == pytest.approx(factor * heads + hints, rel=1e-4)


@pytest.fixture
def eagerly() -> Iterator[None]:
    """Run without graphs: the few steps of a test take less time than tracing them."""
    import tensorflow as tf  # noqa: PLC0415

    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


@pytest.mark.slow
@pytest.mark.usefixtures("eagerly")
@pytest.mark.filterwarnings("error:Skipping variable")
def test_a_run_that_was_kept_goes_on_there_with_its_network_and_optimizer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from data.pretraining.train import pretrain  # noqa: PLC0415

    stages = tuple(Stage(0.5, side=64, narrowing=narrowing, first_rate=1e-3, last_rate=1e-3) for narrowing in (16, 8))
    recipe = Recipe("AlexNet", images=8, batch=8, steps=4, stages=stages)
    sittings = []
    for _ in range(2):
        assert pretrain(recipe, tmp_path / "kept", tmp_path / "out") == tmp_path / "out" / "AlexNet.npz"
        sittings.append(capsys.readouterr().err)
    assert json.loads((tmp_path / "kept" / "AlexNet.clock.json").read_text(encoding="utf-8"))["step"] == 2
    assert [[f"step {step}," in sitting for step in (1, 2, 3, 4)] for sitting in sittings] == [
        [True, True, True, True],
        [False, False, True, True],
    ]
    entry = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["AlexNet"]
    assert entry["recipe"]["steps"] == 4
    assert len(entry["arrays"]) == 10
