"""A thread that watches what a notebook's processes use, and ends them all when that is too much."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import psutil

from grader.records import Limits, Status

_MEGABYTE = 10**6
_BEAT = 0.2
_DISK_BEAT = 1.0
_ENTRIES = 100_000
# Written, deleted and written again is work, not hoarding; but a deleted file that stays open hides its size.
_WRITTEN_FACTOR = 5
_OWN_GROWTH_MB = 4000.0


@dataclass(frozen=True)
class Breach:
    """The limit that was broken: the status that follows from it, and ``what`` as the end of a sentence."""

    status: Status
    what: str


class Watchdog:
    """Watches the processes below and with ``pid`` while its ``with`` block runs; ``breach`` says what it found.

    On the first breach it kills them all, so that whoever talks to the kernel finds it dead.
    """

    def __init__(self, pid: int, limits: Limits, folders: Sequence[Path]) -> None:
        self.breach: Breach | None = None
        self._root = psutil.Process(pid)
        self._limits = limits
        self._folders = tuple(folders)
        self._end = time.monotonic() + limits.notebook_timeout
        self._own = psutil.Process().memory_info().rss
        self._next_disk = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="grader-watchdog", daemon=True)

    def __enter__(self) -> Watchdog:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        kill_tree(self._root)

    def _watch(self) -> None:
        while not self._stop.wait(_BEAT):
            self.breach = self._inspect()
            if self.breach is not None:
                kill_tree(self._root)
                return

    def _inspect(self) -> Breach | None:
        limits, processes = self._limits, family(self._root)
        if time.monotonic() > self._end:
            return Breach(Status.TIMEOUT, f"it ran longer than {limits.notebook_timeout:g} seconds in all")
        if memory(processes, limits.memory_mb * _MEGABYTE) > limits.memory_mb * _MEGABYTE:
            return Breach(Status.OUT_OF_MEMORY, f"it used more than {limits.memory_mb:g} MB of memory")
        if len(processes) > limits.processes:
            return Breach(Status.CRASHED, f"it ran more than {limits.processes} processes at once")
        if psutil.Process().memory_info().rss - self._own > _OWN_GROWTH_MB * _MEGABYTE:
            return Breach(Status.CRASHED, "its messages filled the grader's memory")
        return self._inspect_disk(processes)

    def _inspect_disk(self, processes: Sequence[psutil.Process]) -> Breach | None:
        if time.monotonic() < self._next_disk:
            return None
        limit = self._limits.disk_mb * _MEGABYTE
        size, entries = usage(self._folders)
        # A scan of many files takes its time: the next one waits, so that the memory stays in view.
        self._next_disk = time.monotonic() + _DISK_BEAT
        if size > limit or written(processes) > _WRITTEN_FACTOR * limit:
            return Breach(Status.CRASHED, f"it wrote more than {self._limits.disk_mb:g} MB to the disk")
        if entries > _ENTRIES:
            return Breach(Status.CRASHED, f"it made more than {_ENTRIES} files")
        return None


def family(root: psutil.Process) -> list[psutil.Process]:
    """Return ``root`` and every process below it that is still alive."""
    try:
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def memory(processes: Sequence[psutil.Process], enough: float) -> float:
    """Return the bytes that the processes hold, without counting shared pages twice where that would matter.

    Summing what is resident is quick but too much; only a sum above ``enough`` is measured again, exactly.
    """
    files = _in_memory_files(processes)
    quick = files + sum(_resident(process) for process in processes)
    return quick if quick <= enough else files + sum(_proportional(process) for process in processes)


def usage(folders: Sequence[Path]) -> tuple[int, int]:
    """Return the bytes on the disk and the number of entries in the folders, following no link.

    Among ``folders`` may be single files.
    """
    size = entries = 0
    for folder in folders:
        if folder.is_file():
            size += _allocated(folder.stat())
    waiting = [str(folder) for folder in folders]
    while waiting and entries <= _ENTRIES:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as listing:
            for entry in listing:
                entries += 1
                if entries > _ENTRIES:
                    break
                with contextlib.suppress(OSError):
                    size += _allocated(entry.stat(follow_symlinks=False))
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
    return size, entries


def written(processes: Sequence[psutil.Process]) -> int:
    """Return the bytes that the processes have sent to a disk, also into files that are deleted by now."""
    total = 0
    for process in processes:
        with contextlib.suppress(psutil.Error, AttributeError, OSError):
            total += process.io_counters().write_bytes
    return total


def kill_tree(root: psutil.Process) -> None:
    """Kill ``root`` and every process below it; in the sandbox its end takes the whole process namespace with it."""
    # Twice: a process that was forking while the first list was made is in the second.
    for _ in range(2):
        for process in reversed(family(root)):
            with contextlib.suppress(psutil.Error):
                process.suspend()
        for process in family(root):
            with contextlib.suppress(psutil.Error):
                process.kill()


def _allocated(status: os.stat_result) -> int:
    return int(getattr(status, "st_blocks", status.st_size // 512) * 512)


def _in_memory_files(processes: Sequence[psutil.Process]) -> int:
    """Return the bytes in files that exist in memory alone, which no process needs to map to fill them."""
    sizes: dict[tuple[int, int], int] = {}
    for process in processes:
        with contextlib.suppress(OSError), os.scandir(f"/proc/{process.pid}/fd") as listing:
            for entry in listing:
                with contextlib.suppress(OSError):
                    if os.readlink(entry.path).startswith("/memfd:"):  # noqa: PTH115 - five times a second
                        found = entry.stat()
                        sizes[found.st_dev, found.st_ino] = _allocated(found)
    return sum(sizes.values())


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _proportional(process: psutil.Process) -> int:
    try:
        exact = process.memory_full_info()
        return int(getattr(exact, "pss", exact.uss))
    except psutil.Error:
        return _resident(process)
