"""Right answers of many kinds get full marks; wrong ones lose what they should, with the right sentence."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from data import critters
from grader.records import CheckResult, Outcome
from tests.variants import SOLUTION, answered, variants

EXERCISE = "01_vgg16_feature_extraction"
FRESH = {"accuracy"}


@pytest.fixture(scope="module", autouse=True)
def _images_drawn_once() -> Iterator[None]:
    """Keep the fresh images between tests: they are the same for all, and take longer to draw than to judge."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(critters, "sample", functools.lru_cache(maxsize=20)(critters.sample))
        yield


def checked(variant: str, parameters: Mapping[str, int], fresh: bool) -> dict[str, CheckResult]:
    """Run a variant's cells in order and return the result of each check, by its id."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    results: dict[str, CheckResult] = {}
    for cell in answered(EXERCISE, variant).cells:
        if cell.cell_type != "code":
            continue
        if cell.id.startswith("check-"):
            task = cell.id.removeprefix("check-")
            exec(f"from grader import check\nanswer = check({EXERCISE!r}, {task!r}, fresh={fresh})", namespace)
            results.update({result.check: result for result in namespace["answer"].results})
            continue
        exec(compile(cell.source, f"{variant}/{cell.id}", "exec"), namespace)
        if cell.id == "parameters":
            namespace.update(parameters)
    return results


@pytest.mark.slow
@pytest.mark.parametrize("variant", [SOLUTION, *variants(EXERCISE, "right")])
def test_right_answers_get_full_marks(variant: str) -> None:
    results = checked(variant, {"PER_KIND": 10, "EPOCHS": 4}, fresh=True)
    assert {check: result.found for check, result in results.items() if result.earned < result.points} == {}
    assert sum(result.points for result in results.values()) == 25


WRONG: dict[str, dict[str, str]] = {
    "wrong_random_weights": {
        "base-pretrained": "the weights of `base` are random: it was built without the pretrained ones",
        "base-kept": "26 of 26 weight arrays of the base never were the pretrained ones",
    },
    "wrong_divided_by_255": {"preprocessing": "the first convolution receives pixels divided by 255"},
    "wrong_pooled_head": {
        "head-layers": "GlobalAveragePooling2D stands in the place of Flatten, and leaves the head 133,898 parameters",
        "dropout-rate": "Dropout with rate 0.2",
        "trainable-parameters": "133,898 trainable parameters",
    },
    "wrong_binary_cross_entropy": {"loss": "binary_crossentropy"},
}
"""Variant -> the checks that it fails -> a part of what each says that it found."""


@pytest.mark.slow
@pytest.mark.parametrize("variant", sorted(WRONG))
def test_wrong_answers_lose_what_they_should(variant: str) -> None:
    results = checked(variant, {"PER_KIND": 2, "EPOCHS": 1}, fresh=False)
    lost = {check: result for check, result in results.items() if result.outcome is Outcome.FAILED}
    assert set(lost) == set(WRONG[variant])
    for check, said in WRONG[variant].items():
        assert said in lost[check].found
        assert lost[check].expected
        assert lost[check].why
        assert "notebooks/02_vgg16_feature_extraction.ipynb" in lost[check].see
    assert {check for check, result in results.items() if result.outcome is Outcome.UNMEASURED} == FRESH
