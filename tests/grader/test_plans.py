from __future__ import annotations

from grader.evidence.plan import FreshPlan, TaskPlan
from grader.plans import backbones, plans
from grader.rubric import load

from .made import EXERCISE


def test_only_the_task_that_needs_fresh_images_gets_them() -> None:
    assert plans(load(EXERCISE), 7) == (
        TaskPlan("prepare", ("prepare",)),
        TaskPlan("base", ("base",)),
        TaskPlan("model", ("prepare", "model")),
        TaskPlan("train", ("prepare", "model"), FreshPlan(7, 30)),
    )


def test_without_a_seed_nobody_gets_them() -> None:
    assert {plan.fresh for plan in plans(load(EXERCISE), None)} == {None}


def test_seed_zero_is_a_seed() -> None:
    assert plans(load(EXERCISE), 0)[3].fresh == FreshPlan(0, 30)


def test_each_backbone_is_named_once() -> None:
    assert backbones(load(EXERCISE)) == ("VGG16",)
