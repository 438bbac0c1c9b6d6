"""The walls around a stranger's code: one bubblewrap command line, and whether this machine can build it."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import GraderError

PACKAGES = ("grader", "data")
"""The project's own packages, the only part of its folder that is seen from inside."""

INSIDE_ID = "1000"

_NAMESPACES = "--unshare-user --unshare-pid --unshare-net --unshare-ipc --unshare-uts --unshare-cgroup-try"
_ETC = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "localtime", "fonts", "mime.types")
# To the outer root, an inner user stays the owner of these: a plain new procfs would let it set the host's kernel.
_KERNEL_SETTINGS = ("sysrq-trigger", "irq", "bus", "fs", "scsi", "acpi", "pressure")
_MEGABYTE = 10**6
_SMALL_MB = 500.0


class SandboxError(GraderError):
    """The sandbox is missing, incomplete or not proven; nothing of the submission has run."""


def package_folders() -> tuple[Path, ...]:
    """Return the folders of ``grader`` and ``data``, wherever they are installed."""
    folders = []
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        places = list(spec.submodule_search_locations or ()) if spec else []
        folders += [Path(place).resolve() for place in places if Path(place).is_dir()]
    return tuple(folders)


@dataclass(frozen=True)
class Room:
    """What one submission sees and may write.

    ``work`` (its home and working folder), ``exports`` and ``sockets`` are writable; ``readonly`` is not. Every
    path is bound at its own place. ``disk_mb`` (megabytes of 10**6 bytes) bounds /tmp and /dev/shm, in memory.
    """

    work: Path
    exports: Path
    sockets: Path
    environment: Mapping[str, str]
    readonly: tuple[Path, ...] = ()
    disk_mb: float = _SMALL_MB
    packages: tuple[Path, ...] = field(default_factory=package_folders)

    @property
    def writable(self) -> tuple[Path, ...]:
        """The folders that exist on the disk and can be changed from inside."""
        return (self.work, self.exports, self.sockets)

    @property
    def visible(self) -> tuple[Path, ...]:
        """Every path, beyond the system's own folders, that can be seen from inside; parents come first."""
        interpreter = {Path(sys.prefix), Path(sys.base_prefix)}
        seen = interpreter | {path.resolve() for path in interpreter} | {*self.packages, *self.readonly}
        return tuple(sorted(seen, key=lambda path: (len(path.parts), path)))


@dataclass(frozen=True)
class Availability:
    """Whether the sandbox works on this machine; ``reason`` is empty, or one sentence with the way out."""

    works: bool
    reason: str = ""


def command(room: Room) -> tuple[str, ...]:
    """Return the bubblewrap command line, up to and with ``--``; the program to confine follows.

    Raises SandboxError when bubblewrap is not installed.
    """
    bubblewrap = shutil.which("bwrap")
    if bubblewrap is None:
        raise SandboxError(_missing())
    words = [bubblewrap, *_NAMESPACES.split(), "--disable-userns", "--die-with-parent", "--new-session"]
    words += ["--uid", INSIDE_ID, "--gid", INSIDE_ID, "--hostname", "grader", "--clearenv"]
    for name, value in sorted(room.environment.items()):
        words += ["--setenv", name, value]
    words += [*_system(), *_kernel(), *_memory_folders(room.disk_mb)]
    words += _bindings("--ro-bind", room.visible)
    words += _bindings("--bind", room.writable)
    # The folders that bubblewrap makes itself lie in memory without a limit.
    words += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", str(room.work), "--"]
    return tuple(words)


def availability() -> Availability:
    """Try the whole sandbox on a program that does nothing; takes about 0.1 s."""
    if shutil.which("bwrap") is None:
        return Availability(False, _missing())
    with tempfile.TemporaryDirectory(prefix="grader-") as folder:
        place = Path(folder).resolve()
        words = (*command(Room(place, place, place, {})), "true")
        try:
            done = subprocess.run(words, capture_output=True, text=True, timeout=30, check=False, errors="replace")
        except (OSError, subprocess.TimeoutExpired) as error:
            return Availability(False, f"bubblewrap could not be run ({error}): reinstall it.")
    return Availability(True) if done.returncode == 0 else Availability(False, diagnosis(done.stderr))


def diagnosis(message: str) -> str:
    """Return one sentence with the way out for what bubblewrap wrote when it failed."""
    said = " ".join(message.split())[-300:] or "it gave no reason"
    if "Unknown option" in said:
        return f"bubblewrap is too old ({said}): install version 0.8 or newer."
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1" and "ermi" in said:
        return (
            f"Ubuntu's restriction on user namespaces stops bubblewrap ({said}): run `sudo sysctl -w "
            "kernel.apparmor_restrict_unprivileged_userns=0`, or give bwrap an AppArmor profile with `userns,`."
        )
    if _setting("kernel/unprivileged_userns_clone") == "0":
        return f"User namespaces are switched off ({said}): run `sudo sysctl -w kernel.unprivileged_userns_clone=1`."
    if _setting("user/max_user_namespaces") == "0":
        return f"User namespaces are switched off ({said}): run `sudo sysctl -w user.max_user_namespaces=10000`."
    return (
        f"bubblewrap does not work here ({said}): inside a container, start that with `--privileged`; elsewhere, "
        "allow user namespaces."
    )


def _missing() -> str:
    if platform.system() != "Linux":
        return "The sandbox needs Linux: grade strangers' notebooks there, or in a virtual machine with Linux."
    return (
        "bubblewrap is not installed: run `sudo apt install bubblewrap` (Debian, Ubuntu) or "
        "`sudo dnf install bubblewrap` (Fedora)."
    )


def _setting(name: str) -> str:
    try:
        return Path("/proc/sys", name).read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _system() -> list[str]:
    words = ["--ro-bind", "/usr", "/usr"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
        folder = Path("/", name)
        if folder.is_symlink():
            words += ["--symlink", str(folder.readlink()), str(folder)]
        elif folder.is_dir():
            words += ["--ro-bind", str(folder), str(folder)]
    return words + _bindings("--ro-bind-try", (Path("/etc", name) for name in _ETC))


def _kernel() -> list[str]:
    covered = _bindings("--ro-bind-try", (Path("/proc", name) for name in _KERNEL_SETTINGS))
    return ["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys", *covered, "--dev", "/dev"]


def _memory_folders(disk_mb: float) -> list[str]:
    size = str(int(min(disk_mb, _SMALL_MB) * _MEGABYTE))
    return [word for place in ("/dev/shm", "/tmp") for word in ("--size", size, "--tmpfs", place)]  # noqa: S108


def _bindings(option: str, paths: Iterable[Path]) -> list[str]:
    return [word for path in paths for word in (option, str(path), str(path))]
