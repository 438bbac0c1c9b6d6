"""Processes that read evidence: they never run a student's code, and what they read cannot take the grader down."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import queue
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.errors import GraderError
from grader.evidence.plan import Sources, TaskPlan, shipped_sources
from grader.records import Evidence

START = 300.0
"""Seconds that a worker gets to start: importing TensorFlow takes minutes on a machine that is busy enough."""

GRACE = 30.0
"""Seconds that a worker gets to end itself, beyond the time for one submission."""


class EvidenceWorkerError(GraderError):
    """A worker could not be started; no submission is to blame."""


@dataclass(frozen=True)
class WorkerLimits:
    """What reading one submission may use: seconds, and megabytes (10**6 bytes) of data memory."""

    seconds: float = 300.0
    memory_mb: float = 6_000.0


class EvidenceWorkers:
    """One or more worker processes, each with TensorFlow imported once.

    Use it as a context manager; ``gather`` may be called from several threads. A worker that breaks or takes
    too long costs only the submission that it was reading, and is replaced.
    """

    def __init__(self, backbones: tuple[str, ...], workers: int = 1, limits: WorkerLimits | None = None) -> None:
        """Prepare ``workers`` processes for exercises on the named ``backbones``; they start on first use."""
        self._backbones = backbones
        self._limits = limits or WorkerLimits()
        self._free: queue.SimpleQueue[ProcessPoolExecutor] = queue.SimpleQueue()
        self._all = workers
        for _ in range(workers):
            self._free.put(self._pool())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def gather(self, exports: Path, plans: Sequence[TaskPlan], probe_seed: int) -> Evidence:
        """Return the evidence of one submission; waits for a free worker.

        A worker that ends or does not answer in time gives evidence without tasks and one refusal. Raises
        EvidenceWorkerError when there is no worker to be had.
        """
        pool = self._started()
        try:
            work = pool.submit(_read, exports, tuple(plans), probe_seed, self._backbones, self._limits.seconds)
            return work.result(self._limits.seconds + GRACE)
        except (BrokenProcessPool, FutureTimeoutError):
            pool = self._replaced(pool)
            limit = f"{self._limits.seconds:.0f} seconds or {self._limits.memory_mb:.0f} MB"
            return Evidence({}, (f"The exported objects need more than {limit} to be read; export smaller ones.",))
        except MemoryError:
            # A process that has come so far has too little left for the next submission.
            pool = self._replaced(pool)
            return Evidence({}, (f"The exported objects need more than {self._limits.memory_mb:.0f} MB to be read.",))
        finally:
            self._free.put(pool)

    def _started(self) -> ProcessPoolExecutor:
        """Return a free worker that answers; one that was ended while it was idle is replaced, once."""
        pool = self._free.get()
        try:
            try:
                self._await_start(pool)
            except EvidenceWorkerError as error:
                if isinstance(error.__cause__, FutureTimeoutError):
                    raise
                pool = self._replaced(pool)
                self._await_start(pool)
        except BaseException:
            self._free.put(self._replaced(pool))
            raise
        return pool

    def _await_start(self, pool: ProcessPoolExecutor) -> None:
        try:
            pool.submit(_ready, self._backbones).result(START)
        except Exception as error:  # with too little memory, an import fails in any way, even by a SyntaxError
            raise EvidenceWorkerError(
                f"The process that reads evidence does not start within {START:.0f} seconds "
                f"and {self._limits.memory_mb:.0f} MB; close other programs, or allow it more memory."
            ) from error

    def close(self) -> None:
        """End the workers, waiting for those at work."""
        for _ in range(self._all):
            self._free.get().shutdown()
        self._all = 0

    def _replaced(self, pool: ProcessPoolExecutor) -> ProcessPoolExecutor:
        pool.shutdown(wait=False, cancel_futures=True)
        return self._pool()

    def _pool(self) -> ProcessPoolExecutor:
        # One process in each pool: a broken pool fails all of its work, and here that is one submission.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(1, context, _start, (self._limits.memory_mb,))


def _start(memory_mb: float) -> None:
    """Bound a fresh process's memory, and silence it: TensorFlow logs natively; errors come back as exceptions."""
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", KERAS_BACKEND="tensorflow")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    os.close(silence)
    _bound_memory(int(memory_mb * 1_000_000))


def _ready(backbones: tuple[str, ...]) -> None:
    """Import TensorFlow, which the grader itself does without, and read the table of weights."""
    import grader.evidence.gather  # noqa: F401, PLC0415  - see above

    _sources(backbones)


@lru_cache(maxsize=1)
def _sources(backbones: tuple[str, ...]) -> Sources:
    return shipped_sources(backbones)


def _bound_memory(size: int) -> None:
    """Limit the data memory of this process, where the system can (Windows cannot)."""
    try:
        import resource  # noqa: PLC0415  - absent on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def _read(
    exports: Path, plans: tuple[TaskPlan, ...], probe_seed: int, backbones: tuple[str, ...], seconds: float
) -> Evidence:
    from grader.evidence.gather import gather  # noqa: PLC0415  - see _ready

    # A thread in C ends the process even while TensorFlow holds the interpreter.
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        return gather(exports, plans, probe_seed, _sources(backbones))
    finally:
        faulthandler.cancel_dump_traceback_later()
