"""`grader doctor`: what this machine has, what it lacks for grading, and what to do about it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path

import psutil
from packaging.requirements import InvalidRequirement, Requirement

from data import pretrained
from grader import assign
from grader.errors import GraderError
from grader.run import canary, sandbox

PYTHONS = ((3, 11), (3, 13))
MEMORY_GOOD, MEMORY_LEAST = 4.0e9, 2.0e9
DISK_GOOD, DISK_LEAST = 3.0e9, 0.5e9


class Level(StrEnum):
    """How good a finding is; only a ``problem`` keeps the grader from working."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """One line of the report: what was looked at, what was found, and what to do when it is not ``ok``."""

    level: Level
    topic: str
    found: str
    advice: str = ""

    def __str__(self) -> str:
        line = f"{self.level.value:<8} {self.topic:<12} {self.found}"
        return f"{line}\n{'':21} -> {self.advice}" if self.advice else line


@dataclass(frozen=True)
class Setup:
    """The set-up that is looked at."""

    course: Path
    weights: Path = pretrained.FOLDER
    scratch: Path = Path(tempfile.gettempdir())


def diagnose(setup: Setup) -> tuple[Finding, ...]:
    """Return every finding; a look that itself fails is a problem, and the others go on."""
    looks: tuple[tuple[str, Callable[[], Iterable[Finding]]], ...] = (
        ("python", lambda: [python_version(sys.version_info[:2])]),
        ("packages", lambda: packages(setup.course / "requirements.txt")),
        ("memory", lambda: [memory(psutil.virtual_memory().available)]),
        ("cores", lambda: [cores(os.cpu_count() or 1)]),
        ("disk", lambda: [disk(setup.scratch, "temporary"), disk(pretrained.cache_folder(), "cache")]),
        ("sandbox", lambda: [sandbox_works()]),
        ("weights", lambda: weights(setup.weights)),
        ("cache", lambda: [cache(pretrained.cache_folder())]),
        ("exercises", lambda: exercises(setup.course)),
    )
    findings: list[Finding] = []
    for topic, look in looks:
        try:
            findings += look()
        except Exception as error:  # a doctor that falls ill helps nobody
            findings.append(Finding(Level.PROBLEM, topic, f"could not be looked at: {type(error).__name__}: {error}"))
    return tuple(findings)


def python_version(version: tuple[int, ...]) -> Finding:
    """Look at Python's version, (major, minor)."""
    found = ".".join(map(str, version))
    if PYTHONS[0] <= tuple(version[:2]) <= PYTHONS[1]:
        return Finding(Level.OK, "python", found)
    return Finding(Level.PROBLEM, "python", f"{found} is not supported", "install Python 3.11, 3.12 or 3.13.")


def packages(requirements: Path) -> list[Finding]:
    """Compare the installed packages with the pinned ones; one line when all agree."""
    if not requirements.is_file():
        return [Finding(Level.PROBLEM, "packages", f"{requirements} is missing", "get the course again, as a whole.")]
    again = "run `pip install -r requirements.txt` in the course's folder."
    findings: list[Finding] = []
    wanted = _pinned(requirements.read_text(encoding="utf-8"))
    for requirement in wanted:
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            findings.append(Finding(Level.PROBLEM, "packages", f"{requirement.name} is not installed", again))
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            found = f"{requirement.name} {version} is installed, {requirement.specifier} was tested"
            findings.append(Finding(Level.WARNING, "packages", found, again))
    return findings or [Finding(Level.OK, "packages", f"all {len(wanted)} are the tested ones")]


def memory(available: float) -> Finding:
    """Look at the free memory, in bytes."""
    return _enough("memory", available, (MEMORY_LEAST, MEMORY_GOOD), "close other programs, or grade with --jobs 1.")


def cores(count: int) -> Finding:
    """Look at the number of processor cores."""
    if count > 1:
        return Finding(Level.OK, "cores", str(count))
    return Finding(Level.WARNING, "cores", "1", "grading works but takes its time; raise --notebook-timeout.")


def disk(folder: Path, what: str) -> Finding:
    """Look at the free space where ``folder`` is or will be."""
    existing = next(place for place in (folder, *folder.absolute().parents) if place.is_dir())
    finding = _enough("disk", shutil.disk_usage(existing).free, (DISK_LEAST, DISK_GOOD), "make room there.")
    return Finding(finding.level, "disk", f"{finding.found} in {existing} ({what} files)", finding.advice)


def sandbox_works() -> Finding:
    """Build the whole sandbox and let a canary prove, from inside, that there is no network and no home folder."""
    available = sandbox.availability()
    if not available.works:
        return Finding(Level.PROBLEM, "sandbox", "strangers' notebooks cannot be graded here", available.reason)
    with tempfile.TemporaryDirectory(prefix="grader-") as folder:
        root = Path(folder).resolve()
        room = sandbox.Room(root / "work", root / "exports", root / "sockets", environment={})
        for place in room.writable:
            place.mkdir()
        try:
            canary.prove(sandbox.command(room), room)
        except sandbox.SandboxError as error:
            return Finding(Level.PROBLEM, "sandbox", "it is there, but not tight", str(error))
    return Finding(Level.OK, "sandbox", "bubblewrap; no network, no view of the home folder (proven)")


def weights(folder: Path) -> list[Finding]:
    """Compare the shipped weights with the checksums in their manifest."""
    back = f"bring it back with `git checkout -- {folder.name}` in {folder.parent}."
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return [Finding(Level.PROBLEM, "weights", f"{manifest} is missing", back)]
    findings = []
    for name, entry in json.loads(manifest.read_text(encoding="utf-8")).items():
        file = folder / entry["file"]
        if not file.is_file():
            findings.append(Finding(Level.PROBLEM, "weights", f"{name}: {file} is missing", back))
        elif hashlib.sha256(file.read_bytes()).hexdigest() != entry["sha256"]:
            findings.append(Finding(Level.PROBLEM, "weights", f"{name}: {file} is damaged", back))
        else:
            findings.append(Finding(Level.OK, "weights", f"{name} is intact"))
    return findings


def cache(folder: Path) -> Finding:
    """Look whether unpacked weights can be kept in ``folder``."""
    advice = f"set {pretrained.CACHE_VARIABLE} to a folder that you may write to."
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Finding(Level.PROBLEM, "cache", f"{folder} cannot be written to ({error.strerror})", advice)
    kept = len(list(folder.glob("*.weights.h5")))
    return Finding(Level.OK, "cache", f"{folder} ({kept} unpacked)")


def exercises(course: Path) -> list[Finding]:
    """Compare the exercises with what their solutions make of them."""
    solutions = sorted((course / "solutions").glob("*.ipynb"))
    if not solutions:
        found = f"{course / 'solutions'} holds no solutions"
        return [Finding(Level.WARNING, "exercises", found, "grading then relies on exercises/ alone.")]
    findings = [_exercise(solution, course / "exercises" / solution.name) for solution in solutions]
    wrong = [finding for finding in findings if finding is not None]
    return wrong or [Finding(Level.OK, "exercises", f"all {len(solutions)} match their solutions")]


def _exercise(solution: Path, exercise: Path) -> Finding | None:
    try:
        if not assign.differs(solution, exercise):
            return None
    except GraderError as error:
        return Finding(Level.PROBLEM, "exercises", str(error), "mend the solution.")
    what = "differs from its solution" if exercise.is_file() else "is missing"
    advice = f"run `python -m grader assign {solution.stem}`."
    return Finding(Level.WARNING, "exercises", f"exercises/{exercise.name} {what}", advice)


def _pinned(text: str) -> list[Requirement]:
    found = []
    for line in text.splitlines():
        try:
            requirement = Requirement(line.split("#")[0].strip())
        except InvalidRequirement:
            continue  # an option such as -e, or an empty line
        if requirement.marker is None or requirement.marker.evaluate():
            found.append(requirement)
    return found


def _enough(topic: str, free: float, levels: tuple[float, float], advice: str) -> Finding:
    least, good = levels
    found = f"{free / 1e9:.1f} GB free"
    if free >= good:
        return Finding(Level.OK, topic, found)
    level = Level.WARNING if free >= least else Level.PROBLEM
    return Finding(level, topic, f"{found}, {good / 1e9:.0f} GB are advisable", advice)
