"""A notebook's first cell is silent, and errors after it are not."""

import json
import os
import subprocess
import sys

import pytest

from tests.variants import COURSE

_AFTER = """
keras.ops.convert_to_numpy(keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])(np.zeros((1, 1))))
print(tf.constant(1).numpy())
os.write(2, b"still heard")
"""


@pytest.mark.slow
def test_the_first_cell_of_a_notebook_starts_tensorflow_without_a_word() -> None:
    notebook = json.loads((COURSE / "notebooks" / "03_resnet50_fine_tuning.ipynb").read_text(encoding="utf-8"))
    setup = next("".join(cell["source"]) for cell in notebook["cells"] if cell["id"] == "setup")
    program = f'WEIGHTS, IMAGES, SEED = "", "", 1\n{setup}\n{_AFTER}'
    loud = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "0"}
    done = subprocess.run([sys.executable, "-c", program], env=loud, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("1\n", "still heard")
