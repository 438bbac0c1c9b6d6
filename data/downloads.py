"""Download photographs for real use: checked by SHA-256, unpacked whole or not at all, and kept in a cache."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import socket
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.archives import ArchiveError, unpack
from data.pretrained import CACHE_VARIABLE

_STALLED_AFTER = 60.0
"""Seconds without a byte after which a connection counts as broken; without a limit it would hang for ever."""

_ONE_AT_A_TIME = threading.Lock()
"""The time limit of connections is one setting for all threads."""

_LEFTOVER_AFTER = 24 * 3600.0
"""Seconds after which the temporary folder of a killed download is removed."""


class DownloadError(Exception):
    """A set of photographs cannot be had; the message says why and which file to put where."""


@dataclass(frozen=True)
class Source:
    """Where a set of photographs comes from and how its file is recognised."""

    name: str
    url: str
    sha256: str
    digest_from: str
    """Who published the digest."""
    folder: str
    """The folder of class folders inside the archive."""
    megabytes: int
    """Size of the download, rounded."""
    licence: str

    @property
    def archive(self) -> str:
        """Name of the archive file."""
        return self.url.rsplit("/", 1)[-1]


SOURCES: tuple[Source, ...] = (
    # Google's smaller cats_and_dogs_filtered.zip holds 3,000 of these photographs; no published digest was found.
    Source(
        name="cats_and_dogs",
        url="https://download.microsoft.com/download/3/E/1/3E1C3F21-ECDB-4869-8368-6DEBA77B919F/kagglecatsanddogs_5340.zip",
        sha256="b7974bd00a84a99921f36ee4403f089853777b5ae8d151c76a86e64900334af9",
        digest_from="github.com/gomlx/gomlx, examples/dogsvscats (not by Microsoft itself)",
        folder="PetImages",
        megabytes=825,
        licence="see the licence files beside PetImages",
    ),
    Source(
        name="flowers",
        url="https://storage.googleapis.com/download.tensorflow.org/example_images/flower_photos.tgz",
        sha256="4c54ace7911aaffe13a365c34f650e71dd5bf1be0a58b464e5a7183e3e595d9c",
        digest_from="github.com/tensorflow/datasets, tensorflow_datasets/datasets/tf_flowers/checksums.tsv",
        folder="flower_photos",
        megabytes=229,
        licence="CC BY 2.0; the photographers are named in LICENSE.txt",
    ),
)


def download(name: str, sources: Sequence[Source] = SOURCES) -> Path:
    """Return the folder of class folders of ``"cats_and_dogs"`` or ``"flowers"``, downloading it on first use.

    The archive comes by ``keras.utils.get_file``, which shows its progress, and must have the published
    SHA-256. A download that broke is begun anew by the next call. The folder lies in ``COURSE_CACHE``, if that
    is set, else in Keras's own cache (``KERAS_HOME`` or ``~/.keras``), and is there whole or not at all; from
    then on a call returns at once and needs no network. Raises DownloadError.
    """
    source = next((each for each in sources if each.name == name), None)
    if source is None:
        raise DownloadError(f'There is no download "{name}"; there are {", ".join(each.name for each in sources)}.')
    cache = _cache()
    unpacked = cache / f"{source.name}-{source.sha256[:16]}"
    with _ONE_AT_A_TIME:
        try:
            if not unpacked.is_dir():
                with _work_folder(cache) as work:
                    _fill(source, work, unpacked)
        except OSError as error:
            raise DownloadError(
                f"{source.archive} cannot be kept in {cache}: {error.strerror or error}. Make room or set "
                f"{CACHE_VARIABLE} to another folder, then call download({name!r}) again."
            ) from error
    return unpacked / source.folder


def _cache() -> Path:
    # As keras.config does, but without the seconds that importing Keras takes.
    chosen = os.environ.get(CACHE_VARIABLE) or os.environ.get("KERAS_HOME") or Path.home() / ".keras"
    return Path(chosen) / "datasets"


@contextlib.contextmanager
def _work_folder(cache: Path) -> Iterator[Path]:
    """Give a temporary folder in the cache; remove it in the end, and old ones of processes that were killed."""
    cache.mkdir(parents=True, exist_ok=True)
    for leftover in cache.glob(".download-*.part"):
        with contextlib.suppress(OSError):
            if leftover.stat().st_mtime < time.time() - _LEFTOVER_AFTER:
                shutil.rmtree(leftover)
    work = cache / f".download-{uuid.uuid4().hex}.part"
    work.mkdir()
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _fill(source: Source, work: Path, unpacked: Path) -> None:
    """Bring ``unpacked`` into being from the archive in the cache, if it is the right one, else from the network."""
    archive = unpacked.parent / source.archive
    given = _sha256(archive) if archive.is_file() else None
    if given != source.sha256:
        fetched = _fetch(source, work, archive, given)
        fetched.replace(archive)
    try:
        unpack(archive, work / "unpacked")
    except ArchiveError as error:
        raise DownloadError(f"{error} The file is {archive}.") from error
    if not (work / "unpacked" / source.folder).is_dir():
        raise DownloadError(f"{archive} holds no folder {source.folder}, which it should.")
    try:
        (work / "unpacked").rename(unpacked)
    except OSError:
        # Another process may have been quicker.
        if not unpacked.is_dir():
            raise
    if given != source.sha256:
        archive.unlink(missing_ok=True)


def _fetch(source: Source, work: Path, archive: Path, given: str | None) -> Path:
    """Download the archive into ``work``, where a part of it can be taken for the whole by nobody."""
    import keras  # noqa: PLC0415 - takes seconds, and only a first download needs it

    print(f"{source.archive} has about {source.megabytes} MB. Licence: {source.licence}.")
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_STALLED_AFTER)
    try:
        # The existing cache_dir matters: for one that it cannot write to, get_file quietly takes /tmp instead.
        path = keras.utils.get_file(
            source.archive,
            source.url,
            file_hash=source.sha256,
            hash_algorithm="sha256",
            cache_dir=work,
            cache_subdir="",
        )
    except Exception as error:  # get_file raises plain Exception for what the network does
        raise DownloadError(_way_out(source, archive, given, work, error)) from error
    finally:
        socket.setdefaulttimeout(before)
    return Path(path)


def _way_out(source: Source, archive: Path, given: str | None, work: Path, error: Exception) -> str:
    # get_file leaves a file of the wrong digest where it is, and removes what a broken connection left.
    if (work / source.archive).exists():
        found = _sha256(work / source.archive)
        reason = f"what came from {source.url} is not the expected file (its SHA-256 is {found})"
    else:
        reason = f"it could not be downloaded from {source.url} ({error})"
    beside = f" The file that is there now has another SHA-256, {given}." if given else ""
    return (
        f"{source.archive}: {reason}. Call download({source.name!r}) again with a working network, or bring the file "
        f"from another machine and put it at {archive}; its SHA-256 must be {source.sha256}.{beside}"
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
