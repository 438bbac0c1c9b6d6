"""Images keep their labels, and random layers work before the base, in training and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.measures import Augmented, AugmentedFacts, Labelled, LabelledFacts
from grader.records import Evidence, ModelFacts, TaskEvidence
from grader.rules import UnmeasuredError, UnusableError, Verdict
from grader.rules.inputs import Augmentation, LabelledImages

from ..made import FLATTEN, HEAD, arrays, layer, model

NONE = Evidence({})
RIGHT = LabelledFacts(images=20, known=20, right=20, different=20, kinds=10)
IMAGES = LabelledImages("train_images", "train_labels", "critters", "train", kinds=10, count=60)
WORKING = AugmentedFacts(changes=True, varies=True, rests=True)
FLIP = layer("RandomFlip")


def pairs(**facts: int) -> Verdict:
    return IMAGES.judge(arrays(replace(RIGHT, **facts)), NONE)


def test_each_image_with_its_own_label_is_right() -> None:
    assert (pairs().share, pairs().found) == (1, "20 images, each with its own label")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"known": 3, "right": 3, "different": 3}, "3 of 20 images are as they were in the file"),
        ({"images": 0, "known": 0, "right": 0, "different": 0, "kinds": 0}, "0 of 0 images are as they were"),
        ({"different": 15}, "5 of 20 images are there more than once"),
        ({"right": 2}, "18 of 20 images have the label of another kind"),
        ({"kinds": 9}, "9 of 10 kinds are there"),
    ],
)
def test_what_is_wrong_with_the_pairs_is_said(facts: dict[str, int], said: str) -> None:
    verdict = pairs(**facts)
    assert verdict.share == 0
    assert said in verdict.found


def test_a_name_that_is_missing_and_arrays_that_do_not_fit_are_told_as_they_are() -> None:
    [wanted] = IMAGES.wants()
    assert wanted == Labelled("train_images", "train_labels", "critters", "train", 60)
    with pytest.raises(UnusableError, match="`train_labels` is not defined"):
        IMAGES.judge(replace(arrays(), problems={"train_labels": "`train_labels` is not defined."}), NONE)
    with pytest.raises(UnusableError, match="as many"):
        IMAGES.judge(TaskEvidence("arrays", failures={wanted: "they must be as many"}), NONE)
    with pytest.raises(UnmeasuredError):
        IMAGES.judge(TaskEvidence("arrays"), NONE)


def augmentation(facts: ModelFacts, seen: AugmentedFacts = WORKING) -> Verdict:
    task = TaskEvidence("model", models={"model": facts}, measured={Augmented("model"): seen})
    return Augmentation("model", "VGG16").judge(task, NONE)


def test_random_layers_before_the_base_are_right() -> None:
    verdict = augmentation(model(front=(FLIP, layer("RandomZoom"))))
    assert verdict.share == 1
    assert verdict.found.startswith("RandomFlip, RandomZoom: new in each step of training")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (model(), "in the model: nowhere"),
        (model(head=(FLIP, *HEAD)), "in the model: RandomFlip after the first convolution"),
        (model(front=(layer("GaussianNoise"),)), "no random layer stands before the base"),
        (model(base=(), head=(FLATTEN, FLIP)), "no random layer stands before the base"),
    ],
)
def test_random_layers_elsewhere_or_none_are_told(facts: ModelFacts, said: str) -> None:
    verdict = augmentation(facts)
    assert verdict.share == 0
    assert said in verdict.found


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (AugmentedFacts(changes=False, varies=False, rests=True), "RandomFlip changes nothing in training"),
        (AugmentedFacts(changes=True, varies=False, rests=True), "in the same way each time"),
        (AugmentedFacts(changes=True, varies=True, rests=False), "in inference, too"),
    ],
)
def test_random_layers_that_do_not_do_their_work_are_told(seen: AugmentedFacts, said: str) -> None:
    verdict = augmentation(model(front=(FLIP,)), seen)
    assert verdict.share == 0
    assert said in verdict.found
