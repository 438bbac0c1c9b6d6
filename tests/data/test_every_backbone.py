"""Every backbone of the course loads without a network and sees something, frozen."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data import pretrained
from data.backbones import MODULES

pytestmark = pytest.mark.slow

PROGRAM = """
import json
import numpy as np
from data import backbones, load, weights

images, _ = load("critters", "test", 1)
seen = {}
for name in backbones.MODULES:
    base = backbones.architecture(name, 64, weights(name))
    base.trainable = False
    maps = base.predict(backbones.preprocess_input(name, images.astype(np.float32)), verbose=0)
    seen[name] = {
        "shape": maps.shape,
        "trained": len(base.trainable_weights),
        "finite": bool(np.isfinite(maps).all()),
        "told apart": float(maps.std(axis=0).mean() / np.abs(maps).mean()),
    }
print(json.dumps(seen))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process without a network and with an empty cache saw, for each backbone."""
    alone = ["bwrap", "--dev-bind", "/", "/", "--unshare-net"] if shutil.which("bwrap") else []
    empty = str(tmp_path_factory.mktemp("cache"))
    done = subprocess.run(
        [*alone, sys.executable, "-c", PROGRAM],
        env={**os.environ, "COURSE_CACHE": empty, "KERAS_HOME": empty, "COURSE_WEIGHTS": "course"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_all_six_ship() -> None:
    assert set(pretrained.names()) == set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_it_loads_without_a_network_and_tells_images_apart(name: str, seen: dict[str, Any]) -> None:
    assert seen[name]["shape"][0] == 10
    assert seen[name]["trained"] == 0
    assert seen[name]["finite"]
    assert seen[name]["told apart"] > 0.1
