"""The maps that VGG16 gives the other backbones to learn: standardised, in order, computed once."""

from pathlib import Path

import numpy as np
import pytest

from data import backbones, pretrained, sources
from data.__main__ import main
from data.pretraining import teacher
from data.pretraining.recipe import HINTS, TEACHER


@pytest.mark.slow
def test_maps_are_those_of_the_shipped_vgg16_standardised_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teacher, "_AT_ONCE", 5)
    images, _ = sources.sample(5, 12)
    maps = teacher.maps(images, tmp_path)
    assert list(maps) == [hint.layer for hint in HINTS]
    for hint in HINTS:
        exact = maps[hint.layer].astype(np.float64)
        assert exact.shape == (12, hint.side, hint.side, hint.channels)
        np.testing.assert_allclose(exact.mean(axis=(0, 1, 2)), 0.0, atol=1e-2)
        spread = exact.std(axis=(0, 1, 2))
        assert spread.max() < 1.01
        assert np.median(spread) > 0.9
    backbone = backbones.architecture(TEACHER, weights=str(pretrained.unpacked(TEACHER)))
    last = backbone.predict(backbones.preprocess_input(TEACHER, images.astype(np.float32)), verbose=0)
    last = (last - last.mean(axis=(0, 1, 2))) / (last.std(axis=(0, 1, 2)) + 1e-3)
    np.testing.assert_allclose(maps[HINTS[-1].layer], last, atol=2e-2)
    (kept,) = tmp_path.glob("hints-*.npz")
    written = kept.stat().st_mtime_ns
    again = teacher.maps(images, tmp_path)
    assert kept.stat().st_mtime_ns == written
    turned = teacher.maps(images[::-1], tmp_path)
    for layer, values in maps.items():
        np.testing.assert_array_equal(again[layer], values)
        np.testing.assert_allclose(turned[layer][::-1], values, atol=2e-2)


def test_without_the_teachers_weights_the_way_out_is_said_before_anything_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(pretrained.CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(pretrained, "FOLDER", tmp_path / "weights")
    folder = tmp_path / "none"
    assert main(["pretrain", "MobileNet", "--folder", str(folder), "--out", str(tmp_path)]) == 1
    said = capsys.readouterr().err.strip().splitlines()[-1]
    file = tmp_path / "weights" / "VGG16.npz"
    assert said == f"{file} is missing; bring it back with `git checkout -- {file}`."
    assert not list(tmp_path.iterdir())
