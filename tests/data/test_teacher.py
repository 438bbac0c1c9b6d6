"""The maps that VGG16 gives the other backbones to learn: standardised, in order, computed once."""

from pathlib import Path

import numpy as np
import pytest

from data import sources
from data.__main__ import main
from data.pretraining import teacher, trunk
from data.pretraining.recipe import HINTS, STAGES, TEACHER, TEACHING_STAGE, checkpoint

CLASSES = {"kind": 3}


def _left_by_the_teacher(folder: Path) -> None:
    narrowing = STAGES[TEACHER][TEACHING_STAGE].narrowing
    trunk.classifier(TEACHER, CLASSES, narrowing).save_weights(checkpoint(TEACHER, TEACHING_STAGE, folder))


@pytest.mark.slow
def test_maps_are_standardised_in_the_order_of_the_images_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teacher, "_AT_ONCE", 5)
    _left_by_the_teacher(tmp_path)
    images, _ = sources.sample(5, 12)
    maps = teacher.maps(images, CLASSES, tmp_path)
    assert list(maps) == [hint.layer for hint in HINTS]
    for hint in HINTS:
        exact = maps[hint.layer].astype(np.float64)
        assert exact.shape == (12, hint.side, hint.side, hint.channels)
        np.testing.assert_allclose(exact.mean(axis=(0, 1, 2)), 0.0, atol=1e-2)
        spread = exact.std(axis=(0, 1, 2))
        assert spread.max() < 1.01
        assert np.median(spread) > 0.9
    (kept,) = tmp_path.glob("hints-*.npz")
    written = kept.stat().st_mtime_ns
    again = teacher.maps(images, CLASSES, tmp_path)
    assert kept.stat().st_mtime_ns == written
    kept.unlink()
    turned = teacher.maps(images[::-1], CLASSES, tmp_path)
    for layer, values in maps.items():
        np.testing.assert_array_equal(again[layer], values)
        np.testing.assert_allclose(turned[layer][::-1], values, atol=2e-2)


def test_without_the_teacher_the_way_out_is_said_before_anything_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "none"
    assert main(["pretrain", "MobileNet", "--folder", str(folder), "--out", str(tmp_path)]) == 1
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said.startswith(f"{folder / 'VGG16-stage1.weights.h5'} is missing")
    assert said.endswith(f"python -m data pretrain VGG16 --folder {folder}")
    assert not list(tmp_path.iterdir())
