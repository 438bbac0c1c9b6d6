"""From objects, live or exported, to the evidence on which a task is scored: one way for both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from grader.evidence.allowed import RefusedModelError
from grader.evidence.archive import UnreadableEvidenceError
from grader.evidence.facts import model_facts
from grader.evidence.fresh import Progress, UnusableModelError, accuracy
from grader.evidence.observe import Observed, observe, sentence, shortened
from grader.evidence.plan import MODEL, MODEL_NAMES, PREPARE, Array, Draw, FreshPlan, Sources, TaskPlan
from grader.evidence.probe import affine_map, probe_facts, probe_images, seen_by_first_convolution
from grader.evidence.reading import Stored, read_task
from grader.evidence.rebuild import rebuild
from grader.records import AccuracyFacts, Evidence, Json, ModelFacts, ProbeFacts, TaskEvidence

MAX_SHOWN = 1_000
T = TypeVar("T")


@dataclass(frozen=True)
class _Context:
    """What belongs to one task's evidence beside the objects themselves."""

    plan: TaskPlan
    probe_seed: int
    sources: Sources
    progress: Progress | None = None


def task_evidence(
    plan: TaskPlan,
    namespace: Mapping[str, object],
    probe_seed: int,
    sources: Sources,
    progress: Progress | None = None,
) -> TaskEvidence:
    """Return the evidence of one task from live objects; accuracy only when ``plan.fresh`` asks for it."""
    return _assemble(observe(plan.names, namespace, probe_seed), _Context(plan, probe_seed, sources, progress))


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
            tasks[plan.task] = _assemble(found, _Context(plan, probe_seed, sources))
    return Evidence(tasks, tuple(refusals))


def _observed(name: str, stored: Mapping[str, Stored]) -> Observed:
    """Return an exported name as the live one would be observed, with its model rebuilt."""
    entry = stored.get(name)
    if entry is None:
        return Observed("missing", f"`{name}` was not exported.")
    if name in MODEL_NAMES and entry.kind not in ("model", "missing", "refused", "failed", "other"):
        return Observed("other", f"`{name}` is no Keras model.")
    found = Observed(entry.kind, entry.problem, entry.value, compiled=entry.compiled)
    if name == PREPARE:
        return replace(found, prepared=entry.array, input_changed=entry.input_changed)
    if entry.kind != "model":
        return replace(found, array=entry.array)
    try:
        return replace(found, model=rebuild(entry.config, entry.weights))
    except RefusedModelError as error:
        return Observed("refused", str(error))


def _assemble(found: Mapping[str, Observed], context: _Context) -> TaskEvidence:
    problems = {name: item.problem for name, item in found.items() if item.problem is not None}
    values = _values(found)
    models: dict[str, ModelFacts] = {}
    for name, item in found.items():
        if item.model is None:
            continue
        try:
            models[name] = model_facts(item.model, context.sources.digests, item.compiled)
        except Exception as error:  # a model that can be rebuilt but not described must cost itself only
            problems[name] = f"`{name}` cannot be examined: {sentence(error)}"
    unfit = {name: count for name in models if (count := _not_finite(found[name].model))}
    if unfit:
        values["not_finite"] = unfit
    prepare, model = found.get(PREPARE), found.get(MODEL)
    if prepare is None or prepare.prepared is None:
        return TaskEvidence(context.plan.task, problems, models, values=values)
    raw, prepared = probe_images(context.probe_seed), prepare.prepared
    probe = probe_facts(raw, prepared, input_changed=prepare.input_changed)
    if model is None or MODEL not in models:
        return TaskEvidence(context.plan.task, problems, models, probe, values=values)
    seen = _guarded(lambda: _seen(model.model, raw, prepared), "seen_by_base", problems)
    measured = _guarded(lambda: _accuracy(model.model, raw, prepared, context), "accuracy", problems)
    return TaskEvidence(context.plan.task, problems, models, probe, seen, measured, values)


def _guarded(measure: Callable[[], T], name: str, problems: dict[str, str]) -> T | None:
    """Return what is measured; on any failure None, with the reason under ``name`` among the problems."""
    try:
        return measure()
    except UnusableModelError as error:
        problems[name] = str(error)
    except Exception as error:  # a student's model may fail in any way that Keras knows
        problems[name] = shortened(f"The model fails on prepared images: {sentence(error)}")
    return None


def _seen(model: Any, raw: Array, prepared: Array) -> ProbeFacts | None:
    arrived = seen_by_first_convolution(model, prepared)
    return None if arrived is None else probe_facts(raw, arrived)


def _accuracy(model: Any, raw: Array, prepared: Array, context: _Context) -> AccuracyFacts | None:
    fresh = context.plan.fresh
    if fresh is None:
        return None
    recovered = affine_map(raw, prepared)
    if recovered is None:
        raise UnusableModelError(
            "`prepare` does more than a fixed mix of each pixel's channels, so that fresh images cannot be prepared "
            "for the model; put resizing and augmentation into the model."
        )
    images, labels = hidden_images(context.sources.draw, fresh)
    return accuracy(model, recovered, images, labels, context.progress)


@lru_cache(maxsize=2)
def hidden_images(draw: Draw, fresh: FreshPlan) -> tuple[Array, Array]:
    """Return fresh images and labels, drawn once in a process for each seed."""
    return draw(fresh.seed, fresh.per_kind, fresh.size)


def _values(found: Mapping[str, Observed]) -> dict[str, Json]:
    values: dict[str, Json] = {}
    for name, item in found.items():
        if item.value is not None:
            values[name] = item.value
        elif item.array is not None:
            array = item.array
            shown = array.tolist() if array.size <= MAX_SHOWN and np.isfinite(array).all() else None
            values[name] = {"shape": list(array.shape), "dtype": str(array.dtype), "values": shown}
    return values


def _not_finite(model: Any) -> int:
    """Return how many of a model's arrays hold a value that is not finite."""
    return sum(not np.isfinite(np.asarray(weight)).all() for weight in model.weights)
