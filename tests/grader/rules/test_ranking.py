"""A model's most probable classes, as a student tells them, are compared with those that the grader finds."""

from __future__ import annotations

import pytest

from grader.measures import PredictionFacts, Predictions
from grader.records import Evidence, Json, TaskEvidence
from grader.rules import UnusableError, Verdict
from grader.rules.base import UnmeasuredError
from grader.rules.ranking import TopClasses

from ..made import model

KINDS = ("bird", "cat", "dog", "fish", "frog", "snail")
FACTS = PredictionFacts((0, 1), ((0.6, 0.2, 0.1, 0.06, 0.03, 0.01), (0.05, 0.05, 0.1, 0.2, 0.2, 0.4)))
NONE = Evidence({})
FIRST = [["bird", 0.6], ["cat", 0.2], ["dog", 0.1]]
SECOND = [["snail", 0.4], ["fish", 0.2], ["frog", 0.2]]


def told(value: Json, places: tuple[int, ...] = (0, 1), measured: bool = True) -> Verdict:
    facts = {Predictions("model", "pictures"): FACTS} if measured else {}
    task = TaskEvidence("tuned", models={"model": model()}, measured=facts)
    own = TaskEvidence("pictures", values={"top": value})
    rule = TopClasses("top", "tuned.model", "pictures", KINDS, places)
    return rule.judge(own, Evidence({"tuned": task, "pictures": own}))


@pytest.mark.parametrize(
    "value",
    [
        [FIRST, SECOND],
        {"first": FIRST, "second": SECOND},
        [[[0, 0.6], ["1", 0.2], [2, 0.1]], SECOND],
        [{"bird": 0.6, "cat": 0.2, "dog": 0.1}, SECOND],
        [[{"class": name, "probability": p} for name, p in FIRST], SECOND],
        [[["bird", 0.595], ["cat", 0.203], ["dog", 0.1]], SECOND],
    ],
)
def test_right_answers_are_right_in_several_forms(value: Json) -> None:
    verdict = told(value)
    assert verdict.share == 1
    assert verdict.found == "picture 1: as the model says; picture 2: as the model says"
    assert verdict.expected.startswith("for each picture the 3 classes that `model` finds most probable")


def test_classes_that_are_equally_probable_may_stand_in_either_order() -> None:
    assert told([FIRST, [["snail", 0.4], ["frog", 0.2], ["fish", 0.2]]]).share == 1


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ([["dog", 0.1], ["cat", 0.2], ["bird", 0.6]], "the right classes, but not the most probable one first"),
        (
            [["snail", 0.01], ["frog", 0.03], ["fish", 0.06]],
            "these are the classes that the model finds least probable",
        ),
        (
            [["cat", 0.6], ["bird", 0.2], ["frog", 0.1]],
            "the model's highest probabilities, but with the names of other",
        ),
        ([["cat", 0.5], ["frog", 0.3], ["bird", 0.1]], "cat, frog, bird are not what the model finds most probable"),
        ([["bird", 0.9], ["cat", 0.2], ["dog", 0.1]], "0.9 is not the probability that the model gives bird"),
        ([["bird", 60], ["cat", 20], ["dog", 10]], "60 is not the probability that the model gives bird"),
        ([["bird", 0.6], ["bird", 0.6], ["bird", 0.6]], "bird, bird, bird are not what the model finds most probable"),
        ([["bird", 0.6], ["cow", 0.2], ["dog", 0.1]], "cow is no class"),
        ([["bird", 0.6], ["9", 0.2], ["dog", 0.1]], "9 is no class"),
        ([["bird", 0.6], ["9" * 9_999, 0.2], ["dog", 0.1]], "9… is no class"),
        ([["bird", 0.6], ["cat", "0.2"], ["dog", 0.1]], "2 classes with a probability, where 3 are asked for"),
        ([["bird", 0.6]], "1 classes with a probability, where 3 are asked for"),
        (["bird", "cat", "dog"], "0 classes with a probability, where 3 are asked for"),
        (["bird", 0.6], "0 classes with a probability, where 3 are asked for"),
        (None, "0 classes with a probability, where 3 are asked for"),
        (0.6, "0 classes with a probability, where 3 are asked for"),
    ],
)
def test_each_mistake_costs_its_picture_and_has_a_sentence(first: Json, said: str) -> None:
    verdict = told([first, SECOND])
    assert verdict.share == 0.5
    assert said in verdict.found
    assert verdict.found.endswith("picture 2: as the model says")


@pytest.mark.parametrize("value", [[], {}, 3, "bird", [SECOND, FIRST]])
def test_what_fits_no_picture_earns_nothing(value: Json) -> None:
    assert told(value).share == 0


def test_pictures_that_are_left_out_count_as_wrong() -> None:
    assert told([FIRST]).share == 0.5


def test_what_is_missing_or_was_not_measured_is_said_with_what_was_expected() -> None:
    with pytest.raises(UnmeasuredError) as caught:
        told([FIRST, SECOND], measured=False)
    assert "run its check with `fresh=True` first" in str(caught.value)
    assert caught.value.expected.startswith("for each picture")
    with pytest.raises(UnusableError, match="`top` is no number, text, list or table"):
        TopClasses("top", "model", "pictures", KINDS, (0,)).judge(TaskEvidence("pictures"), NONE)


@pytest.mark.parametrize(("places", "most"), [((), 3), ((0,), 0), ((0,), 6)])
def test_parameters_that_leave_nothing_to_tell_are_refused(places: tuple[int, ...], most: int) -> None:
    with pytest.raises(ValueError, match="name images and fewer"):
        TopClasses("top", "model", "pictures", KINDS, places, most)
