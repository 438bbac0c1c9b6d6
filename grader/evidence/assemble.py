"""From objects, live or exported, to one task's evidence: one way for both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.evidence.facts import Reader, model_facts
from grader.evidence.measure import Context, measure
from grader.evidence.observe import Observed, observe, sentence
from grader.evidence.plan import Sources, TaskPlan, is_prepare
from grader.evidence.predictions import Progress, UnusableModelError
from grader.evidence.probe import probe_facts, probe_images
from grader.measures import Labelled, Measure
from grader.records import Fact, Json, ModelFacts, TaskEvidence

MAX_SHOWN = 1_000


def task_evidence(
    plan: TaskPlan,
    namespace: Mapping[str, object],
    probe_seed: int,
    sources: Sources,
    progress: Progress | None = None,
) -> TaskEvidence:
    """Return the evidence of one task from live objects, with all that the plan wants measured."""
    return assemble(Context(plan, observe(plan.names, namespace, probe_seed), probe_seed, sources, progress))


def assemble(context: Context) -> TaskEvidence:
    """Return the evidence of one task from what was found under its names."""
    found = context.found
    problems = {name: item.problem for name, item in found.items() if item.problem is not None}
    models: dict[str, ModelFacts] = {}
    reader = Reader()
    for name, item in found.items():
        if item.model is None:
            continue
        try:
            models[name] = model_facts(item.model, context.sources.digests, item.compiled, reader)
        except Exception as error:  # a model that can be rebuilt but not described must cost itself only
            problems[name] = f"`{name}` cannot be examined: {sentence(error)}"
    raw = probe_images(context.probe_seed)
    probes = {
        name: probe_facts(raw, item.prepared, input_changed=item.input_changed)
        for name, item in found.items()
        if is_prepare(name) and item.prepared is not None
    }
    measured, failures = _measured(context, models)
    return TaskEvidence(context.plan.task, problems, models, probes, _values(found), measured, failures)


def _measured(context: Context, models: Mapping[str, Any]) -> tuple[dict[Measure, Fact], dict[Measure, str]]:
    measured: dict[Measure, Fact] = {}
    failures: dict[Measure, str] = {}
    for wanted in context.plan.measures:
        if wanted.model not in models and not isinstance(wanted, Labelled):
            # The model's own problem says it better.
            continue
        try:
            measured[wanted] = measure(wanted, context)
        except UnusableModelError as error:
            failures[wanted] = str(error)
    return measured, failures


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
