"""The features that VGG16 gives the other backbones to learn: standardised, in order, computed once."""

from pathlib import Path

import numpy as np
import pytest

from data import sources
from data.pretraining import teacher

pytestmark = pytest.mark.slow


def test_features_are_standardised_in_the_order_of_the_images_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teacher, "_AT_ONCE", 5)
    images, _ = sources.sample(5, 12)
    features = teacher.features(images, tmp_path)
    assert features.shape == (12, teacher.FEATURES)
    np.testing.assert_allclose(features.mean(axis=0), 0.0, atol=1e-4)
    spread = features.std(axis=0)
    assert spread.max() < 1.01
    assert np.median(spread) > 0.9
    (kept,) = tmp_path.iterdir()
    written = kept.stat().st_mtime_ns
    np.testing.assert_array_equal(teacher.features(images, tmp_path), features)
    assert kept.stat().st_mtime_ns == written
    other = tmp_path / "other"
    other.mkdir()
    turned = teacher.features(images[::-1], other)
    np.testing.assert_allclose(turned, features[::-1], atol=1e-3)
