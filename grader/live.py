"""The learner's ``check``: the evidence of one task, read from the notebook's live objects, and its score."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from grader import rubric as rubrics
from grader.errors import GraderError
from grader.plans import backbones, plans
from grader.quiet import quiet
from grader.records import CheckResult, Evidence, Outcome, TaskEvidence
from grader.rubric import Rubric
from grader.score import score
from grader.view import Answer

if TYPE_CHECKING:
    from tqdm import tqdm

EXPORT_VARIABLE = "GRADER_EXPORT"
PROBE_VARIABLE = "GRADER_PROBE_SEED"
NBGRADER_VARIABLE = "NBGRADER_EXECUTION"
LIVE_PROBE_SEED = 1

Failure = (Exception, SystemExit)
"""Whatever a learner's objects raise when touched; an interrupt by the user still interrupts."""


@dataclass(frozen=True)
class Request:
    """What the learner asks for; ``shown`` tells whether progress may be printed."""

    exercise: str
    task: str
    fresh: bool
    shown: bool


def check(exercise: str, task: str, fresh: bool = False) -> Answer | float | None:
    """Check one task of an exercise with the caller's own variables, and return what to show.

    With ``fresh=True`` the model's accuracy on newly drawn images is measured too, which takes longer.
    Never raises: whatever is wrong is part of the answer. Under nbgrader the result is the task's score,
    a float; in the grader's own run the task's objects are exported and there is no result.
    """
    namespace = sys._getframe(1).f_globals
    folder = os.environ.get(EXPORT_VARIABLE)
    if folder:
        print(_exported(exercise, task, namespace, Path(folder)))
        return None
    if os.environ.get(NBGRADER_VARIABLE):
        with quiet():
            answer = _answer(Request(exercise, task, fresh=True, shown=False), namespace)
        if answer.problem or any(result.outcome is Outcome.UNMEASURED for result in answer.results):
            # Whoever grades must see that these points were not lost by the learner.
            print(answer)
        return float(answer.earned)
    return _answer(Request(exercise, task, bool(fresh), shown=True), namespace)


def _exported(exercise: str, task: str, namespace: Mapping[str, object], folder: Path) -> str:
    try:
        rubric = _task_rubric(exercise, task)
        # Late: this module must load without TensorFlow.
        from grader.evidence.export import export_task  # noqa: PLC0415
        from grader.evidence.plan import shipped_sources  # noqa: PLC0415

        digests = shipped_sources(backbones(rubrics.load(exercise))).digests
        seed = int(os.environ.get(PROBE_VARIABLE, "0"))
        return export_task(plans(rubric, None)[0], namespace, folder, seed, digests)
    except Failure as error:
        return f"{task}: nothing was exported ({_sentence(error)})"


def _answer(request: Request, namespace: Mapping[str, object]) -> Answer:
    try:
        rubric = _task_rubric(request.exercise, request.task)
    except Failure as error:
        return Answer(f'check("{request.exercise}", "{request.task}")', problem=_sentence(error))
    title = rubric.tasks[0].title
    try:
        evidence = Evidence({request.task: _evidence(request, rubric, namespace)})
        results = score(rubric, evidence, complete=request.fresh)
    except Failure as error:
        return Answer(title, _unjudged(rubric, _sentence(error)))
    return Answer(title, tuple(_with_advice(result, request) for result in results))


def _task_rubric(exercise: str, task: str) -> Rubric:
    rubric = rubrics.load(exercise)
    if rubric.task(task) is None:
        known = ", ".join(known.id for known in rubric.tasks)
        raise GraderError(f'Exercise "{exercise}" has no task "{task}"; there is {known}.')
    return rubric.only(task)


def _evidence(request: Request, rubric: Rubric, namespace: Mapping[str, object]) -> TaskEvidence:
    from grader.evidence.gather import task_evidence  # noqa: PLC0415
    from grader.evidence.plan import shipped_sources  # noqa: PLC0415
    from grader.secret import image_seed  # noqa: PLC0415

    plan = plans(rubric, image_seed(None).value if request.fresh else None)[0]
    # All of the exercise's backbones: a task may hold a model of which another task's check is about.
    sources = shipped_sources(backbones(rubrics.load(request.exercise)))
    if not (request.shown and plan.fresh):
        return task_evidence(plan, namespace, LIVE_PROBE_SEED, sources)
    with contextlib.ExitStack() as open_bars:
        bars: list[tqdm[Any]] = []

        def advance(done: int, total: int) -> None:
            # Opened at the first batch, since the images are drawn before it under a bar of their own.
            if not bars:
                bars.append(open_bars.enter_context(_bar("Predicting", total)))
            bars[0].update(done - bars[0].n)

        return task_evidence(plan, namespace, LIVE_PROBE_SEED, replace(sources, draw=_draw), advance)


def _draw(seed: int, per_kind: int, size: int) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the same images as ``critters.sample``, with a progress bar: drawing takes most of the time."""
    from data import critters  # noqa: PLC0415

    images = []
    with _bar("Drawing fresh images", len(critters.KINDS)) as bar:
        for kind in critters.KINDS:
            images.append(critters.sample(seed, per_kind, size, (kind,))[0])
            bar.update()
    return np.concatenate(images), np.repeat(np.arange(len(critters.KINDS), dtype=np.int64), per_kind)


def _bar(title: str, total: int) -> tqdm[Any]:
    from tqdm import tqdm  # noqa: PLC0415

    # Standard output: Jupyter paints whatever goes to standard error in the colour of an error.
    bar: tqdm[Any] = tqdm(desc=title, total=total, file=sys.stdout, leave=False)
    return bar


def _with_advice(result: CheckResult, request: Request) -> CheckResult:
    if result.outcome is not Outcome.UNMEASURED:
        return result
    call = f'`check("{request.exercise}", "{request.task}", fresh=True)`'
    return replace(result, found=f"not measured: ask with {call}")


def _unjudged(rubric: Rubric, reason: str) -> tuple[CheckResult, ...]:
    """Return every check as one that the grader itself could not carry out."""
    found = f"the check itself failed ({reason}); run it again, and report it if it stays so"
    unknown = score(rubric, Evidence({}))
    return tuple(
        replace(result, outcome=Outcome.UNMEASURED, found=found, expected="", earned=0.0) for result in unknown
    )


def _sentence(error: BaseException) -> str:
    text = " ".join(str(error).split())
    if isinstance(error, GraderError):
        return text
    return f"{type(error).__name__}: {text[:300]}" if text else type(error).__name__
