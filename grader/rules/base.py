"""What a rule is: a question to the evidence of one task, with its parameters, answered by a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from grader.records import CompileFacts, Evidence, ModelFacts, TaskEvidence

RECOMPUTED = "recomputed"
REPORTED = "reported"
LONGEST_WORD = 60


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
    ``tuple[str, ...]``. A field ``object`` names what the rule looks at and must be one of its task's
    names; a field ``before`` names another task. ``__post_init__`` may raise ValueError with a sentence.
    """

    kind: ClassVar[str]

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge one task; ``whole`` is for rules that compare two tasks.

        Raise UnusableError where the evidence holds nothing to judge.
        """
        ...


class UnusableError(Exception):
    """The evidence holds nothing to judge; ``str()`` is the sentence that the learner reads."""


def model_of(task: TaskEvidence, name: str) -> ModelFacts:
    """Return the facts of a model that a task exported, or raise UnusableError with the reason."""
    facts = task.models.get(name)
    if name in task.problems or facts is None:
        raise UnusableError(task.problems.get(name, f"`{name}` was not found among what this task defines."))
    return facts


def compiled(task: TaskEvidence, name: str) -> CompileFacts:
    """Return what was reported about a model's ``compile``, or raise UnusableError."""
    facts = model_of(task, name).compiled
    if facts is None:
        raise UnusableError(f"`{name}` was not compiled.")
    return facts


def first_problem(task: TaskEvidence, names: Sequence[str]) -> str | None:
    """Return the problem of the first of ``names`` that has one, else None."""
    return next((task.problems[name] for name in names if name in task.problems), None)


def short(text: str) -> str:
    """Return a word that a student's process chose, cut to a length that fits into a sentence."""
    return text if len(text) <= LONGEST_WORD else f"{text[: LONGEST_WORD - 1]}…"


def squeezed(text: str) -> str:
    """Return letters and digits alone, in lower case: ``"CategoricalCrossentropy"`` equals its snake-case name."""
    return "".join(character for character in text.lower() if character.isalnum())
