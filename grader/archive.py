"""Notebooks out of a zip that strangers filled: capped in size and number, and nothing outside the scratch folder."""

from __future__ import annotations

import contextlib
import hashlib
import lzma
import os
import stat
import time
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from grader.errors import SourceError
from grader.notebook import MAX_BYTES

MAX_ENTRIES: Final = 20_000
MAX_TOTAL_BYTES: Final = 2_000_000_000

_MAX_PART: Final = 200
_UNPACK_ERRORS: Final = (
    RuntimeError,  # an encrypted entry
    NotImplementedError,  # an unknown compression
    OSError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
)


@dataclass
class Extracted:
    """The folder with a zip's notebooks; ``notes`` says of a file why it is not what the zip holds."""

    folder: Path
    notes: dict[Path, str] = field(default_factory=dict)


def extract(archive: Path, scratch: Path) -> Extracted:
    """Unpack the notebooks, and the folders, of ``archive`` into ``scratch``; other files are left out.

    A notebook that cannot be unpacked becomes an empty file with a note, so that its student still shows.
    Raises SourceError where the archive as a whole cannot be used. Links and hidden files are never made.
    """
    extracted = Extracted(scratch)
    scratch.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(archive) as file:
            entries = file.infolist()
            if len(entries) > MAX_ENTRIES:
                raise SourceError(f"{archive.name}: it holds more than {MAX_ENTRIES} files; hand over fewer at a time.")
            left = MAX_TOTAL_BYTES
            for entry in entries:
                left -= _extract_entry(file, entry, extracted)
                if left < 0:
                    size = f"{MAX_TOTAL_BYTES / 1e9:g} GB"
                    raise SourceError(f"{archive.name}: its notebooks unpack to more than {size}; hand over fewer.")
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise SourceError(f"{archive.name}: it cannot be read as a zip file; download it again.") from error
    return extracted


def _extract_entry(file: zipfile.ZipFile, entry: zipfile.ZipInfo, extracted: Extracted) -> int:
    """Unpack one entry; the number of bytes that came out of it."""
    parts = _safe_parts(entry)
    if not parts or stat.S_ISLNK(entry.external_attr >> 16):
        return 0
    target = extracted.folder.joinpath(*parts)
    if entry.is_dir() or target.suffix.lower() != ".ipynb":
        # The folder of a student who handed in something else must still show that student.
        folder = target if entry.is_dir() else target.parent
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        return 0
    data, note = _content(file, entry)
    size = len(data)
    if size > MAX_BYTES:
        data, note = b"", f"The notebook is larger than {MAX_BYTES / 1e6:g} MB and was not unpacked from the zip file."
    if target.exists():
        note = "The zip file holds two files of this name; the last of them was taken."
    if note:
        extracted.notes[target] = note
    with contextlib.suppress(OSError, OverflowError, ValueError):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        # Which of two versions is the newer one is later told by this time.
        moment = time.mktime((*entry.date_time, 0, 0, -1))
        os.utime(target, (moment, moment))
    return size


def _safe_parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    """The entry's path below the scratch folder; empty for one that must not be made."""
    name = entry.filename.replace("\\", "/")
    parts = tuple(part for part in name.split("/") if part and part != ".")
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    if name.startswith("/") or hidden or any(":" in part or "\0" in part for part in parts) or len(parts) > 8:
        return ()
    return tuple(map(_shortened, parts))


def _shortened(part: str) -> str:
    if len(part.encode("utf-8", "replace")) <= _MAX_PART:
        return part
    # The name's start says who, its end which exercise; the digest keeps two of them apart.
    digest = hashlib.sha256(part.encode("utf-8", "replace")).hexdigest()[:12]
    return f"{part[:20]}{digest}{part[-60:]}".lstrip(".")


def _content(file: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[bytes, str]:
    try:
        # The size that the entry declares is the stranger's claim; what comes out is counted.
        with file.open(entry) as stream:
            data = stream.read(MAX_BYTES + 1)
    except _UNPACK_ERRORS as error:
        return b"", f"The notebook could not be unpacked from the zip file ({error}); ask for it again."
    return data, ""
