"""What the watchdog measures, on real processes and folders."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from grader.records import Limits, Status
from grader.run.watchdog import Watchdog, family, kill_tree, memory, usage

HIDING = (
    "import os, time\n"
    "files = [os.memfd_create(str(n)) for n in range(3)]\n"
    "for file in files: os.write(file, bytes(50_000_000))\n"
    "os.dup(files[0]); print('up', flush=True); time.sleep(60)"
)
SHARING = (
    "import os, time\n"
    "hoard = bytearray(os.urandom(1)) * 200_000_000\n"
    "for _ in range(3):\n"
    "    if os.fork() == 0: time.sleep(60)\n"
    "print('up', flush=True); time.sleep(60)"
)


def started(code: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    return process


def test_pages_that_forked_children_share_are_counted_once() -> None:
    with started(SHARING) as process:
        processes = family(psutil.Process(process.pid))
        assert len(processes) == 4
        assert memory(processes, enough=10**12) > 700_000_000
        assert 200_000_000 < memory(processes, enough=0) < 300_000_000
        kill_tree(psutil.Process(process.pid))


def test_a_killed_tree_leaves_nothing() -> None:
    with started(SHARING) as process:
        processes = family(psutil.Process(process.pid))
        kill_tree(psutil.Process(process.pid))
        gone, alive = psutil.wait_procs(processes, timeout=10)
    assert (len(gone), alive) == (4, [])


@pytest.mark.parametrize(
    ("limits", "status"),
    [
        (Limits(memory_mb=100), Status.OUT_OF_MEMORY),
        (Limits(processes=3), Status.CRASHED),
        (Limits(notebook_timeout=0.1), Status.TIMEOUT),
    ],
)
def test_each_breach_has_its_status_and_ends_the_process(limits: Limits, status: Status) -> None:
    with started(SHARING) as process, Watchdog(process.pid, limits, []) as watchdog:
        assert process.wait(timeout=30) != 0
    assert watchdog.breach is not None
    assert watchdog.breach.status is status


def test_within_the_limits_nothing_is_found(tmp_path: Path) -> None:
    brief = "print('up', flush=True); import time; time.sleep(0.7)"
    with started(brief) as process, Watchdog(process.pid, Limits(), [tmp_path]) as watchdog:
        assert process.wait(timeout=30) == 0
    assert watchdog.breach is None


def test_usage_counts_what_lies_on_the_disk_and_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "file").write_bytes(bytes(100_000))
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(10**9)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "system").symlink_to("/usr")
    size, entries = usage([tmp_path])
    assert entries == 6
    assert 100_000 <= size < 200_000


def test_usage_of_a_missing_folder_is_nothing(tmp_path: Path) -> None:
    assert usage([tmp_path / "absent"]) == (0, 0)


def test_files_that_lie_in_memory_alone_are_counted_once() -> None:
    with started(HIDING) as process:
        processes = family(psutil.Process(process.pid))
        resident = processes[0].memory_info().rss
        assert 140_000_000 < memory(processes, enough=10**12) - resident < 170_000_000
        kill_tree(psutil.Process(process.pid))


def test_usage_counts_a_single_file(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(bytes(100_000))
    assert usage([tmp_path / "log"]) >= (100_000, 0)
