"""Rubrics: how an exercise is graded, read from a TOML file that anyone can change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.backbones import names as backbone_names
from grader.errors import GraderError
from grader.measures import ImageSet, images_of, task_of, within_task
from grader.rubric_file import Table, read_table
from grader.rubric_images import IMAGE_KEYS, image_set
from grader.rubric_parameters import build
from grader.rules import RULES, Rule
from grader.rules.base import RECOMPUTED, REPORTED, wanted

FOLDER = Path(__file__).parent / "rubrics"
PERSON = "person"
KINDS = (RECOMPUTED, REPORTED, PERSON)
LEAST_RECOMPUTED = 0.70
"""The share of an exercise's points that no forged report can reach."""


class UnknownExerciseError(GraderError):
    """There is no rubric for an exercise; the message lists those that exist."""


@dataclass(frozen=True)
class Task:
    """One task: the names that it must define, and the notebook section that teaches it."""

    id: str
    title: str
    exports: tuple[str, ...]
    see: str


@dataclass(frozen=True)
class Check:
    """One question to a task's evidence; ``rule`` is None where a person has to judge."""

    id: str
    task: str
    title: str
    points: float
    kind: str
    rule: Rule | None
    why: str
    see: str


@dataclass(frozen=True)
class Rubric:
    """A whole exercise; ``digest`` is the SHA-256 of the file's bytes, in hexadecimal."""

    exercise: str
    title: str
    tasks: tuple[Task, ...]
    checks: tuple[Check, ...]
    digest: str
    images: tuple[ImageSet, ...] = ()

    @property
    def points(self) -> float:
        """The points of all checks, those for a person included."""
        return sum(check.points for check in self.checks)

    def task(self, name: str) -> Task | None:
        """Return the task with this id, or None."""
        return next((task for task in self.tasks if task.id == name), None)

    def only(self, name: str) -> Rubric:
        """Return this rubric with the checks of one task alone; the digest stays that of the whole file."""
        tasks = tuple(task for task in self.tasks if task.id == name)
        checks = tuple(check for check in self.checks if check.task == name)
        return Rubric(self.exercise, self.title, tasks, checks, self.digest, self.images)


def is_proven(check: Check) -> bool:
    """Tell whether nothing that the student's process says about itself can earn a check's points."""
    return check.kind == RECOMPUTED and not getattr(check.rule, "trusts_prepare", False)


def names() -> tuple[str, ...]:
    """Return the exercises that have a rubric, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load(exercise: str) -> Rubric:
    """Return the rubric of an exercise of the course; raise UnknownExerciseError or RubricError."""
    # A name is looked up, never joined to a path as it came.
    if exercise not in names():
        raise UnknownExerciseError(f'There is no exercise "{exercise}"; there is {", ".join(names())}.')
    return read(FOLDER / f"{exercise}.toml")


def read(path: Path, rules: Mapping[str, Callable[..., Rule]] = RULES) -> Rubric:
    """Return the rubric in a file, checked; raise RubricError with a sentence that names file and key."""
    table = read_table(path, ("exercise", "title", "images", "task", "check"))
    exercise = table.text("exercise")
    if exercise != path.stem:
        raise table.error(f'exercise is "{exercise}", but the file is called {path.name}; give both the same name.')
    tasks = tuple(_task(entry) for entry in table.tables("task", "id", ("id", "title", "exports", "see")))
    by_id = {task.id: task for task in tasks}
    images = (
        tuple(image_set(entry) for entry in table.tables("images", "id", IMAGE_KEYS)) if table.has("images") else ()
    )
    keys = ("id", "task", "title", "points", "kind", "rule", "parameters", "why", "see")
    entries = table.tables("check", "id", keys)
    checks = tuple(_check(entry, by_id, rules) for entry in entries)
    for entry, check in zip(entries, checks, strict=True):
        _require_measurable(entry, check, by_id, {each.id for each in images})
    idle = [task.id for task in tasks if all(check.task != task.id for check in checks)]
    if idle:
        raise table.error(f'task "{idle[0]}" has no check; add one, or remove the task.')
    _require_recomputed(table, checks)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Rubric(exercise, table.text("title"), tasks, checks, digest, images)


def _task(entry: Table) -> Task:
    return Task(entry.text("id"), entry.text("title"), entry.texts("exports"), entry.text("see"))


def _check(entry: Table, tasks: Mapping[str, Task], rules: Mapping[str, Callable[..., Rule]]) -> Check:
    task = tasks.get(entry.text("task"))
    if task is None:
        raise entry.error(f'task "{entry.text("task")}" does not exist; there is {", ".join(tasks)}.')
    kind = entry.text("kind")
    if kind not in KINDS:
        raise entry.error(f'kind is "{kind}"; write one of {", ".join(KINDS)}.')
    rule = None if kind == PERSON else _rule(entry, rules)
    if rule is None and entry.has("rule"):
        raise entry.error("a check for a person has no rule; remove the key rule, or choose another kind.")
    if rule is not None:
        _require_fit(entry, kind, rule, task, tasks)
    see = entry.text("see") if entry.has("see") else task.see
    points = entry.number("points")
    if points < 0:
        raise entry.error(f"points is {points:g}; give a number that is not negative.")
    return Check(entry.text("id"), task.id, entry.text("title"), points, kind, rule, entry.text("why"), see)


def _rule(entry: Table, rules: Mapping[str, Callable[..., Rule]]) -> Rule:
    name = entry.text("rule")
    if name not in rules:
        raise entry.error(f'rule "{name}" does not exist; there is {", ".join(rules)}.')
    return build(rules[name], entry.mapping("parameters"), lambda text: entry.error(f'rule "{name}": {text}'))


def _require_fit(entry: Table, kind: str, rule: Rule, task: Task, tasks: Mapping[str, Task]) -> None:
    if rule.kind != kind:
        raise entry.error(f'kind is "{kind}", but its rule rests on {rule.kind} facts; write kind = "{rule.kind}".')
    looked_at = getattr(rule, "object", None)
    if looked_at is not None and looked_at not in task.exports:
        raise entry.error(f'object is "{looked_at}", but task "{task.id}" exports {", ".join(task.exports)}.')
    named = getattr(rule, "backbone", None)
    if named is not None and named not in backbone_names():
        raise entry.error(f'backbone is "{named}"; there is {", ".join(backbone_names())}.')
    before = getattr(rule, "before", None)
    if before is not None and before not in tasks:
        raise entry.error(f'before is "{before}", but there is no such task; there is {", ".join(tasks)}.')


def _require_measurable(entry: Table, check: Check, tasks: Mapping[str, Task], images: Collection[str]) -> None:
    for measure in wanted(check.rule):
        task = tasks.get(task_of(measure.model) or check.task)
        if task is None:
            raise entry.error(f'"{measure.model}" is of no task that exists; there is {", ".join(tasks)}.')
        own = within_task(measure)
        if own.model not in task.exports:
            raise entry.error(f'it looks at "{own.model}", but task "{task.id}" exports {", ".join(task.exports)}.')
        chosen = images_of(own)
        if chosen is not None and chosen not in images:
            raise entry.error(f'it needs the images "{chosen}", which are not described; add [[images]] with that id.')


def _require_recomputed(table: Table, checks: tuple[Check, ...]) -> None:
    whole = sum(check.points for check in checks)
    recomputed = sum(check.points for check in checks if is_proven(check))
    if recomputed < LEAST_RECOMPUTED * whole - 1e-9 or whole == 0:
        raise table.error(
            f"recomputed checks carry {recomputed:g} of {whole:g} points, those not counted that rest on what the "
            f"notebook's own `prepare` returned; they must carry at least {LEAST_RECOMPUTED:.0%}, so that no forged "
            "report can earn more than the rest."
        )
