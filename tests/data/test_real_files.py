"""Official weights and photographs, if COURSE_REAL_FILES names their folder: they load offline, and they transfer."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests import keras_cache

REAL = os.environ.get("COURSE_REAL_FILES", "")
SIZE = 96

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL, reason="COURSE_REAL_FILES names no folder with official weights and photographs"),
]

Features = NDArray[np.float32]


def real(*parts: str) -> Path:
    """Return a real file or folder; a variable that leads nowhere is a mistake, not a reason to skip."""
    path = Path(REAL, *parts)
    assert path.exists(), f"{path} is missing; unset COURSE_REAL_FILES, or let it name the folder of real files."
    return path


_MOBILENET = """
import json, warnings
import h5py, keras, numpy as np
from data import WeightsError, official, weights

warnings.simplefilter("ignore")
base = keras.applications.MobileNet(
    alpha=0.25, weights=weights("MobileNet", alpha=0.25), include_top=False, input_shape=(64, 64, 3))
with h5py.File(official.fetched("MobileNet", alpha=0.25)) as file:
    stored = []
    file.visititems(lambda name, part: stored.append(part[()]) if isinstance(part, h5py.Dataset) else None)
kernel = base.get_layer("conv1").get_weights()[0]
try:
    other = weights("MobileNet")
except WeightsError as error:
    other = str(error)
print(json.dumps({"parameters": base.count_params(), "other": other,
                  "kernel": sum(part.shape == kernel.shape and np.array_equal(part, kernel) for part in stored)}))
"""


def test_an_official_mobilenet_loads_from_kerass_cache_without_a_network(tmp_path: Path) -> None:
    around = keras_cache.surroundings(tmp_path / "keras")
    models = tmp_path / "keras" / "models"
    models.mkdir()
    shutil.copy(real("weights", "mobilenet_2_5_224_tf_no_top.h5"), models)
    found = keras_cache.answer(_MOBILENET, around)
    assert found["parameters"] == 218_544
    assert found["kernel"] == 1
    # The file of another width does not stand in for this one.
    assert "mobilenet_1_0_224_tf_no_top.h5 elsewhere" in found["other"]


@cache
def photographs(folder: str) -> tuple[Features, NDArray[np.int64]]:
    """Return photographs (n, 96, 96, 3), 0 to 255, and the number of each one's folder."""
    import keras  # noqa: PLC0415  (takes seconds)

    found = keras.utils.image_dataset_from_directory(
        real(folder), image_size=(SIZE, SIZE), batch_size=None, shuffle=False, verbose=False
    )
    images, labels = zip(*found.as_numpy_iterator(), strict=True)
    return np.stack(images), np.array(labels)


@cache
def base(weights: str | None) -> Any:
    """Return MobileNetV2 with averaged features."""
    import keras  # noqa: PLC0415

    keras.utils.set_random_seed(1)
    return keras.applications.MobileNetV2(
        weights=weights, include_top=False, input_shape=(SIZE, SIZE, 3), pooling="avg"
    )


def accuracy(folder: str, weights: str | None, prepare: Callable[[Features], Features]) -> float:
    """Return the accuracy of a logistic regression on frozen features, over five folds."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.model_selection import StratifiedKFold, cross_val_score  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    images, labels = photographs(folder)
    features = base(weights).predict(prepare(images.copy()), batch_size=50, verbose=0)
    probe = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=500))
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    with threadpool_limits(1):  # the problem is small: more threads would wait for each other
        return float(cross_val_score(probe, features, labels, cv=folds).mean())


@pytest.mark.parametrize(("folder", "bar"), [("cats_and_dogs", 0.88), ("flowers", 0.65)])
def test_official_weights_transfer_to_photographs_when_the_pixels_are_prepared_for_them(
    folder: str, bar: float
) -> None:
    from data.backbones import preprocess_input  # noqa: PLC0415

    official = str(real("weights", "mobilenet_v2_1.0_224_no_top.h5"))

    def prepare(images: Features) -> Features:
        prepared: Features = preprocess_input("MobileNetV2", images)
        return prepared

    right = accuracy(folder, official, prepare)
    random = accuracy(folder, None, prepare)
    shrunk = accuracy(folder, official, lambda images: images / 255)
    print(f"{folder}: {right:.3f} prepared, {shrunk:.3f} with 1/255, {random:.3f} with random weights")
    assert right >= bar
    assert right >= random + 0.25
    assert right > shrunk
