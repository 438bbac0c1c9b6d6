"""What a rule is: a question to the evidence of one task, with its parameters, answered by a verdict."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeVar, runtime_checkable

from grader.measures import Measure, images_of, task_of, within_task
from grader.records import CompileFacts, Evidence, Fact, Json, ModelFacts, TaskEvidence

RECOMPUTED = "recomputed"
REPORTED = "reported"
LONGEST_WORD = 60

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Verdict:
    """A rule's answer: ``share`` of the points, 0 to 1, and what was found and expected, a phrase each.

    ``measured`` is False where the evidence was not asked for; the share is then 0.
    """

    share: float
    found: str
    expected: str
    measured: bool = True


class Rule(Protocol):
    """What a check asks: a frozen dataclass whose fields are the parameters that a rubric sets.

    Fields may be ``str``, ``int``, ``float`` or a tuple of one of these without an end, such as
    ``tuple[str, ...]``; one with a default may be left out. A field ``object`` names what the rule looks at and must
    be one of its task's names; a field ``before`` names another task; ``backbone`` one of the known backbones.
    ``__post_init__`` may raise ValueError with a sentence. A rule that rests on what the student's process said
    ``prepare`` makes of images sets ``trusts_prepare``.
    """

    kind: ClassVar[str]

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge one task; ``whole`` is for rules that compare two tasks.

        Raise UnusableError where the evidence holds nothing to judge.
        """
        ...


@runtime_checkable
class Measuring(Protocol):
    """A rule that rests on measures, which are only carried out where a rule wants them."""

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured; a model may be that of another task, ``slow.model``."""
        ...


class UnusableError(Exception):
    """The evidence holds nothing to judge; ``str()`` is the sentence that the learner reads."""

    expected = ""


class UnmeasuredError(UnusableError):
    """What the rule rests on was not asked for, or belongs to a task that was not reached."""


def wanted(rule: object) -> tuple[Measure, ...]:
    """Return what a rule wants measured; nothing for None and for rules that do without."""
    return rule.wants() if isinstance(rule, Measuring) else ()


@contextlib.contextmanager
def expecting(expected: str) -> Iterator[None]:
    """Let an UnusableError from inside say what the rule expected."""
    try:
        yield
    except UnusableError as error:
        error.expected = expected
        raise


def model_of(task: TaskEvidence, name: str) -> ModelFacts:
    """Return the facts of a model that a task exported, or raise UnusableError with the reason."""
    facts = task.models.get(name)
    if name in task.problems or facts is None:
        wrong = f"`{name}` is no Keras model." if name in task.values else None
        missing = f"`{name}` was not found among what this task defines."
        raise UnusableError(task.problems.get(name, wrong or missing))
    return facts


def model_at(task: TaskEvidence, whole: Evidence, name: str) -> ModelFacts:
    """Return the facts of a model of this task, or of another, such as ``slow.model``."""
    return model_of(_owner(task, whole, name), name.rpartition(".")[2])


def fact_of(task: TaskEvidence, whole: Evidence, measure: Measure, kind: type[F]) -> F:
    """Return what was measured; raise UnusableError with the reason, or UnmeasuredError where nobody asked."""
    owner, own = _owner(task, whole, measure.model), within_task(measure)
    model_of(owner, own.model)
    if own in owner.failures:
        raise UnusableError(owner.failures[own])
    found = owner.measured.get(own)
    if not isinstance(found, kind):
        what = "accuracy on fresh images" if images_of(own) else "what this check rests on"
        where = "" if owner is task else f" in task {owner.task}: run its check with `fresh=True` first"
        raise UnmeasuredError(f"{what} was not measured{where}")
    return found


def value_of(task: TaskEvidence, name: str) -> Json:
    """Return a plain value that a task exported, or raise UnusableError with the reason."""
    if name in task.problems or name not in task.values:
        wrong = f"`{name}` is no number, text, list or table." if name in task.models else None
        raise UnusableError(task.problems.get(name, wrong or f"`{name}` is no number, text, list or table."))
    return task.values[name]


def compiled(task: TaskEvidence, name: str) -> CompileFacts:
    """Return what was reported about a model's ``compile``, or raise UnusableError."""
    facts = model_of(task, name).compiled
    if facts is None:
        raise UnusableError(f"`{name}` was not compiled.")
    return facts


def short(text: str) -> str:
    """Return a word that a student's process chose, cut to a length that fits into a sentence."""
    return text if len(text) <= LONGEST_WORD else f"{text[: LONGEST_WORD - 1]}…"


def squeezed(text: str) -> str:
    """Return letters and digits alone, in lower case: ``"CategoricalCrossentropy"`` equals its snake-case name."""
    return "".join(character for character in text.lower() if character.isalnum())


def listed(names: Sequence[str], most: int = 3) -> str:
    """Return some names for a sentence: at most three of them, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(short(name) for name in names[:most])}{more}"


def _owner(task: TaskEvidence, whole: Evidence, name: str) -> TaskEvidence:
    other = task_of(name)
    if not other or other == task.task:
        return task
    if other not in whole.tasks:
        raise UnmeasuredError(f"Task {other} was not reached, and this check compares with it; run its check first.")
    return whole.tasks[other]
