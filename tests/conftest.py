"""How all tests share a machine: which files begin first, and how many threads each process may use."""

from __future__ import annotations

import os

import pytest

FIRST = ("test_nbgrader.py", "test_notebooks.py")
"""Files that take long, one step after the other: what runs last should use all processors by itself."""

THREADS = ("TF_NUM_INTRAOP_THREADS", "OMP_NUM_THREADS")


def pytest_configure() -> None:
    """Where several processes test at once, share the processors out among them and those that they start.

    Threads that outnumber the processors wait for each other at full speed.
    """
    workers = os.environ.get("PYTEST_XDIST_WORKER_COUNT")
    if workers is None:
        return
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for name in THREADS:
        os.environ.setdefault(name, str(max(1, cores // int(workers))))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files of ``FIRST`` in front; pytest-xdist keeps that order where it is told not to reorder."""
    items.sort(key=lambda item: item.path.name not in FIRST)
