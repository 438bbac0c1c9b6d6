"""Right answers of many kinds get full marks; wrong ones lose what they should, with the right sentence."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from data import critters
from grader import rubric
from grader.measures import images_of
from grader.records import CheckResult, Outcome
from grader.rules.base import wanted
from tests.variants import SOLUTION, answered, variants


@dataclass(frozen=True)
class Expected:
    """What the answers of one exercise lead to.

    ``wrong`` maps a variant to the checks that it fails, and each to a part of what it says that it found. ``quick``
    are the parameters with which right answers still pass, ``fast`` those with which wrong ones still fail.
    """

    quick: Mapping[str, int]
    fast: Mapping[str, int]
    points: float
    wrong: Mapping[str, Mapping[str, str]]


EXPECTED: dict[str, Expected] = {
    "01_vgg16_feature_extraction": Expected(
        quick={"PER_KIND": 10, "EPOCHS": 4},
        fast={"PER_KIND": 2, "EPOCHS": 1},
        points=25,
        wrong={
            "wrong_random_weights": {
                "base-pretrained": "the weights of `base` are random: it was built without the pretrained ones",
                "base-kept": "26 of 26 weight arrays of the base never were the pretrained ones",
            },
            "wrong_divided_by_255": {"preprocessing": "the first convolution receives pixels divided by 255"},
            "wrong_pooled_head": {
                "head-layers": "GlobalAveragePooling2D stands in the place of Flatten, and leaves the head 133,898 "
                "parameters",
                "dropout-rate": "Dropout with rate 0.2",
                "trainable-parameters": "133,898 trainable parameters",
            },
            "wrong_binary_cross_entropy": {"loss": "binary_crossentropy"},
        },
    ),
    "05_regularization": Expected(
        quick={"PER_KIND": 10, "EPOCHS": 20},
        fast={"PER_KIND": 10, "EPOCHS": 20},
        points=25,
        wrong={
            "wrong_random_weights": {
                "base-pretrained": "the weights of `base` are random: it was built without the pretrained ones",
                "model-kept": "26 of 26 weight arrays of the base never were the pretrained ones",
            },
            "wrong_divided_by_255": {"preprocessing": "the first convolution receives pixels divided by 255"},
            "wrong_plain_with_dropout": {"plain-layers": "Flatten, Dense 256 relu, Dropout, Dense 10 softmax"},
            "wrong_dropout_after_softmax": {
                "dropout-layers": "Flatten, Dense 256 relu, Dense 10 softmax, Dropout",
                "dropout-rate": "Dropout with rate 0.2",
                "choice": 'the answer "c" is not right',
            },
            "wrong_penalties_swapped": {
                "l1-penalty": "L2 0.01 on the kernel",
                "l2-penalty": "L1 0.0005 on the kernel",
            },
            "wrong_penalty_after_training": {
                "l1-sparse": "near_zero(l1, 1, 0.001) is 0.0",
                "l2-short": "length(plain, 1) is ",
            },
            "wrong_penalty_on_the_base": {
                "base-free": "13 layers of the base carry a penalty: vgg16/block1_conv1",
                "choice": 'the answer "a" is not right',
            },
        },
    ),
}

RIGHT = [(name, variant) for name in EXPECTED for variant in (SOLUTION, *variants(name, "right"))]
WRONG = [(name, variant) for name, expected in EXPECTED.items() for variant in sorted(expected.wrong)]


@pytest.fixture(scope="module", autouse=True)
def _images_drawn_once() -> Iterator[None]:
    """Keep the fresh images between tests: they are the same for all, and take longer to draw than to judge."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(critters, "sample", functools.lru_cache(maxsize=20)(critters.sample))
        yield


def checked(exercise: str, variant: str, parameters: Mapping[str, int], fresh: bool) -> dict[str, CheckResult]:
    """Run a variant's cells in order and return the result of each check, by its id."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    results: dict[str, CheckResult] = {}
    for cell in answered(exercise, variant).cells:
        if cell.cell_type != "code":
            continue
        if cell.id.startswith("check-"):
            task = cell.id.removeprefix("check-")
            exec(f"from grader import check\nanswer = check({exercise!r}, {task!r}, fresh={fresh})", namespace)
            assert not namespace["answer"].problem
            results.update({result.check: result for result in namespace["answer"].results})
            continue
        exec(compile(cell.source, f"{variant}/{cell.id}", "exec"), namespace)
        if cell.id == "parameters":
            namespace.update(parameters)
    return results


@pytest.mark.parametrize("exercise", rubric.names())
def test_every_exercise_has_answers_enough(exercise: str) -> None:
    assert len(variants(exercise, "right")) >= 5
    assert len(EXPECTED[exercise].wrong) >= 4
    assert set(EXPECTED[exercise].wrong) <= set(variants(exercise, "wrong"))


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "variant"), RIGHT)
def test_right_answers_get_full_marks(exercise: str, variant: str) -> None:
    results = checked(exercise, variant, EXPECTED[exercise].quick, fresh=True)
    automatic = {check: result for check, result in results.items() if result.outcome is not Outcome.WAITING}
    assert {check: result.found for check, result in automatic.items() if result.earned < result.points} == {}
    assert sum(result.points for result in results.values()) == EXPECTED[exercise].points


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "variant"), WRONG)
def test_wrong_answers_lose_what_they_should(exercise: str, variant: str) -> None:
    wrong = EXPECTED[exercise].wrong[variant]
    results = checked(exercise, variant, EXPECTED[exercise].fast, fresh=False)
    lost = {check: result for check, result in results.items() if result.outcome is Outcome.FAILED}
    assert set(lost) == set(wrong)
    for check, said in wrong.items():
        assert said in lost[check].found
        assert lost[check].expected
        assert lost[check].why
        assert lost[check].see.startswith("notebooks/")
    left_out = {check for check, result in results.items() if result.outcome is Outcome.UNMEASURED}
    assert left_out == {check.id for check in rubric.load(exercise).checks if needs_images(check)}


def needs_images(check: rubric.Check) -> bool:
    """Tell whether a check rests on images, which are only drawn when a learner asks."""
    return any(images_of(measure) for measure in wanted(check.rule))
