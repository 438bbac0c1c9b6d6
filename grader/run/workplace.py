"""The files of one run: what goes in, what comes out, and how a folder that a stranger filled is removed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError

_SOCKET_FOLDER = 60


class KernelStartError(GraderError):
    """The kernel did not start, through no fault of the submission; none of it has run."""


@dataclass(frozen=True)
class Workplace:
    """The files of one run, below one folder; only ``work`` and ``exports`` are shown to the kernel."""

    root: Path

    @property
    def work(self) -> Path:
        """The kernel's home and working folder, removed after the run."""
        return self.root / "work"

    @property
    def exports(self) -> Path:
        """What the tasks export."""
        return self.root / "exports"

    @property
    def restored(self) -> Path:
        """The notebook as it goes in."""
        return self.root / "restored.ipynb"

    @property
    def executed(self) -> Path:
        """The notebook as it came out, with what ran of it."""
        return self.root / "executed.ipynb"


def prepare(root: Path) -> Workplace:
    """Make the folders of a run, empty; raises KernelStartError when an earlier run's cannot be removed."""
    place = Workplace(root)
    for folder in (place.work, place.exports):
        if not remove(folder):
            raise KernelStartError(f"{folder.name}: this folder of an earlier run cannot be removed: delete {folder}.")
        folder.mkdir(parents=True)
    place.executed.unlink(missing_ok=True)
    return place


def offer_official(place: Workplace, files: Iterable[Path]) -> None:
    """Let Keras find its official weights in the kernel's home: by links, since it asks to write beside them."""
    models = place.work / ".keras" / "models"
    models.mkdir(parents=True, exist_ok=True)
    for file in files:
        (models / file.name).symlink_to(file.resolve())


def remove(folder: Path) -> bool:
    """Remove a folder that a student's process filled, and tell whether it is gone.

    It may have taken its own permissions away, and be nested deeper than Python's own functions follow.
    """
    if os.name != "posix":
        shutil.rmtree(folder, ignore_errors=True)
    elif os.path.lexists(folder):
        for words in (("chmod", "-R", "u+rwx"), ("rm", "-rf")):
            subprocess.run([*words, "--", str(folder)], capture_output=True, check=False, env={"PATH": os.defpath})
    return not os.path.lexists(folder)


@contextlib.contextmanager
def private_folder(base: Path | None = None) -> Iterator[Path]:
    """Yield a new folder below ``base``, and remove it afterwards, whatever a student's process made of it.

    Python's own TemporaryDirectory raises for deep nesting, and may change what a link leads to.
    """
    folder = Path(tempfile.mkdtemp(prefix="grader-", dir=base))
    try:
        yield folder
    finally:
        remove(folder)


@contextlib.contextmanager
def socket_folder() -> Iterator[Path]:
    """Yield a private folder with a short path: a socket's path has at most 107 bytes."""
    base = Path(tempfile.gettempdir()).resolve()
    short = base if len(str(base)) < _SOCKET_FOLDER or os.name != "posix" else Path("/tmp")  # noqa: S108
    with private_folder(short) as folder:
        yield folder
