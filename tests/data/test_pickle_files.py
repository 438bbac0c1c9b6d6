"""The exercise's pickle files: two hold arrays in one order, the third runs code."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from data import load
from data.pickle_files import WARNING, write_pickle_files
from data.pickled import PickledArrayError, load_pickled_array


@pytest.fixture
def files(tmp_path: Path) -> Path:
    write_pickle_files(tmp_path, per_kind=2, seed=1)
    return tmp_path


def test_images_and_labels_stay_together_in_a_shuffled_order(files: Path) -> None:
    images, labels = load_pickled_array(files / "X.pickle"), load_pickled_array(files / "y.pickle")
    shipped, kinds = load("critters", "train", 2)
    known = {picture.tobytes(): kind for picture, kind in zip(shipped, kinds, strict=True)}
    assert [known[picture.tobytes()] for picture in images] == labels.tolist()
    assert sorted(labels.tolist()) == kinds.tolist() != labels.tolist()
    assert (images.dtype, labels.dtype) == (np.uint8, np.int64)


def test_the_third_file_runs_code_where_it_is_not_refused(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(PickledArrayError, match=r"asks for builtins\.print"):
        load_pickled_array(files / "names.pickle")
    assert capsys.readouterr().out == ""
    pickle.loads((files / "names.pickle").read_bytes())
    assert capsys.readouterr().out == f"{WARNING}\n"
