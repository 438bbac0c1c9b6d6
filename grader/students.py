"""Students' names: made safe as folder names, told apart, and read from a roster."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import Final

from grader.errors import RosterError

MAX_NAME: Final = 64
MAX_ROSTER_BYTES: Final = 1_000_000

_UNSAFE: Final = re.compile(r"[^\w\-.,'@+ ]+")
_EDGES: Final = " \t.,-'@+"
# Windows gives these names to devices, whatever extension follows.
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe_name(raw: str) -> str:
    """``raw`` as a name that is safe for a folder on every system: no separators, no leading dots, capped.

    Characters that cannot stand in such a name become underscores; a name with nothing left is ``unnamed``.
    """
    # Cut first, so that a name of a megabyte costs nothing.
    text = " ".join(unicodedata.normalize("NFC", raw[: 4 * MAX_NAME]).split())
    text = _UNSAFE.sub("_", text).strip(_EDGES)
    while len(text.encode()) > 2 * MAX_NAME or len(text) > MAX_NAME:
        text = text[:-1]
    text = text.rstrip(_EDGES)
    if not any(map(str.isalnum, text)):
        return "unnamed"
    return f"_{text}" if _DEVICES.fullmatch(text) else text


def name_key(name: str) -> str:
    """What two names have in common when they are the same folder on some system."""
    return unicodedata.normalize("NFC", safe_name(name)).casefold()


def distinct_name(raw: str, number: str, taken: Collection[str]) -> str:
    """A safe name for ``raw`` whose key is not in ``taken``: as it is, else with the LMS's number, else counted."""
    name = safe_name(raw)
    if name_key(name) not in taken:
        return name
    stem = name[: MAX_NAME - 20]
    if number and name_key(f"{stem}_{number[:12]}") not in taken:
        return f"{stem}_{number[:12]}"
    counter = 2
    while name_key(f"{stem}-{counter}") in taken:
        counter += 1
    return f"{stem}-{counter}"


def read_roster(path: Path) -> tuple[str, ...]:
    """The students' names, safe and without doubles, in the file's order.

    The file is a CSV with a header that has a column ``student``, or text with one name a line. RosterError
    where it cannot be read as either.
    """
    lines = [line for line in _text(path).splitlines() if line.strip()]
    if not lines:
        raise RosterError(f"{path.name}: it names no students; write one name a line.")
    names: dict[str, str] = {}
    for raw in _names(path, lines):
        if raw.strip():
            names.setdefault(name_key(raw), safe_name(raw))
    return tuple(names.values())


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_ROSTER_BYTES + 1)
    except OSError as error:
        raise RosterError(f"{path}: the roster cannot be read ({error.strerror}); check the path.") from error
    if len(data) > MAX_ROSTER_BYTES:
        raise RosterError(f"{path.name}: the roster is larger than 1 MB; keep only the column 'student'.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RosterError(f"{path.name}: the roster is not UTF-8 text; save it as 'CSV UTF-8'.") from error


def _names(path: Path, lines: list[str]) -> list[str]:
    if lines[0].strip().casefold() == "student":
        return [line.strip().strip('"') for line in lines[1:]]
    for delimiter in ",;\t":
        try:
            rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
        except csv.Error:
            continue
        header = [field.strip().casefold() for field in rows[0]]
        if "student" in header:
            column = header.index("student")
            return [row[column] for row in rows[1:] if len(row) > column]
    if re.search(r"[,;\t]", lines[0]):
        raise RosterError(f"{path.name}: its first line names no column 'student'; add a header with that name.")
    return lines
