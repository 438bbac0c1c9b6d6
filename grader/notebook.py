"""Notebooks as the grader sees them: read with caps, validated, written whole, and their cells' nbgrader roles."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import jsonschema
import nbformat
from nbformat import NotebookNode

from data.files import write_atomically
from grader.errors import InvalidNotebookError
from grader.records import Json

MAX_BYTES: Final = 20_000_000
MAX_DEPTH: Final = 64
MAX_CELLS: Final = 5_000
LEFT_BY_RUNS: Final = frozenset({"injected-parameters", "papermill-error-cell-tag"})
"""The tags of cells that papermill adds to a notebook that it runs."""

_SAVE_AGAIN: Final = "open it in JupyterLab, save it and hand it in again"
_GRADE_ID: Final = re.compile(r"[a-zA-Z0-9_\-]+")
_CELL_ID: Final = re.compile(r"[a-zA-Z0-9_\-]{1,64}")
_ROLE_SCHEMA: Final = {
    "type": "object",
    "properties": {
        "schema_version": {"const": 3},
        "grade": {"type": "boolean"},
        "locked": {"type": "boolean"},
        "solution": {"type": "boolean"},
        "task": {"type": "boolean"},
        "grade_id": {"type": "string", "pattern": r"^[a-zA-Z0-9_\-]*$"},
        "points": {"type": "number", "minimum": 0},
        "checksum": {"type": "string", "minLength": 32, "maxLength": 32},
        "cell_type": {"enum": ["raw", "code", "markdown"]},
    },
    "required": ["schema_version", "grade", "locked", "solution"],
    "additionalProperties": False,
    "if": {"properties": {"grade": {"const": True}}},
    "then": {"required": ["grade_id", "points"]},
}
_ROLE_VALIDATOR: Final = jsonschema.Draft202012Validator(_ROLE_SCHEMA)


@dataclass(frozen=True)
class Role:
    """What nbgrader's metadata, version 3, say that a cell is for; ``points`` is None where there are none."""

    grade_id: str
    grade: bool
    locked: bool
    solution: bool
    task: bool = False
    points: float | None = None

    @property
    def fixed(self) -> bool:
        """Whether the cell belongs to the course: what a learner writes in it does not count."""
        return self.locked or (self.grade and not self.solution)

    @property
    def answer(self) -> bool:
        """Whether the cell is a place for a learner's answer."""
        return self.solution and not self.locked


def read_notebook(path: Path, max_bytes: int = MAX_BYTES) -> NotebookNode:
    """Read an untrusted notebook as nbformat 4.5; nbformat 3 is upgraded, cells without an id get a new one.

    Where the file does not follow the format, its outputs, attachments and metadata are dropped, all but the
    cells' nbgrader metadata and the notebook's ``course``; duplicate cell ids stay, for restoring to see.
    Raises InvalidNotebookError for anything that is no notebook.
    """
    try:
        content = _parse(_read_text(path, max_bytes))
        notebook = _to_version_4(content)
        _check_format(notebook)
    except _UnusableError as error:
        raise InvalidNotebookError(path, str(error)) from error
    return notebook


def write_notebook(path: Path, notebook: NotebookNode) -> None:
    """Write ``notebook`` whole or not at all; the same notebook always gives the same bytes."""
    write_atomically(path, notebook_text(notebook))


def notebook_text(notebook: NotebookNode) -> str:
    """The JSON text that ``write_notebook`` writes, with sorted keys and a newline at the end."""
    return str(nbformat.v4.writes(notebook)).rstrip("\n") + "\n"


def role_of(cell: NotebookNode) -> Role | None:
    """The cell's role, or None where it has no nbgrader metadata; raises ValueError with the fault's sentence."""
    metadata = cell.metadata.get("nbgrader")
    if metadata is None:
        return None
    fault = next(_ROLE_VALIDATOR.iter_errors(metadata), None)
    if fault is not None:
        raise ValueError(f"its nbgrader metadata do not follow schema version 3 ({fault.message[:200]})")
    return Role(
        grade_id=metadata.get("grade_id", ""),
        grade=metadata["grade"],
        locked=metadata["locked"],
        solution=metadata["solution"],
        task=metadata.get("task", False),
        points=metadata.get("points"),
    )


def roles(notebook: NotebookNode, path: Path) -> tuple[Role | None, ...]:
    """The role of every cell, in order; ``path`` is only named in errors.

    Raises InvalidNotebookError where metadata are not valid, two cells share a grade_id, a cell with a role
    has none, or two cells share an id.
    """
    found: list[Role | None] = []
    seen: set[str] = set()
    ids: set[str] = set()
    for number, cell in enumerate(notebook.cells, start=1):
        try:
            role = role_of(cell)
        except ValueError as error:
            raise InvalidNotebookError(path, f"cell {number} cannot be used: {error}; correct them.") from error
        if cell.id in ids:
            raise InvalidNotebookError(path, f"cell {number} has the id {cell.id!r} of an earlier cell; rename one.")
        ids.add(cell.id)
        if role is not None:
            if not role.grade_id:
                raise InvalidNotebookError(path, f"cell {number} has nbgrader metadata without a grade_id; give one.")
            if role.grade_id in seen:
                sentence = f"cell {number} has the grade_id {role.grade_id!r} of an earlier cell; rename one."
                raise InvalidNotebookError(path, sentence)
            seen.add(role.grade_id)
        found.append(role)
    return tuple(found)


def grade_id_of(cell: NotebookNode) -> str | None:
    """The grade_id that an untrusted cell claims, or None; the rest of its metadata may be anything."""
    metadata = cell.metadata.get("nbgrader")
    claimed = metadata.get("grade_id") if isinstance(metadata, dict) else None
    return claimed if isinstance(claimed, str) and _GRADE_ID.fullmatch(claimed) else None


def tags_of(cell: NotebookNode) -> tuple[str, ...]:
    """The cell's tags; empty where an untrusted cell holds something else in their place."""
    tags = cell.metadata.get("tags")
    return tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()


def cells_by_grade_id(notebook: NotebookNode, grade_id: str) -> tuple[NotebookNode, ...]:
    """All cells that claim ``grade_id``, in order."""
    return tuple(cell for cell in notebook.cells if grade_id_of(cell) == grade_id)


def cells_by_id(notebook: NotebookNode, cell_id: str) -> tuple[NotebookNode, ...]:
    """All cells with the id ``cell_id``, in order: more than one only in an untrusted notebook."""
    return tuple(cell for cell in notebook.cells if cell.get("id") == cell_id)


def cells_by_tag(notebook: NotebookNode, tag: str) -> tuple[NotebookNode, ...]:
    """All cells tagged ``tag``, in order."""
    return tuple(cell for cell in notebook.cells if tag in tags_of(cell))


def sources_digest(notebook: NotebookNode) -> str:
    """The SHA-256 (hex) of the types and sources of all cells: outputs, ids and metadata do not change it."""
    content = [[cell.cell_type, cell.source] for cell in notebook.cells]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


class _UnusableError(Exception):
    """Why a file is no notebook, as one sentence."""


def _read_text(path: Path, max_bytes: int) -> str:
    if path.is_symlink() or not path.is_file():
        raise _UnusableError("it is no regular file; hand in the notebook itself.")
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise _UnusableError(f"it cannot be read ({error.strerror}); check its permissions.") from error
    if len(data) > max_bytes:
        size = f"{max_bytes / 1e6:g} MB"
        raise _UnusableError(f"it is larger than {size}; clear its outputs, save it and hand it in again.")
    if not data.strip():
        raise _UnusableError("it is empty; hand in the notebook again.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _UnusableError(f"it is not UTF-8 text; {_SAVE_AGAIN}.") from error


def _parse(text: str) -> dict[str, Json]:
    try:
        # NaN is no JSON, yet plots leave it in outputs: null is what other readers make of it.
        content = _clean(json.loads(text, parse_constant=lambda _: None), MAX_DEPTH)
    except (ValueError, RecursionError) as error:
        raise _UnusableError(f"it is not the JSON text of a notebook; {_SAVE_AGAIN}.") from error
    if not isinstance(content, dict):
        raise _UnusableError(f"it is JSON, but not a notebook; {_SAVE_AGAIN}.")
    return content


def _clean(value: Json, depth: int) -> Json:
    """Replace lone surrogates, which no UTF-8 file can hold; raise for nesting deeper than ``depth``."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if not isinstance(value, (dict, list)):
        return value
    if depth == 0:
        raise _UnusableError(f"its JSON is nested more than {MAX_DEPTH} levels deep; {_SAVE_AGAIN}.")
    if isinstance(value, list):
        return [_clean(item, depth - 1) for item in value]
    return {_clean(key, depth - 1): _clean(item, depth - 1) for key, item in value.items()}


def _to_version_4(content: dict[str, Json]) -> NotebookNode:
    major = content.get("nbformat")
    if isinstance(major, bool) or major not in (3, 4):
        raise _UnusableError(f"it is no notebook of format 3 or 4; {_SAVE_AGAIN}.")
    if major == 3:
        try:
            content = nbformat.convert(nbformat.from_dict(content), 4)
        # The converter trusts its input, so that a hostile file can make it raise anything.
        except Exception as error:
            raise _UnusableError(f"it cannot be upgraded from format 3; {_SAVE_AGAIN}.") from error
    cells = content.get("cells")
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise _UnusableError(f"it has no list of cells; {_SAVE_AGAIN}.")
    if len(cells) > MAX_CELLS:
        raise _UnusableError(f"it has more than {MAX_CELLS} cells; remove those that are not needed.")
    used = {cell["id"] for cell in cells if isinstance(cell.get("id"), str)}
    fresh = (name for number in range(len(cells) + len(used) + 1) if (name := f"unnamed-{number}") not in used)
    return nbformat.from_dict(
        {
            "metadata": content.get("metadata", {}),
            "nbformat": 4,
            "nbformat_minor": 5,
            "cells": [_mended_cell(cell, fresh) for cell in cells],
        }
    )


def _mended_cell(cell: dict[str, Json], fresh_ids: Iterator[str]) -> dict[str, Json]:
    """Supply what editors are known to leave out, so that a slip of a tool costs no one a mark."""
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    cell_id = cell.get("id")
    if not (isinstance(cell_id, str) and _CELL_ID.fullmatch(cell_id)):
        cell_id = next(fresh_ids)
    mended = {"cell_type": cell.get("cell_type"), "id": cell_id, "source": source, "metadata": cell.get("metadata", {})}
    if cell.get("cell_type") == "code":
        return {**mended, "outputs": cell.get("outputs", []), "execution_count": cell.get("execution_count")}
    return {**mended, "attachments": cell["attachments"]} if "attachments" in cell else mended


def _check_format(notebook: NotebookNode) -> None:
    if _format_fault(notebook) is not None:
        notebook.metadata = _kept(notebook.metadata, "course")
        for cell in notebook.cells:
            cell.pop("attachments", None)
            cell.metadata = _kept(cell.metadata, "nbgrader")
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        if fault := _format_fault(notebook):
            raise _UnusableError(f"it does not follow the notebook format ({fault}); {_SAVE_AGAIN}.")
    nbformat.v4.rwbase.rejoin_lines(notebook)


def _kept(metadata: Json, key: str) -> NotebookNode:
    return NotebookNode({key: metadata[key]} if isinstance(metadata, dict) and key in metadata else {})


def _format_fault(notebook: NotebookNode) -> str | None:
    # Only the schema: nbformat's own validate() also mends duplicate ids, which restoring must see, and trips
    # over cells whose type is no text.
    for error in nbformat.validator.get_validator(4, 5).iter_errors(notebook):
        place = ".".join(str(part) for part in getattr(error, "path", ()))
        return place[:100] or "at its top level"
    return None
