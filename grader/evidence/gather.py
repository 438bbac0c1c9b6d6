"""From a submission's folder of exported files to its evidence; each task that cannot be read is refused by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from grader.evidence.allowed import RefusedModelError
from grader.evidence.archive import UnreadableEvidenceError
from grader.evidence.assemble import assemble
from grader.evidence.measure import Context
from grader.evidence.observe import Observed
from grader.evidence.plan import MODEL_NAMES, Sources, TaskPlan, is_prepare
from grader.evidence.reading import Stored, read_task
from grader.evidence.rebuild import rebuild
from grader.records import Evidence, TaskEvidence


def gather(exports: Path, plans: Sequence[TaskPlan], probe_seed: int, sources: Sources) -> Evidence:
    """Return the evidence of one submission from its folder of exports.

    A task that exported nothing is absent. One that cannot be read is refused by itself: all of its names get
    the reason as their problem, and ``refusals`` names it.
    """
    tasks: dict[str, TaskEvidence] = {}
    refusals: list[str] = []
    references = frozenset(sources.digests.values())
    for plan in plans:
        try:
            stored = read_task(exports, plan.task, references, sources.lookup)
        except UnreadableEvidenceError as error:
            refusals.append(str(error))
            tasks[plan.task] = TaskEvidence(plan.task, dict.fromkeys(plan.names, str(error)))
            continue
        if stored is not None:
            found = {name: _observed(name, stored) for name in plan.names}
            tasks[plan.task] = assemble(Context(plan, found, probe_seed, sources))
    return Evidence(tasks, tuple(refusals), sources.all_pretrained())


def _observed(name: str, stored: Mapping[str, Stored]) -> Observed:
    """Return an exported name as the live one would be observed, with its model rebuilt."""
    entry = stored.get(name)
    if entry is None:
        return Observed("missing", f"`{name}` was not exported.")
    if name in MODEL_NAMES and entry.kind not in ("model", "missing", "refused", "failed", "other"):
        return Observed("other", f"`{name}` is no Keras model.")
    found = Observed(entry.kind, entry.problem, entry.value, compiled=entry.compiled)
    if is_prepare(name):
        return replace(found, prepared=entry.array, input_changed=entry.input_changed)
    if entry.kind != "model":
        return replace(found, array=entry.array)
    try:
        return replace(found, model=rebuild(entry.config, entry.weights))
    except RefusedModelError as error:
        return Observed("refused", str(error))
