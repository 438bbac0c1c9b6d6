"""The canary refuses every sandbox with a hole in it; each hole here is a real one."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.run import canary
from grader.run.execute import execute
from grader.run.sandbox import Room, SandboxError, command
from tests.grader.run.building import QUICK, notebook


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folders = [tmp_path / name for name in ("work", "exports", "sockets", "cache")]
    for folder in folders:
        folder.mkdir()
    work, exports, sockets, cache = folders
    return Room(work, exports, sockets, {"LANG": "C.UTF-8"}, (cache,))


def before_end(words: tuple[str, ...], *more: str) -> list[str]:
    return [*words[:-1], *more, "--"]


def test_a_tight_sandbox_is_accepted_and_leaves_no_trace(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    # Its own traces, not those of a grading that runs beside this test.
    monkeypatch.setattr(canary.secrets, "token_hex", lambda _: "of-this-test")
    canary.prove(command(room), room)
    for folder in (*room.writable, *room.readonly, Path.home(), Path("/tmp")):
        assert not list(folder.glob(".grader-canary-of-this-test*"))


@pytest.mark.parametrize("kind", ["net", "pid", "ipc", "uts"])
def test_a_shared_namespace_is_refused(room: Room, kind: str) -> None:
    words = [word for word in command(room) if word != f"--unshare-{kind}"]
    if kind == "uts":
        place = words.index("--hostname")
        del words[place : place + 2]
    with pytest.raises(SandboxError, match=f"shares namespaces with the grader.*{kind}"):
        canary.prove(words, room)


def test_a_reachable_server_is_named(room: Room) -> None:
    words = [word for word in command(room) if word != "--unshare-net"]
    with pytest.raises(SandboxError, match="a server on this machine's network can be reached"):
        canary.prove(words, room)


@pytest.mark.parametrize("folder", [Path.home(), Path("/tmp")])
def test_a_visible_folder_is_refused(room: Room, folder: Path) -> None:
    words = command(room)
    place = words.index("/tmp") + 1
    bound = [*words[:place], "--ro-bind", str(folder), str(folder), *words[place:]]
    with pytest.raises(SandboxError, match="can be seen"):
        canary.prove(bound, room)


def test_the_rest_of_the_project_in_view_is_refused(room: Room) -> None:
    tests = str(room.packages[0].parent / "tests")
    words = command(room)
    place = words.index("--remount-ro")
    with pytest.raises(SandboxError, match="tests can be seen"):
        canary.prove([*words[:place], "--ro-bind", tests, tests, *words[place:]], room)


def test_a_writable_cache_is_refused(room: Room) -> None:
    cache = str(room.readonly[0])
    with pytest.raises(SandboxError, match="cache can be changed"):
        canary.prove(before_end(command(room), "--bind", cache, cache), room)


def test_a_writable_top_folder_is_refused(room: Room) -> None:
    words = list(command(room))
    place = words.index("/", words.index("--remount-ro"))
    del words[place - 1 : place + 1]
    with pytest.raises(SandboxError, match="/ can be changed"):
        canary.prove(words, room)


def test_a_work_folder_that_cannot_be_written_is_refused(room: Room) -> None:
    work = str(room.work)
    with pytest.raises(SandboxError, match="work cannot be written"):
        canary.prove(before_end(command(room), "--ro-bind", work, work), room)


def test_no_sandbox_at_all_is_refused(room: Room) -> None:
    with pytest.raises(SandboxError, match="shares namespaces"):
        canary.prove([], room)


@pytest.mark.parametrize("program", ["true", "false"])
def test_a_program_that_answers_nothing_is_refused(room: Room, program: str) -> None:
    with pytest.raises(SandboxError):
        canary.prove([program], room)


def test_when_the_home_folder_is_in_view_then_nothing_runs(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match=r"nothing was run.*can be seen"):
        execute(notebook("1"), tmp_path, replace(QUICK, readonly=(Path.home(),)))
    assert not (tmp_path / "executed.ipynb").exists()
    assert not (tmp_path / "work").exists()


@pytest.fixture
def outside() -> Iterator[subprocess.Popen[bytes]]:
    """A process with a child of its own, in the grader's namespaces."""
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()', 'mark'])"
    with subprocess.Popen([sys.executable, "-c", child], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_a_kernel_outside_the_sandbox_is_refused(outside: subprocess.Popen[bytes]) -> None:
    with pytest.raises(SandboxError, match=r"shares the grader's namespaces|does not run below"):
        canary.prove_kernel(outside.pid, "mark")


def test_a_sandbox_without_the_kernel_is_refused(room: Room) -> None:
    words = [*command(room), sys.executable, "-c", "print('up', flush=True); input()", "mark"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        canary.prove_kernel(process.pid, "mark")
        with pytest.raises(SandboxError, match="does not run below bubblewrap"):
            canary.prove_kernel(process.pid, "another")
        process.kill()
