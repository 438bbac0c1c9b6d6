"""The straight line over a class: collect, then each submission through all steps, then the table and the index."""

from __future__ import annotations

import contextlib
import os
import platform
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Protocol

import psutil

from data import pretrained
from grader import exercise as exercises
from grader.collect import collect
from grader.errors import GraderError, SourceError
from grader.evidence.workers import EvidenceWorkers
from grader.exercise import COURSE, Exercise
from grader.parameters import require_exercises
from grader.plans import backbones as backbones_of
from grader.records import Graded, Json, Limits, Submission
from grader.report.save import save_class
from grader.run import sandbox
from grader.run.execute import RunSettings
from grader.secret import image_seed
from grader.submission import Tools, grade_submission

REPORTED_PACKAGES = ("transfer-learning-course", "tensorflow", "keras", "numpy", "papermill", "nbclient")
_MEMORY_PER_JOB = 3.0e9


class WeightsNotReadyError(GraderError):
    """The pretrained weights that an exercise needs cannot be unpacked."""


@dataclass(frozen=True)
class GradeSettings:
    """What to grade, where the results go, and how; ``jobs`` 0 stands for ``default_jobs()``.

    ``exercises`` empty stands for all that the course has; ``seed_file`` None for GRADER_SEED_FILE, else for
    the public seed of fresh images. A parameter ``EXERCISE:NAME`` is for that exercise alone, and goes before ``NAME``.
    """

    source: Path
    out: Path
    exercises: tuple[str, ...] = ()
    roster: Path | None = None
    limits: Limits = field(default_factory=Limits)
    parameters: Mapping[str, Json] = field(default_factory=dict)
    seed_file: Path | None = None
    sandbox: bool = True
    jobs: int = 0
    course: Path = COURSE


class Progress(Protocol):
    """Who is told how the work goes; called from one thread only."""

    def started(self, submissions: int) -> None:
        """Hear how many submissions there are, before the first is graded."""

    def graded(self, graded: Graded) -> None:
        """Hear of each result, as soon as its reports are written."""

    def finished(self) -> None:
        """Hear that nothing more will come, also after an interrupt."""


def default_jobs() -> int:
    """Return how many notebooks run at a time: half the cores, as far as the free memory goes, and at least one.

    TensorFlow uses several cores for one notebook, so that a kernel on each would only slow them all.
    """
    fitting = int(psutil.virtual_memory().available // _MEMORY_PER_JOB)
    return max(1, min(_cores() // 2, fitting))


def grade(settings: GradeSettings, progress: Progress) -> tuple[Graded, ...]:
    """Grade all submissions and return their results in the order of the table.

    Each submission's reports are written as soon as it is graded, ``grades.csv`` and ``index.html`` at the end,
    and also on KeyboardInterrupt, which is raised again. Raises SandboxError when there is no sandbox and one
    is wanted, and another GraderError, before anything runs, for settings that cannot be used.
    """
    if settings.sandbox and not (available := sandbox.availability()).works:
        raise sandbox.SandboxError(available.reason)
    _require_out_apart(settings)
    seed = image_seed(settings.seed_file)
    known = exercises.known(settings.course)
    require_exercises(settings.parameters, known)
    wanted = settings.exercises or known
    if not wanted:
        raise SourceError(f"{settings.course} holds no exercises; get the course again, as a whole.")
    loaded = {name: exercises.load(name, seed.value, settings.course) for name in wanted}
    jobs = settings.jobs or default_jobs()
    with tempfile.TemporaryDirectory(prefix="grader-", ignore_cleanup_errors=True) as scratch:
        submissions = collect(settings.source, tuple(loaded), settings.roster, Path(scratch))
        used = _used(loaded, submissions)
        backbones = tuple(dict.fromkeys(name for each in used for name in backbones_of(each.rubric)))
        files = ready_weights(backbones)
        with EvidenceWorkers(backbones, max(1, jobs // 2)) as workers, _pool(jobs) as pool:
            tools = Tools(
                exercises=loaded,
                run=_run_settings(settings, jobs, files),
                workers=workers,
                out=settings.out,
                image_seed=seed.digest,
                versions=versions(),
                stop=threading.Event(),
            )
            return _grade_all(submissions, tools, pool, progress)


def versions() -> dict[str, str]:
    """Return Python's version and those of the packages that a grade rests on."""
    found = {"python": platform.python_version()}
    for package in REPORTED_PACKAGES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            found[package] = metadata.version(package)
    return found


def ready_weights(backbones: Sequence[str]) -> tuple[Path, ...]:
    """Bring the named backbones into their cache, which a sandboxed notebook can read but not fill.

    Returns the files. They are the course's own or Keras's official ones, as COURSE_WEIGHTS says. Raises
    WeightsNotReadyError.
    """
    files = []
    for name in backbones:
        # A process of its own: this imports TensorFlow, which the grader itself does without.
        code = "import sys; from data import pretrained; print(pretrained.weights_file(sys.argv[1]))"
        done = subprocess.run([sys.executable, "-c", code, name], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            said = (done.stderr.strip().splitlines() or ["no reason given"])[-1][:1000]
            raise WeightsNotReadyError(f"The weights of {name} are not ready ({said}); run `grader doctor`.")
        files.append(Path(done.stdout.splitlines()[-1]))
    return tuple(files)


def _grade_all(
    submissions: Sequence[Submission], tools: Tools, pool: Executor, progress: Progress
) -> tuple[Graded, ...]:
    results: dict[int, Graded] = {}
    progress.started(len(submissions))
    futures = {pool.submit(grade_submission, each, tools): number for number, each in enumerate(submissions)}
    try:
        for future in _as_they_end(futures):
            results[futures[future]] = graded = future.result()
            progress.graded(graded)
    except BaseException:
        _stop(futures, tools)
        results = {futures[future]: future.result() for future in futures if _has_result(future)}
        raise
    finally:
        progress.finished()
        ordered = tuple(results[number] for number in sorted(results))
        save_class(tools.out, ordered, unfinished=len(submissions) - len(ordered))
    return ordered


def _as_they_end(futures: Mapping[Future[Graded], int]) -> Iterator[Future[Graded]]:
    waiting = set(futures)
    while waiting:
        # In short turns, so that an interrupt is noticed on every system.
        ended, waiting = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
        yield from ended


def _stop(futures: Mapping[Future[Graded], int], tools: Tools) -> None:
    """Let nothing new begin, and end the kernels and readers that this process started."""
    tools.stop.set()
    for future in futures:
        future.cancel()
    # Again and again: a kernel that was just being started was not among the first.
    while wait(futures, timeout=0.2).not_done:
        for child in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                # Python's own helper ends with this process, and would be missed before.
                if "resource_tracker" not in " ".join(child.cmdline()):
                    child.kill()


def _has_result(future: Future[Graded]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


@contextlib.contextmanager
def _pool(jobs: int) -> Iterator[Executor]:
    # Threads are enough: the work is done by the kernels' and the readers' processes.
    with ThreadPoolExecutor(jobs, thread_name_prefix="grader") as pool:
        yield pool


def _used(loaded: Mapping[str, Exercise], submissions: Sequence[Submission]) -> list[Exercise]:
    return [loaded[name] for name in dict.fromkeys(each.exercise for each in submissions if each.path is not None)]


def _run_settings(settings: GradeSettings, jobs: int, files: tuple[Path, ...]) -> RunSettings:
    return RunSettings(
        limits=settings.limits,
        parameters=settings.parameters,
        sandbox=settings.sandbox,
        cache=pretrained.cache_folder(),
        official=files if pretrained.choice() == pretrained.IMAGENET else (),
        threads=max(1, _cores() // jobs),
    )


def _require_out_apart(settings: GradeSettings) -> None:
    out, source = settings.out.resolve(), settings.source.resolve()
    if settings.out.exists() and not settings.out.is_dir():
        raise SourceError(f"{settings.out} is a file; give --out a folder.")
    if source.is_dir() and (out == source or source in out.parents):
        raise SourceError(
            f"{settings.out} lies among the submissions, where the next run would grade it; choose another --out."
        )


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
