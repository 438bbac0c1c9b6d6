from __future__ import annotations

from dataclasses import replace

from grader.evidence.plan import TaskPlan
from grader.measures import ImageSet, Predictions
from grader.plans import backbones, plans
from grader.rubric import load

from .made import ACCURACY, AUGMENTED, EXERCISE, LABELLED, SEEN

FRESH = ImageSet("fresh", "critters", "fresh", 30, seed=7)
TEST = ImageSet("test", "critters", "test", 10)


def test_only_the_tasks_that_need_images_get_them() -> None:
    assert plans(load(EXERCISE), 7) == (
        TaskPlan("arrays", ("train_images", "train_labels", "refused"), (LABELLED,)),
        TaskPlan("prepare", ("prepare",)),
        TaskPlan("base", ("base",)),
        TaskPlan("model", ("prepare", "model"), (AUGMENTED, SEEN)),
        TaskPlan("train", ("prepare", "model"), (ACCURACY,), {"fresh": FRESH}),
        TaskPlan("report", ("prepare", "model", "report"), (Predictions("model", "test"),), {"test": TEST}),
    )


def test_without_a_seed_nobody_gets_them() -> None:
    found = plans(load(EXERCISE), None)
    assert [plan.measures for plan in found] == [(LABELLED,), (), (), (AUGMENTED, SEEN), (), ()]
    assert {len(plan.images) for plan in found} == {0}


def test_seed_zero_is_a_seed() -> None:
    assert plans(load(EXERCISE), 0)[4].images["fresh"] == replace(FRESH, seed=0)


def test_each_backbone_is_named_once() -> None:
    assert backbones(load(EXERCISE)) == ("VGG16",)
