"""The learner's ``check``: the evidence of one task, read from the notebook's live objects, and its score."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from grader import rubric as rubrics
from grader.check_cells import runs_among_other_code
from grader.errors import GraderError
from grader.evidence.plan import TaskPlan
from grader.measures import ImageSet, images_of
from grader.plans import backbones, plans
from grader.quiet import quiet
from grader.records import CheckResult, Evidence, Outcome, TaskEvidence
from grader.rubric import Rubric
from grader.rules.base import wanted
from grader.score import score
from grader.view import Answer

if TYPE_CHECKING:
    from tqdm import tqdm

EXPORT_VARIABLE = "GRADER_EXPORT"
PROBE_VARIABLE = "GRADER_PROBE_SEED"
NBGRADER_VARIABLE = "NBGRADER_EXECUTION"
LIVE_PROBE_SEED = 1

_EARLIER: dict[str, dict[str, TaskEvidence]] = {}
"""Exercise -> task -> what its last check in this notebook saw, for checks that compare two tasks."""

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
    if runs_among_other_code():
        return f"{task}: nothing was exported, since other code stands in the same cell"
    try:
        rubric = _task_rubric(exercise, task)
        # Late: this module must load without TensorFlow.
        from grader.evidence.export import export_task  # noqa: PLC0415
        from grader.evidence.plan import shipped_sources  # noqa: PLC0415

        whole = rubrics.load(exercise)
        digests = shipped_sources(backbones(whole)).digests
        seed = int(os.environ.get(PROBE_VARIABLE, "0"))
        return export_task(_plan(whole, rubric, None), namespace, folder, seed, digests)
    except Failure as error:
        return f"{task}: nothing was exported ({_sentence(error)})"


def _answer(request: Request, namespace: Mapping[str, object]) -> Answer:
    try:
        rubric = _task_rubric(request.exercise, request.task)
    except Failure as error:
        return Answer(f'check("{request.exercise}", "{request.task}")', problem=_sentence(error))
    title = rubric.tasks[0].title
    try:
        results = score(rubric, _evidence(request, rubric, namespace), complete=request.fresh)
    except Failure as error:
        return Answer(title, _unjudged(rubric, _sentence(error)))
    on_images = {check.id for check in rubric.checks if any(map(images_of, wanted(check.rule)))}
    return Answer(title, tuple(_with_advice(result, request, on_images) for result in results))


def _task_rubric(exercise: str, task: str) -> Rubric:
    rubric = rubrics.load(exercise)
    if rubric.task(task) is None:
        known = ", ".join(known.id for known in rubric.tasks)
        raise GraderError(f'Exercise "{exercise}" has no task "{task}"; there is {known}.')
    return rubric.only(task)


def _plan(whole: Rubric, rubric: Rubric, seed: int | None) -> TaskPlan:
    # From the whole rubric: another task's check may want something measured on this task's model.
    return next(plan for plan in plans(whole, seed) if plan.task == rubric.tasks[0].id)


def _evidence(request: Request, rubric: Rubric, namespace: Mapping[str, object]) -> Evidence:
    """Return the evidence of the task, and that of the tasks that were checked before in this notebook."""
    from grader.evidence.assemble import task_evidence  # noqa: PLC0415
    from grader.evidence.plan import shipped_sources  # noqa: PLC0415
    from grader.secret import image_seed  # noqa: PLC0415

    whole = rubrics.load(request.exercise)
    plan = _plan(whole, rubric, image_seed(None).value if request.fresh else None)
    # All of the exercise's backbones: a task may hold a model of which another task's check is about.
    sources = shipped_sources(backbones(whole))
    remembered = _EARLIER.setdefault(request.exercise, {})
    if not (request.shown and plan.images):
        remembered[request.task] = task_evidence(plan, namespace, LIVE_PROBE_SEED, sources)
        return Evidence(dict(remembered), (), sources.all_pretrained())
    with contextlib.ExitStack() as open_bars:
        bars: list[tqdm[Any]] = []

        def advance(done: int, total: int) -> None:
            # Opened at the first batch, since the images are drawn before it under a bar of their own.
            if not bars or bars[-1].n >= total:
                bars.append(open_bars.enter_context(_bar("Predicting", total)))
            bars[-1].update(done - bars[-1].n)

        with_bar = replace(sources, draw=_draw)
        remembered[request.task] = task_evidence(plan, namespace, LIVE_PROBE_SEED, with_bar, advance)
    return Evidence(dict(remembered), (), sources.all_pretrained())


def _draw(images: ImageSet) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the same images as the grader, with a progress bar: drawing takes most of the time."""
    from grader.evidence.images import kinds_drawn, load  # noqa: PLC0415

    with _bar("Drawing fresh images", kinds_drawn(images)) as bar:

        def advance(done: int, _: int) -> None:
            bar.update(done - bar.n)

        return load(images, advance)


def _bar(title: str, total: int) -> tqdm[Any]:
    from tqdm import tqdm  # noqa: PLC0415

    # Standard output: Jupyter paints whatever goes to standard error in the colour of an error.
    bar: tqdm[Any] = tqdm(desc=title, total=total, file=sys.stdout, leave=False)
    return bar


def _with_advice(result: CheckResult, request: Request, on_images: Collection[str]) -> CheckResult:
    if result.outcome is not Outcome.UNMEASURED or result.check not in on_images or request.fresh:
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
