"""Reading what a task exported, as hostile input: against a schema, within limits, nothing followed or unpickled."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import prod
from pathlib import Path
from typing import Any, NoReturn

import jsonschema

from grader.evidence.allowed_sizes import MAX_PARAMETERS
from grader.evidence.archive import UnreadableEvidenceError, open_plain, read_arrays
from grader.evidence.plain import beyond_caps
from grader.evidence.plan import Array
from grader.records import CompileFacts, Json

MANIFEST = "manifest.json"
ARRAYS = "arrays.npz"
MAX_MANIFEST = 20_000_000
SCHEMA = Path(__file__).with_name("manifest.schema.json")


@dataclass(frozen=True, eq=False)
class StoredWeight:
    """One weight as exported: its layer's path, its index there, and its values."""

    layer: str
    index: int
    trainable: bool
    array: Array


@dataclass(frozen=True, eq=False)
class Stored:
    """One name as exported; ``kind`` as in ``observe.Observed``, ``config`` not yet checked."""

    kind: str
    problem: str | None = None
    value: Json = None
    array: Array | None = None
    input_changed: bool = False
    config: Json = None
    weights: tuple[StoredWeight, ...] = ()
    compiled: CompileFacts | None = None


@dataclass(frozen=True)
class _Material:
    """Where the arrays of a manifest come from: the file beside it, and the shipped weights."""

    arrays: Mapping[str, Array]
    references: Collection[str]
    lookup: Callable[[str], Array]
    sizes: list[int] = field(default_factory=list)


def read_task(
    folder: Path, task: str, references: Collection[str], lookup: Callable[[str], Array]
) -> Mapping[str, Stored] | None:
    """Return name -> what ``folder/task/`` holds, or None when the task exported nothing.

    ``references`` are the names of shipped arrays that ``lookup`` can give. Raises UnreadableEvidenceError
    for anything that the export does not write.
    """
    place = folder / task
    try:
        mode = place.lstat().st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnreadableEvidenceError(f"The exports of the task {task} cannot be opened.") from error
    if not stat.S_ISDIR(mode):
        raise UnreadableEvidenceError(f"The exports of the task {task} are no folder.")
    manifest = _manifest(place / MANIFEST)
    if manifest["task"] != task:
        raise UnreadableEvidenceError(f"{MANIFEST} of the task {task} is that of another task.")
    material = _Material(read_arrays(place / ARRAYS), references, lookup)
    return {name: _stored(entry, material, task) for name, entry in manifest["names"].items()}


def _manifest(path: Path) -> dict[str, Any]:
    with open_plain(path, MAX_MANIFEST) as file:
        content = file.read(MAX_MANIFEST)
    try:
        manifest = json.loads(content.decode("utf-8"), parse_constant=_no_constant)
        _validator().validate(manifest)
    except jsonschema.ValidationError as error:
        place = "/".join(str(part) for part in error.absolute_path)[:100]
        raise UnreadableEvidenceError(
            f"{path.name} of the task {path.parent.name} does not follow its schema (at {place or 'its top'})."
        ) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableEvidenceError(f"{path.name} of the task {path.parent.name} is no readable JSON.") from error
    result: dict[str, Any] = manifest
    return result


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")


@cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _stored(entry: Mapping[str, Any], material: _Material, task: str) -> Stored:
    compiled = entry.get("compiled")
    return Stored(
        kind=entry["kind"],
        problem=entry.get("problem"),
        value=_value(entry.get("value"), task),
        array=None if "array" not in entry else _found(entry["array"], material, task),
        input_changed=entry.get("input_changed", False),
        config=entry.get("config"),
        weights=tuple(_weight(weight, material, task) for weight in entry.get("weights", ())),
        compiled=None if compiled is None else CompileFacts(**{**compiled, "metrics": tuple(compiled["metrics"])}),
    )


def _value(value: Json, task: str) -> Json:
    if (fault := beyond_caps(value)) is not None:
        raise UnreadableEvidenceError(f"A value in the task {task} {fault}.")
    return value


def _weight(weight: Mapping[str, Any], material: _Material, task: str) -> StoredWeight:
    reference, key = weight["same_as"], weight["array"]
    if (reference is None) == (key is None):
        raise UnreadableEvidenceError(f"A weight in the task {task} has no values, or has them twice.")
    # A reference costs a hostile file nothing: what it names is counted like values of its own.
    material.sizes.append(prod(weight["shape"]))
    if sum(material.sizes) > 2 * MAX_PARAMETERS:
        raise UnreadableEvidenceError(f"The models of the task {task} are too large to be graded.")
    if key is not None:
        array = _found(key, material, task)
    elif reference in material.references:
        array = material.lookup(reference)
    else:
        raise UnreadableEvidenceError(f"A weight in the task {task} refers to shipped weights that do not exist.")
    if list(array.shape) != weight["shape"]:
        raise UnreadableEvidenceError(f"A weight in the task {task} has values of another shape.")
    return StoredWeight(weight["layer"], weight["index"], weight["trainable"], array)


def _found(key: str, material: _Material, task: str) -> Array:
    if key not in material.arrays:
        raise UnreadableEvidenceError(f"{ARRAYS} of the task {task} lacks an array that its manifest names.")
    return material.arrays[key]
