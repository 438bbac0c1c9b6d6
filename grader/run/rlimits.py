"""The kernel's own limits on a started process tree, laid on from outside before the first cell runs."""

from __future__ import annotations

import contextlib
import platform
from pathlib import Path

import psutil

from grader.records import Limits
from grader.run.sandbox import SandboxError

_MEGABYTE = 10**6
# So that one file that grows too large is its writer's error, and not yet the end of the run.
_FILE_SHARE = 0.8
# RLIMIT_NPROC counts threads, of which numerical libraries start many.
_THREADS_PER_PROCESS = 8
# Older kernels count all of a user's processes, outside the sandbox as well.
_COUNTED_PER_NAMESPACE = (5, 14)
_KILL_FIRST = "1000"


def confine(pid: int, limits: Limits) -> None:
    """Limit file sizes and thread counts of every process below ``pid``, forbid core dumps; children inherit it.

    Should the machine itself run out of memory, these processes are the first to go. Raises SandboxError when a
    limit cannot be set.
    """
    size = int(limits.disk_mb * _MEGABYTE * _FILE_SHARE)
    threads = limits.processes * _THREADS_PER_PROCESS
    for process in psutil.Process(pid).children(recursive=True):
        try:
            process.rlimit(psutil.RLIMIT_FSIZE, (size, size))
            process.rlimit(psutil.RLIMIT_CORE, (0, 0))
            if _release() >= _COUNTED_PER_NAMESPACE:
                process.rlimit(psutil.RLIMIT_NPROC, (threads, threads))
        except psutil.NoSuchProcess:
            continue
        except (psutil.AccessDenied, OSError) as error:
            raise SandboxError(f"The kernel's limits cannot be set, so it was stopped: {error}.") from error
        with contextlib.suppress(OSError):
            Path("/proc", str(process.pid), "oom_score_adj").write_text(_KILL_FIRST, encoding="ascii")


def _release() -> tuple[int, ...]:
    numbers = platform.release().split("-")[0].split(".")[:2]
    return tuple(int(number) for number in numbers if number.isdigit())
