"""Rules about ``compile``: they rest on what the student's process reported, and on nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from grader.records import Evidence, TaskEvidence
from grader.rules.base import REPORTED, Verdict, compiled, short, squeezed


@dataclass(frozen=True)
class Loss:
    """The loss is one of those accepted; case and underscores do not matter."""

    object: str
    accepted: tuple[str, ...]

    kind: ClassVar[str] = REPORTED

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the reported loss."""
        return _one_of("loss", compiled(task, self.object).loss, self.accepted)


@dataclass(frozen=True)
class Optimizer:
    """The optimizer is one of those accepted; case and underscores do not matter."""

    object: str
    accepted: tuple[str, ...]

    kind: ClassVar[str] = REPORTED

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the reported optimizer."""
        return _one_of("optimizer", compiled(task, self.object).optimizer, self.accepted)


@dataclass(frozen=True)
class LearningRate:
    """The learning rate lies between two bounds, both allowed."""

    object: str
    lowest: float
    highest: float

    kind: ClassVar[str] = REPORTED

    def __post_init__(self) -> None:
        """Refuse bounds between which nothing lies."""
        if not 0 < self.lowest <= self.highest:
            raise ValueError(f"lowest is {self.lowest:g} and highest {self.highest:g}; give 0 < lowest <= highest.")

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge the reported rate; the report's float32 may lie a hair outside a bound."""
        rate = compiled(task, self.object).learning_rate
        expected = f"a learning rate from {self.lowest:g} to {self.highest:g}"
        if rate is None:
            return Verdict(0, "no learning rate was reported", expected)
        inside = self.lowest * (1 - 1e-6) <= rate <= self.highest * (1 + 1e-6)
        return Verdict(1 if inside else 0, f"learning rate {rate:g}", expected)


def _one_of(what: str, reported: str | None, accepted: tuple[str, ...]) -> Verdict:
    expected = f"one of {', '.join(accepted)}"
    if reported is None:
        return Verdict(0, f"no {what} was reported", expected)
    right = squeezed(reported) in {squeezed(name) for name in accepted}
    return Verdict(1 if right else 0, f"{what} {short(reported)}", expected)
