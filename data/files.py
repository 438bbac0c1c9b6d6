"""Files that are either whole or absent: written beside their place, then renamed into it."""

from __future__ import annotations

import os
import uuid
from pathlib import Path


def write_atomically(path: Path, content: bytes | str) -> None:
    """Write ``content`` (text as UTF-8, without newline translation) to ``path``, replacing what stood there.

    A reader sees the old file or the new one, never a part; missing parent folders are made. The file gets
    the permissions of the one it replaces, else the usual ones. A failure raises the OSError that caused it
    and leaves no temporary file behind.
    """
    raw = content.encode("utf-8") if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not tempfile: its files are private (0600), which would hide reports from a colleague.
    part = path.parent / f".{uuid.uuid4().hex}.part"
    try:
        with part.open("xb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if path.is_file():
            part.chmod(path.stat().st_mode & 0o777)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
