"""What a rubric asks of the evidence: the names of each task, the fresh images, the pretrained backbones."""

from __future__ import annotations

import math

from grader.evidence.plan import FreshPlan, TaskPlan
from grader.rubric import Rubric
from grader.rules.images import FreshAccuracy


def plans(rubric: Rubric, seed: int | None) -> tuple[TaskPlan, ...]:
    """Return one plan for each task; fresh images are drawn from ``seed`` where a check needs them, unless None."""
    return tuple(TaskPlan(task.id, task.exports, _fresh(rubric.only(task.id), seed)) for task in rubric.tasks)


def backbones(rubric: Rubric) -> tuple[str, ...]:
    """Return the pretrained backbones with which the checks compare weights, each once."""
    named = (getattr(check.rule, "backbone", None) for check in rubric.checks)
    return tuple(dict.fromkeys(name for name in named if isinstance(name, str)))


def _fresh(task: Rubric, seed: int | None) -> FreshPlan | None:
    from data import critters  # noqa: PLC0415  - drawing is not needed where no images are

    wanted = [check.rule.images for check in task.checks if isinstance(check.rule, FreshAccuracy)]
    if seed is None or not wanted:
        return None
    return FreshPlan(seed, math.ceil(max(wanted) / len(critters.KINDS)))
