"""Writing a task's objects as inert files; runs in the student's process, which nobody trusts."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from data.pretrained import digest
from grader.evidence.facts import leaf_weights, leaves, values
from grader.evidence.observe import Observed, observe, sentence
from grader.evidence.plan import Array, TaskPlan
from grader.records import Json

VERSION = 1
MANIFEST = "manifest.json"
ARRAYS = "arrays.npz"


def export_task(
    plan: TaskPlan,
    namespace: Mapping[str, object],
    folder: Path,
    probe_seed: int,
    digests: Mapping[str, str],
) -> str:
    """Write ``folder/<task>/`` (manifest.json, arrays.npz), and return a short line that says so.

    ``digests`` maps the digest of a shipped pretrained array to its name, by which such arrays travel. Never
    raises: what cannot be examined is recorded, what cannot be written is told in the line.
    """
    arrays: dict[str, Array] = {}
    entries: dict[str, Json] = {}
    for name, found in observe(plan.names, namespace, probe_seed).items():
        try:
            entries[name] = _entry(found, arrays, digests)
        except Exception as error:  # whatever a student's model does must not cost the other names
            entries[name] = {"kind": "failed", "problem": f"`{name}` cannot be exported: {sentence(error)}"[:400]}
    try:
        _write(folder, plan.task, {"version": VERSION, "task": plan.task, "names": entries}, arrays)
    except (OSError, ValueError) as error:
        return f"{plan.task}: nothing was exported ({sentence(error)})"
    return f"{plan.task}: exported {', '.join(plan.names)}"


def _entry(found: Observed, arrays: dict[str, Array], digests: Mapping[str, str]) -> Json:
    entry: dict[str, Json] = {"kind": found.kind}
    if found.problem is not None:
        entry["problem"] = found.problem[:400]
    if found.value is not None:
        entry["value"] = found.value
    if found.array is not None:
        entry["array"] = _store(found.array, arrays)
    if found.prepared is not None:
        entry["array"] = _store(found.prepared, arrays)
        entry["input_changed"] = found.input_changed
    if found.model is not None:
        entry["config"] = found.config
        entry["weights"] = _weights(found.model, arrays, digests)
        entry["compiled"] = None if found.compiled is None else asdict(found.compiled)
    return entry


def _weights(model: Any, arrays: dict[str, Array], digests: Mapping[str, str]) -> Json:
    described = []
    for weight in leaf_weights(model, leaves(model)):
        array = values(weight.variable)
        reference = digests.get(digest(array))
        described.append(
            {
                "layer": weight.leaf.path,
                "index": weight.index,
                "shape": list(array.shape),
                "trainable": weight.trainable,
                "same_as": reference,
                "array": None if reference is not None else _store(array, arrays),
            }
        )
    return described


def _store(array: Array, arrays: dict[str, Array]) -> str:
    key = f"a{len(arrays)}"
    arrays[key] = np.asarray(array, order="C")
    return key


def _write(folder: Path, task: str, manifest: Json, arrays: Mapping[str, Array]) -> None:
    """Write the two files into a folder that appears whole, in place of an older one."""
    folder.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=".part-", dir=folder))
    try:
        (part / MANIFEST).write_text(json.dumps(manifest, allow_nan=False), encoding="utf-8")
        np.savez(part / ARRAYS, allow_pickle=False, **arrays)
        target = folder / task
        if target.exists():
            # A folder cannot be renamed onto one that holds files.
            target.rename(part / "old")
        part.rename(target)
        shutil.rmtree(target / "old", ignore_errors=True)
    finally:
        shutil.rmtree(part, ignore_errors=True)
