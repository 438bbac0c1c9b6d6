"""What a student tells of a model's answers is compared with the answers that the grader gets from the same model."""

from __future__ import annotations

import pytest

from grader.measures import PredictionFacts, Predictions
from grader.records import Evidence, Json, TaskEvidence
from grader.rules import Verdict
from grader.rules.answers import ClassReport, NamedImages, precision_and_recall

from ..made import model

NONE = Evidence({})
KINDS = ("cat", "dog", "fish")
FACTS = PredictionFacts(
    (0, 0, 1, 1, 2),
    ((0.8, 0.1, 0.1), (0.2, 0.7, 0.1), (0.1, 0.9, 0.0), (0.3, 0.4, 0.3), (0.1, 0.6, 0.3)),
)


def task(value: Json, facts: PredictionFacts = FACTS) -> TaskEvidence:
    measured = {Predictions("model", "test"): facts}
    return TaskEvidence("t", models={"model": model()}, values={"told": value}, measured=measured)


def test_precision_and_recall_are_those_of_scikit_learn() -> None:
    assert precision_and_recall(FACTS, 0) == (1.0, 0.5)
    assert precision_and_recall(FACTS, 1) == (0.5, 1.0)
    assert precision_and_recall(FACTS, 2) == (0.0, 0.0)


REPORT: dict[str, Json] = {
    "cat": {"precision": 1.0, "recall": 0.5, "f1-score": 0.667, "support": 2},
    "dog": {"precision": 0.5, "recall": 1.0},
    "fish": {"precision": 0, "recall": 0.004},
    "accuracy": 0.6,
}


def report(value: Json) -> Verdict:
    return ClassReport("told", "model", "test", KINDS).judge(task(value), NONE)


def test_a_right_report_is_right_by_name_and_by_number() -> None:
    assert report(REPORT).share == 1
    assert report({"0": REPORT["cat"], "1": REPORT["dog"], "2": REPORT["fish"]}).share == 1


def test_a_report_typed_in_by_hand_is_right_only_where_it_is() -> None:
    verdict = report({**REPORT, "dog": {"precision": 0.9, "recall": 0.95}})
    assert verdict.share == pytest.approx(2 / 3)
    assert verdict.found == "2 of 3 classes as the grader finds them; not dog"


@pytest.mark.parametrize("value", [[], "text", 3, {}, {"cat": 1}, {"cat": {"precision": "1.0"}}])
def test_what_is_no_report_earns_nothing(value: Json) -> None:
    assert report(value).share == 0


def named(value: Json, places: tuple[int, ...] = (0, 3)) -> Verdict:
    return NamedImages("told", "model", "test", KINDS, places).judge(task(value), NONE)


@pytest.mark.parametrize(
    "value",
    [
        [["cat", 0.8], ["dog", 0.4]],
        [{"class": "cat", "probability": 0.8}, {"class": "1", "probability": 0.401}],
        [[0, 0.8], [1, 0.4]],
    ],
)
def test_named_images_are_right_in_several_forms(value: Json) -> None:
    assert named(value).share == 1


def test_one_image_needs_no_list_of_answers() -> None:
    assert named(["cat", 0.8], (0,)).share == 1
    assert named({"class": "cat", "probability": 0.8}, (0,)).share == 1


def test_the_true_kind_is_not_what_the_model_says() -> None:
    verdict = named([["cat", 0.7]], (1,))
    assert (verdict.share, verdict.found) == (0, "image 1: cat with 0.7, not what the model says")


@pytest.mark.parametrize("value", ["cat", 3, [], [["cat"]], [["cat", 0.9], ["dog", None]], {"class": "cat"}, [[[], 1]]])
def test_other_forms_earn_nothing(value: Json) -> None:
    assert named(value).share == 0
