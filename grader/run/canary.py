"""The proof, before anything runs and again once the kernel has started, that the walls stand."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import psutil

from grader.records import Json
from grader.run import inside
from grader.run.sandbox import Room, SandboxError, diagnosis

NAMESPACES = ("user", "pid", "net", "ipc", "uts", "mnt")
"""The kinds of namespaces that must differ from the grader's own."""

_SYSTEM = ("/", "/usr", "/usr/bin", "/usr/lib", "/bin", "/etc", "/dev", "/home", "/var")
_SETTINGS = ("/proc/sys/kernel/core_pattern", "/proc/sys/vm/overcommit_memory", "/proc/sysrq-trigger")
_SECONDS = 60.0
_ENTRIES = 500


def prove(prefix: Sequence[str], room: Room) -> None:
    """Run a bare Python behind ``prefix``, the very command that will confine the kernel, and judge what it saw.

    It must find no network (not even a server on the host's loopback address), no marker in the real home folder
    and the real /tmp, nothing of the project but its packages, no system folder and no kernel setting that it can
    change, and writable folders where they belong. Raises SandboxError otherwise.
    """
    nonce = f".grader-canary-{secrets.token_hex(8)}"
    with _markers(nonce) as markers, _listening() as port:
        question = {
            "nonce": nonce,
            "kinds": NAMESPACES,
            "port": port,
            "hidden": [str(path) for path in (*markers, *_private(room))],
            "readonly": [*_SYSTEM, *(str(path) for path in room.visible)],
            "settings": _SETTINGS,
            "writable": [str(path) for path in (*room.writable, Path("/tmp"), Path("/dev/shm"))],  # noqa: S108
        }
        answer = _ask(prefix, question)
    problems = _judge(answer, nonce)
    if problems:
        raise SandboxError(f"The sandbox is not tight, so nothing was run: {'; '.join(problems)}.")


def prove_kernel(pid: int, mark: str) -> None:
    """Prove from outside that every process below ``pid`` lives in namespaces of its own.

    ``mark`` is a word of the kernel's command line; without a process that bears it nothing is proven. Raises
    SandboxError.
    """
    own = _namespaces("self")
    found = False
    for process in psutil.Process(pid).children(recursive=True):
        try:
            words = process.cmdline()
            shared = [kind for kind, name in _namespaces(str(process.pid)).items() if own[kind] == name]
        except (psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
            continue
        except OSError as error:
            raise SandboxError(f"The kernel's namespaces cannot be read, so it was stopped: {error}.") from error
        if shared:
            raise SandboxError(f"The kernel shares the grader's namespaces ({', '.join(shared)}), so it was stopped.")
        found = found or mark in words
    if not found:
        raise SandboxError("The kernel does not run below bubblewrap, so it was stopped.")


def _namespaces(process: str) -> dict[str, str]:
    return {kind: str(Path("/proc", process, "ns", kind).readlink()) for kind in NAMESPACES}


@contextlib.contextmanager
def _markers(nonce: str) -> Iterator[list[Path]]:
    """Lay a file into the real home folder and the real /tmp, where that is allowed."""
    made: list[Path] = []
    try:
        for folder in {_home(), Path("/tmp")}:  # noqa: S108
            path = folder / nonce
            with contextlib.suppress(OSError):
                path.touch(exist_ok=False)
                made.append(path)
        yield made
    finally:
        for path in made:
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def _listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def _home() -> Path:
    # Not $HOME: that may have been set to anything, and the accounts' own folder is what holds the secrets.
    import pwd  # noqa: PLC0415 - absent on Windows, where this module must import

    return Path(pwd.getpwuid(os.getuid()).pw_dir)


def _private(room: Room) -> list[Path]:
    """List what lies in the home folder and beside the packages, except what the room shows on purpose."""
    shown = (*room.visible, *room.writable)
    found: list[Path] = []
    for folder in {_home(), *(package.parent for package in room.packages)}:
        with contextlib.suppress(OSError):
            found += sorted(folder.iterdir())[:_ENTRIES]
    return [path for path in found if not any(_related(path, other) for other in shown)]


def _related(path: Path, other: Path) -> bool:
    return path.is_relative_to(other) or other.is_relative_to(path)


def _ask(prefix: Sequence[str], question: Mapping[str, Json]) -> Mapping[str, Json]:
    words = [*prefix, sys.executable, "-I", "-S", str(Path(inside.__file__).resolve()), json.dumps(question)]
    try:
        done = subprocess.run(words, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise SandboxError(f"The sandbox's canary gave no answer, so nothing was run: {error}.") from error
    if not isinstance(answer, dict):
        raise SandboxError(diagnosis(done.stderr.decode(errors="replace")))
    return answer


def _judge(answer: Mapping[str, Json], nonce: str) -> list[str]:
    own = _namespaces("self")
    shared = [kind for kind in NAMESPACES if answer["namespaces"].get(kind) in {None, own[kind]}]
    problems = []
    if answer["nonce"] != nonce:
        problems.append("the canary's answer is not its own")
    if shared:
        problems.append(f"it shares namespaces with the grader ({', '.join(shared)})")
    if answer["connected"]:
        problems.append("a server on this machine's network can be reached")
    if answer["routes"]:
        problems.append("there is a route to a network")
    if answer["seen"]:
        problems.append(f"{answer['seen'][0]} can be seen")
    if answer["changeable"]:
        problems.append(f"{answer['changeable'][0]} can be changed")
    if answer["closed"]:
        problems.append(f"{answer['closed'][0]} cannot be written")
    return problems
