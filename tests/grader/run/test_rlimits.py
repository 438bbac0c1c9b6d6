"""The kernel's own limits reach every process below the one that was launched."""

import subprocess
import sys

import psutil
import pytest

from grader.records import Limits
from grader.run.rlimits import confine

CODE = (
    "import subprocess, sys\n"
    "child = 'import resource; input(); print(resource.getrlimit(resource.RLIMIT_FSIZE)[0],"
    " resource.getrlimit(resource.RLIMIT_CORE)[1])'\n"
    "process = subprocess.Popen([sys.executable, '-c', child])\n"
    "print('up', flush=True)\n"
    "process.wait()"
)


def test_limits_are_set_on_the_processes_below() -> None:
    with subprocess.Popen([sys.executable, "-c", CODE], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        confine(process.pid, Limits(disk_mb=10))
        told, _ = process.communicate(b"\n")
    assert told.split() == [b"8000000", b"0"]


def test_a_process_that_is_gone_is_an_error_of_its_own() -> None:
    with subprocess.Popen(["true"]) as process:
        process.wait()
    with pytest.raises(psutil.NoSuchProcess):
        confine(process.pid, Limits())
