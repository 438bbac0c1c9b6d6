"""What a rubric asks of the evidence: the names of each task, what is measured on them, the pretrained backbones."""

from __future__ import annotations

from dataclasses import replace

from grader.backbones import names
from grader.evidence.plan import TaskPlan
from grader.measures import ImageSet, Measure, backbone_of, images_of, task_of, within_task
from grader.rubric import Rubric
from grader.rules.base import wanted

DRAWN_FROM_SEED = ("fresh", "production")


def plans(rubric: Rubric, seed: int | None) -> tuple[TaskPlan, ...]:
    """Return one plan for each task; fresh images are drawn from ``seed``.

    Where that is None, nothing is measured on images: a learner did not ask for what takes longer.
    """
    images = {each.id: _seeded(each, seed) for each in rubric.images}
    found: dict[str, dict[Measure, None]] = {task.id: {} for task in rubric.tasks}
    for check in rubric.checks:
        for measure in wanted(check.rule):
            if seed is not None or images_of(measure) is None:
                found[task_of(measure.model) or check.task][within_task(measure)] = None
    return tuple(_plan(task.id, task.exports, tuple(found[task.id]), images) for task in rubric.tasks)


def backbones(rubric: Rubric) -> tuple[str, ...]:
    """Return the pretrained backbones with which the checks compare weights or on whose features they rest."""
    named: dict[str, None] = {}
    for check in rubric.checks:
        rule = check.rule
        own = [getattr(rule, "backbone", None), *(backbone_of(measure) for measure in wanted(rule))]
        named.update(dict.fromkeys(name for name in own if isinstance(name, str) and name in names()))
    named.update(dict.fromkeys(each.features for each in rubric.images if each.features))
    return tuple(named)


def _plan(task: str, exports: tuple[str, ...], measures: tuple[Measure, ...], images: dict[str, ImageSet]) -> TaskPlan:
    needed = [name for measure in measures if (name := images_of(measure)) is not None]
    return TaskPlan(task, exports, measures, {name: images[name] for name in dict.fromkeys(needed)})


def _seeded(images: ImageSet, seed: int | None) -> ImageSet:
    return replace(images, seed=seed) if images.part in DRAWN_FROM_SEED else images
