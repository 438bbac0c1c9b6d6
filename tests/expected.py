"""What the answers of each exercise lead to: ``tests/answers/<exercise>/expected.toml``, and how results differ."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader import rubric
from grader.measures import images_of
from grader.records import CheckResult, Outcome
from grader.rules.base import wanted
from tests.variants import ANSWERS, SOLUTION, variants

FILE = "expected.toml"
KEYS = frozenset({"points", "quick", "fast", "wrong", "images", "few", "eager", "traced", "class"})
STUDENT_KEYS = frozenset({"student", "answers", "score", "status", "says"})


@dataclass(frozen=True)
class Lost:
    """A check that a wrong answer fails: a part of what it says that it found, and the points that are left."""

    says: str
    earned: float = 0.0


@dataclass(frozen=True)
class Student:
    """Somebody in the sample class: what is handed in, and what comes out, with sentences word for word."""

    name: str
    answers: str
    score: float
    status: str = "ok"
    says: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """How an answer is run: its parameters, on how many images of each set (None: on none), and whether eagerly."""

    parameters: Mapping[str, int]
    images: Mapping[str, int] | None
    eager: bool


@dataclass(frozen=True)
class Expected:
    """What the answers of one exercise lead to.

    ``wrong`` maps a variant to the checks that it fails. ``quick`` are the parameters with which right answers still
    pass, ``fast`` those with which wrong ones still fail. ``images`` are numbers of images, by their id in the
    rubric, in place of the rubric's; ``few`` are parameters that have to agree with these, in place of the quick ones.
    ``eager`` runs fits without tracing, save for the variants in ``traced``.
    """

    exercise: str
    points: float
    quick: Mapping[str, int]
    fast: Mapping[str, int]
    wrong: Mapping[str, Mapping[str, Lost]]
    images: Mapping[str, int]
    few: Mapping[str, int]
    eager: bool
    traced: frozenset[str]
    students: tuple[Student, ...]

    @property
    def right(self) -> tuple[str, ...]:
        """The variants that earn full marks, the solution first."""
        return (SOLUTION, *variants(self.exercise, "right"))

    @property
    def handed_in(self) -> frozenset[str]:
        """The variants that the sample class hands in, which are judged with it, behind the sandbox."""
        return frozenset(student.answers for student in self.students)

    def setting(self, variant: str) -> Setting:
        """Return how a variant is run: without images where it is wrong in other ways than on images."""
        lost = self.wrong.get(variant)
        on_images = lost is None or not _on_images(self.exercise).isdisjoint(lost)
        eager = self.eager and variant not in self.traced
        if not on_images:
            return Setting(self.fast, None, eager)
        return Setting({**self.quick, **self.few}, self.images, eager)


def expected(exercise: str, answers: Path = ANSWERS) -> Expected:
    """Return what is expected of the answers of an exercise; raise ValueError for a file that cannot be meant so."""
    path = answers / exercise / FILE
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    students = table.get("class", [])
    unknown = sorted({*table} - KEYS) + sorted({key for student in students for key in student} - STUDENT_KEYS)
    if unknown:
        raise ValueError(f"{path}: nothing is known by the name {unknown[0]}.")
    checks = {check.id for check in rubric.load(exercise).checks}
    wrong = {
        variant: {check: _lost(value) for check, value in lost.items()} for variant, lost in table["wrong"].items()
    }
    for variant, lost in wrong.items():
        if not (answers / exercise / variant).is_dir() or not lost or not checks.issuperset(lost):
            raise ValueError(f"{path}: {variant} is no folder beside it, or fails no check of the rubric.")
    return Expected(
        exercise=exercise,
        points=table["points"],
        quick=table["quick"],
        fast=table["fast"],
        wrong=wrong,
        images=table.get("images", {}),
        few=table.get("few", {}),
        eager=table.get("eager", False),
        traced=frozenset(table.get("traced", ())),
        students=tuple(_student(student) for student in students),
    )


def with_answers() -> tuple[str, ...]:
    """Return the exercises that have answers."""
    return tuple(name for name in rubric.names() if (ANSWERS / name / FILE).is_file())


def faults(
    known: Expected, variant: str, results: Mapping[str, CheckResult], *, measured: bool = False
) -> tuple[str, ...]:
    """Return in which ways the results of a variant's checks, by their ids, are not what is expected; none is right.

    Where a variant is set to do without images, nothing may have been measured on these, unless ``measured`` tells
    that it was: then such checks pass or fail, as the score will show.
    """
    found = []
    points = sum(result.points for result in results.values())
    if points != known.points:
        found.append(f"the checks have {points:g} points together, and not {known.points:g}")
    lost = known.wrong.get(variant, {})
    skipped = _on_images(known.exercise) if known.setting(variant).images is None else frozenset()
    for check, result in results.items():
        if check in lost:
            found += _not_lost_so(result, lost[check])
        elif check in skipped:
            if (result.outcome is Outcome.UNMEASURED) is measured:
                found.append(f"{check} is {result.outcome} {'on' if measured else 'without'} images")
        elif result.outcome not in (Outcome.PASSED, Outcome.WAITING):
            found.append(f"{check} is {result.outcome}: {result.found}")
    return (*found, *(f"{check} was never judged" for check in sorted(lost.keys() - results.keys())))


def _not_lost_so(result: CheckResult, lost: Lost) -> list[str]:
    """Return what is missing in a failure that is meant: the points, the sentence, and what a learner can go by."""
    if result.outcome is not Outcome.FAILED:
        return [f"{result.check} is {result.outcome}, and not failed: {result.found}"]
    found = []
    if result.earned != lost.earned:
        found.append(f"{result.check} earns {result.earned:g}, and not {lost.earned:g}")
    if lost.says not in result.found:
        found.append(f"{result.check} says “{result.found}”, and not “{lost.says}”")
    if not (result.expected and result.why and result.see.startswith("notebooks/")):
        found.append(f"{result.check} does not tell what was expected, why, and where to look")
    return found


def _on_images(exercise: str) -> frozenset[str]:
    """Return the checks that rest on images, which are only drawn when somebody asks."""
    return frozenset(check.id for check in rubric.load(exercise).checks if any(map(images_of, wanted(check.rule))))


def _lost(value: str | dict[str, Any]) -> Lost:
    return Lost(value) if isinstance(value, str) else Lost(**value)


def _student(table: dict[str, Any]) -> Student:
    values = {("name" if key == "student" else key): value for key, value in table.items()}
    return Student(**{**values, "says": tuple(table.get("says", ()))})
