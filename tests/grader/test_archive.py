import stat
import zipfile
from pathlib import Path

import pytest

from grader import archive
from grader.archive import extract
from grader.errors import SourceError


def zipped(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return path


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_notebooks_are_unpacked_and_other_files_leave_only_their_folder(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"alice/x.ipynb": b"{}", "bob/photo.jpg": b"jpg", "carl/": b"", "LIES.MICH": b""})
    extracted = extract(path, tmp_path / "out")
    assert tree(tmp_path / "out") == {"alice/x.ipynb": b"{}"}
    assert (tmp_path / "out" / "bob").is_dir() and (tmp_path / "out" / "carl").is_dir()
    assert extracted.notes == {}


@pytest.mark.parametrize(
    "name",
    [
        "../x.ipynb",
        "a/../../x.ipynb",
        "/x.ipynb",
        "..\\x.ipynb",
        "C:\\x.ipynb",
        ".hidden/x.ipynb",
        "__MACOSX/x.ipynb",
        "a/._x.ipynb",
        "a/" * 9 + "x.ipynb",
    ],
)
def test_nothing_leaves_the_scratch_folder_and_hidden_files_are_left_out(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "a.zip", {name: b"{}", "ok.ipynb": b"{}"})
    before = {entry.name for entry in tmp_path.iterdir()}
    extract(path, tmp_path / "out")
    assert tree(tmp_path / "out") == {"ok.ipynb": b"{}"}
    assert {entry.name for entry in tmp_path.iterdir()} == before | {"out"}


def test_links_are_not_made(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        link = zipfile.ZipInfo("link.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
        file.writestr("ok.ipynb", "{}")
    extract(path, tmp_path / "out")
    assert tree(tmp_path / "out") == {"ok.ipynb": b"{}"}


def test_a_notebook_that_is_too_large_becomes_an_empty_one_with_a_note(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"bomb.ipynb": b"0" * (archive.MAX_BYTES + 1), "ok.ipynb": b"{}"})
    extracted = extract(path, tmp_path / "out")
    assert tree(tmp_path / "out") == {"bomb.ipynb": b"", "ok.ipynb": b"{}"}
    assert "larger than 20 MB" in extracted.notes[tmp_path / "out" / "bomb.ipynb"]


def test_a_damaged_notebook_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        file.writestr("bad.ipynb", b"BAD-CONTENT")
        file.writestr("ok.ipynb", b"{}")
    path.write_bytes(path.read_bytes().replace(b"BAD-CONTENT", b"bad-content"))
    extracted = extract(path, tmp_path / "out")
    assert tree(tmp_path / "out") == {"bad.ipynb": b"", "ok.ipynb": b"{}"}
    assert "could not be unpacked" in extracted.notes[tmp_path / "out" / "bad.ipynb"]


def test_too_many_entries_and_too_many_bytes_refuse_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path / "a.zip", {f"{number}.ipynb": b"0" * 100 for number in range(5)})
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 300)
    with pytest.raises(SourceError, match=r"a\.zip: its notebooks unpack to more"):
        extract(path, tmp_path / "one")
    monkeypatch.setattr(archive, "MAX_ENTRIES", 4)
    with pytest.raises(SourceError, match=r"a\.zip: it holds more than 4 files"):
        extract(path, tmp_path / "two")


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK but not really")
    with pytest.raises(SourceError, match=r"a\.zip: it cannot be read as a zip file"):
        extract(path, tmp_path / "out")


def test_the_last_of_two_files_of_one_name_is_taken_and_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("x.ipynb", "1")
        file.writestr("x.ipynb", "2")
    extracted = extract(path, tmp_path / "out")
    assert tree(tmp_path / "out") == {"x.ipynb": b"2"}
    assert "two files of this name" in extracted.notes[tmp_path / "out" / "x.ipynb"]


def test_names_that_are_too_long_are_shortened_and_stay_apart(tmp_path: Path) -> None:
    names = [f"{'a' * 300}{end}_01_x.ipynb" for end in ("b", "c")]
    extract(zipped(tmp_path / "a.zip", dict.fromkeys(names, b"{}")), tmp_path / "out")
    found = sorted(tree(tmp_path / "out"))
    assert len(found) == 2 and all(name.endswith("_01_x.ipynb") for name in found)
