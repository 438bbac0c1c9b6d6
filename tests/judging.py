"""Judges answers as the grader does, without a kernel: cells run, objects are exported, read back and scored.

Everything is real but the sandbox: a few processes import TensorFlow once, and each runs one answer after another.
Only answers of this repository may be judged so, since their code runs where the evidence is read.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader import rubric as rubrics
from grader.evidence.plan import Sources, shipped_sources
from grader.live import EXPORT_VARIABLE, PROBE_VARIABLE
from grader.plans import backbones, plans
from grader.records import CheckResult
from grader.rubric import Rubric
from grader.score import score
from grader.secret import image_seed
from tests.expected import Setting, expected
from tests.variants import answered

PROBE_SEED = 11
MOST_WORKERS = 4
"""Each needs up to 2 GB of memory."""

Results = Mapping[str, CheckResult]


@dataclass(frozen=True)
class Answer:
    """A variant of an exercise."""

    exercise: str
    variant: str

    def __str__(self) -> str:
        return f"{self.exercise}-{self.variant}"


@contextlib.contextmanager
def judged(answers: Sequence[Answer]) -> Iterator[Mapping[Answer, Future[Results]]]:
    """Let processes judge all answers; a result raises what a cell raised. What was not asked for ends at the exit."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = max(1, min(MOST_WORKERS, cores, len(answers)))
    # Not forked: a process that comes from one in which TensorFlow has worked hangs.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start, (max(1, cores // workers),)) as pool:
        try:
            yield {answer: pool.submit(judge, answer) for answer in answers}
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def judge(answer: Answer) -> Results:
    """Run an answer's cells in order and return the result of each check, by its id."""
    import keras  # noqa: PLC0415  (takes seconds, and the process that waits does without)

    from grader.evidence.gather import gather  # noqa: PLC0415

    setting = expected(answer.exercise).setting(answer.variant)
    # Names of layers and the precision are then those of a fresh kernel.
    keras.utils.clear_session()
    with tempfile.TemporaryDirectory(prefix="judging-") as folder:
        exports = Path(folder)
        _run(answer, setting, exports)
        rubric = cut_down(rubrics.load(answer.exercise), setting.images or {})
        seed = image_seed(None).value if setting.images is not None else None
        evidence = gather(exports, plans(rubric, seed), PROBE_SEED, _sources(backbones(rubric)))
    return {result.check: result for result in score(rubric, evidence, complete=setting.images is not None)}


def _run(answer: Answer, setting: Setting, exports: Path) -> None:
    import tensorflow as tf  # noqa: PLC0415

    namespace: dict[str, Any] = {"__name__": "__main__"}
    os.environ.update({EXPORT_VARIABLE: str(exports), PROBE_VARIABLE: str(PROBE_SEED)})
    tf.config.run_functions_eagerly(setting.eager)
    try:
        for cell in answered(answer.exercise, answer.variant).cells:
            if cell.cell_type != "code":
                continue
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(cell.source, f"{answer}/{cell.id}", "exec"), namespace)
            if cell.id == "parameters":
                namespace.update(setting.parameters)
    finally:
        tf.config.run_functions_eagerly(False)
        del os.environ[EXPORT_VARIABLE], os.environ[PROBE_VARIABLE]


def cut_down(rubric: Rubric, counts: Mapping[str, int]) -> Rubric:
    """Return a rubric with other numbers of images, by their ids; raise ValueError for an id that it does not have."""
    if unknown := counts.keys() - {images.id for images in rubric.images}:
        raise ValueError(f"The rubric of {rubric.exercise} has no images {', '.join(sorted(unknown))}.")
    images = tuple(replace(each, count=counts.get(each.id, each.count)) for each in rubric.images)
    return replace(rubric, images=images)


@lru_cache(maxsize=16)
def _sources(names: tuple[str, ...]) -> Sources:
    return shipped_sources(names)


def _start(threads: int) -> None:
    """Share the cores between the processes, and silence TensorFlow, which logs natively."""
    count = str(threads)
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_NUM_INTRAOP_THREADS=count, OMP_NUM_THREADS=count)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    os.close(silence)
