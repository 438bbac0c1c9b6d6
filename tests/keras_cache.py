"""A cache of Keras for tests: files as Keras publishes them, holding random weights, and no network around it.

MobileNet and MobileNetV2 are published without a checksum, so that Keras takes such a file as it is. For EfficientNetB0
the one checksum that Keras compares with is replaced; everything else is Keras itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from data import official, pretrained


def surroundings(home: Path, choice: str = "imagenet") -> dict[str, str]:
    """Return an environment with ``home`` as Keras's cache, in which no server can be reached."""
    home.mkdir(exist_ok=True)
    closed = "http://127.0.0.1:9"
    changed = {"KERAS_HOME": str(home), pretrained.WEIGHTS_VARIABLE: choice, "TF_CPP_MIN_LOG_LEVEL": "3"}
    kept = {name: value for name, value in os.environ.items() if name.lower() not in ("no_proxy", "http_proxy")}
    return {**kept, **changed, "https_proxy": closed, "HTTPS_PROXY": closed}


def answer(code: str, environment: dict[str, str], *arguments: str) -> Any:
    """Run a program in a process of its own, since Keras reads KERAS_HOME once; return the JSON of its last line."""
    words = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def publish(name: str, home: Path, seed: int = 1) -> Path:
    """Write the official file of a backbone, with random weights, into the cache ``home``."""
    import h5py  # noqa: PLC0415  (comes with Keras)
    import keras  # noqa: PLC0415  (takes seconds)
    import numpy as np  # noqa: PLC0415
    from keras.src.legacy.saving import legacy_h5_format  # noqa: PLC0415

    from data.backbones import architecture  # noqa: PLC0415

    keras.utils.set_random_seed(seed)
    model = architecture(name)
    rng = np.random.default_rng(seed)
    # No two arrays alike: fresh BatchNormalization layers would all hold ones and zeros.
    model.set_weights(
        [value + rng.uniform(0.0, 0.01, value.shape).astype(value.dtype) for value in model.get_weights()]
    )
    for layer in model.layers:
        if isinstance(layer, keras.layers.Normalization):
            layer.set_weights([np.array(part) for part in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225), 0)])
    path = home / official.SUBFOLDER / official.official_file(name).name
    path.parent.mkdir(parents=True, exist_ok=True)
    with h5py.File(path, "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, model)
    return path


def accept(path: Path) -> None:
    """Make this process's Keras take a file for the published EfficientNetB0."""
    from keras.src.applications import efficientnet  # noqa: PLC0415

    checksum = hashlib.md5(path.read_bytes()).hexdigest()
    efficientnet.WEIGHTS_HASHES["b0"] = (efficientnet.WEIGHTS_HASHES["b0"][0], checksum)
    known = official._SINGLE["EfficientNetB0"]
    official._SINGLE["EfficientNetB0"] = official.OfficialFile(known.address, checksum)  # type: ignore[index]
