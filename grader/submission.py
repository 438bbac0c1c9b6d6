"""One submission's way through the grader: restore, run, evidence, score, and its reports."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from data import WeightsError
from grader.errors import GraderError, InvalidNotebookError
from grader.evidence.workers import EvidenceWorkerError, EvidenceWorkers
from grader.exercise import Exercise
from grader.notebook import read_notebook
from grader.parameters import of_exercise
from grader.records import Evidence, Graded, Restored, Run, Status, Submission
from grader.report.save import save_submission
from grader.restore import restore
from grader.run.execute import RunSettings, execute
from grader.run.sandbox import SandboxError
from grader.run.workplace import private_folder
from grader.score import score

MACHINES_FAULTS = (SandboxError, EvidenceWorkerError, WeightsError)
"""What stops a class: the sandbox, the reader of evidence or the pretrained weights do not work here."""

_NOTHING = Evidence({})


class StoppedError(Exception):
    """The whole work was interrupted before this submission was done."""


@dataclass(frozen=True)
class Tools:
    """What all submissions share; once ``stop`` is set, no submission begins another step.

    The parameters in ``run`` may still be meant for one exercise alone.
    """

    exercises: Mapping[str, Exercise]
    run: RunSettings
    workers: EvidenceWorkers
    out: Path
    image_seed: str
    versions: Mapping[str, str]
    stop: threading.Event


def grade_submission(submission: Submission, tools: Tools) -> Graded:
    """Grade one submission and write its reports; whatever goes wrong becomes its status and sentence.

    The exported files live in a private temporary folder and are gone afterwards. Raises StoppedError, and one of
    ``MACHINES_FAULTS`` when this machine can grade nobody: that must not cost a student's points.
    """
    with private_folder() as scratch:
        try:
            graded = _through_all_steps(submission, tools, scratch)
        except (StoppedError, *MACHINES_FAULTS):
            raise
        except GraderError as error:
            _go_on(tools)
            graded = _without_evidence(submission, tools, Status.REFUSED, str(error))
        except Exception as error:  # one bad submission must never stop a class
            _go_on(tools)
            graded = _without_evidence(submission, tools, Status.CRASHED, _unexpected(error))
        return _saved(graded, tools)


def _through_all_steps(submission: Submission, tools: Tools, scratch: Path) -> Graded:
    exercise = tools.exercises[submission.exercise]
    if submission.path is None:
        return _without_evidence(submission, tools, Status.MISSING, "")
    try:
        restored = restore(exercise.pristine, read_notebook(submission.path))
    except InvalidNotebookError as error:
        return _without_evidence(submission, tools, Status.INVALID, f"{error.path.name}: {error.sentence}")
    _go_on(tools)
    # Nobody can prepare for the probe images, nor find two students' alike.
    parameters = of_exercise(tools.run.parameters, submission.exercise)
    settings = replace(tools.run, probe_seed=secrets.randbits(31), parameters=parameters)
    run = execute(restored.notebook, scratch / "run", settings)
    _go_on(tools)
    evidence, trouble = _evidence(run, exercise, tools)
    return _graded(submission, tools, (restored, run), (evidence, trouble))


def _evidence(run: Run, exercise: Exercise, tools: Tools) -> tuple[Evidence, str]:
    """Return the evidence, and one sentence where there was something that had to be refused."""
    try:
        evidence = tools.workers.gather(run.exports, exercise.plans, run.probe_seed)
    except MACHINES_FAULTS:
        raise
    except Exception as error:  # what a stranger exported may break any reader: fail closed, keep the run's status
        return _NOTHING, f"What the notebook exported could not be read ({_short(error)})."
    return evidence, " ".join(evidence.refusals)


def _graded(submission: Submission, tools: Tools, ran: tuple[Restored, Run], gathered: tuple[Evidence, str]) -> Graded:
    restored, run = ran
    evidence, trouble = gathered
    remarks = (*submission.remarks, *restored.remarks)
    status, detail = run.status, run.detail
    if trouble and status is Status.OK:
        status, detail = Status.REFUSED, trouble
    elif trouble:
        remarks = (*remarks, trouble)
    exercise = tools.exercises[submission.exercise]
    return Graded(
        submission=submission,
        status=status,
        # The status's own sentence says it already.
        detail="" if status is Status.OK else detail,
        results=score(exercise.rubric, evidence),
        remarks=remarks,
        seconds=run.seconds,
        sandboxed=run.sandboxed,
        rubric_digest=exercise.rubric.digest,
        image_seed=tools.image_seed,
        versions=tools.versions,
        executed=run.executed,
        titles=exercise.titles,
    )


def _without_evidence(submission: Submission, tools: Tools, status: Status, detail: str) -> Graded:
    exercise = tools.exercises[submission.exercise]
    return Graded(
        submission=submission,
        status=status,
        detail=detail,
        results=score(exercise.rubric, _NOTHING, readable=status not in (Status.MISSING, Status.INVALID)),
        remarks=submission.remarks,
        seconds=0.0,
        sandboxed=tools.run.sandbox,
        rubric_digest=exercise.rubric.digest,
        image_seed=tools.image_seed,
        versions=tools.versions,
        titles=exercise.titles,
    )


def _saved(graded: Graded, tools: Tools) -> Graded:
    try:
        return save_submission(tools.out, graded)
    except Exception as error:  # the grade itself still reaches the table
        remark = f"The reports of this submission could not be written ({_short(error)})."
        return replace(graded, executed=None, remarks=(*graded.remarks, remark))


def _go_on(tools: Tools) -> None:
    if tools.stop.is_set():
        raise StoppedError


def _unexpected(error: Exception) -> str:
    return f"The grader failed on this submission ({_short(error)}); please report it with the notebook."


def _short(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
