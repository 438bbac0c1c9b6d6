"""Arrays are read from what numpy.savez writes, and from nothing else."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from grader.evidence.archive import UnreadableEvidenceError, read_arrays


def npy(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=array.dtype == object)
    return stream.getvalue()


def archive(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6, dtype=np.float32).reshape(2, 3),
        np.asfortranarray(np.arange(6).reshape(2, 3)),
        np.zeros((0, 3), np.uint8),
        np.float64(3),
        np.array([True, False]),
    ],
)
def test_what_savez_writes_is_read(tmp_path: Path, array: np.ndarray) -> None:
    np.savez(tmp_path / "arrays.npz", a0=array)
    found = read_arrays(tmp_path / "arrays.npz")["a0"]
    assert found.dtype == array.dtype
    assert np.array_equal(found, array)


def test_no_arrays_at_all_are_read(tmp_path: Path) -> None:
    np.savez(tmp_path / "arrays.npz")
    assert read_arrays(tmp_path / "arrays.npz") == {}


GOOD = npy(np.zeros(3, np.float32))
HUGE = (
    b"\x93NUMPY\x01\x00v\x00"
    + b"{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }".ljust(117)
    + b"\n"
)


def headed(header: bytes) -> bytes:
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header


STRANGE: dict[str, dict[str, bytes]] = {
    "a header without an end": {"a0.npy": headed(b"{'descr': (")},
    "a header with odd keys": {"a0.npy": headed(b"{1: 2, 'descr': 3}")},
    "a header of brackets": {"a0.npy": headed(b"(" * 3000)},
    "a pickle": {"a0.npy": npy(np.array([print]))},
    "text": {"a0.npy": npy(np.array(["x"]))},
    "a structure": {"a0.npy": npy(np.zeros(2, [("x", "f4")]))},
    "a wide type": {"a0.npy": npy(np.zeros(2, np.complex128))},
    "a path": {"../a0.npy": GOOD},
    "a strange name": {"weights.npy": GOOD},
    "no array": {"a0.npy": b"hello"},
    "nothing": {"a0.npy": b""},
    "a cut array": {"a0.npy": GOOD[:-1]},
    "a lengthened array": {"a0.npy": GOOD + b"x"},
    "a huge shape": {"a0.npy": HUGE},
    "many members": {f"a{i}.npy": b"" for i in range(3_001)},
}


@pytest.mark.parametrize("name", STRANGE)
def test_anything_else_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableEvidenceError):
        read_arrays(archive(tmp_path / "arrays.npz", STRANGE[name]))


def test_a_compressed_member_is_refused_before_it_swells(tmp_path: Path) -> None:
    path = archive(tmp_path / "arrays.npz", {"a0.npy": npy(np.zeros(10_000_000))}, zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(UnreadableEvidenceError):
        read_arrays(path)


def test_no_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "arrays.npz").write_bytes(GOOD)
    with pytest.raises(UnreadableEvidenceError):
        read_arrays(tmp_path / "arrays.npz")


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="the system cannot refuse links")
def test_a_link_a_pipe_or_a_folder_is_refused(tmp_path: Path) -> None:
    real = archive(tmp_path / "real.npz", {"a0.npy": GOOD})
    for make in (lambda p: p.symlink_to(real), os.mkfifo, lambda p: p.mkdir(), lambda p: None):
        path = tmp_path / "arrays.npz"
        make(path)
        with pytest.raises(UnreadableEvidenceError, match=r"arrays\.npz"):
            read_arrays(path)
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "arrays.npz").open("wb") as file:
        file.truncate(500_000_000)
    with pytest.raises(UnreadableEvidenceError, match="at most"):
        read_arrays(tmp_path / "arrays.npz")
