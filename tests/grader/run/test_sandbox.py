"""What a stranger's code meets inside the sandbox; without bubblewrap these tests fail, they are never skipped."""

import json
import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import grader
from grader.run import sandbox
from grader.run.execute import execute
from tests.grader.run.building import QUICK, notebook

PROBE = """
import json, os, pathlib, socket, subprocess, sys
report = {}

def attempt(name, action):
    try:
        report[name] = repr(action())
    except Exception as error:
        report[name] = type(error).__name__

for name, path in PATHS.items():
    attempt("see " + name, lambda: os.stat(path))
    attempt("write " + name, lambda: pathlib.Path(path, "written").write_text("x"))
    attempt("overwrite " + name, lambda: os.open(path, os.O_WRONLY))

attempt("loopback", lambda: socket.create_connection(("127.0.0.1", PORT), 2))
attempt("outside", lambda: socket.create_connection(("192.0.2.1", 80), 2))
attempt("abstract", lambda: socket.socket(socket.AF_UNIX).connect("\\0" + ABSTRACT))
attempt("unshare", lambda: subprocess.run(["unshare", "-U", "true"], check=True, capture_output=True))
attempt("import", lambda: __import__("grader.records"))
report["processes"] = sorted(name for name in os.listdir("/proc") if name.isdigit())
report["uid"] = os.getuid()
report["environment"] = sorted(os.environ)
report["folder"] = [os.getcwd(), os.environ["HOME"]]
report["cache"] = pathlib.Path(os.environ["COURSE_CACHE"], "weights").read_text()
report["host"] = socket.gethostname()
pathlib.Path(os.environ["GRADER_EXPORT"], "report.json").write_text(json.dumps(report))
"""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """Folders and files that must not be seen or changed from inside."""
    cache = tmp_path_factory.mktemp("cache")
    (cache / "weights").write_text("decoded")
    neighbour = tmp_path_factory.mktemp("neighbour")
    (neighbour / "answers").write_text("secret")
    package = Path(next(iter(grader.__path__)))
    marker = Path.home() / f".grader-test-{os.getpid()}"
    marker.write_text("secret")
    yield {
        "home": marker,
        "neighbour": neighbour / "answers",
        "root": package.parent / "pyproject.toml",
        "tests": package.parent / "tests",
        "package": package,
        "cache": cache,
        "weights": cache / "weights",
        "usr": Path("/usr"),
        "etc": Path("/etc"),
        "top": Path("/"),
        "dev": Path("/dev"),
        "passwords": Path("/etc/shadow"),
        "setting": Path("/proc/sys/kernel/core_pattern"),
        "docker": Path("/run"),
    }
    marker.unlink()


@pytest.fixture(scope="module")
def report(places: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a hostile cell found out."""
    name = f"grader-test-{os.getpid()}"
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind("\0" + name)
        abstract.listen()
        known = f"PATHS = { ({key: str(path) for key, path in places.items()})!r}\n"
        known += f"PORT = {server.getsockname()[1]}\nABSTRACT = {name!r}\n"
        settings = replace(QUICK, cache=places["cache"], threads=1)
        run = execute(notebook(known + PROBE), tmp_path_factory.mktemp("place"), settings)
    assert run.status == "ok", run.detail
    found: dict[str, Any] = json.loads((run.exports / "report.json").read_text())
    return found


@pytest.mark.parametrize("name", ["home", "neighbour", "root", "tests", "passwords", "docker"])
def test_what_is_private_cannot_be_seen(report: dict[str, Any], name: str) -> None:
    assert report[f"see {name}"] == "FileNotFoundError"


@pytest.mark.parametrize("name", ["usr", "etc", "top", "dev", "package", "cache"])
def test_folders_of_the_system_and_the_course_are_read_only(report: dict[str, Any], places: Any, name: str) -> None:
    assert report[f"write {name}"] == "OSError"
    assert not (places[name] / "written").exists()


@pytest.mark.parametrize("name", ["weights", "setting"])
def test_files_of_the_cache_and_the_hosts_kernel_cannot_be_opened_for_writing(report: Any, name: str) -> None:
    assert report[f"overwrite {name}"] in {"OSError", "PermissionError"}


@pytest.mark.parametrize("way", ["loopback", "outside", "abstract"])
def test_no_server_can_be_reached(report: dict[str, Any], way: str) -> None:
    assert report[way] in {"ConnectionRefusedError", "OSError"}


def test_new_user_namespaces_cannot_be_made(report: dict[str, Any]) -> None:
    assert report["unshare"] == "CalledProcessError"


def test_only_its_own_processes_are_seen(report: dict[str, Any]) -> None:
    assert len(report["processes"]) < 5
    assert report["uid"] == 1000
    assert report["host"] == "grader"


def test_what_a_notebook_needs_is_there(report: dict[str, Any]) -> None:
    assert report["import"].startswith("<module 'grader'")
    assert report["cache"] == "decoded"
    assert report["folder"][0] == report["folder"][1]


def test_the_environment_is_a_short_list(report: dict[str, Any]) -> None:
    assert {"GRADER_EXPORT", "GRADER_PROBE_SEED", "COURSE_CACHE", "TF_CPP_MIN_LOG_LEVEL"} <= set(report["environment"])
    assert "JPY_PARENT_PID" not in report["environment"]
    assert len(report["environment"]) < 30


def test_the_sandbox_works_on_this_machine() -> None:
    assert sandbox.availability() == sandbox.Availability(True)


def test_without_bubblewrap_the_install_step_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = sandbox.availability()
    assert not found.works
    assert "sudo apt install bubblewrap" in found.reason
    with pytest.raises(sandbox.SandboxError, match="apt install bubblewrap"):
        execute(notebook("1"), tmp_path / "place", QUICK)
    assert not (tmp_path / "place" / "executed.ipynb").exists()


def test_a_bubblewrap_that_fails_is_named_with_its_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    found = sandbox.availability()
    assert not found.works
    assert "setting up uid map: Permission denied" in found.reason
    with pytest.raises(sandbox.SandboxError, match="uid map"):
        execute(notebook("1"), tmp_path / "place", QUICK)


SETTINGS = {
    "kernel/apparmor_restrict_unprivileged_userns": ("1", "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"),
    "kernel/unprivileged_userns_clone": ("0", "sysctl -w kernel.unprivileged_userns_clone=1"),
    "user/max_user_namespaces": ("0", "sysctl -w user.max_user_namespaces=10000"),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_each_restriction_has_its_own_way_out(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    value, way = SETTINGS[setting]
    monkeypatch.setattr(sandbox, "_setting", lambda name: value if name == setting else "")
    assert way in sandbox.diagnosis("bwrap: setting up uid map: Permission denied")


def test_an_old_bubblewrap_is_named() -> None:
    assert "0.8" in sandbox.diagnosis("bwrap: Unknown option --disable-userns")
