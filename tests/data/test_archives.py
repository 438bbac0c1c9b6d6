"""unpack: plain files come out as they went in; what reaches beyond the folder or fills the disk is refused."""

import io
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from data.archives import ArchiveError, unpack

FILES = {"set/cat/1.jpg": b"one", "set/dog/2.jpg": b"two", "set/LICENSE.txt": b""}


def _zip(path: Path, files: dict[str, bytes], mode: int = 0) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("set/", b"")
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = mode << 16
            packed.writestr(info, content)
    return path


def _tar(path: Path, files: dict[str, bytes], **fields: object) -> Path:
    with tarfile.open(path, "w:gz") as packed:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            for field, value in fields.items():
                setattr(info, field, value)
            packed.addfile(info, io.BytesIO(content))
    return path


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["a.zip", "a.tgz", "a.tar.gz"])
def test_files_and_folders_come_out_as_they_went_in(name: str, tmp_path: Path) -> None:
    archive = (_zip if name.endswith("zip") else _tar)(tmp_path / name, FILES)
    unpack(archive, tmp_path / "out")
    assert _contents(tmp_path / "out") == FILES


@pytest.mark.parametrize("make", [_zip, _tar])
@pytest.mark.parametrize(
    "name", ["../evil", "set/../../evil", "/tmp/evil", "..", "set\\..\\evil", "C:evil", "\\\\server\\evil"]
)
def test_a_path_that_leads_outside_is_refused(make: object, name: str, tmp_path: Path) -> None:
    archive = tmp_path / ("a.zip" if make is _zip else "a.tgz")
    make(archive, {**FILES, name: b"evil"})  # type: ignore[operator]
    with pytest.raises(ArchiveError, match="leads outside the folder"):
        unpack(archive, tmp_path / "deep" / "out")
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.read_bytes() == b"evil"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar_are_refused(kind: bytes, tmp_path: Path) -> None:
    archive = _tar(tmp_path / "a.tgz", {"set/link": b""}, type=kind, linkname="cat")
    with pytest.raises(ArchiveError, match=r"'set/link', which is a link or a device"):
        unpack(archive, tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*"))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_in_a_zip_are_refused(kind: int, tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", {"set/link": b"/etc"}, mode=kind | 0o777)
    with pytest.raises(ArchiveError, match=r"'set/link', which is a link or a device"):
        unpack(archive, tmp_path / "out")
    assert not [path for path in (tmp_path / "out").rglob("*") if path.name == "link"]


@pytest.mark.parametrize("make", [_zip, _tar])
def test_what_would_fill_the_disk_is_refused(make: object, tmp_path: Path) -> None:
    archive = tmp_path / ("a.zip" if make is _zip else "a.tgz")
    make(archive, {"set/zeros": bytes(2_000_000), "set/more": bytes(2_000_000)})  # type: ignore[operator]
    assert archive.stat().st_size < 10_000
    with pytest.raises(ArchiveError, match="more bytes than allowed"):
        unpack(archive, tmp_path / "out", most_bytes=3_000_000)
    assert sum(map(len, _contents(tmp_path / "out").values())) <= 3_000_000
    with pytest.raises(ArchiveError, match="too many files"):
        unpack(archive, tmp_path / "again", most_files=1)
    unpack(archive, tmp_path / "allowed", most_bytes=4_100_000, most_files=3)


def test_a_zip_that_understates_a_size_gives_no_more_than_it_states(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", {"set/zeros": bytes(1_000_000)})
    raw = archive.read_bytes()
    archive.write_bytes(raw.replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with pytest.raises(ArchiveError, match="damaged"):
        unpack(archive, tmp_path / "out", most_bytes=1000)
    assert sum(map(len, _contents(tmp_path / "out").values())) <= 1000


@pytest.mark.parametrize("make", [_zip, _tar])
def test_one_name_twice_is_refused(make: object, tmp_path: Path) -> None:
    archive = tmp_path / ("a.zip" if make is _zip else "a.tgz")
    make(archive, {"set/a": b"1", "set/./a": b"2"})  # type: ignore[operator]
    with pytest.raises(ArchiveError, match="is there twice"):
        unpack(archive, tmp_path / "out")


@pytest.mark.parametrize("name", ["a.zip", "a.tgz"])
@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "text"])
def test_a_damaged_archive_is_refused(name: str, damage: str, tmp_path: Path) -> None:
    files = {"set/noise": bytes(range(256)) * 40, **FILES}
    raw = (_zip if name == "a.zip" else _tar)(tmp_path / name, files).read_bytes()
    middle = len(raw) // 3
    flipped = raw[:middle] + bytes(255 - byte for byte in raw[middle : middle + 20]) + raw[middle + 20 :]
    (tmp_path / name).write_bytes({"cut": raw[:-60], "flipped": flipped, "empty": b"", "text": b"<html>"}[damage])
    with pytest.raises(ArchiveError, match=rf"{name} is damaged"):
        unpack(tmp_path / name, tmp_path / "out")


def test_another_kind_of_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.rar").write_bytes(b"Rar!")
    with pytest.raises(ArchiveError, match=r"neither a \.zip nor a \.tgz"):
        unpack(tmp_path / "a.rar", tmp_path / "out")
