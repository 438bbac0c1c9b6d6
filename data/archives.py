"""Unpack a zip or gzipped tar file of plain files, and refuse everything that could reach beyond its folder."""

from __future__ import annotations

import gzip
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

MOST_BYTES = 2 * 2**30
MOST_FILES = 100_000

_CHUNK = 2**20


class ArchiveError(Exception):
    """An archive is damaged, too large, or holds what is no plain file inside its folder; the message says which."""


def unpack(archive: Path, folder: Path, most_bytes: int = MOST_BYTES, most_files: int = MOST_FILES) -> None:
    """Unpack the files and folders of ``archive`` (.zip, .tgz or .tar.gz) into ``folder``, which must not exist yet.

    Raises ArchiveError for an absolute path, a path with ``..``, a link, a device, two files of one name, more
    than ``most_bytes`` or ``most_files``, and for a damaged archive. What was unpacked until then stays in
    ``folder``: unpack beside the final place, and rename on success.
    """
    folder.mkdir(parents=True)
    count = _Count(archive.name, most_bytes, most_files)
    try:
        if archive.suffix == ".zip":
            _unpack_zip(archive, folder, count)
        elif archive.name.endswith((".tgz", ".tar.gz")):
            _unpack_tar(archive, folder, count)
        else:
            raise ArchiveError(f"{archive.name} is neither a .zip nor a .tgz file.")
    except (ArchiveError, OSError):
        raise
    except Exception as error:  # damaged archives raise errors of zlib, struct, zipfile and more
        raise ArchiveError(f"{archive.name} is damaged: {type(error).__name__}: {error}") from error


class _Count:
    """Checks each member's name and adds up what all of them take."""

    def __init__(self, archive: str, most_bytes: int, most_files: int) -> None:
        self.archive = archive
        self.bytes_left = most_bytes
        self.entries_left = most_files
        self.seen: set[PurePosixPath] = set()

    def member(self, name: str, size: int, is_folder: bool) -> PurePosixPath:
        """Return the member's path below the folder, or refuse it."""
        path = PurePosixPath(name)
        # A backslash, a colon or a NUL is harmless on Linux and leads elsewhere on Windows.
        if path.is_absolute() or ".." in path.parts or any(sign in name for sign in "\\:\0"):
            self.refuse(name, "leads outside the folder")
        self.entries_left -= 1
        if self.entries_left < 0:
            raise ArchiveError(f"{self.archive} holds too many files; it was not unpacked.")
        self.take(size)
        if not is_folder:
            if path in self.seen:
                self.refuse(name, "is there twice")
            self.seen.add(path)
        return path

    def take(self, size: int) -> None:
        """Count bytes that come out of the archive."""
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise ArchiveError(f"{self.archive} holds more bytes than allowed; it was not unpacked.")

    def refuse(self, name: str, why: str) -> None:
        raise ArchiveError(f"{self.archive} holds {name!r}, which {why}; it was not unpacked.")


def _unpack_tar(archive: Path, folder: Path, count: _Count) -> None:
    with _plain_errors(archive), gzip.open(archive) as stream, tarfile.open(fileobj=stream, mode="r:") as tar:
        for member in tar:
            if not (member.isfile() or member.isdir()):
                count.refuse(member.name, "is a link or a device")
            count.member(member.name, member.size, member.isdir())
            tar.extract(member, folder, filter="data")
        # tarfile takes a damaged header for the end; the checksum at the end of the stream tells the two apart.
        while chunk := stream.read(_CHUNK):
            count.take(len(chunk))


@contextmanager
def _plain_errors(archive: Path) -> Iterator[None]:
    """Tell a damaged gzip stream, which raises kinds of OSError, from a full disk."""
    try:
        yield
    except (EOFError, tarfile.TarError) as error:
        raise ArchiveError(f"{archive.name} is damaged: {error}") from error
    except OSError as error:
        if error.errno is None:
            raise ArchiveError(f"{archive.name} is damaged: {error}") from error
        raise


def _unpack_zip(archive: Path, folder: Path, count: _Count) -> None:
    with zipfile.ZipFile(archive) as packed:
        for member in packed.infolist():
            kind = stat.S_IFMT(member.external_attr >> 16)
            if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                count.refuse(member.filename, "is a link or a device")
            target = folder / count.member(member.filename, member.file_size, member.is_dir())
            if member.is_dir():
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            # zipfile never gives more bytes than the size that was counted above.
            with packed.open(member) as source, target.open("xb") as file:
                while chunk := source.read(_CHUNK):
                    file.write(chunk)
