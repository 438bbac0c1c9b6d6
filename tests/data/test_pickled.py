"""load_pickled_array: arrays of numbers come back whole, anything else is refused and runs nothing."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from data.pickled import PickledArrayError, load_pickled_array

ARRAYS = {
    "pictures": np.arange(48, dtype=np.uint8).reshape(1, 4, 4, 3),
    "labels": np.array([3, 1, 2]),
    "big-endian": np.array([1.5, -2.0], dtype=">f4"),
    "columns first": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    "not contiguous": np.arange(20.0).reshape(4, 5)[:, ::2],
    "booleans": np.array([[True], [False]]),
    "complex": np.array([1 + 2j]),
    "empty": np.zeros((0, 3), dtype=np.float16),
    "no axis": np.array(7),
}


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("name", ARRAYS)
def test_an_array_of_numbers_comes_back_whole(name: str, protocol: int, tmp_path: Path) -> None:
    file = tmp_path / "X.pickle"
    file.write_bytes(pickle.dumps(ARRAYS[name], protocol=protocol))
    read = load_pickled_array(file)
    np.testing.assert_array_equal(read, ARRAYS[name], strict=True)
    assert read.flags.writeable


def test_a_pickle_of_an_older_numpy_is_read(tmp_path: Path) -> None:
    raw = pickle.dumps(ARRAYS["labels"], protocol=2).replace(b"numpy._core", b"numpy.core")
    (tmp_path / "y.pickle").write_bytes(raw)
    np.testing.assert_array_equal(load_pickled_array(str(tmp_path / "y.pickle")), ARRAYS["labels"])


class _Touch:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.target,)


class _Subclass(np.ndarray):
    pass


def test_a_malicious_pickle_runs_nothing(tmp_path: Path) -> None:
    target, file = tmp_path / "touched", tmp_path / "X.pickle"
    file.write_bytes(pickle.dumps(_Touch(target)))
    with pytest.raises(PickledArrayError, match="refused"):
        load_pickled_array(file)
    assert not target.exists()
    pickle.loads(file.read_bytes())
    assert target.exists(), "the attack itself must work, or this test shows nothing"


HOSTILE = {
    "a call of os.system": b"cos\nsystem\n(S'true'\ntR.",
    "a call of eval": b"cbuiltins\neval\n(S'1'\ntR.",
    "a forged dtype": b"cnumpy\ndtype\n(S'V8'\nI0\nI1\ntR(I3\nS'|'\nN(S'a'\ntN}I-1\nI-1\nI0\ntb.",
    "a state for a stand-in's class": b"cnumpy\nndarray\n}S'x'\nI1\nsb.",
    "a state for a function": b"c_codecs\nencode\n}S'x'\nI1\nsb.",
    "another encoding": b"c_codecs\nencode\n(Va\nVrot13\ntR.",
    "an array without content": b"cnumpy._core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR.",
    "a call of the type": b"cnumpy\nndarray\n)R.",
    "a type": b"cnumpy\nndarray\n.",
    "nothing": b"",
    "no pickle": b"\x89PNG\r\n\x1a\n",
    "cut off": pickle.dumps(ARRAYS["pictures"])[:-20],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_are_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "X.pickle").write_bytes(HOSTILE[name])
    with pytest.raises(PickledArrayError):
        load_pickled_array(tmp_path / "X.pickle")


OTHERS = {
    "objects": np.array([{}, None], dtype=object),
    "records": np.zeros(2, dtype=[("a", "f4"), ("b", "O")]),
    "text": np.array(["cat", "dog"]),
    "dates": np.array(["2020-01-01"], dtype="M8[D]"),
    "a masked array": np.ma.masked_array([1.0, 2.0], [True, False]),
    "a subclass": np.arange(3).view(_Subclass),
    "a dictionary": {"X": 1},
    "a list of arrays": [ARRAYS["labels"]],
    "a scalar": np.float64(1.0),
    "a dtype": np.dtype("f4"),
}


@pytest.mark.parametrize("protocol", [0, 2, pickle.HIGHEST_PROTOCOL])
@pytest.mark.parametrize("name", OTHERS)
def test_anything_but_an_array_of_numbers_is_refused(name: str, protocol: int, tmp_path: Path) -> None:
    (tmp_path / "X.pickle").write_bytes(pickle.dumps(OTHERS[name], protocol=protocol))
    with pytest.raises(PickledArrayError, match=r"X\.pickle"):
        load_pickled_array(tmp_path / "X.pickle")


def test_a_content_of_the_wrong_length_is_refused(tmp_path: Path) -> None:
    raw = pickle.dumps(np.arange(4, dtype=np.uint8), protocol=2)
    (tmp_path / "X.pickle").write_bytes(raw.replace(b"K\x04\x85", b"K\x05\x85"))
    with pytest.raises(PickledArrayError):
        load_pickled_array(tmp_path / "X.pickle")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_pickled_array(tmp_path / "none.pickle")
