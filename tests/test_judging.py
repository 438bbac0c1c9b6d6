"""A rubric is cut down to fewer images, and an answer whose cell raises costs itself only."""

from __future__ import annotations

import pytest

from grader import rubric
from tests.judging import Answer, cut_down, judged

EXERCISE = "01_vgg16_feature_extraction"


def test_only_the_numbers_of_images_change() -> None:
    whole = rubric.load(EXERCISE)
    cut = cut_down(whole, {"fresh": 2})
    found = [(images.id, images.part, images.count) for images in cut.images]
    assert found == [("fresh", "fresh", 2), ("test", "test", 10)]
    assert cut.checks == whole.checks
    assert cut_down(whole, {}) == whole


def test_images_that_the_rubric_does_not_have_are_refused() -> None:
    with pytest.raises(ValueError, match="has no images frehs"):
        cut_down(rubric.load(EXERCISE), {"frehs": 2})


@pytest.mark.slow
def test_an_answer_whose_cell_raises_costs_itself_only() -> None:
    crash, right = Answer(EXERCISE, "wrong_crash_in_the_middle"), Answer(EXERCISE, "wrong_binary_cross_entropy")
    with judged((crash, right)) as futures:
        with pytest.raises(ValueError, match="not recognized"):
            futures[crash].result()
        assert futures[right].result()["loss"].earned == 0
