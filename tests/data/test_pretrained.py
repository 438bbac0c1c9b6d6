"""Weights: packing rounds as little as it says, damage is told in one sentence, and the cache holds what was packed."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import data
from data import WeightsError, pretrained

Arrays = dict[str, NDArray[np.float32]]


def _arrays() -> Arrays:
    rng = np.random.default_rng(0)
    kernel = rng.normal(0.0, 0.1, (3, 3, 4, 6)).astype(np.float32)
    kernel[..., 1] *= 1000.0
    kernel[..., 2] = 0.0
    kernel[0, 0, 0, 3] = 5.0  # one weight far out makes the whole channel's steps coarse
    return {
        "conv/kernel": kernel,
        "conv/bias": rng.normal(0.0, 3.0, 6).astype(np.float32),
        "depthwise/kernel": (rng.normal(0.0, 0.1, (3, 3, 5, 1)) * [[1.0], [9.0], [99.0], [1.0], [1.0]]).astype(
            np.float32
        ),
        "dense/kernel": rng.uniform(-1.0, 1.0, (7, 5)).astype(np.float32),
        "scale": np.array(2.5, dtype=np.float32),
    }


def _forget() -> None:
    pretrained._manifest.cache_clear()
    pretrained.arrays.cache_clear()


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A weights folder of its own, with one small backbone called Tiny."""
    folder = tmp_path / "weights"
    monkeypatch.setattr(pretrained, "FOLDER", folder)
    monkeypatch.setattr(pretrained, "MANIFEST", folder / "manifest.json")
    monkeypatch.setenv(pretrained.CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.delenv(pretrained.WEIGHTS_VARIABLE, raising=False)
    _forget()
    pretrained.register("Tiny", pretrained.pack("Tiny", _arrays(), folder), folder)
    yield folder
    _forget()


def test_packed_arrays_come_back_in_order_with_their_shapes(shelf: Path) -> None:
    read = pretrained.arrays("Tiny")
    assert list(read) == list(_arrays())
    assert [value.shape for value in read.values()] == [value.shape for value in _arrays().values()]
    assert all(value.dtype == np.float32 for value in read.values())


@pytest.mark.parametrize("path", ["conv/kernel", "depthwise/kernel", "dense/kernel"])
def test_rounding_errs_by_half_a_step_of_each_channel_at_most(path: str, shelf: Path) -> None:
    exact, read = _arrays()[path], pretrained.arrays("Tiny")[path]
    outputs = exact.shape[2] if path == "depthwise/kernel" else exact.shape[-1]
    channels = exact.reshape(-1, outputs).astype(np.float64)
    finest = np.sqrt(np.mean(channels**2, axis=0)) / 20.0
    step = np.maximum(np.abs(channels).max(axis=0) / 127.0, finest)
    error = np.abs(read.reshape(channels.shape) - channels).max(axis=0)
    assert (error <= 0.5001 * step).all()
    assert (error[step > 0] > 0.3 * step[step > 0]).all(), "a bound that is never approached bounds nothing"


def test_vectors_are_kept_exactly(shelf: Path) -> None:
    for path in ("conv/bias", "scale"):
        np.testing.assert_array_equal(pretrained.arrays("Tiny")[path], _arrays()[path])


def test_a_kernel_takes_a_byte_for_each_weight(shelf: Path) -> None:
    with np.load(shelf / "Tiny.npz", allow_pickle=False) as packed:
        assert packed["conv/kernel"].dtype == np.int8
        assert packed["conv/kernel:scale"].shape == (6,)


def test_packing_again_writes_the_same_file(shelf: Path, tmp_path: Path) -> None:
    again = pretrained.pack("Tiny", _arrays(), tmp_path)
    assert (tmp_path / "Tiny.npz").read_bytes() == (shelf / "Tiny.npz").read_bytes()
    assert again == json.loads((shelf / "manifest.json").read_text(encoding="utf-8"))["Tiny"]


def test_digests_name_the_arrays_that_are_read(shelf: Path) -> None:
    named = pretrained.digests("Tiny")
    assert set(named.values()) == {f"Tiny/{path}" for path in _arrays()}
    for digest, reference in named.items():
        assert pretrained.digest(pretrained.array(reference)) == digest


def test_a_digest_depends_on_values_and_shape_and_not_on_memory_layout() -> None:
    values = np.arange(6, dtype=np.float32).reshape(2, 3)
    assert pretrained.digest(values) == pretrained.digest(np.asfortranarray(values))
    assert pretrained.digest(values) == pretrained.digest(values.astype(np.float64))
    assert pretrained.digest(values) != pretrained.digest(values.reshape(3, 2))
    assert pretrained.digest(values) != pretrained.digest(values + 1)


def test_read_arrays_cannot_be_changed_by_accident(shelf: Path) -> None:
    for path in _arrays():
        with pytest.raises(ValueError, match="read-only"):
            pretrained.arrays("Tiny")[path][...] = 0.0


def test_registering_keeps_the_others(shelf: Path) -> None:
    pretrained.register("Small", pretrained.pack("Small", _arrays(), shelf), shelf)
    assert pretrained.names() == ("Tiny", "Small")
    assert list(pretrained.arrays("Small")) == list(_arrays())


def test_registering_again_is_read_at_once(shelf: Path) -> None:
    before = pretrained.arrays("Tiny")["conv/bias"][0]
    changed = {**_arrays(), "conv/bias": _arrays()["conv/bias"] + 1}
    pretrained.register("Tiny", pretrained.pack("Tiny", changed, shelf), shelf)
    assert pretrained.arrays("Tiny")["conv/bias"][0] == before + 1


@pytest.mark.parametrize("file", ["Tiny.npz", "manifest.json"])
@pytest.mark.parametrize("fate", ["missing", "damaged"])
def test_a_missing_or_damaged_file_is_named_with_the_way_out(file: str, fate: str, shelf: Path) -> None:
    path = shelf / file
    path.unlink() if fate == "missing" else path.write_bytes(path.read_bytes()[:-9] + b"x" * 9)
    _forget()
    with pytest.raises(WeightsError) as error:
        pretrained.arrays("Tiny")
    sentence = str(error.value)
    assert str(path) in sentence
    assert fate in sentence
    assert f"git checkout -- {path}" in sentence
    assert "\n" not in sentence
    with pytest.raises(WeightsError):
        data.weights("Tiny")


def test_an_unknown_backbone_is_named_beside_the_known_ones(shelf: Path) -> None:
    for ask in (pretrained.arrays, pretrained.digests, pretrained.unpacked, data.weights):
        with pytest.raises(WeightsError, match=r'no weights for "Huge".*Tiny'):
            ask("Huge")


@pytest.mark.parametrize("reference", ["Tiny/conv/nothing", "Tiny"])
def test_an_unknown_array_is_named(reference: str, shelf: Path) -> None:
    with pytest.raises(WeightsError, match=f'"{reference}" is no array'):
        pretrained.array(reference)


def test_arrays_that_are_alike_have_a_name_each(shelf: Path) -> None:
    zeros = {path: np.zeros(6, dtype=np.float32) for path in ("one/bias", "two/bias", "three/bias")}
    pretrained.register("Flat", pretrained.pack("Flat", {**zeros, **_arrays()}, shelf), shelf)
    named = pretrained.digests("Flat")
    sha = pretrained.digest(zeros["one/bias"])
    assert [named[pretrained.occurrence(sha, number)] for number in range(3)] == [
        "Flat/one/bias",
        "Flat/two/bias",
        "Flat/three/bias",
    ]
    assert pretrained.occurrence(sha, 3) not in named
    assert len(named) == len(set(named.values())) == 3 + len(_arrays())


def test_the_courses_weights_fit_every_size_and_have_all_filters(shelf: Path) -> None:
    with pytest.raises(WeightsError, match=r"all of its filters only; leave out alpha = 0\.25"):
        data.weights("Tiny", 96, alpha=0.25)


@pytest.mark.parametrize("choice", ["ImageNet", "", "none"])
def test_another_choice_of_weights_is_refused_with_the_two_there_are(
    choice: str, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(pretrained.WEIGHTS_VARIABLE, choice)
    with pytest.raises(WeightsError, match=f'COURSE_WEIGHTS is "{choice}"; set it to "course" or "imagenet"'):
        data.weights("Tiny")


def test_the_cache_is_where_the_variable_says_else_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pretrained.CACHE_VARIABLE, "/somewhere")
    assert pretrained.cache_folder() == Path("/somewhere")
    monkeypatch.delenv(pretrained.CACHE_VARIABLE)
    assert pretrained.cache_folder().name == "transfer-learning-course"


# The real thing: VGG16 as it ships.


def test_vgg16_ships_and_every_array_agrees_with_its_digest() -> None:
    assert "VGG16" in pretrained.names()
    named = pretrained.digests("VGG16")
    assert len(named) == 26  # 13 convolutions, each a kernel and a bias
    for reference in named.values():
        assert named[pretrained.digest(pretrained.array(reference))] == reference


def test_every_file_of_the_manifest_is_there_and_whole() -> None:
    for entry in json.loads(pretrained.MANIFEST.read_text(encoding="utf-8")).values():
        for part in (entry, entry["source_head"]):
            with np.load(pretrained.FOLDER / part["file"], allow_pickle=False) as packed:
                assert {name for name in packed.files if not name.endswith(":scale")} == set(part["arrays"])


_UNPACK = "import sys; from data import pretrained; print(pretrained.unpacked(sys.argv[1]))"


@pytest.fixture(scope="module")
def raced(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The cache after two processes asked for VGG16 at once: the answers, the file, its size when it appeared."""
    cache = tmp_path_factory.mktemp("cache")
    surroundings = {**os.environ, pretrained.CACHE_VARIABLE: str(cache)}
    command = [sys.executable, "-c", _UNPACK, "VGG16"]
    racers = [subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    sizes: list[int] = []
    try:
        while any(racer.poll() is None for racer in racers):
            sizes += [path.stat().st_size for path in cache.glob("*.weights.h5")]
            time.sleep(0.02)
        answers = [racer.communicate()[0].strip().splitlines()[-1] for racer in racers]
    finally:
        for racer in racers:
            racer.kill()
            racer.wait()
    return {"cache": cache, "answers": answers, "sizes": sizes, "codes": [racer.returncode for racer in racers]}


@pytest.mark.slow
def test_two_processes_may_unpack_at_once_and_the_file_appears_whole(raced: dict[str, Any]) -> None:
    assert raced["codes"] == [0, 0]
    (file,) = raced["cache"].iterdir()
    assert raced["answers"] == [str(file), str(file)]
    assert set(raced["sizes"]) <= {file.stat().st_size}


@pytest.mark.slow
def test_keras_reads_from_the_cache_what_was_packed(raced: dict[str, Any]) -> None:
    import keras  # noqa: PLC0415  (takes seconds)

    (path,) = set(raced["answers"])
    model = keras.applications.VGG16(weights=path, include_top=False, input_shape=(64, 64, 3))
    packed = pretrained.arrays("VGG16")
    assert [weight.path for weight in model.weights] == list(packed)
    for weight, value in zip(model.weights, packed.values(), strict=True):
        np.testing.assert_array_equal(weight.numpy(), value)
    images, _ = data.load("critters", "test", 2)
    prepared = keras.applications.vgg16.preprocess_input(images.astype(np.float32))
    features = np.asarray(model(prepared, training=False))
    assert features.shape == (20, 2, 2, 512)
    assert np.isfinite(features).all()
    assert len(np.unique(features.reshape(20, -1).round(3), axis=0)) == 20, "each image has features of its own"


@pytest.mark.slow
def test_a_file_in_the_cache_is_answered_without_unpacking_again(
    raced: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(pretrained.CACHE_VARIABLE, str(raced["cache"]))
    monkeypatch.delenv(pretrained.WEIGHTS_VARIABLE, raising=False)
    (file,) = raced["cache"].iterdir()
    written = file.stat().st_mtime_ns
    assert data.weights("VGG16") == str(file)
    assert file.stat().st_mtime_ns == written


def test_the_source_head_is_read_and_checked_like_a_backbone(shelf: Path) -> None:
    with pytest.raises(WeightsError, match='no source classifier for "Tiny"'):
        pretrained.source_head("Tiny")
    head = {"kind/kernel": np.ones((3, 2), np.float32), "kind/bias": np.zeros(3, np.float32)}
    entry = pretrained.pack("Tiny", _arrays(), shelf)
    entry["source_head"] = pretrained.pack("Tiny.source_head", head, shelf)
    pretrained.register("Tiny", entry, shelf)
    read = pretrained.source_head("Tiny")
    assert list(read) == list(head)
    assert all(np.allclose(read[path], head[path]) for path in head)
    (shelf / "Tiny.source_head.npz").write_bytes(b"damaged")
    with pytest.raises(WeightsError, match=r"Tiny\.source_head\.npz is damaged"):
        pretrained.source_head("Tiny")
